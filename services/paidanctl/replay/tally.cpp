#include "paidanctl/replay/tally.hpp"

#include "paidan/ticket/v1/lifecycle.pb.h"
#include "paidan/ticket/v1/matches.pb.h"
#include "paidan/ticket/v1/sla.pb.h"

namespace paidan::ctl {

namespace v1 = paidan::ticket::v1;

namespace {

const char* decided(bool granted) { return granted ? "granted" : "denied"; }

std::string state_name(v1::TicketState state) {
  return plain_name(v1::TicketState_Name(state), "TICKET_STATE_");
}

}  // namespace

std::string plain_name(const std::string& enumerator, const std::string& prefix) {
  std::string name = enumerator.starts_with(prefix) ? enumerator.substr(prefix.size()) : enumerator;
  for (char& letter : name) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return name;
}

void Tally::observe(const v1::LifecycleRecord& record) {
  OfTicket& seen = tickets_[record.ticket_id()];
  seen.state = state_name(record.state());
  count_work(record);
  count_requests(record);
  count_endings(record);
  count_duplicates(record);
  count_clocks(record);
  for (const v1::Verdict& verdict : record.verdicts()) hold(seen, verdict);
}

/// Who must answer, and what the units do.
void Tally::count_work(const v1::LifecycleRecord& record) {
  switch (record.fact_case()) {
    case v1::LifecycleRecord::kOpened:
      count("opened");
      if (record.opened().classified().confidential()) count("confidential");
      return count("urgency." + plain_name(v1::Urgency_Name(record.opened().classified().urgency()),
                                           "URGENCY_"));
    case v1::LifecycleRecord::kAssigned:
      counts_["co_handler.by_list"] +=
          static_cast<std::uint64_t>(record.assigned().co_handlers_size());
      return count("assigned." + plain_name(v1::AssignmentBasis_Name(record.assigned().basis()),
                                            "ASSIGNMENT_BASIS_"));
    case v1::LifecycleRecord::kTriageRequested:
      return count("triage." + plain_name(v1::TriageReason_Name(record.triage_requested().reason()),
                                          "TRIAGE_REASON_"));
    case v1::LifecycleRecord::kAcknowledged:
      return count("acknowledged");
    case v1::LifecycleRecord::kContacted:
      return count(record.contacted().reached() ? "contacted.reached" : "contacted.not_reached");
    case v1::LifecycleRecord::kCompleted:
      return count("completed." +
                   plain_name(v1::Outcome_Name(record.completed().report().outcome()), "OUTCOME_"));
    case v1::LifecycleRecord::kSubAssigned:
      return count("sub_assigned.level_" + std::to_string(record.sub_assigned().level()));
    case v1::LifecycleRecord::kSubCompleted:
      return count("sub_completed");
    case v1::LifecycleRecord::kCoHandlerAdded:
      return count("co_handler.added");
    case v1::LifecycleRecord::kCoHandlerReplied:
      return count("co_handler.replied");
    case v1::LifecycleRecord::kReclassified:
      return count("reclassified");
    case v1::LifecycleRecord::kEscalated:
      if (record.escalated().sla().kind() == v1::SLA_KIND_WARNED) count("reminded");
      return;
    default:
      return;
  }
}

/// What is asked, and what is decided.
void Tally::count_requests(const v1::LifecycleRecord& record) {
  switch (record.fact_case()) {
    case v1::LifecycleRecord::kReturnRequested:
      return count("return.requested");
    case v1::LifecycleRecord::kReturnDecided:
      return count(std::string("return.") + decided(record.return_decided().granted()));
    case v1::LifecycleRecord::kArbitrationRequested:
      return count("return.arbitrated");
    case v1::LifecycleRecord::kExtensionRequested:
      return count("extension.requested");
    case v1::LifecycleRecord::kExtensionDecided:
      return count(std::string("extension.") + decided(record.extension_decided().granted()));
    case v1::LifecycleRecord::kUnreasonableRequested:
      return count("unreasonable.requested");
    case v1::LifecycleRecord::kUnreasonableDecided:
      return count(std::string("unreasonable.") + decided(record.unreasonable_decided().granted()));
    case v1::LifecycleRecord::kAppealRecorded:
      return count("appeal.made");
    case v1::LifecycleRecord::kAppealDecided:
      return count(std::string("appeal.") + decided(record.appeal_decided().granted()));
    case v1::LifecycleRecord::kMarkedDifficult:
      return count("difficult");
    case v1::LifecycleRecord::kSupervised:
      return count("supervised");
    case v1::LifecycleRecord::kUrgeRecorded:
      return count("urged");
    case v1::LifecycleRecord::kInfoRequested:
      return count("info_requested");
    case v1::LifecycleRecord::kSupplementRecorded:
      return count("supplemented");
    case v1::LifecycleRecord::kConflictingSubmission:
      return count("conflicting");
    default:
      return;
  }
}

void Tally::count_endings(const v1::LifecycleRecord& record) {
  switch (record.fact_case()) {
    case v1::LifecycleRecord::kRatingRecorded:
      return count(record.rating_recorded().not_reached() ? "call_back.not_reached"
                                                          : "call_back.rated");
    case v1::LifecycleRecord::kRedoOrdered:
      return count("redo");
    case v1::LifecycleRecord::kRecheckOrdered:
      return count("recheck.ordered");
    case v1::LifecycleRecord::kRecheckRecorded:
      return count(record.recheck_recorded().solved() ? "recheck.solved" : "recheck.not_solved");
    case v1::LifecycleRecord::kClosed:
      return count("closed." +
                   plain_name(v1::CloseReason_Name(record.closed().reason()), "CLOSE_REASON_"));
    case v1::LifecycleRecord::kReopened:
      return count("reopened");
    case v1::LifecycleRecord::kDeclined:
      return count("declined");
    case v1::LifecycleRecord::kTransferredOut:
      return count("transferred_out");
    case v1::LifecycleRecord::kWithdrawn:
      return count("withdrawn");
    default:
      return;
  }
}

void Tally::count_duplicates(const v1::LifecycleRecord& record) {
  switch (record.fact_case()) {
    case v1::LifecycleRecord::kDuplicateProposed:
      return count("duplicate.proposed." +
                   plain_name(v1::DuplicateLevel_Name(record.duplicate_proposed().level()),
                              "DUPLICATE_LEVEL_"));
    case v1::LifecycleRecord::kDuplicateProposalDropped:
      return count("duplicate.refused");
    case v1::LifecycleRecord::kDuplicateLinked:
      return count(record.duplicate_linked().automatic() ? "duplicate.linked_by_rule"
                                                         : "duplicate.linked_by_office");
    case v1::LifecycleRecord::kDuplicateUnlinked:
      return count("duplicate.unlinked");
    case v1::LifecycleRecord::kDuplicateJoined:
      return count("duplicate.joined");
    case v1::LifecycleRecord::kDuplicateLeft:
      return count("duplicate.left");
    case v1::LifecycleRecord::kMasterAnswered:
      return count("duplicate.answered_together");
    case v1::LifecycleRecord::kMasterReopened:
      return count("duplicate.master_reopened");
    default:
      return;
  }
}

void Tally::count_clocks(const v1::LifecycleRecord& record) {
  for (const v1::ClockChange& change : record.clocks()) {
    if (change.has_started() && change.started().provisional()) count("provisional");
    if (!change.has_stopped()) continue;
    if (change.stopped().reason() == v1::CLOCK_STOP_MOVED) count("clock.moved");
    if (change.stopped().reason() == v1::CLOCK_STOP_HANDED_OVER) count("clock.handed_over");
  }
  if (record.has_due_recalculated()) count("recalculated");
}

/// As `explain-verdict`: of one clock and seq the last verdict stands, of other subjects each one.
void Tally::hold(OfTicket& seen, const v1::Verdict& verdict) {
  const auto subject = plain_name(v1::VerdictSubject_Name(verdict.subject()), "VERDICT_SUBJECT_");
  const auto result = plain_name(v1::VerdictResult_Name(verdict.result()), "VERDICT_RESULT_");
  Holding holding{
      "verdict." + subject + "." + result,
      verdict.counted() ? "verdict_counted" : "verdict_not_counted." + verdict.reason()};
  if (verdict.subject() == v1::VERDICT_SUBJECT_CLOCK) {
    seen.clocks[{verdict.clock(), verdict.seq()}] = std::move(holding);
    return;
  }
  count(holding.result);
  count(holding.counted);
}

void Tally::observe(const v1::SlaFact& fact) {
  switch (fact.kind()) {
    case v1::SLA_KIND_WARNED:
      return count("warned." + fact.clock());
    case v1::SLA_KIND_BREACHED:
      return count("breached." + fact.clock());
    case v1::SLA_KIND_RETRACTED:
      return count("retracted." + fact.clock());
    case v1::SLA_KIND_ESCALATED:
      return count("ladder." + fact.clock() + ".step_" + std::to_string(fact.step()));
    default:
      return;
  }
}

void Tally::observe(const v1::MatchRecord& record) {
  count(record.has_link_proposed() ? "match.proposed" : "match.withdrawn");
}

Counts Tally::counts() const {
  Counts counts = counts_;
  for (const auto& [id, seen] : tickets_) {
    ++counts["state." + seen.state];
    for (const auto& [key, holding] : seen.clocks) {
      ++counts[holding.result];
      ++counts[holding.counted];
    }
  }
  return counts;
}

}  // namespace paidan::ctl
