#pragma once
#include "paidan/domain/ticket.hpp"

/// What each fact of the history does to a ticket, apart from its state and clocks.
namespace paidan::domain {

/// `ticket` has the fact's version and state already.
void fold_body(Ticket& ticket, const LifecycleFact& record);

}  // namespace paidan::domain
