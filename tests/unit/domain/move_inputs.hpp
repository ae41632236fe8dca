#pragma once
#include <optional>

#include "paidan/domain/lifecycle.hpp"
#include "paidan/domain/ticket.hpp"

namespace paidan::domain {

/// A ticket and an input of it.
struct Asked {
  Ticket ticket;
  TicketInput input;
};

/// An input that is this move and has no other fault than perhaps the state of the ticket, which
/// gets what the move needs: a co-handler that replies, a master that answers ... Nothing: the move
/// only follows from another one in the same decision.
std::optional<Asked> asked_for(Move move, Ticket ticket);

}  // namespace paidan::domain
