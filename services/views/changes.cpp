#include "views/changes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "paidan/domain/lifecycle.hpp"
#include "paidan/domain/queues.hpp"

namespace paidan::views {
namespace {

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

std::optional<Instant> due_of_any(const Ticket& ticket) {
  return earliest_due(ticket, [](const Clock&) { return true; });
}

/// Of every unit that has to do with it: 主办, its queue, 协办, and down the levels 二次派单.
void add_open_lists(const Ticket& ticket, std::vector<Listing>& lists) {
  if (!domain::is_with_unit(ticket.state)) return;
  const auto add = [&](const domain::UnitId& unit) {
    if (!unit.get().empty()) lists.push_back({ListKind::open, unit.get(), due_for(ticket, unit)});
  };
  add(ticket.lead_unit);
  add(ticket.queue_unit);
  std::ranges::for_each(ticket.co_handlers, add);
  std::ranges::for_each(ticket.sub_units, add);
}

void add_queues(const Ticket& ticket, std::vector<Listing>& lists) {
  const domain::Waiting waiting{ticket.state, ticket.conflicting, ticket.appealed, ticket.difficult,
                                !ticket.proposals.empty()};
  for (const domain::Queue queue : domain::office_queues) {
    if (!domain::lies_in(queue, waiting)) continue;
    lists.push_back({ListKind::queue, std::string(name_of(queue)), due_of_any(ticket)});
  }
}

void add_provisional(const Ticket& ticket, std::vector<Listing>& lists) {
  const bool has_one = std::ranges::any_of(
      ticket.clocks, [](const Clock& clock) { return runs(clock) && clock.provisional; });
  if (has_one && domain::is_open(ticket.state)) {
    lists.push_back({ListKind::provisional, {}, due_of_any(ticket)});
  }
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
  add_provisional(ticket, standing.lists);
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
    fold(ticket(ticket_id), *said);
    const bool first = texts_.emplace(ticket_id, said->text).second;
    return first ? Folded::applied : Folded::repeated;
  }
  if (const auto* record = std::get_if<HistoryRecord>(&input)) {
    return fold(ticket(ticket_id), *record, effects_);
  }
  fold(ticket(ticket_id), std::get<domain::SlaFact>(input), effects_);
  return Folded::applied;
}

Changes BatchFold::finish() const {
  Changes changes;
  changes.texts = texts_;
  changes.returns = effects_.returns;
  for (const auto& [ticket_id, after] : after_) {
    const auto known = before_.find(ticket_id);
    const Ticket& before = known == before_.end() ? Ticket{} : known->second;
    if (after == before) continue;
    changes.tickets.emplace(ticket_id, after);
    add_difference(ticket_id, standing_of(before), standing_of(after), changes);
  }
  for (const Alert& alert : effects_.alerts) {
    const Counter counter = alert.breach ? Counter::breaches : Counter::warnings;
    ++changes.cells[{unit_label(alert.unit), alert.clock, counter}];
  }
  std::erase_if(changes.cells, [](const auto& entry) { return entry.second == 0; });
  return changes;
}

}  // namespace paidan::views
