#include "paidan/metrics/probes.hpp"

#include <algorithm>

#include "paidan/base/assert.hpp"

namespace paidan::metrics {
namespace {

double seconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

Labels with_stage(Labels labels, std::string_view stage) {
  if (!stage.empty()) labels.emplace_back("stage", stage);
  return labels;
}

Counter outcome_counter(Registry& registry, stream::Outcome outcome, std::string_view stage) {
  return registry.counter(names::decisions, with_stage({{"service", registry.service()},
                                                        {"outcome", stream::to_string(outcome)}},
                                                       stage));
}

}  // namespace

PumpMetrics::PumpMetrics(Registry& registry, const stream::Clock& clock, std::string_view stage)
    : registry_(registry),
      clock_(clock),
      stage_(stage),
      outcomes_{outcome_counter(registry, stream::Outcome::accepted, stage),
                outcome_counter(registry, stream::Outcome::skipped, stage),
                outcome_counter(registry, stream::Outcome::refused, stage),
                outcome_counter(registry, stream::Outcome::malformed, stage)},
      inputs_(registry.counter(names::inputs, with_stage({}, stage))),
      outputs_(registry.counter(names::outputs, with_stage({}, stage))),
      rewinds_(registry.counter(names::rewinds, with_stage({}, stage))),
      deadletters_(registry.counter(names::deadletters,
                                    with_stage({{"service", registry.service()}}, stage))),
      record_age_(registry.histogram(names::record_age_seconds, with_stage({}, stage))),
      restoring_(registry.gauge(names::restoring, with_stage({}, stage))),
      restored_keys_(registry.gauge(names::restored_keys, with_stage({}, stage))),
      records_per_key_(registry.gauge(names::restore_records_per_key, with_stage({}, stage))) {}

PumpMetrics::~PumpMetrics() {
  restored_keys_.add(-own_restored_keys_);
  if (is_restoring_) restoring_.add(-1);
}

void PumpMetrics::decided(std::string_view /*key*/, std::string_view /*traceparent*/,
                          stream::Outcome outcome, std::string_view reason) {
  const auto index = static_cast<std::size_t>(outcome);
  PAIDAN_ASSERT(index < outcomes_.size(), "an outcome without a counter");
  outcomes_[index].add();
  if (outcome != stream::Outcome::refused) return;
  registry_
      .counter(names::refusals,
               with_stage({{"service", registry_.service()}, {"reason", reason}}, stage_))
      .add();
}

void PumpMetrics::dead_lettered(const stream::InRecord& /*record*/, std::string_view /*why*/) {
  deadletters_.add();
}

void PumpMetrics::committed(std::size_t inputs, std::size_t outputs, Instant oldest_input) {
  inputs_.add(static_cast<double>(inputs));
  outputs_.add(static_cast<double>(outputs));
  if (inputs == 0) return;  // Written by time alone: there is no input that could be old.
  const auto age = std::max(clock_.now() - oldest_input, Milliseconds{0});
  record_age_.observe(seconds(age));
}

void PumpMetrics::rewound() { rewinds_.add(); }

void PumpMetrics::restored(std::size_t keys, std::int64_t records_read,
                           std::int64_t /*records_expected*/, bool complete) {
  if (is_restoring_ == complete) restoring_.add(complete ? -1 : 1);
  is_restoring_ = !complete;
  if (!complete) return;
  restored_keys_.add(static_cast<double>(keys) - own_restored_keys_);
  own_restored_keys_ = static_cast<double>(keys);
  if (keys > 0) records_per_key_.set(static_cast<double>(records_read) / own_restored_keys_);
}

void PumpMetrics::stopped(std::string_view /*why*/) {}  // The restart shows; the log says why.

KafkaMetrics::KafkaMetrics(Registry& registry, std::string_view stage)
    : commit_(registry.histogram(names::commit_seconds, with_stage({}, stage))),
      restore_(registry.histogram(names::restore_seconds, with_stage({}, stage))),
      aborts_(registry.counter(names::aborts, with_stage({}, stage))),
      rebuilds_(registry.counter(names::producer_rebuilds, with_stage({}, stage))),
      warnings_(registry.counter(names::kafka_warnings, with_stage({}, stage))),
      partitions_(registry.gauge(names::owned_partitions, with_stage({}, stage))) {}

KafkaMetrics::~KafkaMetrics() { partitions_.add(-own_partitions_); }

void KafkaMetrics::committed(std::chrono::nanoseconds took) { commit_.observe(seconds(took)); }
void KafkaMetrics::aborted() { aborts_.add(); }
void KafkaMetrics::restored(std::chrono::nanoseconds took) { restore_.observe(seconds(took)); }
void KafkaMetrics::producer_rebuilt() { rebuilds_.add(); }
void KafkaMetrics::warned() { warnings_.add(); }

void KafkaMetrics::assigned(std::size_t partitions) {
  partitions_.add(static_cast<double>(partitions) - own_partitions_);
  own_partitions_ = static_cast<double>(partitions);
}

std::string_view to_string(ClockState state) {
  switch (state) {
    case ClockState::running:
      return "running";
    case ClockState::at_risk:
      return "at_risk";
    case ClockState::breached:
      return "breached";
  }
  PAIDAN_ASSERT(false, "no such state");
}

void ClockMetrics::add(std::string_view unit, std::string_view clock, ClockState state,
                       std::int64_t change) {
  registry_.gauge(names::clocks, {{"unit", unit}, {"clock", clock}, {"state", to_string(state)}})
      .add(static_cast<double>(change));
}

void ClockMetrics::warned(std::string_view unit, std::string_view clock) {
  registry_.counter(names::warnings, {{"unit", unit}, {"clock", clock}}).add();
}

void ClockMetrics::breached(std::string_view unit, std::string_view clock,
                            std::chrono::milliseconds late) {
  registry_.counter(names::breaches, {{"unit", unit}, {"clock", clock}}).add();
  registry_.histogram(names::alert_lateness_seconds, {{"clock", clock}}).observe(seconds(late));
}

TimeMetrics::TimeMetrics(Registry& registry) : gauge_(registry.gauge(names::time_stalled)) {}

TimeMetrics::~TimeMetrics() { stalled(false); }

void TimeMetrics::stalled(bool stalled) {
  if (stalled == stalled_) return;
  gauge_.add(stalled ? 1 : -1);
  stalled_ = stalled;
}

void CallMetrics::answered(std::string_view method, std::string_view code,
                           std::chrono::nanoseconds duration) {
  registry_.counter(names::calls, {{"method", method}, {"code", code}}).add();
  registry_.histogram(names::call_seconds, {{"method", method}}).observe(seconds(duration));
}

void CallMetrics::stream_opened(std::string_view method) {
  registry_.gauge(names::streams, {{"method", method}}).add(1);
}

void CallMetrics::stream_closed(std::string_view method, std::string_view code) {
  registry_.gauge(names::streams, {{"method", method}}).add(-1);
  registry_.counter(names::calls, {{"method", method}, {"code", code}}).add();
}

}  // namespace paidan::metrics
