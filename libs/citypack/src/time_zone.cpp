#include <date/tz.h>

#include <stdexcept>

#include "src/files.hpp"

namespace paidan::citypack {
namespace {

using date::year;
using std::chrono::sys_seconds;

constexpr year first_year{1970};
constexpr year last_known{2037};  // compiled zone files hold no later change one by one
constexpr year last_year{2100};

sys_seconds begin_of(year y) { return date::sys_days{y / 1 / 1}; }

void add(domain::TimeZone& zone, Instant from, std::chrono::seconds offset) {
  if (zone.offsets.empty() || zone.offsets.back().offset != offset) {
    zone.offsets.push_back({from, offset});
  }
}

unsigned weekday_of_march(year y) { return date::weekday{date::sys_days{y / 3 / 1}}.c_encoding(); }

/// The changes of a year recur in one whose March begins on the same weekday, as rules name
/// weekdays
/// ("second Sunday in March") and no zone changes before March.
void repeat_changes(domain::TimeZone& zone) {
  const std::vector<domain::UtcOffset> known = zone.offsets;
  for (year to = last_known + date::years{1}; to < last_year; ++to) {
    year like = last_known;
    while (weekday_of_march(like) != weekday_of_march(to)) {
      --like;
    }
    const auto shift = date::sys_days{to / 3 / 1} - date::sys_days{like / 3 / 1};
    const Instant begin{begin_of(like)};
    const Instant end{begin_of(like + date::years{1})};
    for (const domain::UtcOffset& change : known) {
      if (change.from >= begin && change.from < end) {
        add(zone, change.from + shift, change.offset);
      }
    }
  }
}

}  // namespace

std::optional<domain::TimeZone> read_time_zone(const std::string& name) {
  try {
    const date::time_zone* zone = date::locate_zone(name);
    domain::TimeZone out{name, {}};
    const sys_seconds end = begin_of(last_known + date::years{1});
    for (sys_seconds at = begin_of(first_year); at < end;) {
      const date::sys_info info = zone->get_info(at);
      add(out, Instant{at}, info.offset);
      at = info.end;
    }
    repeat_changes(out);
    return out;
  } catch (const std::runtime_error&) {
    return std::nullopt;  // the library's way to say that it knows no such zone
  }
}

}  // namespace paidan::citypack
