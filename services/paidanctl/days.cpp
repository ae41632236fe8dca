#include "paidanctl/days.hpp"

#include "paidan/contract/cloud_event.hpp"

namespace paidan::ctl {

std::optional<domain::Day> parse_day(const std::string& text) {
  const auto midnight =
      text.size() == 10 ? contract::from_rfc3339(text + "T00:00:00Z") : std::nullopt;
  if (!midnight) return std::nullopt;
  return domain::Day{std::chrono::floor<std::chrono::days>(midnight->time_since_epoch())};
}

std::string text_of(domain::Day day) {
  const Instant midnight{std::chrono::duration_cast<Milliseconds>(day.time_since_epoch())};
  return contract::to_rfc3339(midnight).substr(0, 10);
}

}  // namespace paidan::ctl
