#include "paidan/whatif/outcome.hpp"

#include <algorithm>

namespace paidan::whatif {

namespace {

void add_assignment(const domain::LifecycleFact& fact, std::vector<Assignment>& out) {
  if (const auto* assigned = std::get_if<domain::Assigned>(&fact.body)) {
    out.push_back({.at = fact.happened_at,
                   .lead_unit = assigned->lead_unit,
                   .queue_unit = assigned->queue_unit,
                   .co_handlers = assigned->co_handlers,
                   .basis = assigned->basis,
                   .why = assigned->why});
  } else if (const auto* triage = std::get_if<domain::TriageRequested>(&fact.body)) {
    out.push_back({.at = fact.happened_at, .triage = triage->reason});
  }
}

void add_dues(const domain::LifecycleFact& fact, std::vector<Due>& out) {
  for (const domain::ClockChange& change : fact.clocks) {
    const auto* started = std::get_if<domain::ClockStarted>(&change);
    if (started == nullptr || started->step != 0) continue;
    out.push_back({.clock = started->clock,
                   .seq = started->seq,
                   .unit = started->unit,
                   .started_at = started->started_at,
                   .due_at = started->due_at,
                   .provisional = started->provisional,
                   .explanation = started->explanation});
  }
}

void add_breach(const domain::LifecycleFact& fact, std::vector<Breach>& out) {
  const auto* escalated = std::get_if<domain::Escalated>(&fact.body);
  if (escalated == nullptr || escalated->sla.step != 0) return;
  const domain::SlaFact& sla = escalated->sla;
  if (sla.kind == domain::SlaKind::breached) {
    out.push_back({sla.clock, sla.seq, sla.unit, sla.due_at});
  } else if (sla.kind == domain::SlaKind::retracted) {
    std::erase_if(out, [&](const Breach& breach) {
      return breach.clock == sla.clock && breach.seq == sla.seq;
    });
  }
}

void add_verdict(const domain::Verdict& verdict, std::vector<domain::Verdict>& out) {
  if (verdict.subject == domain::VerdictSubject::clock) {
    std::erase_if(out, [&](const domain::Verdict& other) {
      return other.subject == verdict.subject && other.clock == verdict.clock &&
             other.seq == verdict.seq;
    });
  }
  out.push_back(verdict);
}

}  // namespace

Outcome outcome_of(std::span<const domain::LifecycleFact> facts, Instant horizon) {
  Outcome out;
  for (const domain::LifecycleFact& fact : facts) {
    if (fact.happened_at > horizon) continue;
    add_assignment(fact, out.assignments);
    add_dues(fact, out.dues);
    add_breach(fact, out.breaches);
    for (const domain::Verdict& verdict : fact.verdicts) add_verdict(verdict, out.verdicts);
  }
  return out;
}

}  // namespace paidan::whatif
