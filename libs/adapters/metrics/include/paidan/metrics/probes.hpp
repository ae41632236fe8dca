#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "paidan/metrics/registry.hpp"
#include "paidan/stream/probe.hpp"

namespace paidan::metrics {

/// What a pump tells, as metrics. One per worker; the workers of a process share the Registry. All
/// calls on the pump's thread. `clock` and `registry` must outlive it. `stage` is a label where one
/// process runs a second stage; empty: no such label.
class PumpMetrics final : public stream::PumpProbe {
 public:
  PumpMetrics(Registry& registry, const stream::Clock& clock, std::string_view stage = {});
  ~PumpMetrics() override;

  void decided(std::string_view key, std::string_view traceparent, stream::Outcome outcome,
               std::string_view reason) override;
  void dead_lettered(const stream::InRecord& record, std::string_view why) override;
  void committed(std::size_t inputs, std::size_t outputs, Instant oldest_input) override;
  void rewound() override;
  void restored(std::size_t keys, std::int64_t records_read, std::int64_t records_expected,
                bool complete) override;
  void stopped(std::string_view why) override;

 private:
  Registry& registry_;
  const stream::Clock& clock_;
  std::string stage_;
  std::array<Counter, 4> outcomes_;  ///< Indexed by stream::Outcome.
  Counter inputs_, outputs_, rewinds_, deadletters_;
  Histogram record_age_;
  Gauge restoring_, restored_keys_, records_per_key_;
  double own_restored_keys_ = 0;
  bool is_restoring_ = false;
};

/// What the Kafka client of one worker or edge tells, as metrics; wiring forwards to it.
/// Thread-safe but for `assigned`, which one thread calls. `stage` as above.
class KafkaMetrics {
 public:
  explicit KafkaMetrics(Registry& registry, std::string_view stage = {});
  ~KafkaMetrics();
  KafkaMetrics(const KafkaMetrics&) = delete;
  KafkaMetrics& operator=(const KafkaMetrics&) = delete;
  void committed(std::chrono::nanoseconds took);
  void aborted();
  void assigned(std::size_t partitions);
  void restored(std::chrono::nanoseconds took);
  void producer_rebuilt();
  void warned();

 private:
  Histogram commit_, restore_;
  Counter aborts_, rebuilds_, warnings_;
  Gauge partitions_;
  double own_partitions_ = 0;
};

enum class ClockState { running, at_risk, breached };
std::string_view to_string(ClockState state);

/// Open clocks per unit. Workers add their own share, so a revoked partition takes its share back.
/// Thread-safe.
class ClockMetrics {
 public:
  explicit ClockMetrics(Registry& registry) : registry_(registry) {}
  void add(std::string_view unit, std::string_view clock, ClockState state, std::int64_t change);
  void warned(std::string_view unit, std::string_view clock);
  void breached(std::string_view unit, std::string_view clock, std::chrono::milliseconds late);

 private:
  Registry& registry_;
};

/// One per worker: counts itself into `paidan_time_stalled` while it is stalled. Not thread-safe.
class TimeMetrics {
 public:
  explicit TimeMetrics(Registry& registry);
  ~TimeMetrics();
  TimeMetrics(const TimeMetrics&) = delete;
  TimeMetrics& operator=(const TimeMetrics&) = delete;
  void stalled(bool stalled);

 private:
  Gauge gauge_;
  bool stalled_ = false;
};

/// gRPC calls of one server. Thread-safe. `method` comes from the code, never from the caller.
class CallMetrics {
 public:
  explicit CallMetrics(Registry& registry) : registry_(registry) {}
  void answered(std::string_view method, std::string_view code, std::chrono::nanoseconds duration);
  void stream_opened(std::string_view method);
  void stream_closed(std::string_view method, std::string_view code);

 private:
  Registry& registry_;
};

}  // namespace paidan::metrics
