#include "paidanctl/replay/wall_time.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <sstream>
#include <stdexcept>

namespace paidan::ctl {

Result<WallTime, Trouble> WallTime::of_zone(const std::string& iana_name) {
  try {
    return WallTime(date::locate_zone(iana_name));
  } catch (const std::runtime_error&) {
    return Trouble{"unknown time zone " + iana_name + " (is the package tzdata installed?)"};
  }
}

std::optional<Instant> WallTime::parse(const std::string& text, const std::string& format) const {
  std::istringstream in(text);
  date::local_seconds local{};
  in >> date::parse(format, local);
  if (in.fail()) return std::nullopt;
  if (in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  return date::floor<Milliseconds>(zone_->to_sys(local, date::choose::earliest));
}

std::string WallTime::print(Instant instant) const {
  return date::format("%F %R", date::floor<std::chrono::minutes>(zone_->to_local(instant)));
}

Instant WallTime::grid_end(Instant instant, Milliseconds width) const {
  const auto local = zone_->to_local(instant);
  const auto midnight = date::floor<date::days>(local);
  auto end = midnight + (local - midnight) / width * width;
  if (end < local) end += width;
  return zone_->to_sys(date::floor<Milliseconds>(end), date::choose::latest);
}

}  // namespace paidan::ctl
