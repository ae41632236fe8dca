#include "views/logic.hpp"

#include <algorithm>
#include <utility>

#include "paidan/domain/lifecycle.hpp"
#include "paidan/domain/queues.hpp"

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

void leave_unit(Ticket& ticket) {
  ticket.co_handlers.clear();
  ticket.sub_units.clear();
  ticket.co_handler_replies.clear();
}

template <class Value>
void add_once(std::vector<Value>& values, const Value& value) {
  if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

/// The newest `max` of them.
template <class Value>
void add_newest(std::vector<Value>& values, const Value& value, std::size_t max) {
  values.push_back(value);
  if (values.size() > max) values.erase(values.begin());
}

/// What a kind of fact changes beside the state, the lead and the clocks, which every record tells.
/// As the domain folds it, and what people want to see beside.
class Body {
 public:
  Body(Ticket& ticket, const HistoryRecord& record, Effects& effects)
      : ticket_(ticket), record_(record), effects_(effects) {}

  // Who must answer.
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
  void operator()(const domain::Reclassified& reclassified) {
    ticket_.classified.category = reclassified.category;
    ticket_.classified.area = reclassified.area;
    ticket_.classified.demand_kind = reclassified.demand_kind;
  }
  void operator()(const domain::CoHandlerAdded& added) {
    add_once(ticket_.co_handlers, added.unit);
    remember_unit(ticket_, added.unit);
  }
  void operator()(const domain::CoHandlerReplied& replied) {
    add_newest(ticket_.co_handler_replies, replied, replies_max);
  }
  /// Below `by_unit` there is one chain: handing down anew replaces what was below.
  void operator()(const domain::SubAssigned& assigned) {
    auto& chain = ticket_.sub_units;
    const auto by = std::ranges::find(chain, assigned.by_unit);
    chain.erase(by == chain.end() ? chain.begin() : std::next(by), chain.end());
    chain.push_back(assigned.unit);
    remember_unit(ticket_, assigned.unit);
  }
  void operator()(const domain::SubCompleted& completed) {
    auto& chain = ticket_.sub_units;
    chain.erase(std::ranges::find(chain, completed.unit), chain.end());
  }
  void operator()(const domain::Completed& completed) {
    ticket_.report = completed.report;
    ticket_.sub_units.clear();
  }

  // Requests that wait for the office; fold() forgets them with their state.
  void operator()(const domain::ReturnRequested& asked) { ticket_.request_reason = asked.reason; }
  void operator()(const domain::ExtensionRequested& asked) {
    ticket_.request_reason = asked.reason;
    ticket_.wanted_due_at = asked.wanted_due_at;
  }
  void operator()(const domain::UnreasonableRequested& asked) {
    ticket_.request_reason = asked.reason;
  }
  void operator()(const domain::ExtensionDecided& decided) {
    if (!decided.granted) return;
    ticket_.extension_reason = decided.reason.empty() ? ticket_.request_reason : decided.reason;
  }
  void operator()(const domain::UnreasonableDecided& decided) {
    ticket_.unreasonable = decided.granted;
  }
  void operator()(const domain::InfoRequested& asked) { ticket_.question = asked.question; }
  void operator()(const domain::AppealRecorded& appeal) {
    ticket_.appealed = true;
    ticket_.review_reason = appeal.reason;
  }
  void operator()(const domain::AppealDecided& decided) {
    ticket_.appealed = false;
    if (decided.granted) ticket_.unreasonable = false;
  }
  void operator()(const domain::RecheckOrdered& ordered) { ticket_.review_reason = ordered.reason; }
  void operator()(const domain::MarkedDifficult& marked) {
    ticket_.difficult = true;
    ticket_.review_reason = marked.reason;
  }

  // Overlays.
  void operator()(const domain::UrgeRecorded& urged) { ticket_.urge_count = urged.count; }
  void operator()(const domain::Supervised&) { ticket_.supervised = true; }
  void operator()(const domain::ConflictingSubmission&) { ticket_.conflicting = true; }
  void operator()(const domain::Escalated& escalated) {
    if (escalated.sla.kind == domain::SlaKind::warned) ticket_.reminded = true;
    fold(ticket_, escalated.sla, effects_);
  }

  // Duplicates.
  void operator()(const domain::DuplicateProposed& proposed) {
    add_newest(ticket_.proposals, proposed, proposals_max);
  }
  void operator()(const domain::DuplicateProposalDropped& dropped) {
    std::erase_if(ticket_.proposals,
                  [&](const auto& proposal) { return proposal.master == dropped.master; });
  }
  void operator()(const domain::DuplicateLinked& linked) {
    ticket_.duplicate_of = linked.master;
    ticket_.proposals.clear();
    ticket_.duplicates.clear();  // They follow to the new master.
  }
  void operator()(const domain::DuplicateUnlinked&) { ticket_.duplicate_of = {}; }
  void operator()(const domain::Reopened&) {
    ticket_.duplicate_of = {};
    ticket_.unreasonable = false;  // A life of its own: what was found in the first one is spent.
  }
  void operator()(const domain::MasterAnswered& answered) { remember_unit(ticket_, answered.unit); }
  void operator()(const domain::DuplicateJoined& joined) {
    add_once(ticket_.duplicates, joined.duplicate);
  }
  void operator()(const domain::DuplicateLeft& left) {
    std::erase(ticket_.duplicates, left.duplicate);
  }

  // What only moves the state or a clock.
  void operator()(const domain::TriageRequested&) {}
  void operator()(const domain::Acknowledged&) {}
  void operator()(const domain::Contacted&) {}
  void operator()(const domain::ReturnDecided&) {}
  void operator()(const domain::ArbitrationRequested&) {}
  void operator()(const domain::RatingRecorded&) {}
  void operator()(const domain::Closed&) {}
  void operator()(const domain::TicketWithdrawn&) {}
  void operator()(const domain::SupplementRecorded&) {}
  void operator()(const domain::RedoOrdered&) {}
  void operator()(const domain::Declined&) {}
  void operator()(const domain::TransferredOut&) {}
  void operator()(const domain::RecheckRecorded&) {}
  void operator()(const domain::MasterReopened&) {}
  void operator()(const domain::DueRecalculated&) {}

 private:
  Ticket& ticket_;
  const HistoryRecord& record_;
  Effects& effects_;
};

/// The office has looked at it. A recount of due times is no look.
bool is_act_of_office(const domain::LifecycleFact& fact) {
  return fact.actor.role == domain::Role::office &&
         !std::holds_alternative<domain::DueRecalculated>(fact.body);
}

/// What only a state makes meaningful goes with it.
void forget_what_is_over(Ticket& ticket) {
  if (!domain::is_request(ticket.state)) {
    ticket.request_reason.clear();
    ticket.wanted_due_at.reset();
  }
  if (ticket.state != domain::State::needs_info) ticket.question.clear();
  const domain::Waiting waiting{ticket.state, ticket.conflicting, ticket.appealed, ticket.difficult,
                                !ticket.proposals.empty()};
  if (!lies_in(domain::Queue::review, waiting)) ticket.review_reason.clear();
}

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

Folded fold(Ticket& ticket, const HistoryRecord& record, Effects& effects) {
  if (record.version <= ticket.version) return Folded::repeated;
  const bool jumped = record.version > ticket.version + 1;
  // Versions that are missing leave no offsets: what is kept must stay countable from the first.
  if (jumped) ticket.lifecycle_offsets.clear();
  const domain::ReturnSubject before{record.ticket_id, ticket.state, ticket.classified.category,
                                     ticket.classified.area, ticket.lead_unit};
  domain::fold_returns(ticket.returns, before, record.fact, effects.returns);
  if (is_act_of_office(record.fact)) ticket.conflicting = false;
  if (record.lead_unit.get().empty() || record.assign_epoch != ticket.assign_epoch) {
    leave_unit(ticket);
  }
  ticket.version = record.version;
  ticket.state = record.state;
  ticket.lead_unit = record.lead_unit;
  ticket.queue_unit = record.queue_unit;
  ticket.assign_epoch = record.assign_epoch;
  ticket.updated_at = record.fact.happened_at;
  remember_offset(ticket, record);
  apply_clocks(ticket, record.fact);
  std::visit(Body(ticket, record, effects), record.fact.body);
  forget_what_is_over(ticket);
  return jumped ? Folded::jumped : Folded::applied;
}

void fold(Ticket& ticket, const domain::SlaFact& fact, Effects& effects) {
  if (!shows(fact.kind)) return;
  Clock& clock = clock_of(ticket, fact.clock, fact.seq, fact.step);
  if (!clock.started) {
    clock.unit = fact.unit;
    clock.due_at = fact.due_at;
  }
  if (!apply_alert(clock, fact.kind)) return;
  const domain::UnitId& unit = fact.unit.get().empty() ? ticket.lead_unit : fact.unit;
  effects.alerts.push_back({unit, fact.clock, fact.kind == domain::SlaKind::breached});
}

void fold(Ticket& ticket, const Said& said) {
  if (ticket.version != 0 || ticket.state != domain::State::none) return;
  ticket.state = domain::State::received;
  ticket.classified = said.known;
  ticket.opened_at = ticket.updated_at = said.at;
  ticket.partition = said.partition;
}

}  // namespace paidan::views
