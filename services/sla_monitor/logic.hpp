#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "paidan/base/time.hpp"
#include "paidan/domain/facts.hpp"
#include "paidan/domain/partition_time.hpp"
#include "paidan/domain/sla.hpp"
#include "paidan/stream/decider.hpp"

/// The brain of the SLA monitor: `paidan::domain` runs the clocks of a ticket, and what is here
/// follows the time line of each partition. Pure.
namespace paidan::sla_monitor {

/// A key holds either the open clocks of a ticket or, for "@<partition>", a time line.
using State = std::variant<domain::SlaTicket, domain::PartitionTime>;

/// So many wakes have fired for the time mark in hand.
struct WakesFired {
  std::uint32_t count = 0;
};
using Input = std::variant<domain::LifecycleNotice, domain::ClockDue, domain::TimeMark,
                           domain::Settled, WakesFired>;

/// Time has reached the mark; live, nobody waits for an answer.
struct MarkSeen {
  Instant at;
};
/// SlaFact and MarkAnswered are written to `sla`; the others change the state alone.
using Event = std::variant<domain::SlaFact, domain::ClockChange, domain::VersionSeen,
                           domain::MarkAnswered, WakesFired, MarkSeen>;

/// Where time comes from (DESIGN section 4).
enum class TimeSource {
  live,    ///< Marks of the clock; they are not answered.
  replay,  ///< Marks of the log: each is answered with the number of clocks that fired for it.
};

/// Satisfies stream::Decider and stream::CountsWakes. Immutable, so thread-safe.
class Logic {
 public:
  using State = sla_monitor::State;
  using Input = sla_monitor::Input;
  using Event = sla_monitor::Event;

  explicit Logic(TimeSource time_source) : time_source_(time_source) {}

  stream::Decision<Event> decide(const State& state, const Input& input, Instant now) const;
  State evolve(State state, const Event& event) const;

  /// When the ticket's next clock warns or runs out.
  std::optional<Instant> wake_at(const State& state) const;
  Input wake(Instant due) const { return domain::ClockDue{due}; }
  Input fired(std::size_t count, bool /*more*/) const {
    return WakesFired{static_cast<std::uint32_t>(count)};
  }

 private:
  stream::Decision<Event> on(const State& state, const domain::TimeMark& mark) const;
  stream::Decision<Event> on(const State& state, const WakesFired& fired) const;
  stream::Decision<Event> on(const State& state, const domain::SlaInput& input, Instant now) const;

  TimeSource time_source_;
};

}  // namespace paidan::sla_monitor
