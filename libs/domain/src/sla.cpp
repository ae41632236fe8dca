#include "paidan/domain/sla.hpp"

#include <algorithm>

#include "src/overloaded.hpp"

namespace paidan::domain {
namespace {

SlaFact fact_of(SlaKind kind, const RunningClock& clock, Instant at, Milliseconds late) {
  return {kind, clock.clock, clock.step, clock.seq, clock.unit, clock.due_at, at, late};
}

bool is_of(const RunningClock& clock, const SlaFact& fact) {
  return clock.clock == fact.clock && clock.seq == fact.seq && clock.step == fact.step;
}

std::optional<Instant> next_of(const RunningClock& clock) {
  if (clock.breached) {
    return std::nullopt;
  }
  return clock.warn_at ? std::min(*clock.warn_at, clock.due_at) : clock.due_at;
}

/// Everything of `ticket` with a time before `limit` (or at it), in the order of time.
std::vector<SlaFact> fire(const SlaTicket& ticket, Instant limit, bool at_limit_too, Instant now) {
  std::vector<SlaFact> fired;
  const auto reached = [&](Instant moment) {
    return moment < limit || (at_limit_too && moment == limit);
  };
  const auto late = [&](Instant moment) { return std::max(Milliseconds{0}, now - moment); };
  for (const RunningClock& clock : ticket.clocks) {
    if (clock.breached) {
      continue;
    }
    if (clock.warn_at && reached(*clock.warn_at)) {
      fired.push_back(fact_of(SlaKind::warned, clock, *clock.warn_at, late(*clock.warn_at)));
    }
    if (reached(clock.due_at)) {
      const SlaKind kind = clock.step == 0 ? SlaKind::breached : SlaKind::escalated;
      fired.push_back(fact_of(kind, clock, clock.due_at, late(clock.due_at)));
    }
  }
  std::stable_sort(fired.begin(), fired.end(),
                   [](const SlaFact& a, const SlaFact& b) { return a.at < b.at; });
  return fired;
}

bool has_fired(const std::vector<SlaFact>& fired, const RunningClock& clock) {
  return clock.breached || std::any_of(fired.begin(), fired.end(), [&](const SlaFact& fact) {
           return is_of(clock, fact) && fact.kind != SlaKind::warned;
         });
}

/// Met at or before the due time: a breach that was written too early is taken back.
void stop_done(const RunningClock& clock, Instant happened_at, std::vector<SlaFact>& facts) {
  if (happened_at > clock.due_at) {
    return;
  }
  if (has_fired(facts, clock)) {
    facts.push_back(fact_of(SlaKind::retracted, clock, happened_at, Milliseconds{0}));
  }
  if (clock.step == 0) {
    facts.push_back(fact_of(SlaKind::met, clock, happened_at, Milliseconds{0}));
  }
}

/// What a stop says about the clocks that it stops. A moved one was asked to move in time (延期 is
/// asked before the due time only): a breach while the office decided is taken back.
void stop(const SlaTicket& ticket, const ClockStopped& stopped, Instant happened_at,
          std::vector<SlaFact>& facts) {
  for (const RunningClock& clock : ticket.clocks) {
    if (clock.clock != stopped.clock || clock.seq != stopped.seq) {
      continue;
    }
    if (stopped.reason == ClockStop::done) {
      stop_done(clock, happened_at, facts);
    } else if (stopped.reason == ClockStop::moved && has_fired(facts, clock)) {
      facts.push_back(fact_of(SlaKind::retracted, clock, happened_at, Milliseconds{0}));
    }
  }
}

SlaDecision on_notice(const SlaTicket& ticket, const LifecycleNotice& notice, Instant now) {
  SlaDecision decision;
  if (notice.version <= ticket.version) {
    decision.skipped = true;
    decision.reason = "old_version";
    return decision;
  }
  decision.version = notice.version;
  decision.facts = fire(ticket, notice.happened_at, false, now);
  decision.changes = notice.changes;
  for (const ClockChange& change : notice.changes) {
    if (const auto* stopped = std::get_if<ClockStopped>(&change)) {
      stop(ticket, *stopped, notice.happened_at, decision.facts);
    }
  }
  return decision;
}

SlaDecision on_due(const SlaTicket& ticket, const ClockDue& due, Instant now) {
  SlaDecision decision;
  decision.version = ticket.version;
  decision.facts = fire(ticket, due.due, true, now);
  decision.skipped = decision.facts.empty();
  decision.reason = decision.skipped ? "nothing_due" : "";
  return decision;
}

}  // namespace

SlaDecision decide_sla(const SlaTicket& ticket, const SlaInput& input, Instant now) {
  return std::visit(
      Overloaded{[&](const LifecycleNotice& notice) { return on_notice(ticket, notice, now); },
                 [&](const ClockDue& due) { return on_due(ticket, due, now); }},
      input);
}

SlaTicket evolve_sla(SlaTicket ticket, const SlaFact& fact) {
  for (RunningClock& clock : ticket.clocks) {
    if (!is_of(clock, fact)) {
      continue;
    }
    switch (fact.kind) {
      case SlaKind::warned:
        clock.warn_at.reset();
        break;
      case SlaKind::breached:
      case SlaKind::escalated:
        clock.warn_at.reset();
        clock.breached = true;
        break;
      default:
        break;
    }
  }
  return ticket;
}

SlaTicket evolve_sla(SlaTicket ticket, const ClockChange& change) {
  if (const auto* started = std::get_if<ClockStarted>(&change)) {
    ticket.clocks.push_back({started->clock, started->seq, started->step, started->unit,
                             started->due_at, started->warn_at, false});
    return ticket;
  }
  const ClockStopped& stopped = std::get<ClockStopped>(change);
  std::erase_if(ticket.clocks, [&](const RunningClock& clock) {
    return clock.clock == stopped.clock && clock.seq == stopped.seq;
  });
  return ticket;
}

SlaTicket evolve_sla(SlaTicket ticket, const VersionSeen& seen) {
  ticket.version = seen.version;
  return ticket.clocks.empty() ? SlaTicket{} : ticket;
}

SlaTicket evolve_sla(SlaTicket ticket, const SlaDecision& decision) {
  if (decision.skipped) {
    return ticket;
  }
  for (const SlaFact& fact : decision.facts) {
    ticket = evolve_sla(std::move(ticket), fact);
  }
  for (const ClockChange& change : decision.changes) {
    ticket = evolve_sla(std::move(ticket), change);
  }
  return evolve_sla(std::move(ticket), VersionSeen{decision.version});
}

std::optional<Instant> next_due_at(const SlaTicket& ticket) {
  std::optional<Instant> next;
  for (const RunningClock& clock : ticket.clocks) {
    const std::optional<Instant> at = next_of(clock);
    if (at && (!next || *at < *next)) {
      next = at;
    }
  }
  return next;
}

}  // namespace paidan::domain
