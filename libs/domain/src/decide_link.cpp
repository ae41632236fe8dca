#include <algorithm>

#include "src/link_effects.hpp"
#include "src/ticket_clocks.hpp"
#include "src/work.hpp"

/// What clusters propose, and what linked tickets say to each other. A link may be asked for from
/// both sides at once, or name a master that is a duplicate itself: each case ends in one master.
namespace paidan::domain {
namespace {

/// Proposals that one ticket remembers: a bound of its state.
constexpr std::size_t proposals_max = 4;

constexpr std::string_view unknown_master = "unknown_ticket";

bool is_proposed(const Ticket& ticket, const TicketId& master) {
  const auto& proposals = ticket.extras->proposals;
  return std::any_of(proposals.begin(), proposals.end(),
                     [&](const DuplicateProposal& proposal) { return proposal.master == master; });
}

bool has_duplicate(const Ticket& ticket, const TicketId& duplicate) {
  const auto& known = ticket.extras->duplicates;
  return std::find(known.begin(), known.end(), duplicate) != known.end();
}

TicketDecision done_or(Work& work, std::string_view reason) {
  TicketDecision decision = work.take();
  return decision.events.empty() ? skipped(reason) : std::move(decision);
}

/// Why this ticket cannot be anybody's master; empty: it can.
std::string_view unfit_as_master(const Ticket& ticket) {
  if (ticket.state == State::none) {
    return unknown_master;
  }
  if (!is_open(ticket.state)) {
    return "master_ended";
  }
  return ticket.extras->duplicates.size() >= duplicates_max ? "master_full" : "";
}

// ---- to a master ---------------------------------------------------------------------------

void join(Work& work, const TicketId& duplicate) {
  const std::string_view unfit = unfit_as_master(work.ticket());
  if (!unfit.empty()) {
    work.reach(duplicate, LinkRefused{std::string(unfit)});
    return;
  }
  work.emit(DuplicateJoined{duplicate}, system_actor());
  if (work.ticket().report_version != 0) {
    work.reach(duplicate, MasterAnswer{});
  }
}

TicketDecision on(Work& work, const LinkReceived& received, const Linked&) {
  const Ticket& ticket = work.ticket();
  if (has_duplicate(ticket, received.source)) {
    return skipped("repeated");
  }
  if (!is_linked(ticket)) {
    join(work, received.source);
    return work.take();
  }
  const TicketId master = ticket.extras->duplicate_of;
  if (master != received.source) {
    work.reach(received.source, MasterMoved{master});
    return work.take();
  }
  // Each was linked to the other: the one with the smaller id stays master. The link of an ended
  // one is history.
  if (!is_open(ticket.state)) {
    join(work, received.source);
  } else if (work.ticket_id() < received.source) {
    unlink(work, "mutual_link", system_actor());
    join(work, received.source);
  } else {
    work.reach(received.source, LinkRefused{"mutual_link"});
  }
  return work.take();
}

TicketDecision on(Work& work, const LinkReceived& received, const Unlinked&) {
  if (!has_duplicate(work.ticket(), received.source)) {
    return skipped("not_linked");
  }
  work.emit(DuplicateLeft{received.source}, system_actor());
  return work.take();
}

// ---- to a duplicate ------------------------------------------------------------------------

/// True when the effect comes from this ticket's master, and the table allows the move.
bool concerns(const Ticket& ticket, const LinkReceived& received, Move move) {
  return ticket.extras->duplicate_of == received.source &&
         next_state(ticket.state, move).has_value();
}

TicketDecision on(Work& work, const LinkReceived& received, const MasterAnswer& answer) {
  if (!concerns(work.ticket(), received, Move::master_answer)) {
    return skipped("not_waiting");
  }
  work.emit(MasterAnswered{received.source, answer.report_version, answer.outcome, answer.unit},
            system_actor());
  if (!wants_call_back(work.pack(), work.ticket())) {
    work.emit(Closed{CloseReason::no_call_back_needed, {}}, system_actor());
  }
  return work.take();
}

TicketDecision on(Work& work, const LinkReceived& received, const MasterReopen&) {
  if (!concerns(work.ticket(), received, Move::master_reopen)) {
    return skipped("not_waiting");
  }
  work.emit(MasterReopened{received.source, received.source_version}, system_actor());
  return work.take();
}

TicketDecision on(Work& work, const LinkReceived& received, const LinkRefused& refused) {
  if (!concerns(work.ticket(), received, Move::unlink)) {
    return skipped("not_linked");
  }
  unlink(work, refused.reason, system_actor());
  // Perhaps the master's partition lags: then the office still hears of it.
  if (refused.reason == unknown_master &&
      next_state(work.ticket().state, Move::propose_duplicate)) {
    work.emit(
        DuplicateProposed{received.source,
                          DuplicateLevel::none,
                          0,
                          {"并单时主单尚未受理", "the master was not known when it was linked"}},
        system_actor());
  }
  return work.take();
}

TicketDecision on(Work& work, const LinkReceived& received, const MasterMoved& moved) {
  if (!concerns(work.ticket(), received, Move::link)) {
    return skipped("not_linked");
  }
  const bool in_circle =
      moved.master == work.ticket_id() || work.ticket().extras->link_moves >= link_moves_max;
  if (in_circle) {
    unlink(work, "circular_link", system_actor());
    return work.take();
  }
  const std::string reason(master_moved);
  work.emit(DuplicateUnlinked{received.source, reason}, system_actor());
  work.emit(DuplicateLinked{moved.master, DuplicateLevel::none, true, reason}, system_actor());
  return work.take();
}

}  // namespace

std::string_view propose(Work& work, const LinkProposed& proposed) {
  const Ticket& ticket = work.ticket();
  const TicketId master{proposed.master_ticket_id};
  const auto level = static_cast<DuplicateLevel>(proposed.level);
  if (master == work.ticket_id() || is_linked(ticket)) {
    return "linked_already";
  }
  if (is_proposed(ticket, master)) {
    return "repeated";
  }
  if (!next_state(ticket.state, proposed.automatic ? Move::link : Move::propose_duplicate)) {
    return "wrong_state";
  }
  if (proposed.automatic) {
    work.emit(DuplicateLinked{master, level, true, proposed.evidence.en}, system_actor());
    return {};
  }
  if (ticket.extras->proposals.size() >= proposals_max) {
    return "too_many_proposals";
  }
  work.emit(DuplicateProposed{master, level, proposed.score, proposed.evidence}, system_actor());
  return {};
}

TicketDecision decide_link(const Known& known, const LinkProposed& proposed) {
  Work work(known);
  if (known.ticket.state == State::none) {
    const auto& waiting = known.ticket.extras->waiting;
    const bool repeated = std::find(waiting.begin(), waiting.end(), proposed) != waiting.end();
    if (repeated || waiting.size() >= proposals_max) {
      return skipped(repeated ? "repeated" : "too_many_proposals");
    }
    work.keep(proposed);
    return work.take();
  }
  const std::string_view why_not = propose(work, proposed);
  return done_or(work, why_not);
}

TicketDecision decide_link(const Known& known, const LinkWithdrawn& withdrawn) {
  const TicketId master{withdrawn.master_ticket_id};
  if (known.ticket.state == State::none) {
    Work work(known);
    for (const LinkProposed& waiting : known.ticket.extras->waiting) {
      if (waiting.master_ticket_id == withdrawn.master_ticket_id) {
        work.take_back(waiting);
      }
    }
    return done_or(work, "not_proposed");
  }
  if (!is_proposed(known.ticket, master)) {
    return skipped("not_proposed");
  }
  Work work(known);
  work.emit(DuplicateProposalDropped{master, withdrawn.reason}, system_actor());
  return work.take();
}

TicketDecision decide_link(const Known& known, const LinkReceived& received) {
  Work work(known);
  return std::visit([&](const auto& body) { return on(work, received, body); }, received.body);
}

}  // namespace paidan::domain
