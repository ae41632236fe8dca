#include "paidan/domain/calendar.hpp"

#include <algorithm>

#include "paidan/base/assert.hpp"

namespace paidan::domain {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::minutes;
using std::chrono::seconds;

/// A calendar without a working day would never end a term; a real one has some each fortnight.
constexpr int idle_days_max = 400;

unsigned weekday_bit(Day day) { return 1U << (std::chrono::weekday{day}.iso_encoding() - 1U); }

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

/// Walks day by day and remembers what was special.
class Walk {
 public:
  Walk(const WorkCalendar& calendar, Day day) : calendar_(calendar), day_(day) {}

  Day day() const { return day_; }
  void next() { day_ += days{1}; }
  void previous() { day_ -= days{1}; }

  /// Looks at the current day: true when it is worked.
  bool visit(Counted& counted) {
    const DayInfo info = day_info(calendar_, day_);
    counted.provisional = counted.provisional || !info.covered;
    if (info.special != nullptr) {
      note(*info.special, counted);
    }
    idle_ = info.working ? 0 : idle_ + 1;
    PAIDAN_ASSERT(idle_ < idle_days_max, "the calendar has no working days");
    return info.working;
  }

 private:
  void note(const SpecialDay& special, Counted& counted) const {
    if (special.off) {
      counted.off.push_back(special);
    } else if ((calendar_.working_weekdays & weekday_bit(special.day)) == 0) {
      counted.made_up.push_back(special);
    }
  }

  const WorkCalendar& calendar_;
  Day day_;
  int idle_ = 0;
};

Instant closing_of(const WorkCalendar& calendar, Day day) {
  return to_instant(calendar.zone, CivilTime{day} + close_at(calendar));
}

}  // namespace

seconds offset_at(const TimeZone& zone, Instant instant) {
  if (zone.offsets.empty()) {
    return seconds{0};
  }
  const auto after = std::upper_bound(
      zone.offsets.begin(), zone.offsets.end(), instant,
      [](Instant moment, const UtcOffset& offset) { return moment < offset.from; });
  return after == zone.offsets.begin() ? after->offset : std::prev(after)->offset;
}

CivilTime to_civil(const TimeZone& zone, Instant instant) {
  return CivilTime{instant.time_since_epoch() + offset_at(zone, instant)};
}

Instant to_instant(const TimeZone& zone, CivilTime civil) {
  // The offset before the transition wins where a civil time has two readings or none.
  const Instant as_utc{civil.time_since_epoch()};
  const seconds before = offset_at(zone, as_utc - days{1});
  const Instant early = as_utc - before;
  if (offset_at(zone, early) == before) {
    return early;
  }
  const seconds after = offset_at(zone, as_utc + days{1});
  const Instant late = as_utc - after;
  return offset_at(zone, late) == after ? late : early;
}

DayInfo day_info(const WorkCalendar& calendar, Day day) {
  const auto found =
      std::lower_bound(calendar.special_days.begin(), calendar.special_days.end(), day,
                       [](const SpecialDay& special, Day wanted) { return special.day < wanted; });
  const int year = year_of(day);
  DayInfo info;
  info.covered = calendar.first_year <= year && year <= calendar.last_year;
  if (found != calendar.special_days.end() && found->day == day) {
    info.special = &*found;
    info.working = !found->off;
  } else {
    info.working = (calendar.working_weekdays & weekday_bit(day)) != 0;
  }
  return info;
}

bool is_working_day(const WorkCalendar& calendar, Day day) {
  return day_info(calendar, day).working;
}

minutes open_at(const WorkCalendar& calendar) {
  PAIDAN_ASSERT(!calendar.hours.empty(), "a calendar has working hours");
  return calendar.hours.front().from;
}

minutes close_at(const WorkCalendar& calendar) {
  PAIDAN_ASSERT(!calendar.hours.empty(), "a calendar has working hours");
  return calendar.hours.back().to;
}

Counted add_working_days(const WorkCalendar& calendar, Instant from, std::uint32_t count,
                         bool count_first_day) {
  PAIDAN_ASSERT(count > 0, "a term has at least one working day");
  const CivilTime civil = to_civil(calendar.zone, from);
  const Day first = floor<days>(civil);
  Counted counted;
  Walk walk(calendar, first);
  std::uint32_t left = count;
  const bool first_counts =
      count_first_day && is_working_day(calendar, first) && civil - first < close_at(calendar);
  if (first_counts) {
    (void)walk.visit(counted);
    --left;
  }
  while (left > 0) {
    walk.next();
    if (walk.visit(counted)) {
      --left;
    }
  }
  counted.due_at = closing_of(calendar, walk.day());
  return counted;
}

Counted add_working_time(const WorkCalendar& calendar, Instant from, Milliseconds time) {
  const CivilTime civil = to_civil(calendar.zone, from);
  Counted counted;
  Milliseconds left = time;
  for (Walk walk(calendar, floor<days>(civil));; walk.next()) {
    if (!walk.visit(counted)) {
      continue;
    }
    for (const WorkingHours& window : calendar.hours) {
      const CivilTime begin = std::max(civil, CivilTime{walk.day()} + window.from);
      const CivilTime end = CivilTime{walk.day()} + window.to;
      if (begin > end) {
        continue;
      }
      if (end - begin >= left) {
        counted.due_at = to_instant(calendar.zone, begin + left);
        return counted;
      }
      left -= end - begin;
    }
  }
}

Counted subtract_working_days(const WorkCalendar& calendar, Instant from, std::uint32_t count) {
  PAIDAN_ASSERT(count > 0, "a term has at least one working day");
  const Day first = floor<days>(to_civil(calendar.zone, from));
  Counted counted;
  counted.provisional = !day_info(calendar, first).covered;
  Walk walk(calendar, first);
  for (std::uint32_t left = count; left > 0;) {
    walk.previous();
    left -= walk.visit(counted) ? 1 : 0;
  }
  std::reverse(counted.off.begin(), counted.off.end());
  std::reverse(counted.made_up.begin(), counted.made_up.end());
  counted.due_at = closing_of(calendar, walk.day());
  return counted;
}

Counted days_passed(const WorkCalendar& calendar, Instant from, Instant to) {
  const Day last = floor<days>(to_civil(calendar.zone, to));
  Counted counted;
  counted.due_at = to;
  for (Walk walk(calendar, floor<days>(to_civil(calendar.zone, from))); walk.day() < last;) {
    walk.next();
    (void)walk.visit(counted);
  }
  return counted;
}

std::optional<Instant> covered_until(const WorkCalendar& calendar) {
  if (calendar.last_year < calendar.first_year) {
    return std::nullopt;
  }
  const Day after{std::chrono::year{calendar.last_year + 1} / std::chrono::January / 1};
  return to_instant(calendar.zone, CivilTime{after});
}

Milliseconds working_time_between(const WorkCalendar& calendar, Instant from, Instant to) {
  const CivilTime begin = to_civil(calendar.zone, from);
  const CivilTime end = to_civil(calendar.zone, to);
  Milliseconds sum{0};
  for (Day day = floor<days>(begin); CivilTime{day} < end; day += days{1}) {
    if (!is_working_day(calendar, day)) {
      continue;
    }
    for (const WorkingHours& window : calendar.hours) {
      const CivilTime start = std::max(begin, CivilTime{day} + window.from);
      const CivilTime stop = std::min(end, CivilTime{day} + window.to);
      sum += std::max(Milliseconds{0}, stop - start);
    }
  }
  return sum;
}

}  // namespace paidan::domain
