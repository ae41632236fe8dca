#include "views/logic.hpp"

#include <algorithm>
#include <utility>

namespace paidan::views {
namespace {

Clock& clock_of(Ticket& ticket, std::string_view name, std::uint32_t seq, std::uint32_t step) {
  const auto found = std::ranges::find_if(ticket.clocks, [&](const Clock& clock) {
    return clock.clock == name && clock.seq == seq && clock.step == step;
  });
  if (found != ticket.clocks.end()) return *found;
  if (ticket.clocks.size() >= clocks_max) {
    const auto stopped = std::ranges::find_if(
        ticket.clocks, [](const Clock& clock) { return clock.stopped_at.has_value(); });
    ticket.clocks.erase(stopped == ticket.clocks.end() ? ticket.clocks.begin() : stopped);
  }
  Clock fresh;
  fresh.clock = std::string(name);
  fresh.seq = seq;
  fresh.step = step;
  return ticket.clocks.emplace_back(std::move(fresh));
}

void change(Ticket& ticket, const domain::ClockStarted& started) {
  Clock& clock = clock_of(ticket, started.clock, started.seq, started.step);
  clock.unit = started.unit;
  clock.started_at = started.started_at;
  clock.due_at = started.due_at;
  clock.provisional = started.provisional;
  clock.explanation = started.explanation;
  clock.started = true;
}

/// Stops the clock with all its steps.
void change(Ticket& ticket, const domain::ClockStopped& stopped, Instant at) {
  for (Clock& clock : ticket.clocks) {
    const bool same = clock.clock == stopped.clock && clock.seq == stopped.seq;
    if (!same || clock.stopped_at) continue;
    clock.stopped_at = at;
    clock.stop = stopped.reason;
  }
}

void remember_unit(Ticket& ticket, const domain::UnitId& unit) {
  if (unit.get().empty() || std::ranges::find(ticket.units, unit) != ticket.units.end()) return;
  ticket.units.push_back(unit);
}

/// What a kind of fact changes beside the state, the lead and the clocks, which every record tells.
class Body {
 public:
  Body(Ticket& ticket, const HistoryRecord& record, std::vector<Alert>& alerts)
      : ticket_(ticket), record_(record), alerts_(alerts) {}

  void operator()(const domain::Opened& opened) {
    ticket_.classified = opened.classified;
    ticket_.classified.candidates.clear();
    ticket_.classified.why.clear();
    ticket_.opened_at = record_.fact.happened_at;
  }
  void operator()(const domain::Assigned& assigned) {
    ticket_.co_handlers = assigned.co_handlers;
    remember_unit(ticket_, assigned.lead_unit);
    remember_unit(ticket_, assigned.queue_unit);
    for (const domain::UnitId& unit : assigned.co_handlers) remember_unit(ticket_, unit);
  }
  void operator()(const domain::Completed& completed) { ticket_.report = completed.report; }
  void operator()(const domain::UrgeRecorded& urged) { ticket_.urge_count = urged.count; }
  void operator()(const domain::ConflictingSubmission&) { ticket_.conflicting = true; }
  void operator()(const domain::AppealRecorded&) { ticket_.appealed = true; }
  void operator()(const domain::Escalated& escalated) { fold(ticket_, escalated.sla, alerts_); }
  void operator()(const domain::Reclassified& reclassified) {
    ticket_.classified.category = reclassified.category;
    ticket_.classified.area = reclassified.area;
    ticket_.classified.demand_kind = reclassified.demand_kind;
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  Ticket& ticket_;
  const HistoryRecord& record_;
  std::vector<Alert>& alerts_;
};

void apply_clocks(Ticket& ticket, const domain::LifecycleFact& fact) {
  for (const domain::ClockChange& clock : fact.clocks) {
    if (const auto* started = std::get_if<domain::ClockStarted>(&clock)) {
      change(ticket, *started);
    } else {
      change(ticket, std::get<domain::ClockStopped>(clock), fact.happened_at);
    }
  }
}

void remember_offset(Ticket& ticket, const HistoryRecord& record) {
  if (ticket.lifecycle_offsets.empty()) ticket.first_version = record.version;
  ticket.partition = record.partition;
  ticket.lifecycle_offsets.push_back(record.offset);
  if (ticket.lifecycle_offsets.size() <= offsets_max) return;
  ticket.lifecycle_offsets.erase(ticket.lifecycle_offsets.begin());
  ++ticket.first_version;
}

bool shows(domain::SlaKind kind) {
  using domain::SlaKind;
  return kind == SlaKind::warned || kind == SlaKind::breached || kind == SlaKind::escalated ||
         kind == SlaKind::retracted;
}

/// True if it is the clock's first warning or breach.
bool apply_alert(Clock& clock, domain::SlaKind kind) {
  using domain::SlaKind;
  if (kind == SlaKind::warned) return !std::exchange(clock.warned, true);
  if (kind == SlaKind::retracted) {
    clock.breached = false;
    clock.retracted = true;
    return false;
  }
  if (clock.retracted) return false;
  return !std::exchange(clock.breached, true) && kind == SlaKind::breached;
}

}  // namespace

Folded fold(Ticket& ticket, const HistoryRecord& record, std::vector<Alert>& alerts) {
  if (record.version <= ticket.version) return Folded::repeated;
  const bool jumped = record.version > ticket.version + 1;
  // Versions that are missing leave no offsets: what is kept must stay countable from the first.
  if (jumped) ticket.lifecycle_offsets.clear();
  if (record.fact.actor.role == domain::Role::office) ticket.conflicting = ticket.appealed = false;
  ticket.version = record.version;
  ticket.state = record.state;
  ticket.lead_unit = record.lead_unit;
  ticket.queue_unit = record.queue_unit;
  if (record.lead_unit.get().empty()) ticket.co_handlers.clear();
  ticket.assign_epoch = record.assign_epoch;
  ticket.updated_at = record.fact.happened_at;
  remember_offset(ticket, record);
  apply_clocks(ticket, record.fact);
  std::visit(Body(ticket, record, alerts), record.fact.body);
  return jumped ? Folded::jumped : Folded::applied;
}

void fold(Ticket& ticket, const domain::SlaFact& fact, std::vector<Alert>& alerts) {
  if (!shows(fact.kind)) return;
  Clock& clock = clock_of(ticket, fact.clock, fact.seq, fact.step);
  if (!clock.started) {
    clock.unit = fact.unit;
    clock.due_at = fact.due_at;
  }
  if (!apply_alert(clock, fact.kind)) return;
  const domain::UnitId& unit = fact.unit.get().empty() ? ticket.lead_unit : fact.unit;
  alerts.push_back({unit, fact.clock, fact.kind == domain::SlaKind::breached});
}

}  // namespace paidan::views
