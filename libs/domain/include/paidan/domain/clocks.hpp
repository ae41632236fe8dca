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
/// `handle` is never due after the citizen's clock (DESIGN section 3): capped, and said so.
DueTime not_after_citizen(DueTime handle, Instant citizen_due_at);

/// A co-handler's 协办 clock: the term of `co_handle` counted back from the lead's due time, at the
/// close of business (DESIGN section 3: the lead's due minus 1 working day). Where that is not
/// after `from`, the due time above itself. Where that one has passed already, nobody could meet
/// it: the term counted forward from `from`, as a unit that gets an overdue ticket has a term of
/// its own. `above_provisional`: the due time above is. Nothing: the pack has no such clock.
std::optional<DueTime> co_handle_due(const CityPack& pack, Instant lead_due_at, Instant from,
                                     bool above_provisional = false);
/// The clock of a unit that got the ticket from one above it (二次派单): the term of `sub_handle`
/// counted back from the due time of the level above, by the same rules.
std::optional<DueTime> sub_handle_due(const CityPack& pack, Instant due_above, Instant from,
                                      bool above_provisional = false);

/// A clock that another unit takes over at `at`: the due time stays, the warning is at the clock's
/// fraction of the working time that is left.
DueTime handed_over(const CityPack& pack, const ClockDefinition& clock, Instant due_at, Instant at);
/// When step `index + 1` of a ladder is due, for a clock that was due at `due_at`.
DueTime ladder_due(const CityPack& pack, const Ladder& ladder, std::size_t index, Instant due_at);

/// 延期: how far a granted extension may move a due time.
struct ExtensionLimit {
  Instant latest_due_at;
  bool provisional = false;
  Text explanation;
};
/// `working_days_max` of the pack from the acceptance of the ticket; never earlier than the due
/// time that holds now. Nothing: the pack grants no extension.
std::optional<ExtensionLimit> extension_limit(const CityPack& pack, Instant accepted_at,
                                              Instant current_due_at);

/// A due time that a decision sets anew.
struct DueMove {
  Instant old_due_at;
  Instant new_due_at;
  Instant at;                ///< When it was decided.
  Text reason;               ///< For people: {"延期获准", "extension granted"}.
  bool provisional = false;  ///< Of the new due time.
};
/// The warning is at the clock's fraction of the working time from the decision on.
DueTime moved_due(const CityPack& pack, const ClockDefinition& clock, const DueMove& move);

/// What a clock keeps while it stands still (the pause policy of the pack).
struct TimeLeft {
  Milliseconds time{0};
  bool working = true;  ///< False: of a term by the calendar, or of a due time that was given.
};
/// For a clock that is paused at `at`: working time where its term counts it, else time by the
/// calendar; zero when it is due already.
TimeLeft time_left(const CityPack& pack, const ClockDefinition& clock, const TermQuery& query,
                   Instant due_at, Instant at);
/// The due time of a clock that runs again from `at` with this time left.
DueTime resumed_due(const CityPack& pack, const ClockDefinition& clock, const TimeLeft& left,
                    Instant at);

/// Says of a due time that was counted again from its start, with a calendar that now has the
/// notice of the year, what it was before. The counting is that of the functions above.
DueTime recounted(const CityPack& pack, DueTime fresh, Instant old_due_at);

/// Days from `now` to the end of the covered calendar, negative when it has passed. Nothing: the
/// pack counts no working time, so nothing will be missing.
std::optional<double> covered_days(const CityPack& pack, Instant now);

/// Levels of units: city, district or bureau, 街镇, section or 居村 (DESIGN section 3).
inline constexpr std::uint32_t lead_level = 2;
inline constexpr std::uint32_t lowest_level = 4;

/// Every clock of the pack as if all started at `query.from`, in the pack's order: what
/// `paidanctl due` prints. Clocks that would not run are left out. `handle` is the lead's; for a
/// unit at a level below `lead_level`, `sub_handle` is its own, one term earlier for each level.
std::vector<DueTime> due_times(const CityPack& pack, const TermQuery& query,
                               std::uint32_t level = lead_level);

}  // namespace paidan::domain
