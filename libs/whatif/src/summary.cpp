#include "paidan/whatif/summary.hpp"

#include <algorithm>
#include <set>

namespace paidan::whatif {

namespace {

using domain::UnitId;
using domain::VerdictResult;

UnitId last_lead(const Outcome& outcome) {
  return outcome.assignments.empty() ? UnitId{} : outcome.assignments.back().lead_unit;
}

void add_assignments(Summary& summary, const Outcome& then, const Outcome& now,
                     const Difference& difference) {
  std::set<AssignmentChange> kinds;
  for (const AssignmentDifference& line : difference.assignments) {
    kinds.insert(line.change);
    if (line.change != AssignmentChange::reassigned) continue;
    ++summary.rules[{line.then->why.rule, line.now->why.rule}];
  }
  for (const AssignmentChange kind : kinds) ++summary.assignments[static_cast<std::size_t>(kind)];
  const UnitId had = last_lead(then);
  const UnitId has = last_lead(now);
  if (had == has) return;
  if (!had.get().empty()) ++summary.units[had].tickets_lost;
  if (!has.get().empty()) ++summary.units[has].tickets_gained;
}

void add_dues(Summary& summary, const Difference& difference) {
  for (const DueDifference& line : difference.dues) {
    ClockCounts& clock = summary.clocks[line.now ? line.now->clock : line.then->clock];
    switch (line.change) {
      case DueChange::earlier:
        ++clock.earlier;
        ++summary.due_earlier;
        break;
      case DueChange::later:
        ++clock.later;
        ++summary.due_later;
        break;
      case DueChange::started:
        ++clock.started;
        break;
      case DueChange::not_started:
        ++clock.not_started;
        break;
    }
  }
}

void add_breaches(Summary& summary, const Difference& difference) {
  for (const BreachDifference& line : difference.breaches) {
    ClockCounts& clock = summary.clocks[line.breach.clock];
    ++(line.gained ? summary.breaches_gained : summary.breaches_lost);
    ++(line.gained ? clock.breaches_gained : clock.breaches_lost);
    if (line.breach.unit.get().empty()) continue;
    UnitCounts& unit = summary.units[line.breach.unit];
    ++(line.gained ? unit.breaches_gained : unit.breaches_lost);
  }
}

bool is_good(const domain::Verdict& verdict) {
  return verdict.counted && verdict.result == VerdictResult::in_time;
}
bool is_bad(const domain::Verdict& verdict) {
  return verdict.counted &&
         (verdict.result == VerdictResult::late || verdict.result == VerdictResult::overdue);
}

void add_verdicts(Summary& summary, const Difference& difference) {
  for (const VerdictDifference& line : difference.verdicts) {
    const bool both = line.then && line.now;
    if (both && is_bad(*line.then) && is_good(*line.now)) {
      ++summary.verdicts_better;
    } else if (both && is_good(*line.then) && is_bad(*line.now)) {
      ++summary.verdicts_worse;
    } else {
      ++summary.verdicts_other;
    }
  }
}

/// Adds what stands in both kinds of tables.
void merge(ClockCounts& counts, const ClockCounts& other) {
  counts.earlier += other.earlier;
  counts.later += other.later;
  counts.started += other.started;
  counts.not_started += other.not_started;
  counts.breaches_gained += other.breaches_gained;
  counts.breaches_lost += other.breaches_lost;
}
void merge(UnitCounts& counts, const UnitCounts& other) {
  counts.tickets_gained += other.tickets_gained;
  counts.tickets_lost += other.tickets_lost;
  counts.breaches_gained += other.breaches_gained;
  counts.breaches_lost += other.breaches_lost;
}

template <class Map, class Weight>
auto top(const Map& map, std::size_t count, Weight weight) {
  std::vector<std::pair<typename Map::key_type, typename Map::mapped_type>> out(map.begin(),
                                                                                map.end());
  std::stable_sort(out.begin(), out.end(), [&](const auto& one, const auto& other) {
    return weight(one.second) > weight(other.second);
  });
  if (out.size() > count) out.resize(count);
  return out;
}

}  // namespace

void add(Summary& summary, const Outcome& then, const Outcome& now, const Difference& difference,
         const Again& again) {
  ++summary.tickets;
  summary.accepted_now += again.accepted_now;
  for (const RefusedCommand& refused : again.refused) {
    ++summary.refused[{refused.body.index(), refused.reason}];
  }
  if (difference.empty()) return;
  ++summary.changed;
  add_assignments(summary, then, now, difference);
  add_dues(summary, difference);
  add_breaches(summary, difference);
  add_verdicts(summary, difference);
}

void merge(Summary& summary, const Summary& other) {
  summary.tickets += other.tickets;
  summary.changed += other.changed;
  for (std::size_t i = 0; i < summary.assignments.size(); ++i) {
    summary.assignments[i] += other.assignments[i];
  }
  summary.due_earlier += other.due_earlier;
  summary.due_later += other.due_later;
  summary.breaches_gained += other.breaches_gained;
  summary.breaches_lost += other.breaches_lost;
  summary.verdicts_better += other.verdicts_better;
  summary.verdicts_worse += other.verdicts_worse;
  summary.verdicts_other += other.verdicts_other;
  summary.accepted_now += other.accepted_now;
  summary.unreadable += other.unreadable;
  for (const auto& [clock, counts] : other.clocks) merge(summary.clocks[clock], counts);
  for (const auto& [unit, counts] : other.units) merge(summary.units[unit], counts);
  for (const auto& [key, count] : other.refused) summary.refused[key] += count;
  for (const auto& [key, count] : other.rules) summary.rules[key] += count;
}

std::vector<std::pair<UnitId, UnitCounts>> top_units(const Summary& summary, std::size_t count) {
  return top(summary.units, count, [](const UnitCounts& counts) { return counts.total(); });
}

std::vector<std::pair<std::pair<std::string, std::string>, std::uint64_t>> top_rules(
    const Summary& summary, std::size_t count) {
  return top(summary.rules, count, [](std::uint64_t tickets) { return tickets; });
}

}  // namespace paidan::whatif
