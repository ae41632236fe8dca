#pragma once
#include <array>
#include <cstdint>
#include <map>

#include "paidan/metrics/probes.hpp"
#include "paidan/runtime/health.hpp"
#include "paidan/stream/log.hpp"
#include "views/builder.hpp"

namespace paidan::views {

/// What the builder tells, as metrics, log lines and readiness. Used by one thread.
class ObservedBuilder final : public BuilderProbe {
 public:
  /// `complete` is met while the views are live and Redis and Kafka answer.
  ObservedBuilder(metrics::Registry& registry, const stream::Clock& clock,
                  runtime::Condition& complete);

  void applied(const Report& report) override;
  void alerted(const domain::SlaFact& fact) override;
  void malformed(const stream::InRecord& record, std::string_view why) override;
  void caught_up() override;
  void live(bool live) override;
  void gap() override;
  void wiped(std::string_view why) override;
  void waits(std::string_view why) override;

 private:
  const stream::Clock& clock_;
  runtime::Condition& complete_;
  metrics::Counter inputs_, accepted_, repeated_, malformed_, jumps_, gaps_;
  metrics::Gauge lag_;
  metrics::Histogram lateness_;
  bool waiting_ = false;  ///< Said once, not at every try.
};

/// The boards as gauges and counters. The counts themselves are kept in Redis, exactly once; here
/// only the difference to what was last shown is added.
class BoardMetrics {
 public:
  explicit BoardMetrics(metrics::Registry& registry) : registry_(registry), clocks_(registry) {}
  void show(const std::map<Cell, std::int64_t>& cells);

 private:
  void add(const Cell& cell, std::int64_t change);

  metrics::Registry& registry_;
  metrics::ClockMetrics clocks_;
  std::map<Cell, std::int64_t> shown_;
};

}  // namespace paidan::views
