#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/domain/citizen_facts.hpp"
#include "paidan/domain/ids.hpp"

/// Clocks as the history starts and stops them, and what the SLA monitor says of them (proto:
/// lifecycle, sla).
namespace paidan::domain {

// ---- clocks --------------------------------------------------------------------------------

struct ClockStarted {
  std::string clock;       ///< citizen, acknowledge, contact, handle, ...
  std::uint32_t seq = 0;   ///< Grows with each start of this clock of this ticket.
  std::uint32_t step = 0;  ///< Step of the ladder; 0 is the clock itself.
  UnitId unit;
  Instant started_at;
  Instant due_at;
  std::optional<Instant> warn_at;
  bool provisional = false;
  Text explanation;
  friend bool operator==(const ClockStarted&, const ClockStarted&) = default;
};
enum class ClockStop {
  none,
  done,        ///< What it waits for has happened.
  cancelled,   ///< It no longer counts.
  moved,       ///< Goes on under the next seq with another due time (extension, recount).
  paused,      ///< Stands still (a pause policy of the pack).
  handed_over  ///< Goes on under the next seq for another unit; the due time stays.
};
struct ClockStopped {
  std::string clock;
  std::uint32_t seq = 0;
  ClockStop reason = ClockStop::none;
  friend bool operator==(const ClockStopped&, const ClockStopped&) = default;
};
using ClockChange = std::variant<ClockStarted, ClockStopped>;

enum class SlaKind { none, warned, breached, met, escalated, retracted };
struct SlaFact {
  SlaKind kind = SlaKind::none;
  std::string clock;
  std::uint32_t step = 0;
  std::uint32_t seq = 0;
  UnitId unit;
  Instant due_at;
  Instant at;
  Milliseconds late{0};
  friend bool operator==(const SlaFact&, const SlaFact&) = default;
};

/// Replay: all that was due at `mark.at` has fired in `mark.round`.
struct MarkAnswered {
  TimeMark mark;
  std::uint32_t fired_count = 0;
  friend bool operator==(const MarkAnswered&, const MarkAnswered&) = default;
};

}  // namespace paidan::domain
