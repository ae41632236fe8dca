#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::Day;
using domain::SpecialDay;

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                  : std::nullopt;
}

std::optional<Day> read_day(const Place& place) {
  const std::string text = scalar(place, "date");
  const std::string_view view = text;
  if (view.size() == 10 && view[4] == '-' && view[7] == '-') {
    const auto year = digits(view.substr(0, 4));
    const auto month = digits(view.substr(5, 2));
    const auto day = digits(view.substr(8, 2));
    if (year && month && day) {
      const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                             std::chrono::month{*month}, std::chrono::day{*day}};
      if (date.ok()) {
        return Day{date};
      }
    }
  }
  place.fail("date \"" + text + "\" is no YYYY-MM-DD");
  return std::nullopt;
}

/// "09:00", as minutes since midnight.
std::optional<std::chrono::minutes> read_clock_time(std::string_view text) {
  const auto hour = digits(text.substr(0, 2));
  const auto minute = digits(text.substr(3, 2));
  if (text[2] != ':' || !hour || !minute || *minute >= 60) {
    return std::nullopt;
  }
  return std::chrono::minutes{*hour * 60 + *minute};
}

/// "09:00-17:30"
std::optional<domain::WorkingHours> read_hours(const Place& place) {
  const std::string text = scalar(place, "working_hours");
  const std::string_view view = text;
  if (view.size() == 11 && view[5] == '-') {
    const auto from = read_clock_time(view.substr(0, 5));
    const auto to = read_clock_time(view.substr(6, 5));
    if (from && to && *from < *to && *to <= std::chrono::hours{24}) {
      return domain::WorkingHours{*from, *to};
    }
  }
  place.fail("working_hours \"" + text + "\" is no HH:MM-HH:MM");
  return std::nullopt;
}

void read_week(const Fields& fields, domain::WorkCalendar& calendar) {
  calendar.working_weekdays = 0;
  for (const Place& place : fields.list("week")) {
    const std::string name = scalar(place, "week");
    const auto* const found = std::find(weekdays.begin(), weekdays.end(), name);
    if (found == weekdays.end()) {
      place.fail("week: \"" + name + "\" is none of mon, tue, wed, thu, fri, sat, sun");
      continue;
    }
    calendar.working_weekdays = static_cast<std::uint8_t>(
        calendar.working_weekdays | 1U << static_cast<unsigned>(found - weekdays.begin()));
  }
  if (calendar.working_weekdays == 0) {
    fields.fail("\"week\" has no working day");
  }
}

void read_working_hours(const Fields& fields, domain::WorkCalendar& calendar) {
  for (const Place& place : fields.list("working_hours")) {
    if (const auto hours = read_hours(place)) {
      if (!calendar.hours.empty() && hours->from < calendar.hours.back().to) {
        place.fail("working_hours must follow each other without an overlap");
      }
      calendar.hours.push_back(*hours);
    }
  }
  if (calendar.hours.empty()) {
    fields.fail("\"working_hours\" is empty");
  }
}

/// The special days and years of all sources.
struct Found {
  std::map<Day, std::pair<SpecialDay, domain::SourceLine>> days;
  std::map<int, domain::SourceLine> years;
};

void add_day(const Place& place, SpecialDay special, Found& found) {
  const auto [known, fresh] = found.days.emplace(special.day, std::pair(special, place.source()));
  if (!fresh) {
    place.fail("the day stands at " + domain::to_string(known->second.second) + " already");
  }
}

std::optional<int> add_year(const Fields& fields, Found& found) {
  const auto year = fields.integer("year", 1900, 2200);
  if (!year) {
    fields.fail("key \"year\" is missing");
    return std::nullopt;
  }
  const auto [known, fresh] = found.years.emplace(static_cast<int>(*year), fields.place().source());
  if (!fresh) {
    fields.fail("year " + std::to_string(*year) + " stands at " + domain::to_string(known->second) +
                " already");
  }
  return static_cast<int>(*year);
}

/// A notice may set days of the December before and the January after its year.
bool belongs_to(Day day, int year) {
  using std::chrono::January;
  const Day december{std::chrono::year{year - 1} / std::chrono::December / 1};
  const Day february{std::chrono::year{year + 1} / std::chrono::February / 1};
  return december <= day && day < february;
}

/// Reads a year with its days. A year without any has no notice yet (holiday-cn keeps such files),
/// and must not pass for a covered one.
void read_year(const Fields& fields, std::string_view off_key, Found& found) {
  const auto year = add_year(fields, found);
  const std::vector<Place> days = fields.list("days");
  if (days.empty()) {
    fields.fail("year " + std::to_string(year.value_or(0)) +
                " has no days: without its notice a year is not covered, leave it out");
  }
  for (const Place& place : days) {
    const Fields entry(place, "day", {"date", "name", off_key});
    const auto date = entry.required("date");
    const auto day = date ? read_day(*date) : std::nullopt;
    if (!entry.has(off_key)) {
      entry.fail("key \"" + std::string(off_key) + "\" is missing");
    }
    if (day && year && !belongs_to(*day, *year)) {
      entry.fail("the day does not belong to year " + std::to_string(*year));
    }
    if (day) {
      add_day(place, {*day, entry.text("name"), entry.flag(off_key, true)}, found);
    }
  }
}

void read_inline_years(const Fields& fields, Found& found) {
  if (!fields.has("years")) {
    return;
  }
  for (const Place& place : fields.list("years")) {
    const Fields year(place, "year", {"year", "days"});
    read_year(year, "off", found);
  }
}

void read_holiday_files(const Fields& fields, const Files& files, Errors& errors, Found& found) {
  std::set<std::string> listed;
  for (const std::string& name : fields.texts("holiday_files")) {
    listed.insert(name);
    if (!files.contains(name) || !name.starts_with("holidays/")) {
      fields.fail("there is no file \"" + name + "\" (holidays/*.json)");
      continue;
    }
    const auto document = parse(files, name, errors);
    if (!document) {
      continue;
    }
    const Fields year(*document, "holiday file", {"$schema", "$id", "year", "papers", "days"});
    read_year(year, "isOffDay", found);
  }
  for (const auto& [name, bytes] : files) {
    if (name.starts_with("holidays/") && !listed.contains(name)) {
      errors.add(name, 0, "is not listed in calendar.yaml");
    }
  }
}

void take_years(const Fields& fields, const Found& found, domain::WorkCalendar& calendar) {
  if (found.years.empty()) {
    return;
  }
  calendar.first_year = found.years.begin()->first;
  calendar.last_year = found.years.rbegin()->first;
  for (int year = calendar.first_year; year <= calendar.last_year; ++year) {
    if (!found.years.contains(year)) {
      fields.fail("year " + std::to_string(year) + " is missing between covered years");
    }
  }
}

/// The longest break that a calendar may have; a term must end some day.
constexpr int idle_days_max = 31;

void check_breaks(const Fields& fields, const domain::WorkCalendar& calendar) {
  if (calendar.special_days.empty() || calendar.working_weekdays == 0) {
    return;
  }
  int idle = 0;
  for (Day day = calendar.special_days.front().day; day <= calendar.special_days.back().day;
       day += std::chrono::days{1}) {
    idle = domain::is_working_day(calendar, day) ? 0 : idle + 1;
    if (idle > idle_days_max) {
      const std::chrono::year_month_day date{day};
      fields.fail("no working day for more than " + std::to_string(idle_days_max) +
                  " days, in year " + std::to_string(static_cast<int>(date.year())) + ", month " +
                  std::to_string(static_cast<unsigned>(date.month())));
      return;
    }
  }
}

}  // namespace

void read_calendar(Context& context, const Place& document, const Files& files) {
  const Fields fields(document, "calendar.yaml",
                      {"time_zone", "week", "working_hours", "holiday_files", "years"});
  domain::WorkCalendar& calendar = context.pack.calendar;
  if (const auto place = fields.required("time_zone")) {
    const std::string name = scalar(*place, "time_zone");
    if (auto zone = read_time_zone(name)) {
      calendar.zone = std::move(*zone);
    } else {
      place->fail("there is no time zone \"" + name + "\"");
    }
  }
  read_week(fields, calendar);
  read_working_hours(fields, calendar);
  Found found;
  read_inline_years(fields, found);
  read_holiday_files(fields, files, context.errors, found);
  take_years(fields, found, calendar);
  for (const auto& [day, special] : found.days) {
    calendar.special_days.push_back(special.first);
  }
  check_breaks(fields, calendar);
}

}  // namespace paidan::citypack
