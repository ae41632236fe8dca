#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/testkit/child_process.hpp"
#include "results.hpp"

namespace paidan::bench {

struct PipelineOptions {
  std::filesystem::path programs;
  std::size_t tickets = 100'000;
  std::size_t rate_per_s = 500;
  std::size_t seconds = 20;
  std::size_t workers = 1;
  std::int32_t partitions = 4;
};

using Results = paidan::Result<std::vector<bench::Result>, testkit::Trouble>;

/// Tickets per second from a backlog, and the memory of each stage when all are open.
Results measure_backlog(const PipelineOptions& options);

}  // namespace paidan::bench
