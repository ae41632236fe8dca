#include "src/ticket_clocks.hpp"

#include <algorithm>
#include <initializer_list>

#include "paidan/domain/clocks.hpp"
#include "paidan/domain/lifecycle.hpp"
#include "src/work.hpp"

namespace paidan::domain {
namespace {

/// The clocks of one unit's handling; they end with the assignment.
constexpr auto unit_clocks =
    std::to_array<std::string_view>({"acknowledge", "contact", "handle", "co_handle", "redo"});

struct Terms {
  std::string_view demand_kind;
  Urgency urgency = Urgency::normal;
  ChannelId channel;
  std::optional<Instant> given_due_at;
};

Terms terms_of(const Ticket& ticket) {
  return {ticket.demand_kind, ticket.urgency, ticket.channel, ticket.given_due_at};
}

/// Gathers the changes of one fact.
class Changes {
 public:
  Changes(const CityPack& pack, const Ticket& ticket, Instant at)
      : pack_(pack), ticket_(ticket), at_(at) {}

  /// Stops every open clock of this name, with the steps of its ladder.
  void stop(std::string_view name, ClockStop reason) {
    for (const OpenClock& open : ticket_.clocks) {
      if (open.clock == name && open.step == 0) {
        changes_.emplace_back(ClockStopped{open.clock, open.seq, reason});
      }
    }
  }
  void stop_all(ClockStop reason) {
    for (const OpenClock& open : ticket_.clocks) {
      if (open.step == 0) {
        changes_.emplace_back(ClockStopped{open.clock, open.seq, reason});
      }
    }
  }
  /// The due time of the pack, or nothing when this clock does not run for this ticket.
  std::optional<DueTime> due(std::string_view name, const Terms& terms, Instant from) const {
    const ClockDefinition* clock = find_clock(pack_, name);
    if (clock == nullptr) {
      return std::nullopt;
    }
    return due_time(pack_, *clock,
                    {terms.demand_kind, terms.urgency, terms.channel, from, terms.given_due_at});
  }
  void start(DueTime due, const UnitId& unit, Instant from) {
    const std::uint32_t seq = next_seq(due.clock);
    changes_.emplace_back(ClockStarted{std::move(due.clock), seq, 0, unit, from, due.due_at,
                                       due.warn_at, due.provisional, std::move(due.explanation)});
  }
  void start(std::string_view name, const UnitId& unit) {
    if (auto found = due(name, terms_of(ticket_), at_)) {
      start(std::move(*found), unit, at_);
    }
  }
  void add(ClockChange change) { changes_.push_back(std::move(change)); }
  const OpenClock* open(std::string_view name) const {
    const auto found = std::find_if(
        ticket_.clocks.begin(), ticket_.clocks.end(),
        [&](const OpenClock& clock) { return clock.clock == name && clock.step == 0; });
    return found == ticket_.clocks.end() ? nullptr : &*found;
  }
  const CityPack& pack() const { return pack_; }
  const Ticket& ticket() const { return ticket_; }
  Instant at() const { return at_; }
  std::vector<ClockChange> take() { return std::move(changes_); }

 private:
  std::uint32_t next_seq(std::string_view name) const {
    std::uint32_t seq = 0;
    const auto known = ticket_.clock_seqs.find(std::string(name));
    if (known != ticket_.clock_seqs.end()) {
      seq = known->second;
    }
    for (const ClockChange& change : changes_) {
      const auto* started = std::get_if<ClockStarted>(&change);
      if (started != nullptr && started->clock == name) {
        seq = std::max(seq, started->seq);
      }
    }
    return seq + 1;
  }

  const CityPack& pack_;
  const Ticket& ticket_;
  Instant at_;
  std::vector<ClockChange> changes_;
};

/// 首接负责: the lead keeps the citizen's clock. It goes with the lead, and its due time stays; a
/// clock that has run out stays with the unit that let it.
void hand_over_citizen_clock(Changes& changes, const UnitId& unit) {
  const OpenClock* open = changes.open("citizen");
  const ClockDefinition* clock = find_clock(changes.pack(), "citizen");
  if (open == nullptr || clock == nullptr || open->unit == unit || open->due_at < changes.at()) {
    return;
  }
  auto due = changes.due("citizen", terms_of(changes.ticket()), changes.ticket().opened_at);
  if (!due || due->due_at != open->due_at) {  // moved since, by a fact that said so
    due = handed_over(changes.pack(), *clock, open->due_at, changes.at());
  }
  if (due->warn_at && *due->warn_at <= changes.at()) {
    due->warn_at.reset();
  }
  changes.add(ClockStopped{open->clock, open->seq, ClockStop::cancelled});
  changes.start(*std::move(due), unit, changes.ticket().opened_at);
}

void stop_unit_clocks(Changes& changes) {
  for (const std::string_view name : unit_clocks) {
    changes.stop(name, ClockStop::cancelled);
  }
}

/// `handle` is never due after the citizen's clock, unless that one has run out already: a unit
/// that gets an overdue ticket has a term of its own.
std::optional<DueTime> handle_due(const Changes& changes) {
  auto handle = changes.due("handle", terms_of(changes.ticket()), changes.at());
  const OpenClock* citizen = changes.open("citizen");
  if (handle && citizen != nullptr && citizen->due_at > changes.at() &&
      handle->due_at > citizen->due_at) {
    handle->due_at = citizen->due_at;
    handle->explanation.zh += "；不晚于市民时限";
    handle->explanation.en += "; not later than the citizen clock";
    if (handle->warn_at && *handle->warn_at >= handle->due_at) {
      handle->warn_at.reset();
    }
  }
  return handle;
}

void on(Changes& changes, const Assigned& fact) {
  if (fact.assign_epoch == changes.ticket().assign_epoch) {
    return;  // the lead stays, and so do its clocks
  }
  stop_unit_clocks(changes);
  hand_over_citizen_clock(changes, fact.lead_unit);
  changes.start("acknowledge", fact.lead_unit);
  changes.start("contact", fact.lead_unit);
  auto handle = handle_due(changes);
  if (handle) {
    const std::optional<Instant> lead_due = handle->due_at;
    changes.start(std::move(*handle), fact.lead_unit, changes.at());
    for (const UnitId& unit : fact.co_handlers) {
      if (auto due = co_handle_due(changes.pack(), *lead_due, changes.at())) {
        changes.start(std::move(*due), unit, changes.at());
      }
    }
  }
}

void on(Changes& changes, const TriageRequested&) {
  stop_unit_clocks(changes);
  hand_over_citizen_clock(changes, {});
}
void on(Changes& changes, const ArbitrationRequested&) { hand_over_citizen_clock(changes, {}); }

void on(Changes& changes, const Acknowledged&) { changes.stop("acknowledge", ClockStop::done); }
/// A recorded attempt with its reason stops the clock too; the ledger tells the two apart.
void on(Changes& changes, const Contacted&) { changes.stop("contact", ClockStop::done); }

void on(Changes& changes, const Completed& fact) {
  for (const std::string_view name : {"citizen", "acknowledge", "handle", "redo", "supervise"}) {
    changes.stop(name, ClockStop::done);
  }
  const bool contacted = fact.report.contacted_at || changes.ticket().contacted_at;
  changes.stop("contact", contacted ? ClockStop::done : ClockStop::cancelled);
  changes.stop("co_handle", ClockStop::cancelled);
  if (wants_call_back(changes.pack(), changes.ticket())) {
    changes.start("call_back", changes.ticket().lead_unit);
  }
}

void on(Changes& changes, const ReturnDecided& fact) {
  if (fact.granted) {
    stop_unit_clocks(changes);
  }
}

void on(Changes& changes, const RatingRecorded& fact) {
  if (fact.reached) {
    changes.stop("call_back", ClockStop::done);
  }
}

void on(Changes& changes, const RedoOrdered&) {
  changes.stop("call_back", ClockStop::cancelled);
  changes.start("redo", changes.ticket().lead_unit);
}

/// Not `done`: a call-back clock that ran out is what closed the ticket.
void on(Changes& changes, const Closed&) { changes.stop_all(ClockStop::cancelled); }
void on(Changes& changes, const TicketWithdrawn&) { changes.stop_all(ClockStop::cancelled); }

/// The next step of the ladder, while the clock still runs. Steps only grow, so this ends.
void on(Changes& changes, const Escalated& fact) {
  const bool ran_out = fact.sla.kind == SlaKind::breached || fact.sla.kind == SlaKind::escalated;
  const Ladder* ladder = find_ladder(changes.pack(), fact.sla.clock);
  const auto& clocks = changes.ticket().clocks;
  const auto base = std::find_if(clocks.begin(), clocks.end(), [&](const OpenClock& open) {
    return open.clock == fact.sla.clock && open.seq == fact.sla.seq && open.step == 0;
  });
  if (!ran_out || ladder == nullptr || base == clocks.end() ||
      fact.sla.step >= ladder->steps.size()) {
    return;
  }
  DueTime due = ladder_due(changes.pack(), *ladder, fact.sla.step, base->due_at);
  changes.add(ClockStarted{base->clock, base->seq, fact.sla.step + 1, base->unit, changes.at(),
                           due.due_at, std::nullopt, due.provisional, std::move(due.explanation)});
}

/// Another demand kind may have another term: the citizen's clock is counted anew from acceptance,
/// or from now where that time has passed already, as nobody could have known it.
void on(Changes& changes, const Reclassified& fact) {
  const Ticket& ticket = changes.ticket();
  const OpenClock* open = changes.open("citizen");
  if (fact.demand_kind == ticket.demand_kind || (open != nullptr && open->due_at < changes.at())) {
    return;
  }
  Terms terms = terms_of(ticket);
  terms.demand_kind = fact.demand_kind;
  Instant from = ticket.opened_at;
  auto due = changes.due("citizen", terms, from);
  if (due && due->due_at <= changes.at()) {
    from = changes.at();
    due = changes.due("citizen", terms, from);
  }
  if (open != nullptr) {
    changes.add(ClockStopped{open->clock, open->seq, ClockStop::cancelled});
  }
  if (due) {
    changes.start(std::move(*due), ticket.lead_unit, from);
  }
}

template <class Other>
void on(Changes&, const Other&) {}

}  // namespace

std::vector<ClockChange> clock_changes(const CityPack& pack, const Ticket& before,
                                       const LifecycleBody& body, Instant happened_at,
                                       const UnitId& lead) {
  Changes changes(pack, before, happened_at);
  if (const auto* opened = std::get_if<Opened>(&body)) {
    const Classified& classified = opened->classified;
    const Terms terms{classified.demand_kind, classified.urgency, classified.channel,
                      classified.given_due_at};
    if (auto due = changes.due("citizen", terms, happened_at)) {
      changes.start(std::move(*due), lead, happened_at);
    }
    return changes.take();
  }
  std::visit([&](const auto& fact) { on(changes, fact); }, body);
  return changes.take();
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
