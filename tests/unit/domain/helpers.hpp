#pragma once
#include <string>

#include "paidan/domain/pack.hpp"
#include "paidan/domain/ticket.hpp"

/// Real small packs, read by the real loader, and times as people write them.
namespace paidan::domain {

const CityPack& small_pack();  ///< tests/data/packs/small: Shanghai, working days.
const CityPack& given_pack();  ///< tests/data/packs/given: Boston, due times given.

/// "2025-09-30 10:12[:33]" in the zone of the pack.
Instant at(const std::string& text, const CityPack& pack = small_pack());
/// The other way round; seconds only if there are some.
std::string text_of(Instant instant, const CityPack& pack = small_pack());

/// A ticket in this state with lead `hb-3101`, reached by real decisions where there is a way.
Ticket ticket_in(State state);
Classified classified(const std::string& category, const std::string& area);

CompletionReport full_report(Instant contacted_at);
Command agency_command(CommandBody body, const Ticket& ticket);
Command office_command(CommandBody body);

/// Folds all events of a decision.
Ticket after(Ticket ticket, const TicketDecision& decision);

}  // namespace paidan::domain
