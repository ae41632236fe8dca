#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "paidan/kafka/probe.hpp"
#include "paidan/metrics/probes.hpp"
#include "paidan/runtime/health.hpp"
#include "paidan/stream/probe.hpp"

/// What adapters and the pump tell, as metrics and log lines.
namespace paidan::stage {

/// Thread-safe, as KafkaProbe asks (`assigned` comes from one thread).
class ObservedKafka final : public kafka::KafkaProbe {
 public:
  explicit ObservedKafka(metrics::Registry& registry, std::string_view stage = {})
      : metrics_(registry, stage) {}

  void committed(std::chrono::microseconds took, std::size_t records) override;
  void aborted(std::string_view why) override;
  void assigned(std::size_t partitions) override;
  void restored(std::int64_t records, std::chrono::milliseconds took) override;
  void producer_rebuilt(std::string_view why) override;
  void warned(std::string_view what) override;

 private:
  metrics::KafkaMetrics metrics_;
};

/// Meets `ready` once the worker's state is restored. Used by one worker's thread.
class ObservedPump final : public stream::PumpProbe {
 public:
  ObservedPump(metrics::Registry& registry, const stream::Clock& clock, runtime::Condition& ready,
               std::string_view stage = {})
      : metrics_(registry, clock, stage), ready_(ready) {}

  void decided(std::string_view key, std::string_view traceparent, stream::Outcome outcome,
               std::string_view reason) override;
  void dead_lettered(const stream::InRecord& record, std::string_view why) override;
  void committed(std::size_t inputs, std::size_t outputs, Instant oldest_input) override;
  void rewound() override;
  void restored(std::size_t keys, std::int64_t records_read, std::int64_t records_expected,
                bool complete) override;
  void stopped(std::string_view why) override;

 private:
  metrics::PumpMetrics metrics_;
  runtime::Condition& ready_;
};

}  // namespace paidan::stage
