#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "paidan/stream/pump.hpp"
#include "paidan/testkit/fake_broker.hpp"
#include "paidan/testkit/manual_clock.hpp"
#include "paidan/testkit/toy_stage.hpp"

namespace paidan::simulation {

/// A bug put in on purpose: a checker that does not find it proves nothing.
enum class Plant {
  none,
  abort_taken_for_done,      ///< The state of an aborted transaction is kept.
  restore_cut_short,         ///< The last chunk of a restore is lost.
  revocation_overheard,      ///< State of lost partitions is kept and used.
  position_before_the_mark,  ///< A carried time mark is committed before all its wakes.
};

/// Same seed, same run: input, schedule and faults are drawn from it and from nothing else.
struct Report {
  std::optional<std::string> complaint;  ///< What is wrong, or nothing.
  std::size_t outputs = 0;
  std::size_t wakes = 0;
  std::size_t crashes = 0;
  std::size_t aborts = 0;
  std::size_t rebalances = 0;
};

/// Runs up to four members over a random input with faults, then calms down, lets them finish, and
/// compares what is committed with one uninterrupted run over the same input.
Report simulate(std::uint64_t seed, Plant plant = Plant::none);

}  // namespace paidan::simulation
