#include "lifecycle_facts.hpp"

#include "facts_joint.hpp"
#include "facts_requests.hpp"
#include "facts_work.hpp"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;

/// One row of the proto's oneof: its case, its name in errors, and how it is read.
struct Row {
  wire::LifecycleRecord::FactCase fact_case;
  std::string_view name;
  domain::LifecycleBody (*read_fact)(wire::LifecycleRecord&, const Path&, Faults&);
};

#define PAIDAN_FACT_ROW(fact_case, name)                                    \
  Row {                                                                     \
    wire::LifecycleRecord::fact_case, #name,                                \
        [](wire::LifecycleRecord& record, const Path& at, Faults& faults) { \
          return facts::read(*record.mutable_##name(), at, faults);         \
        }                                                                   \
  }

constexpr Row rows[] = {
    PAIDAN_FACT_ROW(kOpened, opened),
    PAIDAN_FACT_ROW(kAssigned, assigned),
    PAIDAN_FACT_ROW(kTriageRequested, triage_requested),
    PAIDAN_FACT_ROW(kAcknowledged, acknowledged),
    PAIDAN_FACT_ROW(kContacted, contacted),
    PAIDAN_FACT_ROW(kCompleted, completed),
    PAIDAN_FACT_ROW(kReturnRequested, return_requested),
    PAIDAN_FACT_ROW(kReturnDecided, return_decided),
    PAIDAN_FACT_ROW(kArbitrationRequested, arbitration_requested),
    PAIDAN_FACT_ROW(kRatingRecorded, rating_recorded),
    PAIDAN_FACT_ROW(kClosed, closed),
    PAIDAN_FACT_ROW(kWithdrawn, withdrawn),
    PAIDAN_FACT_ROW(kUrgeRecorded, urge_recorded),
    PAIDAN_FACT_ROW(kSupplementRecorded, supplement_recorded),
    PAIDAN_FACT_ROW(kConflictingSubmission, conflicting_submission),
    PAIDAN_FACT_ROW(kEscalated, escalated),
    PAIDAN_FACT_ROW(kAppealRecorded, appeal_recorded),
    PAIDAN_FACT_ROW(kRedoOrdered, redo_ordered),
    PAIDAN_FACT_ROW(kReclassified, reclassified),
    PAIDAN_FACT_ROW(kDeclined, declined),
    PAIDAN_FACT_ROW(kInfoRequested, info_requested),
    PAIDAN_FACT_ROW(kExtensionRequested, extension_requested),
    PAIDAN_FACT_ROW(kExtensionDecided, extension_decided),
    PAIDAN_FACT_ROW(kUnreasonableRequested, unreasonable_requested),
    PAIDAN_FACT_ROW(kUnreasonableDecided, unreasonable_decided),
    PAIDAN_FACT_ROW(kAppealDecided, appeal_decided),
    PAIDAN_FACT_ROW(kMarkedDifficult, marked_difficult),
    PAIDAN_FACT_ROW(kCoHandlerAdded, co_handler_added),
    PAIDAN_FACT_ROW(kCoHandlerReplied, co_handler_replied),
    PAIDAN_FACT_ROW(kSubAssigned, sub_assigned),
    PAIDAN_FACT_ROW(kSubCompleted, sub_completed),
    PAIDAN_FACT_ROW(kSupervised, supervised),
    PAIDAN_FACT_ROW(kReopened, reopened),
    PAIDAN_FACT_ROW(kTransferredOut, transferred_out),
    PAIDAN_FACT_ROW(kRecheckOrdered, recheck_ordered),
    PAIDAN_FACT_ROW(kRecheckRecorded, recheck_recorded),
    PAIDAN_FACT_ROW(kDuplicateProposed, duplicate_proposed),
    PAIDAN_FACT_ROW(kDuplicateProposalDropped, duplicate_proposal_dropped),
    PAIDAN_FACT_ROW(kDuplicateLinked, duplicate_linked),
    PAIDAN_FACT_ROW(kDuplicateUnlinked, duplicate_unlinked),
    PAIDAN_FACT_ROW(kDuplicateJoined, duplicate_joined),
    PAIDAN_FACT_ROW(kDuplicateLeft, duplicate_left),
    PAIDAN_FACT_ROW(kMasterAnswered, master_answered),
    PAIDAN_FACT_ROW(kMasterReopened, master_reopened),
    PAIDAN_FACT_ROW(kDueRecalculated, due_recalculated),
};
#undef PAIDAN_FACT_ROW
static_assert(std::size(rows) == std::variant_size_v<domain::LifecycleBody>,
              "every fact of the history has its row");

/// Sets the fact and returns its name. A fact without a case does not compile.
struct BodyWriter : facts::WorkWriter, facts::RequestWriter, facts::JointWriter {
  explicit BodyWriter(wire::LifecycleRecord& out)
      : facts::WorkWriter{out}, facts::RequestWriter{out}, facts::JointWriter{out} {}
  using facts::WorkWriter::operator();
  using facts::RequestWriter::operator();
  using facts::JointWriter::operator();
};

}  // namespace

domain::LifecycleBody read_lifecycle_body(wire::LifecycleRecord& record, Faults& faults) {
  for (const Row& row : rows) {
    if (row.fact_case == record.fact_case()) return row.read_fact(record, {row.name}, faults);
  }
  faults.add({"fact"}, "missing, or of a later version");
  return domain::Acknowledged{};
}

std::string_view write_lifecycle_body(const domain::LifecycleBody& body,
                                      wire::LifecycleRecord& out) {
  return std::visit(BodyWriter{out}, body);
}

}  // namespace paidan::contract
