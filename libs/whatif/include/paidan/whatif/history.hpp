#pragma once
#include <vector>

#include "paidan/domain/ticket.hpp"

/// A ticket's history as the log has it. Values.
namespace paidan::whatif {

/// One recorded input and the facts that came of it.
struct Happening {
  domain::TicketInput input;  ///< Without meaning when `by_clocks`, unless it was read.
  bool by_clocks = false;     ///< Caused by the SLA monitor.
  std::vector<domain::LifecycleFact> facts;  ///< Empty: refused, skipped, or kept for later.
};

/// In the order of the history; what left no fact stands where its topic and time put it.
struct RecordedTicket {
  domain::TicketId id;
  std::vector<Happening> happenings;
};

}  // namespace paidan::whatif
