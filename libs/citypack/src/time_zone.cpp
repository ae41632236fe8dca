#include <date/tz.h>

#include <stdexcept>

#include "src/files.hpp"

namespace paidan::citypack {

std::optional<domain::TimeZone> read_time_zone(const std::string& name) {
  using std::chrono::sys_seconds;
  constexpr int first_year = 1970;
  constexpr int last_year = 2100;
  try {
    const date::time_zone* zone = date::locate_zone(name);
    domain::TimeZone out{name, {}};
    sys_seconds at = date::sys_days{date::year{first_year} / 1 / 1};
    const sys_seconds end = date::sys_days{date::year{last_year} / 1 / 1};
    while (at < end) {
      const date::sys_info info = zone->get_info(at);
      const bool changes = out.offsets.empty() || out.offsets.back().offset != info.offset;
      if (changes) {
        out.offsets.push_back({Instant{at}, info.offset});
      }
      at = info.end;
    }
    return out;
  } catch (const std::runtime_error&) {
    return std::nullopt;  // the library's way to say that it knows no such zone
  }
}

}  // namespace paidan::citypack
