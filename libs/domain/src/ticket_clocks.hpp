#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "paidan/domain/pack.hpp"
#include "paidan/domain/ticket.hpp"

/// Which clocks a fact starts and stops. Sources: DESIGN section 3, "Clocks".
namespace paidan::domain {

/// Who answers for the clocks of the office's own decisions.
inline constexpr std::string_view office_unit = "office";

/// `before` is the ticket in front of the fact. `lead`: who gets the clock that Opened starts.
std::vector<ClockChange> clock_changes(const CityPack& pack, const Ticket& before,
                                       const LifecycleBody& body, Instant happened_at,
                                       const UnitId& lead);

/// The running clock of this name (not a step of its ladder); of `unit` only, where one is given.
/// nullptr: none.
const OpenClock* open_clock(const Ticket& ticket, std::string_view name,
                            const UnitId* unit = nullptr);

/// The clock of that start, while it runs (not a step of its ladder). nullptr: it has ended.
const OpenClock* running_clock(const Ticket& ticket, std::string_view name, std::uint32_t seq);

/// Until when the unit above wants what this unit hands down: its own `sub_handle`, or `redo` or
/// `handle` of the lead. Nothing: none of them runs.
std::optional<Instant> due_above(const Ticket& ticket, const UnitId& unit);

/// True for a provisional due time that has not passed at `at`.
bool can_be_counted_again(const OpenClock& open, Instant at);

/// True while the unit may still ask for a return: the window `return_request` of the pack, counted
/// from the assignment. A pack without it sets no limit.
bool return_window_open(const CityPack& pack, const Ticket& ticket, Instant at);

/// True when a completed ticket is followed by a call-back 回访.
bool wants_call_back(const CityPack& pack, const Ticket& ticket);

/// True for a fact after which the unit that had the ticket has it no more: its clocks end, also
/// those that stand still.
bool leaves_unit(const Ticket& before, const LifecycleBody& body);

}  // namespace paidan::domain
