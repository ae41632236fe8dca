#include "throughput.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

#include "load.hpp"
#include "paidan/contract/cloud_event.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/kafka/tail.hpp"
#include "paidan/system/clock.hpp"
#include "paidan/testkit/deployment.hpp"
#include "paidan/testkit/wait.hpp"

namespace paidan::bench {

namespace {

using Steady = std::chrono::steady_clock;

constexpr Milliseconds preload_deadline{300'000};
constexpr std::chrono::seconds silence_max{60};
constexpr std::size_t records_max = 20'000;
constexpr const char* assigned_type = "paidan.ticket.assigned.v1";
const std::vector<std::string> stages{"classification", "dispatch", "sla_monitor"};

std::optional<std::string> preload(const kafka::Connection& connection,
                                   const PipelineOptions& options) {
  kafka::SilentProbe probe;
  auto producer = kafka::Producer::open({.connection = connection,
                                         .unacknowledged_records_max = 50'000,
                                         .unacknowledged_bytes_max = 128UL * 1024 * 1024,
                                         .linger = Milliseconds{20}},
                                        probe);
  if (!producer) return producer.error().what;
  const Instant now = system::SystemClock().now();
  for (std::size_t number = 0; number < options.tickets; ++number) {
    const auto taken = [&] {
      return (*producer)
          ->send(submission(number, options.partitions, now), [](const auto& /*outcome*/) {})
          .has_value();
    };
    if (!testkit::eventually(taken, preload_deadline)) return "the broker takes no more records";
  }
  const auto flushed = (*producer)->flush(preload_deadline);
  return flushed ? std::nullopt : std::optional(flushed.error().what);
}

/// When the first, the tenth and the ninetieth hundredth, and the last ticket came.
struct Pace {
  std::size_t wanted;
  std::size_t seen = 0;
  Steady::time_point at_tenth{};
  Steady::time_point at_nine_tenths{};
  Steady::time_point last{};

  void add(std::size_t more) {
    if (more == 0) return;
    last = Steady::now();
    const std::size_t before = std::exchange(seen, seen + more);
    if (before < wanted / 10 && seen >= wanted / 10) at_tenth = last;
    if (before < wanted * 9 / 10 && seen >= wanted * 9 / 10) at_nine_tenths = last;
  }
  bool complete() const { return seen >= wanted; }
  double steady_per_s() const {
    const std::chrono::duration<double> took = at_nine_tenths - at_tenth;
    return took.count() > 0 ? 0.8 * static_cast<double>(wanted) / took.count() : 0;
  }
};

/// Counts tickets that dispatch assigned and that the SLA monitor holds.
class Counter {
 public:
  Counter(Pace& assigned, Pace& watched) : assigned_(assigned), watched_(watched) {}

  /// How many were new.
  std::size_t take(const std::vector<stream::InRecord>& records) {
    std::size_t assigned = 0;
    std::size_t watched = 0;
    for (const auto& record : records) {
      if (record.topic == contract::topic::lifecycle) {
        assigned += record.header("ce_type") == assigned_type ? 1 : 0;
      } else if (!record.key.starts_with('@')) {
        watched += keys_.emplace(record.key).second ? 1 : 0;
      }
    }
    assigned_.add(assigned);
    watched_.add(watched);
    return assigned + watched;
  }

 private:
  Pace& assigned_;
  Pace& watched_;
  std::unordered_set<std::string> keys_;
};

/// Reads until both have every ticket. The error is one line.
std::optional<std::string> watch(kafka::Tail& tail, Pace& assigned, Pace& watched) {
  Counter counter(assigned, watched);
  auto moved = Steady::now();
  while (!assigned.complete() || !watched.complete()) {
    const auto tailed = tail.poll(records_max, Milliseconds{50});
    if (!tailed) return tailed.error().what;
    if (counter.take(tailed->records) > 0) moved = Steady::now();
    if (Steady::now() - moved > silence_max) {
      return "nothing moved for 60 s at " + std::to_string(assigned.seen) + " assigned and " +
             std::to_string(watched.seen) + " watched tickets";
    }
  }
  return std::nullopt;
}

double resident_mb(pid_t pid) {
  std::ifstream statm("/proc/" + std::to_string(pid) + "/statm");
  std::size_t total_pages = 0;
  std::size_t resident_pages = 0;
  statm >> total_pages >> resident_pages;
  constexpr double page_mb = 4096.0 / 1e6;
  return static_cast<double>(resident_pages) * page_mb;
}

}  // namespace

Results measure_backlog(const PipelineOptions& options) {
  auto deployment =
      testkit::Deployment::open({.programs = options.programs,
                                 .partitions = options.partitions,
                                 .settings = {{"workers", std::to_string(options.workers)}}});
  if (!deployment) return deployment.error();
  const kafka::Connection connection{.brokers = (*deployment)->kafka().brokers(),
                                     .client_id = "bench",
                                     .topic_prefix = "paidan.",
                                     .topics = contract::topic_names(),
                                     .record_bytes_max = contract::record_bytes_max};
  if (auto wrong = preload(connection, options)) return testkit::Trouble{*wrong};
  kafka::SilentProbe probe;
  kafka::TailConfig config{
      .connection = connection,
      .topics = {contract::topic::lifecycle, contract::topic::sla_monitor_state},
      .from = kafka::TailConfig::From::beginning,
      .fetch_queue_bytes = 64UL * 1024 * 1024};
  auto tail = kafka::Tail::open(std::move(config), probe);
  if (!tail) return testkit::Trouble{tail.error().what};
  for (const std::string& stage : stages) {
    if (auto started = (*deployment)->start(stage); !started) return started.error();
  }
  Pace assigned{.wanted = options.tickets};
  Pace watched{.wanted = options.tickets};
  if (auto wrong = watch(**tail, assigned, watched)) return testkit::Trouble{*wrong};
  std::vector<bench::Result> results{
      {"backlog/assigned_steady", assigned.steady_per_s(), "tickets/s"},
      {"backlog/all_stages_steady", watched.steady_per_s(), "tickets/s"}};
  double sum_mb = 0;
  for (const std::string& stage : stages) {
    const double mb = resident_mb((*deployment)->process(stage).pid());
    sum_mb += mb;
    results.push_back({"backlog/memory_" + stage, mb, "MB"});
  }
  results.push_back({"backlog/memory_all_stages", sum_mb, "MB"});
  return results;
}

}  // namespace paidan::bench
