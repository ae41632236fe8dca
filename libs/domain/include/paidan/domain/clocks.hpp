#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/domain/facts.hpp"
#include "paidan/domain/pack.hpp"

/// When a clock is due, and why, for people to read. Terms are the pack's.
namespace paidan::domain {

/// Every clock that the domain knows how to start and stop (DESIGN section 3).
inline constexpr std::array<std::string_view, 15> clock_names{
    "citizen", "acknowledge", "contact", "handle", "sub_handle", "co_handle", "return_request",
    "call_back", "redo", "supervise", "review",
    // What the office itself must decide in time:
    "return_decision", "extension_decision", "unreasonable_decision", "arbitration"};

struct TermQuery {
  std::string_view demand_kind;
  Urgency urgency = Urgency::normal;
  ChannelId channel;
  Instant from;  ///< When the clock starts.
  std::optional<Instant> given_due_at;
};

struct DueTime {
  std::string clock;
  Instant due_at;
  std::optional<Instant> warn_at;
  bool provisional = false;
  bool policy = false;
  Text explanation;
};

/// The first term of the clock that fits, counted. Nothing: the clock does not run.
std::optional<DueTime> due_time(const CityPack& pack, const ClockDefinition& clock,
                                const TermQuery& query);
/// A co-handler's 协办 clock: the term of `co_handle` counted back from the lead's due time;
/// where that is not after `from`, the lead's due time itself. Nothing: the pack has no such clock.
std::optional<DueTime> co_handle_due(const CityPack& pack, Instant lead_due_at, Instant from);
/// A clock that another unit takes over at `at`: the due time stays, the warning is at the clock's
/// fraction of the working time that is left.
DueTime handed_over(const CityPack& pack, const ClockDefinition& clock, Instant due_at, Instant at);
/// When step `index + 1` of a ladder is due, for a clock that was due at `due_at`.
DueTime ladder_due(const CityPack& pack, const Ladder& ladder, std::size_t index, Instant due_at);

/// Every clock of the pack as if all started at `query.from`, in the pack's order: what
/// `paidanctl due` prints. Clocks that would not run are left out.
std::vector<DueTime> due_times(const CityPack& pack, const TermQuery& query);

}  // namespace paidan::domain
