#include "paidan/domain/lifecycle.hpp"
#include "src/overloaded.hpp"

/// Which move each fact is.
namespace paidan::domain {
namespace {

Move move_of_assignment(const Assigned& fact, std::uint32_t assign_epoch) {
  if (fact.assign_epoch == assign_epoch) {
    return Move::keep_lead;
  }
  if (fact.basis == AssignmentBasis::raised) {
    return Move::raise;
  }
  return fact.basis == AssignmentBasis::office ? Move::assign_by_office : Move::assign;
}

// One overload per fact, in the order of LifecycleBody.
Move of(const Opened&) { return Move::open; }
Move of(const TriageRequested&) { return Move::triage; }
Move of(const Acknowledged&) { return Move::acknowledge; }
Move of(const Contacted&) { return Move::contact; }
Move of(const Completed&) { return Move::complete; }
Move of(const ReturnRequested&) { return Move::request_return; }
Move of(const ReturnDecided& fact) { return fact.granted ? Move::grant_return : Move::deny_return; }
Move of(const ArbitrationRequested&) { return Move::arbitrate; }
Move of(const RatingRecorded& fact) { return fact.reached ? Move::rate : Move::try_call_back; }
Move of(const Closed&) { return Move::close; }
Move of(const TicketWithdrawn&) { return Move::withdraw; }
Move of(const UrgeRecorded&) { return Move::urge; }
Move of(const SupplementRecorded&) { return Move::supplement; }
Move of(const ConflictingSubmission&) { return Move::conflict; }
Move of(const Escalated&) { return Move::escalate; }
Move of(const AppealRecorded&) { return Move::appeal; }
Move of(const RedoOrdered&) { return Move::redo; }
Move of(const Reclassified&) { return Move::correct; }
Move of(const Declined&) { return Move::decline; }
Move of(const InfoRequested&) { return Move::request_info; }
Move of(const ExtensionRequested&) { return Move::request_extension; }
Move of(const ExtensionDecided& fact) {
  return fact.granted ? Move::grant_extension : Move::deny_extension;
}
Move of(const UnreasonableRequested&) { return Move::request_unreasonable; }
Move of(const UnreasonableDecided& fact) {
  return fact.granted ? Move::grant_unreasonable : Move::deny_unreasonable;
}
Move of(const AppealDecided&) { return Move::decide_appeal; }
Move of(const MarkedDifficult&) { return Move::mark_difficult; }
Move of(const CoHandlerAdded&) { return Move::add_co_handler; }
Move of(const CoHandlerReplied&) { return Move::reply_as_co_handler; }
Move of(const SubAssigned&) { return Move::sub_assign; }
Move of(const SubCompleted&) { return Move::sub_complete; }
Move of(const Supervised&) { return Move::supervise; }
Move of(const Reopened&) { return Move::reopen; }
Move of(const TransferredOut&) { return Move::transfer_out; }
Move of(const RecheckOrdered&) { return Move::order_recheck; }
Move of(const RecheckRecorded&) { return Move::record_recheck; }
Move of(const DuplicateProposed&) { return Move::propose_duplicate; }
Move of(const DuplicateProposalDropped&) { return Move::drop_proposal; }
Move of(const DuplicateLinked&) { return Move::link; }
Move of(const DuplicateUnlinked&) { return Move::unlink; }
Move of(const DuplicateJoined&) { return Move::join; }
Move of(const DuplicateLeft&) { return Move::leave; }
Move of(const MasterAnswered&) { return Move::master_answer; }
Move of(const MasterReopened&) { return Move::master_reopen; }
Move of(const DueRecalculated&) { return Move::recalculate; }

}  // namespace

Move move_of(const LifecycleBody& body, std::uint32_t assign_epoch) {
  return std::visit(
      Overloaded{[&](const Assigned& fact) { return move_of_assignment(fact, assign_epoch); },
                 [](const auto& fact) { return of(fact); }},
      body);
}

}  // namespace paidan::domain
