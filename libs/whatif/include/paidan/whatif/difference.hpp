#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/domain/calendar.hpp"
#include "paidan/domain/pack.hpp"
#include "paidan/whatif/outcome.hpp"

/// How two outcomes of one ticket differ, and why. Pure.
namespace paidan::whatif {

enum class AssignmentChange {
  reassigned,  ///< Another lead.
  other_part,  ///< The same lead, but another queue, other co-handlers, or another basis.
  other_rule,  ///< The same units, by a rule that reads otherwise.
  gained,      ///< Assigned now, not then (or assigned once more).
  lost         ///< Not assigned any more: the office would have to decide, or it came not so far.
};
std::string_view code_of(AssignmentChange change);

struct AssignmentDifference {
  AssignmentChange change = AssignmentChange::reassigned;
  std::optional<Assignment> then;
  std::optional<Assignment> now;
};

enum class DueChange {
  earlier,
  later,
  started,     ///< Runs now, not then.
  not_started  ///< Ran then, not now.
};
std::string_view code_of(DueChange change);

/// Why a due time moved.
enum class DueCause {
  none,      ///< It did not move: the clock runs in one of the two only.
  start,     ///< The clock starts at another time.
  calendar,  ///< Days or hours of the calendar between start and due time differ.
  term       ///< Another term of the clock, or a rule about it.
};
std::string_view code_of(DueCause cause);

/// A day that counts otherwise.
struct CalendarDifference {
  domain::Day day;
  bool working_then = false;
  bool working_now = false;
  std::string name_then;  ///< Of a special day.
  std::string name_now;
};

struct DueDifference {
  DueChange change = DueChange::later;
  DueCause cause = DueCause::none;
  std::optional<Due> then;
  std::optional<Due> now;
  std::vector<CalendarDifference> days;
};

struct BreachDifference {
  bool gained = false;  ///< False: lost.
  Breach breach;
};

struct VerdictDifference {
  std::optional<domain::Verdict> then;
  std::optional<domain::Verdict> now;
};

struct Difference {
  std::vector<AssignmentDifference> assignments;
  std::vector<DueDifference> dues;
  std::vector<BreachDifference> breaches;
  std::vector<VerdictDifference> verdicts;

  bool empty() const {
    return assignments.empty() && dues.empty() && breaches.empty() && verdicts.empty();
  }
};

/// Clocks are compared by name and by how often they started, those of several units
/// (co_handle, sub_handle) by unit as well; a rule by what it says, not by the line it stands on.
/// `before` and `after` are the packs' calendars, to tell days from terms; without `before` a moved
/// due time is put down to its start or to its term.
Difference compare(const Outcome& then, const Outcome& now, const domain::WorkCalendar* before,
                   const domain::WorkCalendar& after);

/// The days of [from, to] that are working days in one calendar only.
std::vector<CalendarDifference> calendar_differences(const domain::WorkCalendar& before,
                                                     const domain::WorkCalendar& after,
                                                     domain::Day from, domain::Day to);

/// The rule without its file and line: "(环境/噪声, class 镇) 沪府发 12".
std::string_view rule_text(std::string_view rule);

}  // namespace paidan::whatif
