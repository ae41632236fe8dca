#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "paidan/domain/facts.hpp"

/// The SLA monitor's half of the domain: it runs the clocks that the history starts and stops, and
/// knows no other rule. Pure.
namespace paidan::domain {

struct RunningClock {
  std::string clock;
  std::uint32_t seq = 0;
  std::uint32_t step = 0;
  UnitId unit;
  Instant due_at;
  std::optional<Instant> warn_at;  ///< Nothing: does not warn, or has warned.
  bool breached = false;           ///< Kept until it stops, for Retracted.
  friend bool operator==(const RunningClock&, const RunningClock&) = default;
};

/// The open clocks of one ticket. A default value means: none, forget it.
struct SlaTicket {
  std::uint64_t version = 0;
  std::vector<RunningClock> clocks;
  friend bool operator==(const SlaTicket&, const SlaTicket&) = default;
};

/// A lifecycle record, as far as clocks care.
struct LifecycleNotice {
  std::uint64_t version = 0;
  Instant happened_at;
  std::vector<ClockChange> changes;
};
/// Time has reached `due`: something of this ticket fires.
struct ClockDue {
  Instant due;
};
using SlaInput = std::variant<LifecycleNotice, ClockDue>;

/// How far into its history a ticket's clocks have been followed.
struct VersionSeen {
  std::uint64_t version = 0;
};

struct SlaDecision {
  std::vector<SlaFact> facts;
  std::vector<ClockChange> changes;  ///< To be folded after `facts`.
  std::uint64_t version = 0;         ///< Of the ticket after this decision: folded last.
  bool skipped = false;
  std::string_view reason{};
};

/// For a notice: first fires what was due before its happened_at (at its due time), then starts and
/// stops; a stop with `done` at or before the due time is Met, and takes back (Retracted, once) a
/// breach that had been written too early; so does one with `moved`. Versions grow: older ones are
/// skipped (a ticket without clocks is forgotten, so a gap says nothing). A step of the ladder
/// (step > 0) fires as Escalated. At most one fact of a kind per (clock, step, seq). `now` only
/// measures how late an alert is.
SlaDecision decide_sla(const SlaTicket& ticket, const SlaInput& input, Instant now);
SlaTicket evolve_sla(SlaTicket ticket, const SlaFact& fact);
SlaTicket evolve_sla(SlaTicket ticket, const ClockChange& change);
/// Folded last; a ticket without clocks becomes the default value.
SlaTicket evolve_sla(SlaTicket ticket, const VersionSeen& seen);
/// All of a decision: its facts, then its changes, then its version.
SlaTicket evolve_sla(SlaTicket ticket, const SlaDecision& decision);
/// When this ticket next needs a ClockDue: a warning or a breach.
std::optional<Instant> next_due_at(const SlaTicket& ticket);

}  // namespace paidan::domain
