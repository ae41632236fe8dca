#include "paidan/whatif/course.hpp"

#include <utility>

namespace paidan::whatif {

void Course::run_clocks(Instant until, bool at_too) {
  for (;;) {
    const auto due = domain::next_due_at(clocks_);
    if (!due || *due > until || (*due == until && !at_too)) return;
    const domain::SlaDecision fired = domain::decide_sla(clocks_, domain::ClockDue{*due}, *due);
    clocks_ = domain::evolve_sla(std::move(clocks_), fired);
    said_.insert(said_.end(), fired.facts.begin(), fired.facts.end());
    hear_clocks();
  }
}

domain::TicketDecision Course::decide(const domain::TicketInput& input) {
  domain::TicketDecision decision = domain::decide(pack_, ticket_, input);
  for (const domain::TicketEvent& event : decision.events) take(event);
  hear_clocks();
  return decision;
}

void Course::take(const domain::TicketEvent& event) {
  ticket_ = domain::evolve(std::move(ticket_), event);
  const auto* fact = std::get_if<domain::LifecycleFact>(&event);
  if (fact == nullptr) return;
  facts_.push_back(*fact);
  const domain::SlaDecision told = domain::decide_sla(
      clocks_, domain::LifecycleNotice{ticket_.version, fact->happened_at, fact->clocks},
      fact->happened_at);
  clocks_ = domain::evolve_sla(std::move(clocks_), told);
  said_.insert(said_.end(), told.facts.begin(), told.facts.end());
}

/// One after the other, as they lie in the log; an answer may make the clocks say more.
void Course::hear_clocks() {
  while (!said_.empty()) {
    const domain::SlaFact fact = std::move(said_.front());
    said_.pop_front();
    const domain::TicketDecision decision = domain::decide(pack_, ticket_, {fact, fact.at, id_});
    for (const domain::TicketEvent& event : decision.events) take(event);
  }
}

}  // namespace paidan::whatif
