#include "paidan/domain/ticket_id.hpp"
#include "src/command_rules.hpp"

/// 并单 and 拆单 by the office.
namespace paidan::domain {
namespace {

Refusal link_refused(std::string_view zh, std::string_view en) {
  return {RefusalReason::link_not_allowed, {std::string(zh), std::string(en)}};
}

DuplicateLevel level_of(const Ticket& ticket, const TicketId& master) {
  for (const DuplicateProposal& proposal : ticket.extras->proposals) {
    if (proposal.master == master) {
      return proposal.level;
    }
  }
  return DuplicateLevel::none;
}

}  // namespace

Move move_of(const Ticket&, const Actor&, const LinkDuplicateCommand&) { return Move::link; }
Check check(Work& work, const Actor&, const LinkDuplicateCommand& command) {
  if (!is_ticket_id(command.master.get())) {
    return link_refused("master_ticket_id 不是工单号", "master_ticket_id is no ticket id");
  }
  if (command.master == work.ticket_id()) {
    return link_refused("工单不能并入自身", "master_ticket_id: a ticket is no duplicate of itself");
  }
  if (is_linked(work.ticket())) {
    return link_refused("已并单，请先拆单", "it is linked already: unlink it first");
  }
  return check_text("reason", command.reason, reason_max, false);
}
void carry_out(Work& work, const Actor& actor, const LinkDuplicateCommand& command) {
  work.emit(DuplicateLinked{command.master, level_of(work.ticket(), command.master), false,
                            command.reason},
            actor);
}

/// Of a ticket that is only proposed as a duplicate: refuses the proposals.
Move move_of(const Ticket& ticket, const Actor&, const UnlinkDuplicateCommand&) {
  return is_linked(ticket) ? Move::unlink : Move::drop_proposal;
}
Check check(Work& work, const Actor&, const UnlinkDuplicateCommand& command) {
  const Ticket& ticket = work.ticket();
  if (!is_linked(ticket) && ticket.extras->proposals.empty()) {
    return Refusal{RefusalReason::nothing_to_decide,
                   {"没有并单或疑似重复", "it is neither linked nor proposed as a duplicate"}};
  }
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const UnlinkDuplicateCommand& command) {
  if (is_linked(work.ticket())) {
    unlink(work, command.reason, actor);
    return;
  }
  const std::vector<DuplicateProposal> proposals = work.ticket().extras->proposals;
  for (const DuplicateProposal& proposal : proposals) {
    work.emit(DuplicateProposalDropped{proposal.master, command.reason}, actor);
  }
}

}  // namespace paidan::domain
