#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "paidan/domain/clocks.hpp"
#include "paidan/domain/ticket.hpp"

/// Gathers the clock changes of one fact.
namespace paidan::domain {

struct Terms {
  std::string_view demand_kind;
  Urgency urgency = Urgency::normal;
  ChannelId channel;
  std::optional<Instant> given_due_at;
};
Terms terms_of(const Ticket& ticket);

/// Lives for one fact; refers to the pack and the ticket in front of the fact.
class ClockGatherer {
 public:
  ClockGatherer(const CityPack& pack, const Ticket& ticket, Instant at)
      : pack_(pack), ticket_(ticket), at_(at) {}

  const CityPack& pack() const { return pack_; }
  const Ticket& ticket() const { return ticket_; }
  Instant at() const { return at_; }

  /// Stops every open clock of this name (of this unit only, if given), with its ladder.
  void stop(std::string_view name, ClockStop reason, const UnitId* unit = nullptr);
  void stop_all(ClockStop reason);
  void stop(const OpenClock& open, ClockStop reason);
  bool stops(const OpenClock& open) const;

  /// The due time of the pack, or nothing when this clock does not run for this ticket.
  std::optional<DueTime> due(std::string_view name, const Terms& terms, Instant from) const;
  void start(DueTime due, const UnitId& unit, Instant from);
  /// By the pack's term, from now.
  void start(std::string_view name, const UnitId& unit);
  /// Another due time for a running clock: it goes on under the next seq.
  void move(const OpenClock& open, DueTime due, Instant started_at);
  void add(ClockChange change) { changes_.push_back(std::move(change)); }

  const OpenClock* open(std::string_view name, const UnitId* unit = nullptr) const;
  /// When the clock of that name (of this unit only, if given) is due after the changes so far;
  /// nothing: it does not run.
  std::optional<Instant> due_after(std::string_view name, const UnitId* unit = nullptr) const;
  std::vector<ClockChange> take() { return std::move(changes_); }

 private:
  std::uint32_t next_seq(std::string_view name) const;

  const CityPack& pack_;
  const Ticket& ticket_;
  Instant at_;
  std::vector<ClockChange> changes_;
};

/// 首接负责: the lead keeps the citizen's clock, and 督办 goes with it. Their due times stay; a
/// clock that has run out stays with the unit that let it.
void hand_over(ClockGatherer& clocks, const UnitId& unit);
/// Starts the clock of a unit below or beside the lead, counted back from the due time above it.
void start_co_handle(ClockGatherer& clocks, const UnitId& unit);
void start_sub_handle(ClockGatherer& clocks, const SubAssigned& fact);
/// `handle` is never due after the citizen's clock, unless that one has run out at `from` already:
/// a unit that gets an overdue ticket has a term of its own. Other clocks stay as they are.
DueTime capped(const ClockGatherer& clocks, DueTime due, Instant from);
/// 延期: the due time of a clock that a granted extension moves.
DueTime extended(const ClockGatherer& clocks, const ClockDefinition& clock, const OpenClock& open,
                 Instant due_at, bool provisional);
/// Until when the lead must answer, after the changes so far: `redo`, or else `handle`.
std::optional<Instant> lead_due_after(const ClockGatherer& clocks);
/// Due times that were counted without the year's notice are counted again.
void recount(ClockGatherer& clocks);
/// Another demand kind has other terms: `citizen` is counted anew from acceptance, the unit's
/// clocks from its assignment (from now, where that time has passed), never past the citizen's.
void change_kind(ClockGatherer& clocks, std::string_view demand_kind);
/// The pause policy of the pack: clocks stand still in some states. Called after the fact's own
/// changes.
void pause_or_resume(ClockGatherer& clocks, const LifecycleBody& body);

}  // namespace paidan::domain
