#include "invariants.hpp"

#include <algorithm>
#include <set>

#include "paidan/domain/lifecycle.hpp"

namespace paidan::scenario {
namespace {

using namespace domain;  // judges its facts: every name is the domain's

std::string named(const std::string& clock, std::uint32_t seq) {
  return clock + " " + std::to_string(seq);
}

const OpenClock* find_clock_in(const Ticket& ticket, const std::string& name, std::uint32_t seq) {
  for (const OpenClock& open : ticket.clocks) {
    if (open.clock == name && open.seq == seq && open.step == 0) {
      return &open;
    }
  }
  return nullptr;
}

void check_one_per_unit(const Ticket& after, Broken& broken) {
  std::set<std::pair<std::string, UnitId>> running;
  for (const OpenClock& open : after.clocks) {
    if (open.step == 0 && !running.emplace(open.clock, open.unit).second) {
      broken.push_back("two clocks " + open.clock + " run for " + open.unit.get());
    }
  }
}

/// The same clock and seq has one due time; a stop names a clock that runs, a start a new seq.
void check_changes(const Ticket& before, const LifecycleFact& fact, Broken& broken) {
  for (const ClockChange& change : fact.clocks) {
    if (const auto* stopped = std::get_if<ClockStopped>(&change)) {
      if (find_clock_in(before, stopped->clock, stopped->seq) == nullptr) {
        broken.push_back("stops " + named(stopped->clock, stopped->seq) + ", which does not run");
      }
      continue;
    }
    const auto& started = std::get<ClockStarted>(change);
    const auto known = before.clock_seqs.find(started.clock);
    const bool fresh = known == before.clock_seqs.end() || started.seq > known->second;
    if (started.step == 0 && !fresh) {
      broken.push_back("starts " + named(started.clock, started.seq) + " a second time");
    }
    if (started.explanation.zh.empty() || started.explanation.en.empty()) {
      broken.push_back(named(started.clock, started.seq) + " has no explanation");
    }
  }
}

/// A decision on the term, or the end of a pause.
bool may_move_the_citizen_clock(const Ticket& before, const LifecycleBody& body) {
  return std::holds_alternative<Opened>(body) || std::holds_alternative<ExtensionDecided>(body) ||
         std::holds_alternative<Reclassified>(body) ||
         std::holds_alternative<DueRecalculated>(body) || !before.extras->paused.empty();
}

std::optional<Instant> due_of_citizen(const Ticket& ticket) {
  for (const OpenClock& open : ticket.clocks) {
    if (open.clock == "citizen" && open.step == 0) {
      return open.due_at;
    }
  }
  return std::nullopt;
}

/// The promise to the citizen: its due time is another one only after a decision on it, or when it
/// runs again after a pause.
void check_citizen(const Ticket& before, const LifecycleFact& fact, Broken& broken) {
  if (may_move_the_citizen_clock(before, fact.body)) {
    return;
  }
  const auto due = due_of_citizen(before);
  for (const ClockChange& change : fact.clocks) {
    const auto* started = std::get_if<ClockStarted>(&change);
    const bool of_citizen = started != nullptr && started->clock == "citizen" && started->step == 0;
    if (of_citizen && due != started->due_at) {
      broken.push_back("the citizen's due time moves without a fact that says so");
    }
  }
}

/// 首接负责: whoever leads has these.
bool goes_with_the_lead(const std::string& clock) {
  return clock == "citizen" || clock == "supervise";
}

bool ends_for_good(const Ticket& before, const ClockStopped& stopped, Instant at) {
  const OpenClock* open = find_clock_in(before, stopped.clock, stopped.seq);
  if (stopped.reason == ClockStop::moved) {
    return open != nullptr && open->due_at < at;
  }
  return stopped.reason == ClockStop::done || stopped.reason == ClockStop::cancelled;
}

using ClockIds = std::set<std::pair<std::string, std::uint32_t>>;

void add_stopped(const Ticket& before, const LifecycleFact& fact, ClockIds& out) {
  for (const ClockChange& change : fact.clocks) {
    const auto* stopped = std::get_if<ClockStopped>(&change);
    if (stopped != nullptr && ends_for_good(before, *stopped, fact.happened_at)) {
      out.emplace(stopped->clock, stopped->seq);
    }
  }
}

void add_breached(const Ticket& before, const LifecycleFact& fact, ClockIds& out) {
  const auto* escalated = std::get_if<Escalated>(&fact.body);
  if (escalated == nullptr || escalated->sla.kind != SlaKind::breached) {
    return;
  }
  const SlaFact& sla = escalated->sla;
  if (find_clock_in(before, sla.clock, sla.seq) != nullptr) {
    out.emplace(sla.clock, sla.seq);
  }
}

/// A clock that stood still and will not run again is judged when that is clear.
void add_paused(const Ticket& before, const Ticket& after, const LifecycleFact& fact,
                ClockIds& out) {
  const auto resumed = [&](const PausedClock& paused) {
    return std::any_of(fact.clocks.begin(), fact.clocks.end(), [&](const ClockChange& change) {
      const auto* started = std::get_if<ClockStarted>(&change);
      return started != nullptr && started->clock == paused.clock &&
             (goes_with_the_lead(paused.clock) || started->unit == paused.unit);
    });
  };
  const auto& still = after.extras->paused;
  for (const PausedClock& paused : before.extras->paused) {
    if (std::find(still.begin(), still.end(), paused) == still.end() && !resumed(paused)) {
      out.emplace(paused.clock, paused.seq);
    }
  }
}

/// What must have a verdict after this fact.
ClockIds judged(const Ticket& before, const Ticket& after, const LifecycleFact& fact) {
  ClockIds out;
  add_stopped(before, fact, out);
  add_breached(before, fact, out);
  add_paused(before, after, fact, out);
  return out;
}

void check_verdicts(const Ticket& before, const Ticket& after, const LifecycleFact& fact,
                    Broken& broken) {
  std::multiset<std::pair<std::string, std::uint32_t>> given;
  for (const Verdict& verdict : fact.verdicts) {
    if (verdict.subject == VerdictSubject::clock) {
      given.emplace(verdict.clock, verdict.seq);
    }
    if (verdict.reason.empty() || verdict.result == VerdictResult::none) {
      broken.push_back("a verdict without a result or a reason");
    }
  }
  const auto wanted = judged(before, after, fact);
  for (const auto& [clock, seq] : wanted) {
    if (given.count({clock, seq}) != 1) {
      broken.push_back(named(clock, seq) + " has " + std::to_string(given.count({clock, seq})) +
                       " verdicts by " +
                       std::string(code_of(move_of(fact.body, before.assign_epoch))));
    }
  }
  for (const auto& [clock, seq] : given) {
    if (!wanted.contains({clock, seq})) {
      broken.push_back(named(clock, seq) + " has a verdict though nothing became of it");
    }
  }
}

bool is_linked(const Ticket& ticket) { return !ticket.extras->duplicate_of.get().empty(); }

bool has_unit_in_charge(const Ticket& ticket) {
  switch (ticket.state) {
    case State::assigned:
    case State::acknowledged:
    case State::contacted:
    case State::return_requested:
    case State::extension_requested:
    case State::difficult:
    case State::unreasonable:
    case State::redo:
    case State::completed:
    case State::call_back:
    case State::onsite_recheck:  // of a duplicate: the master's unit, which answered
      return true;
    default:
      return false;
  }
}

void check_lead(const Ticket& ticket, Broken& broken) {
  const std::string state(code_of(ticket.state));
  const bool lead = !ticket.lead_unit.get().empty();
  if (is_open(ticket.state) && ticket.state != State::needs_info &&
      lead != has_unit_in_charge(ticket)) {
    broken.push_back(state + (lead ? " with a lead" : " without a lead"));
  }
  if (ticket.state == State::classified && !is_linked(ticket)) {
    broken.push_back("rests in classified, though nobody answers for it");
  }
  if (ticket.state == State::reopened || ticket.state == State::received) {
    broken.push_back("rests in " + state);
  }
  if (lead == ticket.queue_unit.get().empty()) {
    broken.push_back(state + ": lead and queue do not agree");
  }
}

bool is_same(const OpenClock& open, const RunningClock& running) {
  return running.clock == open.clock && running.seq == open.seq && running.step == open.step &&
         running.due_at == open.due_at && running.unit == open.unit;
}

void check_monitor(const Ticket& ticket, const SlaTicket& sla, Broken& broken) {
  std::size_t same = 0;
  for (const OpenClock& open : ticket.clocks) {
    same += static_cast<std::size_t>(
        std::count_if(sla.clocks.begin(), sla.clocks.end(),
                      [&](const RunningClock& running) { return is_same(open, running); }));
  }
  if (same != ticket.clocks.size() || same != sla.clocks.size()) {
    broken.emplace_back("dispatch and the SLA monitor know different clocks");
  }
}

void check_clocks(const Ticket& ticket, Broken& broken) {
  const bool over = ticket.state != State::none && !is_open(ticket.state);
  if (over && (!ticket.clocks.empty() || !ticket.extras->paused.empty())) {
    broken.push_back("a clock runs after the end: " + std::string(code_of(ticket.state)));
  }
  for (const PausedClock& paused : ticket.extras->paused) {
    for (const OpenClock& open : ticket.clocks) {
      const bool same_unit = goes_with_the_lead(open.clock) || open.unit == paused.unit;
      if (open.clock == paused.clock && same_unit) {
        broken.push_back(paused.clock + " runs and stands still at once");
      }
    }
  }
}

bool same_fact(const LifecycleFact& one, const LifecycleFact& other) {
  return one.body.index() == other.body.index() && one.clocks == other.clocks &&
         one.verdicts == other.verdicts && one.actor == other.actor &&
         one.happened_at == other.happened_at;
}

bool same_event(const TicketEvent& one, const TicketEvent& other) {
  const auto* fact = std::get_if<LifecycleFact>(&one);
  const auto* other_fact = std::get_if<LifecycleFact>(&other);
  if (fact == nullptr || other_fact == nullptr) {
    return one.index() == other.index();
  }
  return same_fact(*fact, *other_fact);
}

bool same_decision(const TicketDecision& one, const TicketDecision& other) {
  return one.reason == other.reason &&
         std::equal(one.events.begin(), one.events.end(), other.events.begin(), other.events.end(),
                    same_event);
}

Ticket folded(Ticket ticket, const TicketDecision& decision) {
  for (const TicketEvent& event : decision.events) {
    ticket = evolve(std::move(ticket), event);
  }
  return ticket;
}

struct Replies {
  std::size_t count = 0;
  bool refused = false;
};
Replies replies_of(const TicketDecision& decision) {
  Replies out;
  for (const TicketEvent& event : decision.events) {
    if (const auto* reply = std::get_if<Reply>(&event)) {
      ++out.count;
      out.refused = out.refused || std::holds_alternative<Refused>(reply->answer);
    }
  }
  return out;
}

}  // namespace

void check_fact(const Ticket& before, const Ticket& after, const LifecycleFact& fact,
                Broken& broken) {
  if (after.version != before.version + 1) {
    broken.push_back("version " + std::to_string(after.version) + " after " +
                     std::to_string(before.version));
  }
  check_one_per_unit(after, broken);
  check_changes(before, fact, broken);
  check_citizen(before, fact, broken);
  check_verdicts(before, after, fact, broken);
}

void check_rest(const Ticket& ticket, const SlaTicket& sla, Broken& broken) {
  if (ticket.state != State::none) {
    check_lead(ticket, broken);
  }
  check_monitor(ticket, sla, broken);
  check_clocks(ticket, broken);
  const TicketExtras& extras = *ticket.extras;
  if (ticket.commands.size() > 16 || ticket.co_handlers.size() > 32 ||
      extras.sub_units.size() > 4 || extras.duplicates.size() > 64 || extras.proposals.size() > 4 ||
      extras.waiting.size() > 4) {
    broken.emplace_back("a collection of the ticket's state is over its bound");
  }
  if (is_linked(ticket) && !extras.duplicates.empty()) {
    broken.emplace_back("a duplicate is the master of others");
  }
}

void check_decision(const CityPack& pack, const Ticket& ticket, const TicketInput& input,
                    const TicketDecision& decision, Broken& broken) {
  const TicketDecision again = decide(pack, ticket, input);
  if (!same_decision(decision, again) || folded(ticket, decision) != folded(ticket, again)) {
    broken.emplace_back("the same input was decided in two ways");
  }
  const Replies replies = replies_of(decision);
  if (replies.count != (std::holds_alternative<Command>(input.body) ? 1U : 0U)) {
    broken.emplace_back("a command has not exactly one reply");
  }
  if (replies.refused && (decision.events.size() != 1 || folded(ticket, decision) != ticket)) {
    broken.emplace_back("a refusal changed something");
  }
  const bool named = decision.skipped && !decision.reason.empty();
  if (named != decision.events.empty()) {
    broken.emplace_back("an input was skipped without a name");
  }
}

}  // namespace paidan::scenario
