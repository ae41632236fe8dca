#include "src/ticket_clocks.hpp"

#include <algorithm>
#include <array>

#include "paidan/domain/clocks.hpp"
#include "paidan/domain/lifecycle.hpp"
#include "src/clock_gatherer.hpp"
#include "src/work.hpp"

namespace paidan::domain {
namespace {

/// The clocks of one unit's handling; they end with the assignment.
constexpr auto unit_clocks = std::to_array<std::string_view>(
    {"acknowledge", "contact", "handle", "sub_handle", "co_handle", "redo"});
/// What the office must decide in time.
constexpr auto office_clocks = std::to_array<std::string_view>(
    {"return_decision", "extension_decision", "unreasonable_decision", "arbitration"});

template <class Names>
void stop_each(ClockGatherer& clocks, const Names& names, ClockStop reason) {
  for (const std::string_view name : names) {
    clocks.stop(name, reason);
  }
}

void start_for_office(ClockGatherer& clocks, std::string_view name) {
  clocks.start(name, UnitId{std::string(office_unit)});
}

void start_handle(ClockGatherer& clocks, const UnitId& lead) {
  if (auto handle = clocks.due("handle", terms_of(clocks.ticket()), clocks.at())) {
    clocks.start(capped(clocks, std::move(*handle), clocks.at()), lead, clocks.at());
  }
}

bool has(const std::vector<UnitId>& units, const UnitId& unit) {
  return std::find(units.begin(), units.end(), unit) != units.end();
}

void change_co_handlers(ClockGatherer& clocks, const std::vector<UnitId>& after) {
  const std::vector<UnitId>& before = clocks.ticket().co_handlers;
  for (const UnitId& unit : before) {
    if (!has(after, unit)) {
      clocks.stop("co_handle", ClockStop::cancelled, &unit);
    }
  }
  for (const UnitId& unit : after) {
    if (!has(before, unit)) {
      start_co_handle(clocks, unit);
    }
  }
}

// ---- who must answer -----------------------------------------------------------------------

void on(ClockGatherer& clocks, const Assigned& fact) {
  stop_each(clocks, office_clocks, ClockStop::done);
  if (fact.assign_epoch == clocks.ticket().assign_epoch) {
    change_co_handlers(clocks, fact.co_handlers);
    return;  // the lead stays, and so do its clocks
  }
  stop_each(clocks, unit_clocks, ClockStop::cancelled);
  hand_over(clocks, fact.lead_unit);
  clocks.start("acknowledge", fact.lead_unit);
  clocks.start("contact", fact.lead_unit);
  start_handle(clocks, fact.lead_unit);
  for (const UnitId& unit : fact.co_handlers) {
    start_co_handle(clocks, unit);
  }
}

void on(ClockGatherer& clocks, const TriageRequested&) {
  stop_each(clocks, unit_clocks, ClockStop::cancelled);
  stop_each(clocks, office_clocks, ClockStop::cancelled);
  hand_over(clocks, {});
}

void on(ClockGatherer& clocks, const ArbitrationRequested&) {
  hand_over(clocks, {});
  start_for_office(clocks, "arbitration");
}

void on(ClockGatherer& clocks, const Reclassified& fact) { change_kind(clocks, fact.demand_kind); }

void on(ClockGatherer& clocks, const CoHandlerAdded& fact) { start_co_handle(clocks, fact.unit); }
void on(ClockGatherer& clocks, const CoHandlerReplied& fact) {
  clocks.stop("co_handle", ClockStop::done, &fact.unit);
}

/// What was below the unit that hands down is replaced.
void on(ClockGatherer& clocks, const SubAssigned& fact) {
  const auto& chain = clocks.ticket().extras->sub_units;
  const auto by = std::find(chain.begin(), chain.end(), fact.by_unit);
  for (auto below = by == chain.end() ? chain.begin() : std::next(by); below != chain.end();
       ++below) {
    clocks.stop("sub_handle", ClockStop::cancelled, &*below);
  }
  start_sub_handle(clocks, fact);
}

void on(ClockGatherer& clocks, const SubCompleted& fact) {
  const auto& chain = clocks.ticket().extras->sub_units;
  clocks.stop("sub_handle", ClockStop::done, &fact.unit);
  for (auto below = std::find(chain.begin(), chain.end(), fact.unit); below != chain.end();
       ++below) {
    clocks.stop("sub_handle", ClockStop::cancelled, &*below);
  }
}

// ---- the unit at work ----------------------------------------------------------------------

void on(ClockGatherer& clocks, const Acknowledged&) { clocks.stop("acknowledge", ClockStop::done); }
/// A recorded attempt with its reason stops the clock too; the ledger tells the two apart.
void on(ClockGatherer& clocks, const Contacted&) { clocks.stop("contact", ClockStop::done); }

void on(ClockGatherer& clocks, const Completed& fact) {
  for (const std::string_view name : {"citizen", "acknowledge", "handle", "redo", "supervise"}) {
    clocks.stop(name, ClockStop::done);
  }
  const bool contacted = fact.report.contacted_at || clocks.ticket().contacted_at;
  clocks.stop("contact", contacted ? ClockStop::done : ClockStop::cancelled);
  clocks.stop("co_handle", ClockStop::cancelled);
  clocks.stop("sub_handle", ClockStop::cancelled);
  stop_each(clocks, office_clocks, ClockStop::cancelled);
  if (wants_call_back(clocks.pack(), clocks.ticket())) {
    clocks.start("call_back", clocks.ticket().lead_unit);
  }
}

/// 督办: one clock, however often the office writes.
void on(ClockGatherer& clocks, const Supervised&) {
  if (clocks.open("supervise") == nullptr) {
    clocks.start("supervise", clocks.ticket().lead_unit);
  }
}

// ---- requests ------------------------------------------------------------------------------

void on(ClockGatherer& clocks, const ReturnRequested&) {
  start_for_office(clocks, "return_decision");
}
void on(ClockGatherer& clocks, const ReturnDecided& fact) {
  clocks.stop("return_decision", ClockStop::done);
  if (fact.granted) {
    stop_each(clocks, unit_clocks, ClockStop::cancelled);
  }
}

void on(ClockGatherer& clocks, const ExtensionRequested&) {
  start_for_office(clocks, "extension_decision");
}

/// The unit's clock is moved, and the citizen's where it would be due before it.
void on(ClockGatherer& clocks, const ExtensionDecided& fact) {
  clocks.stop("extension_decision", ClockStop::done);
  if (!fact.granted || !fact.due_at) {
    return;
  }
  for (const std::string& name : clocks.pack().extension.clocks) {
    const OpenClock* open = clocks.open(name);
    const ClockDefinition* clock = find_clock(clocks.pack(), name);
    if (open == nullptr || clock == nullptr || open->due_at >= *fact.due_at) {
      continue;
    }
    const Ticket& ticket = clocks.ticket();
    const auto limit = extension_limit(clocks.pack(), ticket.opened_at, open->due_at);
    const bool provisional = limit && limit->provisional && limit->latest_due_at == *fact.due_at;
    clocks.move(*open, extended(clocks, *clock, *open, *fact.due_at, provisional),
                name == "citizen" ? ticket.opened_at : ticket.assigned_at);
  }
}

void on(ClockGatherer& clocks, const UnreasonableRequested&) {
  start_for_office(clocks, "unreasonable_decision");
}
void on(ClockGatherer& clocks, const UnreasonableDecided&) {
  clocks.stop("unreasonable_decision", ClockStop::done);
}

// ---- after the answer ----------------------------------------------------------------------

void on(ClockGatherer& clocks, const RatingRecorded& fact) {
  if (fact.reached) {
    clocks.stop("call_back", ClockStop::done);
  }
}

void on(ClockGatherer& clocks, const RecheckOrdered&) {
  clocks.stop("call_back", ClockStop::cancelled);
  start_for_office(clocks, "review");
}
void on(ClockGatherer& clocks, const RecheckRecorded&) { clocks.stop("review", ClockStop::done); }

void on(ClockGatherer& clocks, const RedoOrdered&) {
  clocks.stop("call_back", ClockStop::cancelled);
  clocks.stop("review", ClockStop::cancelled);
  clocks.start("redo", clocks.ticket().lead_unit);
}

/// Not `done`: a call-back clock that ran out is what closed the ticket.
void on(ClockGatherer& clocks, const Closed&) { clocks.stop_all(ClockStop::cancelled); }
void on(ClockGatherer& clocks, const TicketWithdrawn&) { clocks.stop_all(ClockStop::cancelled); }
void on(ClockGatherer& clocks, const Declined&) { clocks.stop_all(ClockStop::cancelled); }
void on(ClockGatherer& clocks, const TransferredOut&) { clocks.stop_all(ClockStop::cancelled); }

// ---- duplicates ----------------------------------------------------------------------------

/// The duplicate's citizen still has a right to an answer in time; units have no duty of their own.
void on(ClockGatherer& clocks, const DuplicateLinked&) {
  stop_each(clocks, unit_clocks, ClockStop::cancelled);
  stop_each(clocks, office_clocks, ClockStop::cancelled);
  clocks.stop("supervise", ClockStop::cancelled);
  hand_over(clocks, {});
}
void on(ClockGatherer& clocks, const DuplicateUnlinked&) {
  clocks.stop("call_back", ClockStop::cancelled);
  clocks.stop("review", ClockStop::cancelled);
}
void on(ClockGatherer& clocks, const MasterAnswered& fact) {
  clocks.stop("citizen", ClockStop::done);
  if (wants_call_back(clocks.pack(), clocks.ticket())) {
    clocks.start("call_back", fact.unit);
  }
}
void on(ClockGatherer& clocks, const MasterReopened&) {
  clocks.stop("call_back", ClockStop::cancelled);
}

// ---- the ladder, the calendar --------------------------------------------------------------

/// The next step of the ladder, while the clock still runs. Steps only grow, so this ends.
void on(ClockGatherer& clocks, const Escalated& fact) {
  const bool ran_out = fact.sla.kind == SlaKind::breached || fact.sla.kind == SlaKind::escalated;
  const Ladder* ladder = find_ladder(clocks.pack(), fact.sla.clock);
  const OpenClock* base = running_clock(clocks.ticket(), fact.sla.clock, fact.sla.seq);
  if (!ran_out || ladder == nullptr || base == nullptr || fact.sla.step >= ladder->steps.size()) {
    return;
  }
  DueTime due = ladder_due(clocks.pack(), *ladder, fact.sla.step, base->due_at);
  clocks.add(ClockStarted{base->clock, base->seq, fact.sla.step + 1, base->unit, clocks.at(),
                          due.due_at, std::nullopt, due.provisional, std::move(due.explanation)});
}

void on(ClockGatherer& clocks, const DueRecalculated&) { recount(clocks); }

template <class Other>
void on(ClockGatherer&, const Other&) {}

}  // namespace

std::vector<ClockChange> clock_changes(const CityPack& pack, const Ticket& before,
                                       const LifecycleBody& body, Instant happened_at,
                                       const UnitId& lead) {
  ClockGatherer clocks(pack, before, happened_at);
  if (const auto* opened = std::get_if<Opened>(&body)) {
    const Classified& classified = opened->classified;
    const Terms terms{classified.demand_kind, classified.urgency, classified.channel,
                      classified.given_due_at};
    if (auto due = clocks.due("citizen", terms, happened_at)) {
      clocks.start(std::move(*due), lead, happened_at);
    }
    return clocks.take();
  }
  std::visit([&](const auto& fact) { on(clocks, fact); }, body);
  pause_or_resume(clocks, body);
  return clocks.take();
}

bool return_window_open(const CityPack& pack, const Ticket& ticket, Instant at) {
  const ClockDefinition* window = find_clock(pack, "return_request");
  if (window == nullptr) {
    return true;
  }
  const auto due = due_time(pack, *window,
                            {ticket.demand_kind, ticket.urgency, ticket.channel, ticket.assigned_at,
                             ticket.given_due_at});
  return !due || at <= due->due_at;
}

bool wants_call_back(const CityPack& pack, const Ticket& ticket) {
  const Channel* channel = find_channel(pack, ticket.channel);
  const DemandKind* kind = find_demand_kind(pack, ticket.demand_kind);
  return (channel == nullptr || channel->call_back) && (kind == nullptr || kind->call_back);
}

}  // namespace paidan::domain
