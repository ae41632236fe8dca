#include "paidan/domain/ticket.hpp"

#include <algorithm>

#include "src/work.hpp"

namespace paidan::domain {
namespace {

/// Repeats of older commands are decided again, and then refused by their epoch or state.
constexpr std::size_t commands_kept = 16;

void fold(Ticket& ticket, const Opened& fact, const LifecycleFact& record) {
  const Classified& classified = fact.classified;
  ticket.channel = classified.channel;
  ticket.category = classified.category;
  ticket.demand_kind = classified.demand_kind;
  ticket.urgency = classified.urgency;
  ticket.area = classified.area;
  ticket.content_hash = classified.content_ref.content_hash;
  ticket.given_due_at = classified.given_due_at;
  ticket.designated_unit = classified.designated_unit;
  ticket.confidential = classified.confidential;
  ticket.opened_at = record.happened_at;
}

void fold(Ticket& ticket, const Assigned& fact, const LifecycleFact& record) {
  const bool new_lead = fact.assign_epoch != ticket.assign_epoch;
  ticket.lead_unit = fact.lead_unit;
  ticket.queue_unit = fact.queue_unit;
  ticket.co_handlers = fact.co_handlers;
  ticket.assign_epoch = fact.assign_epoch;
  ticket.directed_by_office = fact.basis == AssignmentBasis::office;
  if (new_lead) {
    ticket.assigned_at = record.happened_at;
    ticket.contacted_at.reset();  // 先行联系 is each unit's own duty
  }
}

void leave_unit(Ticket& ticket) {
  ticket.lead_unit = {};
  ticket.queue_unit = {};
  ticket.co_handlers.clear();
}

void fold(Ticket& ticket, const TriageRequested&, const LifecycleFact&) { leave_unit(ticket); }

void fold(Ticket& ticket, const Contacted& fact, const LifecycleFact& record) {
  if (fact.reached && !ticket.contacted_at) {
    ticket.contacted_at = record.happened_at;
  }
}

void fold(Ticket& ticket, const Completed& fact, const LifecycleFact&) {
  if (!ticket.contacted_at) {
    ticket.contacted_at = fact.report.contacted_at;
  }
}

void fold(Ticket& ticket, const ReturnDecided& fact, const LifecycleFact&) {
  if (!fact.granted) {
    return;
  }
  ++ticket.returns_granted;
  auto& excluded = ticket.excluded_units;
  if (std::find(excluded.begin(), excluded.end(), ticket.lead_unit) == excluded.end()) {
    excluded.push_back(ticket.lead_unit);
  }
  // The next step is the rules', not the channel's again.
  ticket.designated_unit = {};
  leave_unit(ticket);
}

void fold(Ticket& ticket, const UrgeRecorded& fact, const LifecycleFact&) {
  ticket.urge_count = fact.count;
}

void fold(Ticket& ticket, const ConflictingSubmission& fact, const LifecycleFact&) {
  ticket.conflicting_hashes.push_back(fact.content_ref.content_hash);
}

void fold(Ticket& ticket, const Escalated& fact, const LifecycleFact&) {
  if (fact.sla.kind == SlaKind::breached) {
    ticket.breached = true;
  } else if (fact.sla.kind == SlaKind::retracted) {
    ticket.breached = false;
  }
}

void fold(Ticket& ticket, const Reclassified& fact, const LifecycleFact&) {
  ticket.category = fact.category;
  ticket.area = fact.area;
  ticket.demand_kind = fact.demand_kind;
}

template <class Other>
void fold(Ticket&, const Other&, const LifecycleFact&) {}

void fold_clock(Ticket& ticket, const ClockChange& change) {
  if (const auto* started = std::get_if<ClockStarted>(&change)) {
    ticket.clocks.push_back(
        {started->clock, started->seq, started->step, started->unit, started->due_at});
    std::uint32_t& seq = ticket.clock_seqs[started->clock];
    seq = std::max(seq, started->seq);
    return;
  }
  const ClockStopped& stopped = std::get<ClockStopped>(change);
  std::erase_if(ticket.clocks, [&](const OpenClock& open) {
    return open.clock == stopped.clock && open.seq == stopped.seq;
  });
}

void fold_state(Ticket& ticket, const LifecycleBody& body) {
  const Move move = move_of(body, ticket.assign_epoch);
  const std::optional<State> next = next_state(ticket.state, move);
  if (!next) {
    return;
  }
  const State before = ticket.state;
  ticket.state = *next == State::none ? ticket.resume_state : *next;
  ticket.resume_state = move == Move::request_return ? before
                        : ticket.state == before     ? ticket.resume_state
                                                     : State::none;
}

void fold_reply(Ticket& ticket, const Reply& reply) {
  const auto* accepted = std::get_if<Accepted>(&reply.answer);
  if (accepted == nullptr || accepted->repeated) {
    return;
  }
  if (ticket.commands.size() == commands_kept) {
    ticket.commands.erase(ticket.commands.begin());
  }
  ticket.commands.push_back({hash_of(reply.command_id), accepted->version});
}

}  // namespace

TicketDecision decide(const CityPack& pack, const Ticket& ticket, const TicketInput& input) {
  return std::visit(Overloaded{
                        [&](const CitizenFact& fact) {
                          return decide_citizen(pack, ticket, fact, input.happened_at);
                        },
                        [&](const Command& command) {
                          return decide_command(pack, ticket, command, input.happened_at);
                        },
                        [&](const SlaFact& fact) {
                          return decide_sla_fact(pack, ticket, fact, input.happened_at);
                        },
                    },
                    input.body);
}

Ticket evolve(Ticket ticket, const TicketEvent& event) {
  if (const auto* reply = std::get_if<Reply>(&event)) {
    fold_reply(ticket, *reply);
    return ticket;
  }
  const LifecycleFact& record = std::get<LifecycleFact>(event);
  ++ticket.version;
  fold_state(ticket, record.body);
  std::visit([&](const auto& fact) { fold(ticket, fact, record); }, record.body);
  for (const ClockChange& change : record.clocks) {
    fold_clock(ticket, change);
  }
  ticket.last_happened_at = std::max(ticket.last_happened_at, record.happened_at);
  return ticket;
}

}  // namespace paidan::domain
