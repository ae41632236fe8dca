#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/domain/citizen_facts.hpp"
#include "paidan/domain/clock_facts.hpp"
#include "paidan/domain/ids.hpp"

/// The facts of a ticket's history (proto: lifecycle). 12345 terms stand where they are defined.
namespace paidan::domain {

// ---- the history ---------------------------------------------------------------------------

enum class State {
  none,
  received,
  classified,
  assigned,
  acknowledged,
  contacted,
  completed,
  call_back,
  onsite_recheck,
  closed,
  needs_triage,
  declined,
  needs_info,
  withdrawn,
  transferred_out,
  return_requested,
  extension_requested,
  difficult,
  unreasonable,
  redo,
  reopened,
  arbitration
};

enum class AssignmentBasis {
  none,
  basic,
  cooperate,
  withdrawn,
  statutory,
  fallback,
  office,
  designated,
  raised  ///< 区镇联动: a town raised the ticket to its district.
};

struct Why {
  std::string rule;  ///< With file and line of the pack.
  std::string rules_version;
  std::string runner_up;
  std::string area_test;
  double confidence = 0;
  Text explanation;
  /// The other rules that matched, most exact first; at most `beaten_max`.
  std::vector<std::string> beaten;
  static constexpr std::size_t beaten_max = 8;
  friend bool operator==(const Why&, const Why&) = default;
};

enum class FactFinding { none, is_true, partly_true, untrue };
enum class ClaimJudgement { none, reasonable, unreasonable };
enum class CompletionOutcome { none, solved, explained };  ///< 实际解决 | 解释说明
enum class ReplyMethod { none, phone, written, visit, online };

struct CompletionReport {
  std::optional<Instant> contacted_at;
  std::string reason_not_contacted;
  FactFinding fact_finding = FactFinding::none;
  ClaimJudgement claim_judgement = ClaimJudgement::none;
  CompletionOutcome outcome = CompletionOutcome::none;
  std::string responsibility;
  std::string reply;
  ReplyMethod reply_method = ReplyMethod::none;
  bool is_public = false;
  friend bool operator==(const CompletionReport&, const CompletionReport&) = default;
};

enum class TriageReason { none, no_category, no_area, no_owner };
enum class CloseReason { none, rated, no_rating, no_call_back_needed, office, rechecked };

struct Opened {
  Classified classified;
};
struct Assigned {
  UnitId lead_unit;                 ///< 主办, level 1.
  UnitId queue_unit;                ///< Level 2; may equal the lead.
  std::vector<UnitId> co_handlers;  ///< 协办
  std::uint32_t assign_epoch = 0;
  Why why;
  AssignmentBasis basis = AssignmentBasis::none;
};
struct TriageRequested {
  TriageReason reason = TriageReason::none;
};
struct Acknowledged {};
struct Contacted {
  bool reached = false;
  std::string reason_not_reached;
};
struct Completed {
  CompletionReport report;
};
struct ReturnRequested {
  std::string reason;
  UnitId suggested_unit;
};
struct ReturnDecided {
  bool granted = false;
  std::string reason;
};
struct ArbitrationRequested {
  std::vector<UnitId> excluded_units;
};
struct RatingRecorded {
  Rated rating;
  bool reached = true;  ///< False: a call-back 回访 that did not reach the citizen; no rating.
};
struct Closed {
  CloseReason reason = CloseReason::none;
  std::string note;  ///< In the words of the office.
};
struct TicketWithdrawn {
  std::string reason;
};
struct UrgeRecorded {
  std::uint32_t count = 0;
};
struct SupplementRecorded {
  std::string text;
};
struct ConflictingSubmission {
  ContentRef content_ref;
};
struct Escalated {
  SlaFact sla;
  std::vector<std::string> notified_roles;
};
struct AppealRecorded {
  std::string reason;
};
struct RedoOrdered {
  std::string reason;
};
struct Reclassified {
  CategoryId category;
  AreaId area;
  std::string demand_kind;
};

struct Declined {  ///< 不予受理
  std::string reason;
};
struct InfoRequested {  ///< 待补充: a supplement leads back to the state before.
  std::string question;
};
struct ExtensionRequested {  ///< 延期
  std::string reason;
  std::optional<Instant> wanted_due_at;  ///< Nothing: as far as the pack allows.
};
struct ExtensionDecided {
  bool granted = false;
  std::string reason;
  std::optional<Instant> due_at;  ///< The new due time, when granted.
};
struct UnreasonableRequested {  ///< 不合理诉求
  std::string reason;
};
struct UnreasonableDecided {
  bool granted = false;
  std::string reason;
};
/// Of the citizen's appeal.
struct AppealDecided {
  bool granted = false;
  std::string reason;
};
struct MarkedDifficult {  ///< 疑难
  std::string reason;
};
struct CoHandlerAdded {  ///< 加派协办
  UnitId unit;
  std::string reason;
};
struct CoHandlerReplied {  ///< 协办答复
  UnitId unit;
  std::string reply;
  friend bool operator==(const CoHandlerReplied&, const CoHandlerReplied&) = default;
};
/// 二次派单: a unit hands the work to one below it and stays responsible.
struct SubAssigned {
  UnitId unit;
  UnitId by_unit;
  std::uint32_t level = 0;        ///< 1 city, 2 district or department, 3 街镇, 4 section or 居村.
  std::optional<Instant> due_at;  ///< As the unit above asked; nothing: the pack's `sub_handle`.
};
struct SubCompleted {
  UnitId unit;
  std::string reply;
};
struct Supervised {  ///< 督办
  std::string instruction;
};
struct Reopened {  ///< 重启
  std::string reason;
};
struct TransferredOut {  ///< 转 110 etc.
  std::string destination;
  std::string reason;
};
struct RecheckOrdered {  ///< 现场复核
  std::string reason;
};
struct RecheckRecorded {
  bool solved = false;
  std::string finding;
};

/// The same event again; the same caller on the same matter (老户, 重复件); many callers on one
/// fault (DESIGN section 3, "Duplicates").
enum class DuplicateLevel { none, same_event, same_caller, same_fault };

struct DuplicateProposed {
  TicketId master;
  DuplicateLevel level = DuplicateLevel::none;
  double score = 0;
  Text evidence;
  friend bool operator==(const DuplicateProposed&, const DuplicateProposed&) = default;
};
struct DuplicateProposalDropped {
  TicketId master;
  std::string reason;
};
/// 并单: the master's unit answers for this ticket too.
struct DuplicateLinked {
  TicketId master;
  DuplicateLevel level = DuplicateLevel::none;
  bool automatic = false;  ///< By a rule of the pack, not by the office.
  std::string reason;
};
struct DuplicateUnlinked {  ///< 拆单
  TicketId master;
  std::string reason;
};
struct DuplicateJoined {  ///< In the master's history.
  TicketId duplicate;
};
struct DuplicateLeft {
  TicketId duplicate;
};
/// In a duplicate's history: the answer lies in that version of the master.
struct MasterAnswered {
  TicketId master;
  std::uint64_t master_version = 0;
  CompletionOutcome outcome = CompletionOutcome::none;
  UnitId unit;  ///< The master's lead, which answered.
};
struct MasterReopened {
  TicketId master;
  std::uint64_t master_version = 0;
};
/// The holidays of a year became known: provisional due times are counted again.
struct DueRecalculated {
  std::string rules_version;
};

// ---- figures -------------------------------------------------------------------------------

enum class VerdictSubject { none, clock, extension, return_request, unreasonable, appeal, close };
enum class VerdictResult {
  none,
  in_time,
  late,       ///< Done, after the due time.
  overdue,    ///< The due time has passed, and it is not done.
  cancelled,  ///< It no longer had to be done.
  granted,
  denied,
  solved,
  not_solved,
  unrated
};

/// One line of the figures (DESIGN section 3, "KPI ledger"). The last one for a (clock, seq), or
/// for another subject, holds. Codes of `reason`: verdicts.hpp.
struct Verdict {
  VerdictSubject subject = VerdictSubject::none;
  std::string clock;      ///< Clocks only.
  std::uint32_t seq = 0;  ///< Clocks only.
  UnitId unit;            ///< Whose figure it is; empty: nobody's.
  std::optional<Instant> due_at;
  Instant at;
  VerdictResult result = VerdictResult::none;
  bool counted = true;
  std::string reason;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

using LifecycleBody =
    std::variant<Opened, Assigned, TriageRequested, Acknowledged, Contacted, Completed,
                 ReturnRequested, ReturnDecided, ArbitrationRequested, RatingRecorded, Closed,
                 TicketWithdrawn, UrgeRecorded, SupplementRecorded, ConflictingSubmission,
                 Escalated, AppealRecorded, RedoOrdered, Reclassified, Declined, InfoRequested,
                 ExtensionRequested, ExtensionDecided, UnreasonableRequested, UnreasonableDecided,
                 AppealDecided, MarkedDifficult, CoHandlerAdded, CoHandlerReplied, SubAssigned,
                 SubCompleted, Supervised, Reopened, TransferredOut, RecheckOrdered,
                 RecheckRecorded, DuplicateProposed, DuplicateProposalDropped, DuplicateLinked,
                 DuplicateUnlinked, DuplicateJoined, DuplicateLeft, MasterAnswered, MasterReopened,
                 DueRecalculated>;

/// One fact of a ticket's history. Its version and the state after it are those of the ticket that
/// `evolve` returns.
struct LifecycleFact {
  LifecycleBody body;
  std::vector<ClockChange> clocks;  ///< Every clock that this fact starts or stops.
  Actor actor;
  Instant happened_at;
  std::vector<Verdict> verdicts;
};

}  // namespace paidan::domain
