#include <algorithm>
#include <array>

#include "paidan/domain/lifecycle.hpp"
#include "src/clock_gatherer.hpp"
#include "src/ticket_clocks.hpp"

/// Clocks that another unit takes over, that depend on another clock, that are counted again, or
/// that stand still.
namespace paidan::domain {
namespace {

constexpr auto lead_clocks = std::to_array<std::string_view>({"citizen", "supervise"});

void hand_over(ClockGatherer& clocks, std::string_view name, const UnitId& unit) {
  const OpenClock* open = clocks.open(name);
  const ClockDefinition* clock = find_clock(clocks.pack(), name);
  if (open == nullptr || clock == nullptr || clocks.stops(*open) || open->unit == unit ||
      open->due_at < clocks.at()) {
    return;
  }
  const Instant started_at = name == "citizen" ? clocks.ticket().opened_at : clocks.at();
  std::optional<DueTime> due = clocks.due(name, terms_of(clocks.ticket()), started_at);
  if (!due || due->due_at != open->due_at) {  // moved since, by a fact that said so
    due = handed_over(clocks.pack(), *clock, open->due_at, clocks.at());
  }
  due->provisional = open->provisional_since.has_value();
  clocks.stop(*open, ClockStop::handed_over);
  clocks.start(*std::move(due), unit, open->provisional_since.value_or(started_at));
}

bool has(const std::vector<State>& states, State state) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

State state_after(const Ticket& before, const LifecycleBody& body) {
  const auto next = next_state(before.state, move_of(body, before.assign_epoch));
  if (!next) {
    return before.state;
  }
  return *next == State::none ? before.resume_state : *next;
}

bool needs_answer(State state) {
  return is_open(state) && state != State::completed && state != State::call_back &&
         state != State::onsite_recheck;
}

void pause(ClockGatherer& clocks) {
  const auto& names = clocks.pack().pause.clocks;
  for (const OpenClock& open : clocks.ticket().clocks) {
    const bool meant = std::find(names.begin(), names.end(), open.clock) != names.end();
    if (meant && open.step == 0 && open.due_at > clocks.at() && !clocks.stops(open)) {
      clocks.stop(open, ClockStop::paused);
    }
  }
}

/// `unit_left`: the unit that had the ticket has it no more, and `lead` is who has it now.
void resume(ClockGatherer& clocks, bool unit_left, const UnitId& lead) {
  const Ticket& ticket = clocks.ticket();
  for (const PausedClock& paused : ticket.extras->paused) {
    const ClockDefinition* clock = find_clock(clocks.pack(), paused.clock);
    const bool of_lead =
        std::find(lead_clocks.begin(), lead_clocks.end(), paused.clock) != lead_clocks.end();
    if (clock == nullptr || (unit_left && !of_lead)) {
      continue;  // the clocks of a unit end with its assignment
    }
    const Terms terms = terms_of(ticket);
    const TimeLeft left = time_left(
        clocks.pack(), *clock,
        {terms.demand_kind, terms.urgency, terms.channel, ticket.opened_at, terms.given_due_at},
        paused.due_at, paused.paused_at);
    DueTime due = resumed_due(clocks.pack(), *clock, left, clocks.at());
    due.provisional = false;  // its start is gone, so it cannot be counted again
    clocks.start(std::move(due), unit_left ? lead : paused.unit, clocks.at());
  }
}

}  // namespace

bool leaves_unit(const Ticket& before, const LifecycleBody& body) {
  if (const auto* assigned = std::get_if<Assigned>(&body)) {
    return assigned->assign_epoch != before.assign_epoch;
  }
  const auto* returned = std::get_if<ReturnDecided>(&body);
  return (returned != nullptr && returned->granted) ||
         std::holds_alternative<TriageRequested>(body) ||
         std::holds_alternative<DuplicateLinked>(body);
}

void hand_over(ClockGatherer& clocks, const UnitId& unit) {
  for (const std::string_view name : lead_clocks) {
    hand_over(clocks, name, unit);
  }
}

std::optional<Instant> due_above(const Ticket& ticket, const UnitId& unit) {
  const OpenClock* above = open_clock(ticket, "sub_handle", &unit);
  for (const std::string_view name : {"redo", "handle"}) {
    above = above == nullptr ? open_clock(ticket, name) : above;
  }
  return above == nullptr ? std::nullopt : std::optional(above->due_at);
}

void start_co_handle(ClockGatherer& clocks, const UnitId& unit) {
  const auto lead_due = lead_due_after(clocks);
  if (!lead_due) {
    return;
  }
  const OpenClock* handle = clocks.open("handle");
  const bool provisional = handle != nullptr && handle->provisional_since.has_value();
  if (auto due = co_handle_due(clocks.pack(), *lead_due, clocks.at(), provisional)) {
    clocks.start(std::move(*due), unit, clocks.at());
  }
}

void start_sub_handle(ClockGatherer& clocks, const SubAssigned& fact) {
  const auto above = due_above(clocks.ticket(), fact.by_unit);
  const ClockDefinition* clock = find_clock(clocks.pack(), "sub_handle");
  if (clock == nullptr || (!above && !fact.due_at)) {
    return;
  }
  if (fact.due_at) {
    const Instant from = clocks.at();
    DueTime due = moved_due(clocks.pack(), *clock,
                            {above.value_or(*fact.due_at),
                             *fact.due_at,
                             from,
                             {"上级单位指定时限", "set by the unit above"},
                             false});
    clocks.start(std::move(due), fact.unit, from);
    return;
  }
  if (auto due = sub_handle_due(clocks.pack(), *above, clocks.at())) {
    clocks.start(std::move(*due), fact.unit, clocks.at());
  }
}

void pause_or_resume(ClockGatherer& clocks, const LifecycleBody& body) {
  const PausePolicy& policy = clocks.pack().pause;
  const Ticket& before = clocks.ticket();
  if (policy.states.empty()) {
    return;
  }
  const State after = state_after(before, body);
  const bool was = has(policy.states, before.state);
  const bool is = has(policy.states, after);
  if (!was && is) {
    pause(clocks);
  } else if (was && !is && needs_answer(after)) {
    const auto* assigned = std::get_if<Assigned>(&body);
    resume(clocks, leaves_unit(before, body), assigned == nullptr ? UnitId{} : assigned->lead_unit);
  }
}

}  // namespace paidan::domain
