#include "paidan/whatif/difference.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace paidan::whatif {

namespace {

template <class Enum, std::size_t N>
std::string_view name_in(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

// ---- assignments ---------------------------------------------------------------------------

bool same_units(const Assignment& one, const Assignment& other) {
  return one.queue_unit == other.queue_unit && one.co_handlers == other.co_handlers &&
         one.basis == other.basis && one.triage == other.triage;
}

std::optional<AssignmentChange> change_of(const Assignment& then, const Assignment& now) {
  if (then.lead_unit != now.lead_unit) {
    if (then.lead_unit.get().empty()) return AssignmentChange::gained;
    return now.lead_unit.get().empty() ? AssignmentChange::lost : AssignmentChange::reassigned;
  }
  if (!same_units(then, now)) return AssignmentChange::other_part;
  if (rule_text(then.why.rule) != rule_text(now.why.rule)) return AssignmentChange::other_rule;
  return std::nullopt;
}

void compare_assignments(const Outcome& then, const Outcome& now, Difference& out) {
  const std::size_t both = std::min(then.assignments.size(), now.assignments.size());
  for (std::size_t i = 0; i < both; ++i) {
    const auto change = change_of(then.assignments[i], now.assignments[i]);
    if (change) out.assignments.push_back({*change, then.assignments[i], now.assignments[i]});
  }
  for (std::size_t i = both; i < then.assignments.size(); ++i) {
    out.assignments.push_back({AssignmentChange::lost, then.assignments[i], std::nullopt});
  }
  for (std::size_t i = both; i < now.assignments.size(); ++i) {
    out.assignments.push_back({AssignmentChange::gained, std::nullopt, now.assignments[i]});
  }
}

// ---- due times -----------------------------------------------------------------------------

/// Name, unit where several run at once, and the how-manieth start.
using DueKey = std::tuple<std::string, std::string, std::size_t>;

bool runs_per_unit(const std::string& clock) {
  return clock == "co_handle" || clock == "sub_handle";
}

std::map<DueKey, const Due*> by_key(const std::vector<Due>& dues) {
  std::map<DueKey, const Due*> out;
  std::map<std::pair<std::string, std::string>, std::size_t> starts;
  for (const Due& due : dues) {
    const std::string unit = runs_per_unit(due.clock) ? due.unit.get() : std::string();
    out.emplace(DueKey{due.clock, unit, starts[{due.clock, unit}]++}, &due);
  }
  return out;
}

domain::Day day_of(const domain::WorkCalendar& calendar, Instant at) {
  return std::chrono::floor<std::chrono::days>(domain::to_civil(calendar.zone, at));
}

DueDifference moved(const Due& then, const Due& now, const domain::WorkCalendar* before,
                    const domain::WorkCalendar& after) {
  DueDifference out{.change = now.due_at < then.due_at ? DueChange::earlier : DueChange::later,
                    .cause = DueCause::term,
                    .then = then,
                    .now = now};
  if (then.started_at != now.started_at) {
    out.cause = DueCause::start;
  } else if (before != nullptr) {
    out.days = calendar_differences(*before, after, day_of(after, now.started_at),
                                    day_of(after, std::max(then.due_at, now.due_at)));
    const bool other_hours = domain::open_at(*before) != domain::open_at(after) ||
                             domain::close_at(*before) != domain::close_at(after);
    if (!out.days.empty() || other_hours) out.cause = DueCause::calendar;
  }
  return out;
}

void compare_dues(const Outcome& then, const Outcome& now, const domain::WorkCalendar* before,
                  const domain::WorkCalendar& after, Difference& out) {
  const auto ran = by_key(then.dues);
  const auto runs = by_key(now.dues);
  for (const auto& [key, due] : ran) {
    const auto found = runs.find(key);
    if (found == runs.end()) {
      out.dues.push_back({.change = DueChange::not_started, .then = *due});
    } else if (found->second->due_at != due->due_at) {
      out.dues.push_back(moved(*due, *found->second, before, after));
    }
  }
  for (const auto& [key, due] : runs) {
    if (!ran.contains(key)) out.dues.push_back({.change = DueChange::started, .now = *due});
  }
}

// ---- breaches and verdicts -----------------------------------------------------------------

template <class Line>
bool has_clock(const std::vector<Line>& lines, const Line& line) {
  return std::any_of(lines.begin(), lines.end(), [&](const Line& other) {
    return other.clock == line.clock && other.seq == line.seq;
  });
}

void compare_breaches(const Outcome& then, const Outcome& now, Difference& out) {
  for (const Breach& breach : now.breaches) {
    if (!has_clock(then.breaches, breach)) out.breaches.push_back({true, breach});
  }
  for (const Breach& breach : then.breaches) {
    if (!has_clock(now.breaches, breach)) out.breaches.push_back({false, breach});
  }
}

/// Subject, clock and seq; for another subject the how-manieth.
using VerdictKey = std::tuple<domain::VerdictSubject, std::string, std::size_t>;

std::map<VerdictKey, const domain::Verdict*> by_key(const std::vector<domain::Verdict>& verdicts) {
  std::map<VerdictKey, const domain::Verdict*> out;
  std::map<domain::VerdictSubject, std::size_t> others;
  for (const domain::Verdict& verdict : verdicts) {
    const bool of_clock = verdict.subject == domain::VerdictSubject::clock;
    const std::size_t place = of_clock ? verdict.seq : others[verdict.subject]++;
    out.emplace(VerdictKey{verdict.subject, verdict.clock, place}, &verdict);
  }
  return out;
}

void compare_verdicts(const Outcome& then, const Outcome& now, Difference& out) {
  const auto gave = by_key(then.verdicts);
  const auto give = by_key(now.verdicts);
  for (const auto& [key, verdict] : gave) {
    const auto found = give.find(key);
    if (found == give.end()) {
      out.verdicts.push_back({*verdict, std::nullopt});
    } else if (found->second->result != verdict->result ||
               found->second->counted != verdict->counted) {
      out.verdicts.push_back({*verdict, *found->second});
    }
  }
  for (const auto& [key, verdict] : give) {
    if (!gave.contains(key)) out.verdicts.push_back({std::nullopt, *verdict});
  }
}

}  // namespace

std::string_view code_of(AssignmentChange change) {
  constexpr std::array<std::string_view, 5> names{"reassigned", "other_part", "other_rule",
                                                  "gained", "lost"};
  return name_in(names, change);
}

std::string_view code_of(DueChange change) {
  constexpr std::array<std::string_view, 4> names{"earlier", "later", "started", "not_started"};
  return name_in(names, change);
}

std::string_view code_of(DueCause cause) {
  constexpr std::array<std::string_view, 4> names{"none", "start", "calendar", "term"};
  return name_in(names, cause);
}

Difference compare(const Outcome& then, const Outcome& now, const domain::WorkCalendar* before,
                   const domain::WorkCalendar& after) {
  Difference out;
  compare_assignments(then, now, out);
  compare_dues(then, now, before, after, out);
  compare_breaches(then, now, out);
  compare_verdicts(then, now, out);
  return out;
}

std::vector<CalendarDifference> calendar_differences(const domain::WorkCalendar& before,
                                                     const domain::WorkCalendar& after,
                                                     domain::Day from, domain::Day to) {
  std::vector<CalendarDifference> out;
  for (domain::Day day = from; day <= to; day += std::chrono::days{1}) {
    const domain::DayInfo then = domain::day_info(before, day);
    const domain::DayInfo now = domain::day_info(after, day);
    if (then.working == now.working) continue;
    const auto name = [](const domain::DayInfo& info) {
      return info.special == nullptr ? std::string() : info.special->name;
    };
    out.push_back({day, then.working, now.working, name(then), name(now)});
  }
  return out;
}

std::string_view rule_text(std::string_view rule) {
  // "responsibility.yaml:120 (…) …": what stands before the first blank is where it stands.
  const std::size_t blank = rule.find(' ');
  const bool has_line =
      blank != std::string_view::npos && rule.substr(0, blank).find(':') != std::string_view::npos;
  return has_line ? rule.substr(blank + 1) : rule;
}

}  // namespace paidan::whatif
