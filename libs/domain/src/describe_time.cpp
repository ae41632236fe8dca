#include <array>
#include <string>

#include "paidan/domain/calendar.hpp"

/// Civil times and days as people read them. Written by hand, as it is on the path of a decision.
namespace paidan::domain {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> weekdays_zh{"周一", "周二", "周三", "周四",
                                                      "周五", "周六", "周日"};

struct Parts {
  int year;
  unsigned month;
  unsigned day;
  unsigned weekday;  // 0: Monday
};

Parts parts_of(Day day) {
  const year_month_day date{day};
  return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()), std::chrono::weekday{day}.iso_encoding() - 1U};
}

void append_number(std::string& out, std::int64_t number, std::size_t width = 1) {
  const std::string digits = std::to_string(number);
  out.append(width > digits.size() ? width - digits.size() : 0, '0');
  out += digits;
}

void append_clock(std::string& out, Milliseconds since_midnight) {
  const auto minutes = floor<std::chrono::minutes>(since_midnight).count();
  append_number(out, minutes / 60, 2);
  out += ':';
  append_number(out, minutes % 60, 2);
}

/// "11 Oct"
void append_day(std::string& out, const Parts& parts) {
  append_number(out, parts.day);
  out += ' ';
  out += months[parts.month - 1];
}

/// "10月11日"
void append_day_zh(std::string& out, const Parts& parts) {
  append_number(out, parts.month);
  out += "月";
  append_number(out, parts.day);
  out += "日";
}

void append_moment(Text& out, CivilTime civil, bool with_year) {
  const Day day = floor<days>(civil);
  const Parts parts = parts_of(day);
  out.en += weekdays[parts.weekday];
  out.en += ' ';
  append_day(out.en, parts);
  if (with_year) {
    out.en += ' ';
    append_number(out.en, parts.year);
    append_number(out.zh, parts.year);
    out.zh += "年";
  }
  append_day_zh(out.zh, parts);
  out.zh += "（";
  out.zh += weekdays_zh[parts.weekday];
  out.zh += "）";
  out.en += ' ';
  append_clock(out.en, civil - day);
  append_clock(out.zh, civil - day);
}

/// "1–8 Oct off" or "29 Sep – 2 Oct off".
void append_run(Text& out, Day from, Day to) {
  const Parts first = parts_of(from);
  const Parts last = parts_of(to);
  out.en += "; ";
  out.zh += "；";
  append_day_zh(out.zh, first);
  if (from == to) {
    append_day(out.en, first);
  } else if (first.month == last.month) {
    append_number(out.en, first.day);
    out.en += "–";
    append_day(out.en, last);
  } else {
    append_day(out.en, first);
    out.en += " – ";
    append_day(out.en, last);
  }
  if (from != to) {
    out.zh += "至";
    append_day_zh(out.zh, last);
  }
  out.en += " off";
  out.zh += "放假";
}

bool usually_worked(const WorkCalendar& calendar, Day day) {
  return (calendar.working_weekdays >> (std::chrono::weekday{day}.iso_encoding() - 1U) & 1U) != 0;
}

void append_off(Text& out, const std::vector<SpecialDay>& off, const WorkCalendar& calendar) {
  for (std::size_t i = 0; i < off.size();) {
    std::size_t end = i + 1;
    bool missed = usually_worked(calendar, off[i].day);
    while (end < off.size() && off[end].day == off[end - 1].day + days{1}) {
      missed = missed || usually_worked(calendar, off[end].day);
      ++end;
    }
    if (missed) {  // a holiday on a weekend only changes nothing
      append_run(out, off[i].day, off[end - 1].day);
    }
    i = end;
  }
}

void append_offset(std::string& out, std::chrono::seconds offset) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
  out += minutes < 0 ? '-' : '+';
  append_clock(out, std::chrono::minutes{minutes < 0 ? -minutes : minutes});
}

}  // namespace

std::string to_rfc3339(const TimeZone& zone, Instant instant) {
  const CivilTime civil = to_civil(zone, instant);
  const Day day = floor<days>(civil);
  const Parts parts = parts_of(day);
  const Milliseconds time = civil - day;
  std::string out;
  append_number(out, parts.year, 4);
  out += '-';
  append_number(out, parts.month, 2);
  out += '-';
  append_number(out, parts.day, 2);
  out += 'T';
  append_clock(out, time);
  out += ':';
  append_number(out, time.count() / 1000 % 60, 2);
  if (time.count() % 1000 != 0) {
    out += '.';
    append_number(out, time.count() % 1000, 3);
  }
  append_offset(out, offset_at(zone, instant));
  return out;
}

Text describe_instant(const WorkCalendar& calendar, Instant instant) {
  Text out;
  append_moment(out, to_civil(calendar.zone, instant), true);
  return out;
}

Text describe_instant(const WorkCalendar& calendar, Instant instant, Instant reference) {
  const CivilTime civil = to_civil(calendar.zone, instant);
  const Parts now = parts_of(floor<days>(civil));
  const Parts then = parts_of(floor<days>(to_civil(calendar.zone, reference)));
  Text out;
  append_moment(out, civil, now.year != then.year);
  return out;
}

Text describe_counted(const Counted& counted, const WorkCalendar& calendar) {
  Text out;
  append_off(out, counted.off, calendar);
  for (const SpecialDay& day : counted.made_up) {
    const Parts parts = parts_of(day.day);
    out.en += "; ";
    out.en += weekdays[parts.weekday];
    out.en += ' ';
    append_day(out.en, parts);
    out.en += " worked";
    out.zh += "；";
    append_day_zh(out.zh, parts);
    out.zh += "（";
    out.zh += weekdays_zh[parts.weekday];
    out.zh += "）上班";
  }
  return out;
}

}  // namespace paidan::domain
