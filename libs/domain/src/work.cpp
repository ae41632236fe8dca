#include "src/work.hpp"

#include "paidan/domain/routing.hpp"
#include "src/command_rules.hpp"
#include "src/link_effects.hpp"
#include "src/ticket_clocks.hpp"
#include "src/ticket_verdicts.hpp"

namespace paidan::domain {

const Ticket& Work::ticket() {
  if (folded_ == decision_.events.size()) {
    return folded_ == 0 ? known_.ticket : evolved_;
  }
  if (folded_ == 0) {
    evolved_ = known_.ticket;
  }
  for (; folded_ < decision_.events.size(); ++folded_) {
    evolved_ = evolve(std::move(evolved_), decision_.events[folded_]);
  }
  return evolved_;
}

void Work::emit(LifecycleBody body, Actor actor, const UnitId& lead) {
  const Ticket& before = ticket();
  LifecycleFact fact;
  fact.clocks = clock_changes(pack(), before, body, happened_at(), lead);
  fact.verdicts = verdicts(before, body, fact.clocks, happened_at());
  std::vector<LinkReach> reached = link_effects(before, body);
  fact.body = std::move(body);
  fact.actor = std::move(actor);
  fact.happened_at = happened_at();
  decision_.events.emplace_back(std::move(fact));
  ++facts_;
  for (LinkReach& link : reached) {
    reach(link.target, std::move(link.body));
  }
}

void Work::reach(const TicketId& target, LinkBody body) {
  const Ticket& now = ticket();
  if (auto* answer = std::get_if<MasterAnswer>(&body)) {
    *answer = {now.outcome, now.report_version, now.lead_unit};
  }
  decision_.events.emplace_back(LinkEffect{target, std::move(body), happened_at(), now.version});
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

void assign_or_triage(Work& work, std::string_view area_test) {
  const TriageReason reason = assign_by_rules(work, 1, area_test);
  if (reason != TriageReason::none) {
    work.emit(TriageRequested{reason}, system_actor());
  }
}

bool is_linked(const Ticket& ticket) { return !ticket.extras->duplicate_of.get().empty(); }

void unlink(Work& work, std::string reason, Actor actor) {
  const TicketId master = work.ticket().extras->duplicate_of;
  work.emit(DuplicateUnlinked{master, std::move(reason)}, std::move(actor));
  assign_or_triage(work, {});
}

bool is_content(const Rated& rating) {
  return rating.solved && rating.satisfaction != Satisfaction::dissatisfied;
}

void take_up_again(Work& work, const std::string& reason, const Actor& actor) {
  const bool was_directed = work.ticket().directed_by_office;
  work.emit(Reopened{reason}, actor);
  const Ticket& ticket = work.ticket();
  if (was_directed && find_agency(work.pack(), ticket.lead_unit) != nullptr) {
    work.emit(directed(work.pack(), ticket, ticket.lead_unit, ticket.queue_unit, reason), actor);
  } else {
    assign_or_triage(work, {});
  }
}

void settle_rating(Work& work, const Rated& rating) {
  if (is_content(rating)) {
    work.emit(Closed{CloseReason::rated, {}}, system_actor());
    return;
  }
  std::string reason = rating.solved ? "dissatisfied" : "not solved";
  if (is_linked(work.ticket())) {
    unlink(work, std::move(reason), system_actor());
  } else {
    work.emit(RedoOrdered{std::move(reason)}, system_actor());
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
