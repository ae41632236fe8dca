#include "views/changes.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace paidan::views {
namespace {

using domain::State;

/// A unit must act. Beside these the ticket is with the office, or done.
constexpr std::array open_states{
    State::assigned,   State::acknowledged, State::contacted,        State::onsite_recheck,
    State::needs_info, State::difficult,    State::return_requested, State::extension_requested,
    State::redo,       State::reopened,     State::unreasonable};

/// The office must act.
constexpr std::array<std::pair<State, std::string_view>, 6> queue_of_state{
    {{State::needs_triage, queue::triage},
     {State::return_requested, queue::returned},
     {State::extension_requested, queue::extension},
     {State::arbitration, queue::arbitration},
     {State::unreasonable, queue::unreasonable},
     {State::onsite_recheck, queue::review}}};

/// The steps of the ladder after a breach are no clocks of their own on lists and boards.
bool runs(const Clock& clock) { return clock.started && !clock.stopped_at && clock.step == 0; }

template <class Counts>
std::optional<Instant> earliest_due(const Ticket& ticket, Counts&& counts) {
  std::optional<Instant> due;
  for (const Clock& clock : ticket.clocks) {
    if (runs(clock) && counts(clock)) due = due ? std::min(*due, clock.due_at) : clock.due_at;
  }
  return due;
}

/// Of the unit's own clocks, or of any when it has none.
std::optional<Instant> due_for(const Ticket& ticket, const domain::UnitId& unit) {
  const auto own = earliest_due(ticket, [&](const Clock& clock) { return clock.unit == unit; });
  return own ? own : earliest_due(ticket, [](const Clock&) { return true; });
}

void add_open_lists(const Ticket& ticket, std::vector<Listing>& lists) {
  if (std::ranges::find(open_states, ticket.state) == open_states.end()) return;
  const auto add = [&](const domain::UnitId& unit) {
    if (!unit.get().empty()) lists.push_back({ListKind::open, unit.get(), due_for(ticket, unit)});
  };
  add(ticket.lead_unit);
  add(ticket.queue_unit);
  std::ranges::for_each(ticket.co_handlers, add);
}

void add_queues(const Ticket& ticket, std::vector<Listing>& lists) {
  const auto add = [&](std::string_view name) {
    const auto due = earliest_due(ticket, [](const Clock&) { return true; });
    lists.push_back({ListKind::queue, std::string(name), due});
  };
  for (const auto& [state, name] : queue_of_state) {
    if (ticket.state == state) add(name);
  }
  if (ticket.appealed) add(queue::review);
  if (ticket.conflicting) add(queue::conflict);
}

Counter counter_of(const Clock& clock) {
  if (clock.breached) return Counter::breached;
  return clock.warned ? Counter::at_risk : Counter::running;
}

std::string unit_label(const domain::UnitId& unit) {
  return unit.get().empty() ? std::string("none") : unit.get();
}

void add_difference(const std::string& ticket_id, const Standing& before, const Standing& after,
                    Changes& changes) {
  const auto list = [&](const std::vector<Listing>& from, const std::vector<Listing>& without,
                        bool added) {
    std::vector<Listing> only;
    std::ranges::set_difference(from, without, std::back_inserter(only));
    for (Listing& listing : only) changes.lists.push_back({ticket_id, std::move(listing), added});
  };
  list(before.lists, after.lists, false);
  list(after.lists, before.lists, true);
  for (const auto& [cell, count] : before.cells) changes.cells[cell] -= count;
  for (const auto& [cell, count] : after.cells) changes.cells[cell] += count;
}

}  // namespace

Standing standing_of(const Ticket& ticket) {
  Standing standing;
  add_open_lists(ticket, standing.lists);
  add_queues(ticket, standing.lists);
  std::ranges::sort(standing.lists);
  const auto repeated = std::ranges::unique(standing.lists);
  standing.lists.erase(repeated.begin(), repeated.end());
  for (const Clock& clock : ticket.clocks) {
    if (!runs(clock)) continue;
    const domain::UnitId& unit = clock.unit.get().empty() ? ticket.lead_unit : clock.unit;
    ++standing.cells[{unit_label(unit), clock.clock, counter_of(clock)}];
  }
  return standing;
}

Ticket& BatchFold::ticket(const std::string& ticket_id) {
  const auto found = after_.find(ticket_id);
  if (found != after_.end()) return found->second;
  const auto known = before_.find(ticket_id);
  return after_.emplace(ticket_id, known == before_.end() ? Ticket{} : known->second).first->second;
}

Folded BatchFold::add(const std::string& ticket_id, const Input& input) {
  if (const auto* said = std::get_if<Said>(&input)) {
    const bool first = texts_.emplace(ticket_id, said->text).second;
    return first ? Folded::applied : Folded::repeated;
  }
  if (const auto* record = std::get_if<HistoryRecord>(&input)) {
    return fold(ticket(ticket_id), *record, alerts_);
  }
  fold(ticket(ticket_id), std::get<domain::SlaFact>(input), alerts_);
  return Folded::applied;
}

Changes BatchFold::finish() const {
  Changes changes;
  changes.texts = texts_;
  for (const auto& [ticket_id, after] : after_) {
    const auto known = before_.find(ticket_id);
    const Ticket& before = known == before_.end() ? Ticket{} : known->second;
    if (after == before) continue;
    changes.tickets.emplace(ticket_id, after);
    add_difference(ticket_id, standing_of(before), standing_of(after), changes);
  }
  for (const Alert& alert : alerts_) {
    const Counter counter = alert.breach ? Counter::breaches : Counter::warnings;
    ++changes.cells[{unit_label(alert.unit), alert.clock, counter}];
  }
  std::erase_if(changes.cells, [](const auto& entry) { return entry.second == 0; });
  return changes;
}

}  // namespace paidan::views
