#pragma once
#include <optional>
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidanctl/trouble.hpp"

namespace date {
class time_zone;
}

namespace paidan::ctl {

/// Wall times of one time zone. Thread-safe after construction.
class WallTime {
 public:
  /// The error is one line.
  static Result<WallTime, Trouble> of_zone(const std::string& iana_name);

  /// The instant of a wall time; of the hour that an autumn repeats, the first; of the hour that a
  /// spring skips, its end. Nothing when the text is not a whole wall time of that format.
  std::optional<Instant> parse(const std::string& text, const std::string& format) const;
  /// `2011-08-28 14:00`.
  std::string print(Instant instant) const;
  /// The first instant of a grid of `width` from local midnight that is not before `instant`.
  Instant grid_end(Instant instant, Milliseconds width) const;

 private:
  explicit WallTime(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;
};

}  // namespace paidan::ctl
