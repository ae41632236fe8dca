#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "paidan/whatif/history.hpp"

/// Deciding a recorded history again. Pure.
namespace paidan::whatif {

/// The recorded inputs that left facts (and the proposals that were kept for the ticket), with
/// their recorded times, in the order of the history. With the pack that decided them the facts
/// are those of the history to the byte (DESIGN section 1). `see` gets each fact with the ticket
/// after it; `happening` is an index into the ticket's.
using SeeFact = std::function<void(std::size_t happening, const domain::LifecycleFact& fact,
                                   const domain::Ticket& after)>;
void decide_as_recorded(const domain::CityPack& pack, const RecordedTicket& ticket,
                        const SeeFact& see);

/// A command that was carried out then and would be refused now.
struct RefusedCommand {
  domain::CommandBody body;
  domain::Actor actor;  ///< As recorded.
  Instant at;
  domain::RefusalReason reason = domain::RefusalReason::none;
  domain::Text text;
};

struct Again {
  std::vector<domain::LifecycleFact> facts;
  domain::Ticket ticket;
  std::vector<RefusedCommand> refused;
  std::uint32_t accepted_now = 0;  ///< Commands that were refused then and are carried out now.
};

/// What would have become of the ticket by other rules:
/// - what citizens and the office did, and links and proposals between tickets, is taken as
///   recorded, at its time and in its order;
/// - what the clocks say is not taken from the log but runs along, up to `horizon`;
/// - what the unit in charge did is taken as done by the unit that would be in charge (the lead for
///   the lead, the queue for the queue, the n-th unit below for the n-th, else the lead; a
///   co-handler for itself, else the one at its place), with its epoch;
/// - a decision that required the ticket's version then requires none;
/// - a command that came too late for a version or an epoch then is left out.
Again decide_by(const domain::CityPack& pack, const RecordedTicket& ticket, Instant horizon);

}  // namespace paidan::whatif
