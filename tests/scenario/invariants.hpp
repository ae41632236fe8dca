#pragma once
#include <string>
#include <vector>

#include "paidan/domain/sla.hpp"
#include "paidan/domain/ticket.hpp"

/// What must hold for every ticket, whatever happens to it. Each check adds a sentence to `broken`
/// when it does not.
namespace paidan::scenario {

using Broken = std::vector<std::string>;

/// One fact: contiguous versions; at most one running clock per name and unit; a due time moves
/// only by a fact that says so; each stopped or breached clock gets one verdict.
void check_fact(const domain::Ticket& before, const domain::Ticket& after,
                const domain::LifecycleFact& fact, Broken& broken);

/// After a whole decision: one lead exactly when somebody is in charge; nothing runs after the end;
/// dispatch and the SLA monitor know the same clocks; every collection within its bound.
void check_rest(const domain::Ticket& ticket, const domain::SlaTicket& sla, Broken& broken);

/// Two decisions of the same input are the same, and a refusal changes nothing.
void check_decision(const domain::CityPack& pack, const domain::Ticket& ticket,
                    const domain::TicketInput& input, const domain::TicketDecision& decision,
                    Broken& broken);

}  // namespace paidan::scenario
