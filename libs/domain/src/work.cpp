#include "src/work.hpp"

#include "paidan/domain/routing.hpp"
#include "src/ticket_clocks.hpp"

namespace paidan::domain {

const Ticket& Work::ticket() {
  if (folded_ == decision_.events.size()) {
    return folded_ == 0 ? base_ : evolved_;
  }
  if (folded_ == 0) {
    evolved_ = base_;
  }
  for (; folded_ < decision_.events.size(); ++folded_) {
    evolved_ = evolve(std::move(evolved_), decision_.events[folded_]);
  }
  return evolved_;
}

void Work::emit(LifecycleBody body, Actor actor, const UnitId& lead) {
  std::vector<ClockChange> clocks = clock_changes(pack_, ticket(), body, happened_at_, lead);
  decision_.events.emplace_back(
      LifecycleFact{std::move(body), std::move(clocks), std::move(actor), happened_at_});
}

TicketDecision skipped(std::string_view reason) {
  TicketDecision decision;
  decision.skipped = true;
  decision.reason = reason;
  return decision;
}

TriageReason assign_by_rules(Work& work, double confidence, std::string_view area_test) {
  const Ticket& ticket = work.ticket();
  auto routed =
      route(work.pack(), {ticket.category, ticket.area, ticket.channel, ticket.designated_unit,
                          ticket.excluded_units, confidence, area_test});
  if (const auto* reason = std::get_if<TriageReason>(&routed)) {
    return *reason;
  }
  Route& found = std::get<Route>(routed);
  const std::uint32_t epoch = ticket.assign_epoch + 1;
  work.emit(Assigned{std::move(found.lead_unit), std::move(found.queue_unit),
                     std::move(found.co_handlers), epoch, std::move(found.why), found.basis},
            system_actor());
  return TriageReason::none;
}

void settle_rating(Work& work, const Rated& rating) {
  if (rating.solved && rating.satisfaction != Satisfaction::dissatisfied) {
    work.emit(Closed{CloseReason::rated}, system_actor());
  } else {
    work.emit(RedoOrdered{rating.solved ? "dissatisfied" : "not solved"}, system_actor());
  }
}

/// FNV-1a, 64 bits: tells the ids of one ticket's last commands apart, no more.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char letter : text) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211U;
  }
  return hash;
}

}  // namespace paidan::domain
