#pragma once
#include "throughput.hpp"

namespace paidan::bench {

/// At a steady rate: append to `submissions` -> Assigned visible to a read_committed reader, and
/// Submit RPC -> message at a subscriber; p50 and p99 of each.
Results measure_latencies(const PipelineOptions& options);

}  // namespace paidan::bench
