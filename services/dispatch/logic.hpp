#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/domain/facts.hpp"
#include "paidan/domain/partition_time.hpp"
#include "paidan/domain/ticket.hpp"
#include "paidan/stream/decider.hpp"

/// The brain of the dispatch service: `paidan::domain` decides tickets, and what is here adds the
/// time line of each partition. Pure.
namespace paidan::dispatch {

/// A key holds either a ticket or, for "@<partition>", a time line.
struct State {
  domain::Ticket ticket;
  domain::PartitionTime time;
  friend bool operator==(const State&, const State&) = default;
};

/// Live: the inputs of the partition are read up to `mark_at` and the grace beyond it.
struct Tick {
  Instant mark_at;
};

/// A domain::TimeMark comes from `classified` and a domain::MarkAnswered from `sla`, both only in a
/// replay.
using Input = std::variant<domain::TicketInput, domain::TimeMark, domain::MarkAnswered, Tick>;

/// A fact of a ticket's history, and the units that it takes the ticket from: who listens to
/// `lifecycle` in the middle of a ticket's life must learn from the record alone whom to tell.
struct HistoryWritten {
  domain::LifecycleFact fact;
  std::vector<domain::UnitId> relieved_units;
};
struct TimeMarkWritten {
  domain::TimeMark mark;
};
using Event = std::variant<HistoryWritten, domain::Reply, domain::LinkEffect, domain::ProposalKept,
                           TimeMarkWritten, domain::Settled>;

/// Where time comes from (DESIGN section 4).
enum class TimeSource {
  live,    ///< The clock: a mark per second and partition.
  replay,  ///< The log: marks come with the submissions and go round until nothing fires.
};

/// Satisfies stream::Decider and stream::KeepsTime. Thread-safe, as it is immutable; `pack` must
/// outlive it.
class Logic {
 public:
  using State = dispatch::State;
  using Input = dispatch::Input;
  using Event = dispatch::Event;

  /// A mark is written only when the inputs were read this far beyond it: records that edges
  /// received before the mark have then been handled.
  static constexpr Milliseconds grace{2'000};
  static constexpr Milliseconds mark_interval_min{1'000};

  Logic(const domain::CityPack& pack, TimeSource time_source)
      : pack_(pack), time_source_(time_source) {}

  stream::Decision<Event> decide(const State& state, const Input& input, Instant now) const;
  State evolve(State state, const Event& event) const;
  /// The mark that `as_of` allows, when it is at least `mark_interval_min` after the last one.
  std::optional<Input> tick(const State& state, Instant as_of) const;

  /// dispatch has no timers: time reaches the SLA monitor as marks.
  std::optional<Instant> wake_at(const State& /*state*/) const { return std::nullopt; }
  Input wake(Instant due) const;

 private:
  stream::Decision<Event> on(const State& state, const domain::TicketInput& input) const;
  stream::Decision<Event> on(const State& state, const domain::TimeMark& mark) const;
  stream::Decision<Event> on(const State& state, const domain::MarkAnswered& answered) const;
  stream::Decision<Event> on(const State& state, const Tick& tick) const;

  const domain::CityPack& pack_;
  TimeSource time_source_;
};

/// Lead, queue unit, units below (二次派单) and co-handlers, without empty ones and repeats.
std::vector<domain::UnitId> units_concerned(const domain::Ticket& ticket);

}  // namespace paidan::dispatch
