#pragma once
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/domain/ticket_id.hpp"
#include "paidan/stream/pump.hpp"
#include "paidan/testkit/fake_broker.hpp"
#include "paidan/testkit/manual_clock.hpp"
#include "paidan/testkit/silent_probe.hpp"
#include "sla_monitor/codec.hpp"
#include "sla_monitor/logic.hpp"

/// The SLA monitor over a broker in memory.
namespace paidan::sla_monitor::test {

using namespace std::chrono_literals;

inline constexpr std::int32_t partition_count = 2;
inline constexpr Instant start = from_unix_ms(1'700'000'000'000);

inline std::string ticket_id(std::uint8_t number) {
  return domain::make_ticket_id({number, 9}).get();
}

inline domain::ClockChange started(std::string_view clock, Instant due,
                                   std::optional<Instant> warn = {}, std::uint32_t seq = 1) {
  domain::ClockStarted change;
  change.clock = std::string(clock);
  change.seq = seq;
  change.unit = domain::UnitId{"PWD"};
  change.started_at = start;
  change.due_at = due;
  change.warn_at = warn;
  return change;
}
inline domain::ClockChange stopped(std::string_view clock,
                                   domain::ClockStop reason = domain::ClockStop::done,
                                   std::uint32_t seq = 1) {
  return domain::ClockStopped{std::string(clock), seq, reason};
}

/// One fact that was written: ticket, kind, clock, seq, step.
using Told = std::tuple<std::string, domain::SlaKind, std::string, std::uint32_t, std::uint32_t>;

class Stage {
 public:
  explicit Stage(TimeSource source, stream::PumpLimits limits = {})
      : logic_(source), limits_(limits) {
    revive();
  }

  /// dispatch writes a record of the ticket's history.
  void history(const std::string& id, std::uint64_t version, Instant happened_at,
               std::vector<domain::ClockChange> clocks) {
    domain::LifecycleFact fact;
    fact.body = domain::UrgeRecorded{1};
    fact.clocks = std::move(clocks);
    fact.happened_at = happened_at;
    domain::Ticket after;
    after.version = version;
    after.state = domain::State::assigned;
    const Partition partition = contract::partition_of(id, partition_count);
    const stream::Cause cause{"classified/0/" + std::to_string(++causes_), {}, partition};
    broker_.append(contract::encode_lifecycle(
        id, fact, after, {cause, 0, happened_at, happened_at, "rules", "dispatch"}));
  }
  void mark(Instant at, std::uint32_t round = 0) {
    for (std::int32_t p = 0; p < partition_count; ++p) mark(Partition{p}, at, round);
  }
  void mark(Partition partition, Instant at, std::uint32_t round) {
    const stream::Cause cause{"tick/" + std::to_string(++causes_), {}, partition};
    broker_.append(contract::encode_time_mark({at, round}, {cause, 0, at, at, {}, "dispatch"}));
  }
  void settled(Partition partition, Instant at) {
    const stream::Cause cause{"sla/" + std::to_string(++causes_), {}, partition};
    broker_.append(contract::encode_settled({at}, {cause, 0, at, at, {}, "dispatch"}));
  }

  /// A new process takes the place of the one before.
  void revive() {
    pump_.reset();
    log_ = std::make_unique<testkit::FakeLog>(
        broker_, testkit::FakeLogConfig{"sla_monitor",
                                        "sla_monitor-0-0",
                                        {contract::topic::lifecycle},
                                        contract::topic::sla_monitor_state});
    pump_ = std::make_unique<stream::Pump<Logic, Codec>>(logic_, codec_, *log_, clock_, probe_,
                                                         limits_);
  }
  stream::Turn turn() { return pump_->turn(); }
  /// Until nothing is left to do; a process that must stop is replaced.
  void run() {
    for (int idle = 0; idle < 3;) {
      const stream::Turn turned = turn();
      if (turned == stream::Turn::stop) revive();
      idle = turned == stream::Turn::idle ? idle + 1 : 0;
    }
  }

  std::vector<contract::Decoded<contract::SlaBody>> written() const {
    std::vector<contract::Decoded<contract::SlaBody>> bodies;
    for (const auto& stored : broker_.committed(contract::topic::sla)) {
      stream::InRecord record;
      record.topic = stored.record.topic;
      record.partition = stored.record.partition;
      record.key = stored.record.key;
      record.value = *stored.record.value;
      auto decoded = contract::decode_sla(record, partition_count);
      PAIDAN_ASSERT(decoded, "what was written can be read");
      bodies.push_back(std::move(decoded).value());
    }
    return bodies;
  }
  /// How often each fact was written.
  std::map<Told, int> told() const {
    std::map<Told, int> counts;
    for (const auto& record : written()) {
      if (const auto* fact = std::get_if<domain::SlaFact>(&record.body)) {
        ++counts[{record.key, fact->kind, fact->clock, fact->seq, fact->step}];
      }
    }
    return counts;
  }

  testkit::FakeBroker& broker() { return broker_; }
  testkit::ManualClock& clock() { return clock_; }
  const stream::Pump<Logic, Codec>& pump() const { return *pump_; }

 private:
  Logic logic_;
  Codec codec_{partition_count};
  testkit::FakeBroker broker_{partition_count};
  testkit::ManualClock clock_{start};
  testkit::SilentProbe probe_;
  stream::PumpLimits limits_;
  int causes_ = 0;
  std::unique_ptr<testkit::FakeLog> log_;
  std::unique_ptr<stream::Pump<Logic, Codec>> pump_;
};

}  // namespace paidan::sla_monitor::test
