#include "paidan/domain/ticket.hpp"

#include <algorithm>

#include "src/fold.hpp"
#include "src/work.hpp"

namespace paidan::domain {
namespace {

/// Repeats of older commands are decided again, and then refused by their epoch or state.
constexpr std::size_t commands_kept = 16;

void fold_clock(Ticket& ticket, const ClockStarted& started) {
  OpenClock open{started.clock, started.seq, started.step, started.unit, started.due_at, {}};
  if (started.provisional) {
    open.provisional_since = started.started_at;
  }
  ticket.clocks.push_back(std::move(open));
  std::uint32_t& seq = ticket.clock_seqs[started.clock];
  seq = std::max(seq, started.seq);
  if (!ticket.extras->paused.empty()) {
    const bool goes_on = started.clock == "citizen" || started.clock == "supervise";
    std::erase_if(ticket.extras.edit().paused, [&](const PausedClock& paused) {
      return paused.clock == started.clock && (goes_on || paused.unit == started.unit);
    });
  }
}

void fold_clock(Ticket& ticket, const ClockStopped& stopped, Instant happened_at) {
  const auto is_meant = [&](const OpenClock& open) {
    return open.clock == stopped.clock && open.seq == stopped.seq;
  };
  if (stopped.reason == ClockStop::paused) {
    for (const OpenClock& open : ticket.clocks) {
      if (is_meant(open) && open.step == 0) {
        ticket.extras.edit().paused.push_back(
            {open.clock, open.seq, open.unit, open.due_at, happened_at});
      }
    }
  }
  std::erase_if(ticket.clocks, is_meant);
}

/// A request, and 待补充, remember where they came from; nothing else does.
bool remembers(Move move) {
  return move == Move::request_return || move == Move::request_extension ||
         move == Move::request_unreasonable || move == Move::request_info;
}

/// Work goes on while a request waits: the state to come back to goes with it.
State resumed_after(State resume, Move move) {
  if (move == Move::contact) {
    return resume == State::acknowledged ? State::contacted : resume;
  }
  return move == Move::acknowledge && resume == State::assigned ? State::acknowledged : resume;
}

void fold_state(Ticket& ticket, Move move) {
  const std::optional<State> next = next_state(ticket.state, move);
  if (!next) {
    return;
  }
  const State before = ticket.state;
  if (*next == State::none) {
    ticket.state = ticket.resume_state == State::none ? before : ticket.resume_state;
  } else {
    ticket.state = *next;
  }
  if (remembers(move)) {
    ticket.resume_state = before;
  } else if (ticket.state == before) {
    ticket.resume_state = resumed_after(ticket.resume_state, move);
  } else {
    ticket.resume_state = State::none;
  }
}

void fold_end(Ticket& ticket, const LifecycleFact& record) {
  if (is_open(ticket.state)) {
    ticket.closed_at.reset();
    return;
  }
  if (!ticket.closed_at) {
    ticket.closed_at = record.happened_at;
  }
  if (!ticket.extras->paused.empty()) {
    ticket.extras.edit().paused.clear();
  }
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

void fold_record(Ticket& ticket, const LifecycleFact& record) {
  ++ticket.version;
  const Move move = move_of(record.body, ticket.assign_epoch);
  fold_state(ticket, move);
  fold_body(ticket, record);
  for (const ClockChange& change : record.clocks) {
    std::visit(
        Overloaded{
            [&](const ClockStarted& started) { fold_clock(ticket, started); },
            [&](const ClockStopped& stopped) { fold_clock(ticket, stopped, record.happened_at); },
        },
        change);
  }
  fold_end(ticket, record);
  ticket.last_happened_at = std::max(ticket.last_happened_at, record.happened_at);
}

}  // namespace

TicketDecision decide(const CityPack& pack, const Ticket& ticket, const TicketInput& input) {
  const Known known{pack, ticket, input.ticket_id, input.happened_at};
  return std::visit(Overloaded{
                        [&](const CitizenFact& fact) { return decide_citizen(known, fact); },
                        [&](const Command& command) { return decide_command(known, command); },
                        [&](const SlaFact& fact) { return decide_sla_fact(known, fact); },
                        [&](const auto& link) { return decide_link(known, link); },
                    },
                    input.body);
}

Ticket evolve(Ticket ticket, const TicketEvent& event) {
  std::visit(Overloaded{
                 [&](const LifecycleFact& record) { fold_record(ticket, record); },
                 [&](const Reply& reply) { fold_reply(ticket, reply); },
                 [](const LinkEffect&) {},
                 [&](const ProposalKept& kept) {
                   auto& waiting = ticket.extras.edit().waiting;
                   if (kept.taken_back) {
                     std::erase(waiting, kept.proposal);
                   } else {
                     waiting.push_back(kept.proposal);
                   }
                 },
             },
             event);
  return ticket;
}

}  // namespace paidan::domain
