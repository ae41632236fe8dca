#pragma once
#include <chrono>
#include <cstdint>

namespace paidan {

/// A point on the UTC time line. Milliseconds, because that is all that Kafka keeps. Civil dates
/// and working hours are another matter: `paidan/domain/calendar.hpp`.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

constexpr std::int64_t to_unix_ms(Instant instant) { return instant.time_since_epoch().count(); }
constexpr Instant from_unix_ms(std::int64_t unix_ms) { return Instant{Milliseconds{unix_ms}}; }

}  // namespace paidan
