// The pipeline end to end, real processes and a real Kafka: a preloaded backlog through
// classification, dispatch and SLA monitor, exactly once; then two latencies at a steady rate.
//   pipeline_bench [--tickets=100000] [--rate=500] [--seconds=20] [--workers=1] [--partitions=4]
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "latency.hpp"
#include "paidan/testkit/deployment.hpp"
#include "results.hpp"
#include "throughput.hpp"

namespace {

namespace bench = paidan::bench;

int fail(const std::string& what) {
  std::fprintf(stderr, "pipeline_bench: %s\n", what.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](const char* name, const char* fallback) {
    return std::stoul(bench::flag(argc, argv, name, fallback));
  };
  bench::PipelineOptions options;
  options.programs = PAIDAN_BINARY_DIR "/bin";
  options.tickets = number("tickets", "100000");
  options.rate_per_s = number("rate", "500");
  options.seconds = number("seconds", "20");
  options.workers = number("workers", "1");
  options.partitions = static_cast<std::int32_t>(number("partitions", "4"));
  std::vector<bench::Result> results;
  for (const auto measure : {bench::measure_backlog, bench::measure_latencies}) {
    const auto measured = measure(options);
    if (!measured) return fail(measured.error().why);
    results.insert(results.end(), measured->begin(), measured->end());
  }
  return bench::report(results, argc, argv);
}
