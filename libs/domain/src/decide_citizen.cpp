#include <algorithm>

#include "paidan/domain/routing.hpp"
#include "src/ticket_clocks.hpp"
#include "src/work.hpp"

/// What the citizen side says. There is nobody to answer: what does not fit is skipped by name.
namespace paidan::domain {
namespace {

/// Different contents under one external id that are remembered, and so reported, per ticket.
constexpr std::size_t conflicts_max = 4;

Actor channel_actor(const ChannelId& channel) { return {Role::channel, UnitId{channel.get()}, {}}; }

/// What the pack does not allow a channel to say is not part of the ticket.
Classified admitted(const CityPack& pack, const Classified& classified) {
  Classified out = classified;
  const Channel* channel = find_channel(pack, classified.channel);
  if (channel == nullptr || !channel->due_given) {
    out.given_due_at.reset();
  }
  if (channel == nullptr || !channel->may_designate) {
    out.designated_unit = {};
  }
  if (find_demand_kind(pack, out.demand_kind) == nullptr) {
    out.demand_kind = pack.default_demand_kind;
  }
  if (out.urgency == Urgency::none) {
    out.urgency = Urgency::normal;
  }
  return out;
}

std::string area_test_of(const Classified& classified) {
  for (const std::string& why : classified.why) {
    if (why.starts_with("area")) {
      return why;
    }
  }
  return {};
}

/// What clusters said before the ticket itself was read.
void propose_waiting(Work& work, const std::vector<LinkProposed>& waiting) {
  for (const LinkProposed& proposed : waiting) {
    (void)propose(work, proposed);
  }
}

TicketDecision open(Work work, const Classified& classified) {
  const std::vector<LinkProposed> waiting = work.ticket().extras->waiting;
  Classified taken = admitted(work.pack(), classified);
  const double confidence = taken.confidence;
  const std::string area_test = area_test_of(taken);
  auto routed = route(work.pack(), {taken.category,
                                    taken.area,
                                    taken.channel,
                                    taken.designated_unit,
                                    {},
                                    confidence,
                                    area_test});
  const Route* found = std::get_if<Route>(&routed);
  const UnitId lead = found == nullptr ? UnitId{} : found->lead_unit;
  Actor actor = channel_actor(taken.channel);
  work.emit(Opened{std::move(taken)}, std::move(actor), lead);
  if (found == nullptr) {
    work.emit(TriageRequested{std::get<TriageReason>(routed)}, system_actor());
  } else {
    work.emit(Assigned{found->lead_unit, found->queue_unit, found->co_handlers, 1, found->why,
                       found->basis},
              system_actor());
  }
  propose_waiting(work, waiting);
  return work.take();
}

TicketDecision on(Work work, const Classified& classified) {
  const Ticket& ticket = work.ticket();
  if (ticket.state == State::none) {
    return open(std::move(work), classified);
  }
  const std::string& hash = classified.content_ref.content_hash;
  if (hash == ticket.content_hash) {
    return skipped("repeated");
  }
  const auto& known = ticket.conflicting_hashes;
  if (std::find(known.begin(), known.end(), hash) != known.end()) {
    return skipped("repeated_conflict");
  }
  if (known.size() >= conflicts_max) {
    return skipped("too_many_conflicts");
  }
  work.emit(ConflictingSubmission{classified.content_ref}, channel_actor(classified.channel));
  return work.take();
}

TicketDecision overlay(Work work, LifecycleBody body) {
  const Ticket& ticket = work.ticket();
  if (ticket.state == State::none) {
    return skipped("unknown_ticket");
  }
  if (!next_state(ticket.state, move_of(body, ticket.assign_epoch))) {
    return skipped("wrong_state");
  }
  Actor actor = channel_actor(ticket.channel);
  work.emit(std::move(body), std::move(actor));
  return work.take();
}

TicketDecision on(Work work, const Supplemented& fact) {
  return overlay(std::move(work), SupplementRecorded{fact.text});
}
TicketDecision on(Work work, const Urged&) {
  const std::uint32_t count = work.ticket().urge_count + 1;
  return overlay(std::move(work), UrgeRecorded{count});
}
TicketDecision on(Work work, const Withdrawn& fact) {
  return overlay(std::move(work), TicketWithdrawn{fact.reason});
}
TicketDecision on(Work work, const Appealed& fact) {
  return overlay(std::move(work), AppealRecorded{fact.reason});
}
/// Given before the call-back ran out, but read after that had closed the ticket: what the citizen
/// said counts, and nobody is left with a "not solved" that nobody hears.
TicketDecision rate_late(Work work, const Rated& fact) {
  work.emit(RatingRecorded{fact, true}, channel_actor(work.ticket().channel));
  if (!is_content(fact)) {
    take_up_again(work, "rated in time", system_actor());
  }
  return work.take();
}

TicketDecision on(Work work, const Rated& fact) {
  const Ticket& ticket = work.ticket();
  if (ticket.state == State::none) {
    return skipped("unknown_ticket");
  }
  if (ticket.state == State::closed) {
    const bool in_time = ticket.closed_unrated && work.happened_at() <= ticket.closed_at;
    return in_time ? rate_late(std::move(work), fact) : skipped("wrong_state");
  }
  if (!next_state(ticket.state, Move::rate)) {
    return skipped("wrong_state");
  }
  Actor actor = channel_actor(ticket.channel);
  work.emit(RatingRecorded{fact, true}, std::move(actor));
  settle_rating(work, fact);
  return work.take();
}

/// Whom the ladder tells of this; nobody where the pack has none.
std::vector<std::string> told(const CityPack& pack, const SlaFact& fact) {
  const Ladder* ladder = find_ladder(pack, fact.clock);
  if (ladder == nullptr) {
    return {};
  }
  switch (fact.kind) {
    case SlaKind::warned:
      return ladder->warning.notify;
    case SlaKind::breached:
      return ladder->breach.notify;
    case SlaKind::escalated: {
      const bool known = fact.step > 0 && fact.step <= ladder->steps.size();
      return known ? ladder->steps[fact.step - 1].notify : std::vector<std::string>{};
    }
    default:
      return {};
  }
}

}  // namespace

TicketDecision decide_citizen(const Known& known, const CitizenFact& fact) {
  return std::visit([&](const auto& said) { return on(Work(known), said); }, fact);
}

TicketDecision decide_sla_fact(const Known& known, const SlaFact& fact) {
  const Ticket& ticket = known.ticket;
  if (ticket.state == State::none) {
    return skipped("unknown_ticket");
  }
  if (fact.kind == SlaKind::met || fact.kind == SlaKind::none) {
    return skipped("met");
  }
  Work work(known);
  if (fact.clock == "call_back" && fact.kind == SlaKind::breached) {
    const bool waiting = ticket.state == State::completed || ticket.state == State::call_back;
    // An alert may be read after its clock has ended and another one of its name runs.
    if (!waiting || running_clock(ticket, fact.clock, fact.seq) == nullptr) {
      return skipped("already_answered");
    }
    work.emit(Closed{CloseReason::no_rating, {}}, system_actor());
    return work.take();
  }
  work.emit(Escalated{fact, told(known.pack, fact)}, system_actor());
  return work.take();
}

}  // namespace paidan::domain
