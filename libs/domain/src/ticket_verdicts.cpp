#include "src/ticket_verdicts.hpp"

#include <algorithm>
#include <string>

#include "paidan/domain/lifecycle.hpp"
#include "src/overloaded.hpp"
#include "src/ticket_clocks.hpp"
#include "src/work.hpp"

namespace paidan::domain {
namespace {

Verdict of_clock(const OpenClock& clock, Instant at, VerdictResult result, bool counted,
                 std::string_view reason) {
  return {VerdictSubject::clock, clock.clock, clock.seq, clock.unit,
          clock.due_at,          at,          result,    counted,
          std::string(reason)};
}

/// Why a clock that nobody has to meet any more is not counted.
std::string_view cancelled_by(const LifecycleBody& body) {
  namespace why = verdict_reason;
  return std::visit(Overloaded{[](const Assigned&) { return why::reassigned; },
                               [](const TriageRequested&) { return why::reassigned; },
                               [](const ReturnDecided&) { return why::returned; },
                               [](const TicketWithdrawn&) { return why::withdrawn; },
                               [](const Declined&) { return why::declined; },
                               [](const TransferredOut&) { return why::transferred; },
                               [](const DuplicateLinked&) { return why::linked; },
                               [](const Closed& fact) {
                                 return fact.reason == CloseReason::office ? why::closed_by_office
                                        : fact.reason == CloseReason::no_rating ? why::no_rating
                                                                                : why::superseded;
                               },
                               [](const auto&) { return why::superseded; }},
                    body);
}

std::optional<Verdict> of_stop(const OpenClock& clock, ClockStop stop, const LifecycleBody& body,
                               Instant at) {
  const bool in_time = at <= clock.due_at;
  switch (stop) {
    case ClockStop::done:
      return of_clock(clock, at, in_time ? VerdictResult::in_time : VerdictResult::late, true,
                      verdict_reason::done);
    case ClockStop::cancelled:
      // A unit that let its term run out is not excused by what happens afterwards; the call-back
      // is the citizen's own, and running out is one of its ends.
      return in_time || clock.clock == "call_back"
                 ? of_clock(clock, at, VerdictResult::cancelled, false, cancelled_by(body))
                 : of_clock(clock, at, VerdictResult::overdue, true, verdict_reason::ran_out);
    case ClockStop::moved:
      // Asked in time and granted afterwards: the breach in between does not count.
      return in_time ? std::nullopt
                     : std::optional(of_clock(clock, at, VerdictResult::cancelled, false,
                                              verdict_reason::extended));
    default:
      return std::nullopt;
  }
}

void of_stops(const Ticket& before, const LifecycleBody& body,
              const std::vector<ClockChange>& clocks, Instant at, std::vector<Verdict>& out) {
  for (const ClockChange& change : clocks) {
    const auto* stopped = std::get_if<ClockStopped>(&change);
    const OpenClock* open =
        stopped == nullptr ? nullptr : running_clock(before, stopped->clock, stopped->seq);
    if (open == nullptr) {
      continue;
    }
    if (auto verdict = of_stop(*open, stopped->reason, body, at)) {
      // A linked duplicate has no unit of its own: its figure is that of the unit that answered.
      const auto* answered = std::get_if<MasterAnswered>(&body);
      if (answered != nullptr && verdict->unit.get().empty()) {
        verdict->unit = answered->unit;
      }
      out.push_back(std::move(*verdict));
    }
  }
}

bool ends(const LifecycleBody& body) {
  return std::holds_alternative<Closed>(body) || std::holds_alternative<TicketWithdrawn>(body) ||
         std::holds_alternative<Declined>(body) || std::holds_alternative<TransferredOut>(body);
}

/// A clock that stands still cannot run out: an answer meets it, and another end is not counted.
void of_paused(const Ticket& before, const LifecycleBody& body, Instant at,
               std::vector<Verdict>& out) {
  const bool answered = std::holds_alternative<Completed>(body);
  for (const PausedClock& paused : before.extras->paused) {
    const bool of_unit = paused.clock != "citizen" && paused.clock != "supervise";
    if (answered || ends(body) || (of_unit && leaves_unit(before, body))) {
      out.push_back({VerdictSubject::clock, paused.clock, paused.seq, paused.unit, paused.due_at,
                     at, answered ? VerdictResult::in_time : VerdictResult::cancelled, answered,
                     std::string(answered ? verdict_reason::paused : cancelled_by(body))});
    }
  }
}

/// A request that nobody decided, as the ticket went on without it.
void of_superseded_request(const Ticket& before, const LifecycleBody& body, Instant at,
                           std::vector<Verdict>& out) {
  const bool decided = std::holds_alternative<ReturnDecided>(body) ||
                       std::holds_alternative<ExtensionDecided>(body) ||
                       std::holds_alternative<UnreasonableDecided>(body);
  const auto next = next_state(before.state, move_of(body, before.assign_epoch));
  if (decided || !is_request(before.state) || !next || *next == before.state) {
    return;
  }
  const VerdictSubject subject =
      before.state == State::return_requested      ? VerdictSubject::return_request
      : before.state == State::extension_requested ? VerdictSubject::extension
                                                   : VerdictSubject::unreasonable;
  out.push_back({subject,
                 {},
                 0,
                 before.lead_unit,
                 {},
                 at,
                 VerdictResult::cancelled,
                 false,
                 std::string(verdict_reason::superseded)});
}

Verdict of_decision(VerdictSubject subject, const Ticket& before, bool granted, Instant at) {
  return {subject,
          {},
          0,
          before.lead_unit,
          {},
          at,
          granted ? VerdictResult::granted : VerdictResult::denied,
          true,
          std::string(verdict_reason::decided)};
}

Verdict of_close(const Ticket& before, const Closed& fact, Instant at) {
  namespace why = verdict_reason;
  Verdict verdict{VerdictSubject::close,  {},   0, before.lead_unit, {}, at,
                  VerdictResult::unrated, true, {}};
  switch (fact.reason) {
    case CloseReason::rated:
      verdict.result = VerdictResult::solved;
      verdict.reason = why::rated;
      break;
    case CloseReason::rechecked:
      verdict.result = VerdictResult::solved;
      verdict.reason = why::rechecked;
      break;
    case CloseReason::no_rating:
      verdict.counted = false;
      verdict.reason = why::no_rating;
      break;
    case CloseReason::office:
      verdict.counted = false;
      verdict.reason = why::closed_by_office;
      break;
    default:
      verdict.counted = false;
      verdict.reason = why::not_asked;
      break;
  }
  if (before.extras->unreasonable) {
    verdict.counted = false;
    verdict.reason = why::unreasonable;
  }
  return verdict;
}

/// The citizen was not content, or the recheck found it so: the closing that failed.
Verdict of_failed_close(const Ticket& before, std::string_view reason, Instant at) {
  const bool excused = before.extras->unreasonable;
  return {VerdictSubject::close,
          {},
          0,
          before.lead_unit,
          {},
          at,
          VerdictResult::not_solved,
          !excused,
          std::string(excused ? verdict_reason::unreasonable : reason)};
}

/// The alert itself gives a line, so that a term which nobody ever meets is in the figures too.
void of_alert(const Ticket& before, const SlaFact& sla, std::vector<Verdict>& out) {
  const OpenClock* open = running_clock(before, sla.clock, sla.seq);
  if (sla.kind == SlaKind::breached && open != nullptr) {
    out.push_back(
        of_clock(*open, sla.due_at, VerdictResult::overdue, true, verdict_reason::ran_out));
  }
}

}  // namespace

std::vector<Verdict> verdicts(const Ticket& before, const LifecycleBody& body,
                              const std::vector<ClockChange>& clocks, Instant happened_at) {
  std::vector<Verdict> out;
  of_stops(before, body, clocks, happened_at, out);
  of_paused(before, body, happened_at, out);
  of_superseded_request(before, body, happened_at, out);
  const auto decided = [&](VerdictSubject subject, bool granted) {
    out.push_back(of_decision(subject, before, granted, happened_at));
  };
  std::visit(
      Overloaded{
          [&](const ReturnDecided& fact) { decided(VerdictSubject::return_request, fact.granted); },
          [&](const ExtensionDecided& fact) { decided(VerdictSubject::extension, fact.granted); },
          [&](const UnreasonableDecided& fact) {
            decided(VerdictSubject::unreasonable, fact.granted);
          },
          [&](const AppealDecided& fact) { decided(VerdictSubject::appeal, fact.granted); },
          [&](const RatingRecorded& fact) {
            if (fact.reached && !is_content(fact.rating)) {
              out.push_back(of_failed_close(before, verdict_reason::rated, happened_at));
            }
          },
          [&](const RecheckRecorded& fact) {
            if (!fact.solved) {
              out.push_back(of_failed_close(before, verdict_reason::rechecked, happened_at));
            }
          },
          [&](const Closed& fact) { out.push_back(of_close(before, fact, happened_at)); },
          [&](const Escalated& fact) { of_alert(before, fact.sla, out); },
          [](const auto&) {},
      },
      body);
  return out;
}

}  // namespace paidan::domain
