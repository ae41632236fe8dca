#pragma once
#include <deque>
#include <vector>

#include "paidan/domain/pack.hpp"
#include "paidan/domain/sla.hpp"
#include "paidan/domain/ticket.hpp"

namespace paidan::whatif {

/// One ticket and its clocks, wired as dispatch and the SLA monitor wire them, with time as an
/// argument: the clocks answer in process instead of over the log (DESIGN section 4: before
/// something that happened at r, the clocks due before r fire at their due time).
class Course {
 public:
  /// `pack` must outlive it.
  Course(const domain::CityPack& pack, domain::TicketId id) : pack_(pack), id_(std::move(id)) {}

  /// Fires what is due before `until`, with `at_too` also at it: the earliest first, and what is
  /// decided then may start more.
  void run_clocks(Instant until, bool at_too);
  /// Decides an input; does not run clocks before it. Gives what was decided, without the answers
  /// to what the clocks said of it.
  domain::TicketDecision decide(const domain::TicketInput& input);

  const domain::Ticket& ticket() const { return ticket_; }
  /// Every fact so far, in the order of versions.
  const std::vector<domain::LifecycleFact>& facts() const { return facts_; }

 private:
  void take(const domain::TicketEvent& event);
  void hear_clocks();

  const domain::CityPack& pack_;
  domain::TicketId id_;
  domain::Ticket ticket_;
  domain::SlaTicket clocks_;
  std::deque<domain::SlaFact> said_;  ///< By the clocks, not yet heard by the ticket.
  std::vector<domain::LifecycleFact> facts_;
};

}  // namespace paidan::whatif
