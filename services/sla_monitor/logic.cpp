#include "sla_monitor/logic.hpp"

#include <algorithm>
#include <utility>

#include "paidan/base/assert.hpp"

namespace paidan::sla_monitor {
namespace {

using Decision = stream::Decision<Event>;

Decision skipped(std::string_view reason) { return {{}, stream::Outcome::skipped, reason}; }

/// An unknown key holds a default ticket, whatever the key is.
const domain::PartitionTime& time_of(const State& state) {
  static const domain::PartitionTime unknown{};
  const auto* time = std::get_if<domain::PartitionTime>(&state);
  return time == nullptr ? unknown : *time;
}

class Evolve {
 public:
  explicit Evolve(State& state) : state_(state) {}

  void operator()(const domain::SlaFact& fact) { clocks(fact); }
  void operator()(const domain::ClockChange& change) { clocks(change); }
  void operator()(const domain::VersionSeen& seen) { clocks(seen); }
  void operator()(const domain::MarkAnswered& answered) {
    const Instant at = std::max(time_of(state_).mark_at, answered.mark.at);
    state_ = domain::PartitionTime{at, answered.mark.round, 0};
  }
  void operator()(const WakesFired& fired) {
    domain::PartitionTime time = time_of(state_);
    time.fired_count += fired.count;
    state_ = time;
  }
  void operator()(const MarkSeen& seen) { state_ = domain::PartitionTime{seen.at, 0, 0}; }

 private:
  template <class Change>
  void clocks(const Change& change) {
    auto* ticket = std::get_if<domain::SlaTicket>(&state_);
    PAIDAN_ASSERT(ticket != nullptr, "a ticket's fact belongs to a ticket's key");
    *ticket = domain::evolve_sla(std::move(*ticket), change);
  }

  State& state_;
};

}  // namespace

Decision Logic::decide(const State& state, const Input& input, Instant now) const {
  if (const auto* mark = std::get_if<domain::TimeMark>(&input)) return on(state, *mark);
  if (const auto* fired = std::get_if<WakesFired>(&input)) return on(state, *fired);
  if (std::holds_alternative<domain::Settled>(input)) return skipped("settled");
  // Facts of a replay are decided years after their time; nobody is told late.
  const Instant alert_time = time_source_ == TimeSource::live ? now : Instant{};
  if (const auto* due = std::get_if<domain::ClockDue>(&input)) return on(state, *due, alert_time);
  return on(state, std::get<domain::LifecycleNotice>(input), alert_time);
}

Decision Logic::on(const State& state, const domain::SlaInput& input, Instant now) const {
  const auto* ticket = std::get_if<domain::SlaTicket>(&state);
  if (ticket == nullptr) return {{}, stream::Outcome::malformed, "a ticket's fact on a time line"};
  domain::SlaDecision decided = domain::decide_sla(*ticket, input, now);
  if (decided.skipped) return skipped(decided.reason);
  Decision decision;
  for (domain::SlaFact& fact : decided.facts) decision.events.emplace_back(std::move(fact));
  for (domain::ClockChange& change : decided.changes) {
    decision.events.emplace_back(std::move(change));
  }
  decision.events.emplace_back(domain::VersionSeen{decided.version});
  return decision;
}

Decision Logic::on(const State& state, const domain::TimeMark& mark) const {
  const domain::PartitionTime& time = time_of(state);
  if (time_source_ == TimeSource::live) {
    if (mark.at <= time.mark_at) return skipped("old_mark");
    return {{MarkSeen{mark.at}}, stream::Outcome::accepted, {}};
  }
  // Also an old or repeated one is answered: the source may have written it twice, and waits.
  return {{domain::MarkAnswered{mark, time.fired_count}}, stream::Outcome::accepted, {}};
}

Decision Logic::on(const State& /*state*/, const WakesFired& fired) const {
  if (time_source_ == TimeSource::live) return skipped("not_counted");
  return {{fired}, stream::Outcome::accepted, {}};
}

State Logic::evolve(State state, const Event& event) const {
  std::visit(Evolve(state), event);
  return state;
}

std::optional<Instant> Logic::wake_at(const State& state) const {
  const auto* ticket = std::get_if<domain::SlaTicket>(&state);
  return ticket == nullptr ? std::nullopt : domain::next_due_at(*ticket);
}

}  // namespace paidan::sla_monitor
