#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/domain/facts.hpp"

/// Working days with make-up days 调休, working hours, and civil time as data. Pure: the offsets of
/// the time zone are a table that the loader computes.
/// Sources: Civil Code 民法典 201 (the day of receipt does not count) and 203 (a term that ends on
/// a holiday ends on the next working day, at the close of business); the State Council's yearly
/// holiday notices for 调休.
namespace paidan::domain {

using Day = std::chrono::local_days;
using CivilTime = std::chrono::local_time<Milliseconds>;

/// From `from` on, civil time is UTC plus `offset`.
struct UtcOffset {
  Instant from;
  std::chrono::seconds offset{0};
  friend bool operator==(const UtcOffset&, const UtcOffset&) = default;
};

struct TimeZone {
  std::string name;                ///< IANA name, e.g. Asia/Shanghai.
  std::vector<UtcOffset> offsets;  ///< Sorted; the first also holds for all time before it.
};

CivilTime to_civil(const TimeZone& zone, Instant instant);
/// A civil time that does not exist (spring forward) is read with the offset before the gap; one
/// that occurs twice (autumn) is the first of the two.
Instant to_instant(const TimeZone& zone, CivilTime civil);
std::chrono::seconds offset_at(const TimeZone& zone, Instant instant);
/// RFC 3339 with the zone's offset, e.g. 2025-10-14T17:30:00+08:00; milliseconds only if not zero.
std::string to_rfc3339(const TimeZone& zone, Instant instant);

/// A day that is not as its weekday says, or that has a name: a holiday, or a make-up working day.
struct SpecialDay {
  Day day;
  std::string name;
  bool off = true;
};

struct WorkingHours {
  std::chrono::minutes from{0};  ///< Since midnight.
  std::chrono::minutes to{0};
};

struct WorkCalendar {
  TimeZone zone;
  std::uint8_t working_weekdays = 0b0011111;  ///< Bit 0 Monday ... bit 6 Sunday.
  std::vector<WorkingHours> hours;            ///< Sorted, apart, at least one.
  std::vector<SpecialDay> special_days;       ///< Sorted by day, each once.
  int first_year = 0;                         ///< Covered years, both included; 0: none.
  int last_year = -1;
};

struct DayInfo {
  bool working = false;
  bool covered = false;  ///< False: beyond the covered years, counted by weekday.
  const SpecialDay* special = nullptr;
};

DayInfo day_info(const WorkCalendar& calendar, Day day);
bool is_working_day(const WorkCalendar& calendar, Day day);
std::chrono::minutes open_at(const WorkCalendar& calendar);   ///< Of a working day.
std::chrono::minutes close_at(const WorkCalendar& calendar);  ///< The close of business.

/// What was counted on the way to a due time.
struct Counted {
  Instant due_at;
  bool provisional = false;         ///< A day beyond the covered years was counted.
  std::vector<SpecialDay> off;      ///< Special days off that were passed, also on weekends.
  std::vector<SpecialDay> made_up;  ///< Make-up days 调休 that were worked.
};

/// The close of business of the n-th working day. Without `count_first_day` counting starts the day
/// after `from` (Civil Code 201); with it, the day of `from` counts if it is a working day that has
/// not closed yet. n >= 1.
Counted add_working_days(const WorkCalendar& calendar, Instant from, std::uint32_t days,
                         bool count_first_day);
/// The moment at which `time` of working time has passed since `from`.
Counted add_working_time(const WorkCalendar& calendar, Instant from, Milliseconds time);
/// The close of business of the n-th working day before the day of `from`. Provisional when that
/// day, or one that was passed, is beyond the covered years. n >= 1.
Counted subtract_working_days(const WorkCalendar& calendar, Instant from, std::uint32_t days);
/// What is special after the day of `from` up to the day of `to`, which becomes `due_at`.
Counted days_passed(const WorkCalendar& calendar, Instant from, Instant to);
/// The end of the last covered year, the first moment that is not covered; nothing: no year is.
std::optional<Instant> covered_until(const WorkCalendar& calendar);
/// Working time between two moments; zero when `to` is not after `from`.
Milliseconds working_time_between(const WorkCalendar& calendar, Instant from, Instant to);

/// "Tue 30 Sep 2025 10:12" and "2025年9月30日（周二）10:12", in the zone of the calendar.
Text describe_instant(const WorkCalendar& calendar, Instant instant);
/// The same without the year when it is the year of `reference`.
Text describe_instant(const WorkCalendar& calendar, Instant instant, Instant reference);
/// "; 1–8 Oct off; Sat 11 Oct worked" and its Chinese; empty when nothing was special.
Text describe_counted(const Counted& counted, const WorkCalendar& calendar);

}  // namespace paidan::domain
