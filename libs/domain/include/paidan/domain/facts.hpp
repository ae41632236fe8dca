#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/domain/ids.hpp"

/// The words of the domain: what citizens, agencies, the office and the clocks say, and what the
/// history records. Values without behaviour; `proto/paidan/ticket/v1` carries the same names over
/// the wire, and `libs/contract` maps one to the other. Nothing here knows protobuf.
namespace paidan::domain {

// Enumerators have the numbers of the proto enums; zero is "unspecified" there and "none" here.

enum class Role { none, channel, agency, office, operations, system };

struct Actor {
  Role role = Role::none;
  UnitId unit;
  std::string name;
  friend bool operator==(const Actor&, const Actor&) = default;
};

/// A sentence for people, in both languages.
struct Text {
  std::string zh;
  std::string en;
  friend bool operator==(const Text&, const Text&) = default;
};

struct Place {
  std::string address;
  AreaId area;  ///< As the channel gave it; not yet resolved.
  double latitude = 0;
  double longitude = 0;
  std::string postal_code;
  std::map<std::string, std::string> codes;  ///< Codes by area kind, e.g. {"ward", "17"}.
  friend bool operator==(const Place&, const Place&) = default;
};

struct ContentRef {
  std::int32_t partition = 0;
  std::int64_t offset = -1;  ///< -1: nowhere.
  std::string content_hash;  ///< 32 bytes, or empty.
  friend bool operator==(const ContentRef&, const ContentRef&) = default;
};

/// A moment that a partition's time line has reached (DESIGN section 4).
struct TimeMark {
  Instant at;
  std::uint32_t round = 0;
  friend bool operator==(const TimeMark&, const TimeMark&) = default;
};

// ---- what the citizen side says ------------------------------------------------------------

enum class Satisfaction { none, satisfied, partly_satisfied, dissatisfied };

/// The text is masked already. The only input that holds it.
struct Submitted {
  ChannelId channel;
  std::string external_id;
  std::string title;
  std::string text;
  std::string category;  ///< As the channel gave it; may be empty or unknown.
  std::string demand_kind;
  Place place;
  std::string subject_ref;
  ContentRef subject_at;
  std::string masked_name;
  std::string masked_phone;
  std::optional<Instant> given_due_at;
  UnitId designated_unit;
  bool confidential = false;
  std::string content_hash;
  std::map<std::string, std::string> attributes;
  friend bool operator==(const Submitted&, const Submitted&) = default;
};
struct Supplemented {
  std::string text;
  friend bool operator==(const Supplemented&, const Supplemented&) = default;
};
struct Urged {
  std::string text;
  friend bool operator==(const Urged&, const Urged&) = default;
};
struct Withdrawn {
  std::string reason;
  friend bool operator==(const Withdrawn&, const Withdrawn&) = default;
};
struct Rated {
  bool solved = false;
  Satisfaction satisfaction = Satisfaction::none;
  std::string comment;
  friend bool operator==(const Rated&, const Rated&) = default;
};
struct Appealed {
  std::string reason;
  friend bool operator==(const Appealed&, const Appealed&) = default;
};

// ---- what classification says --------------------------------------------------------------

enum class Urgency { none, normal, urgent, critical };  ///< 一般 / 紧急 / 特急

struct Candidate {
  CategoryId category;
  double confidence = 0;
  std::string why;
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

struct Classified {
  ChannelId channel;
  std::string external_id;
  std::string title;
  CategoryId category;  ///< Empty: classification abstains.
  std::string demand_kind;
  Urgency urgency = Urgency::normal;
  AreaId area;  ///< Empty: the place is unknown.
  double confidence = 0;
  std::vector<Candidate> candidates;
  std::vector<std::string> why;
  ContentRef content_ref;
  std::string subject_ref;
  ContentRef subject_at;
  std::string masked_name;
  std::string masked_phone;
  std::optional<Instant> given_due_at;
  UnitId designated_unit;
  bool confidential = false;
  bool life_safety = false;
  friend bool operator==(const Classified&, const Classified&) = default;
};

/// What reaches dispatch from the citizen side, in order: classification passes the rest on.
using CitizenFact = std::variant<Classified, Supplemented, Urged, Withdrawn, Rated, Appealed>;

// ---- clocks --------------------------------------------------------------------------------

struct ClockStarted {
  std::string clock;       ///< citizen, acknowledge, contact, handle, ...
  std::uint32_t seq = 0;   ///< Grows with each start of this clock of this ticket.
  std::uint32_t step = 0;  ///< Step of the ladder; 0 is the clock itself.
  UnitId unit;
  Instant started_at;
  Instant due_at;
  std::optional<Instant> warn_at;
  bool provisional = false;
  Text explanation;
  friend bool operator==(const ClockStarted&, const ClockStarted&) = default;
};
enum class ClockStop { none, done, cancelled };
struct ClockStopped {
  std::string clock;
  std::uint32_t seq = 0;
  ClockStop reason = ClockStop::none;
  friend bool operator==(const ClockStopped&, const ClockStopped&) = default;
};
using ClockChange = std::variant<ClockStarted, ClockStopped>;

enum class SlaKind { none, warned, breached, met, escalated, retracted };
struct SlaFact {
  SlaKind kind = SlaKind::none;
  std::string clock;
  std::uint32_t step = 0;
  std::uint32_t seq = 0;
  UnitId unit;
  Instant due_at;
  Instant at;
  Milliseconds late{0};
  friend bool operator==(const SlaFact&, const SlaFact&) = default;
};

/// Replay: all that was due at `mark.at` has fired in `mark.round`.
struct MarkAnswered {
  TimeMark mark;
  std::uint32_t fired_count = 0;
  friend bool operator==(const MarkAnswered&, const MarkAnswered&) = default;
};

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
  designated
};

struct Why {
  std::string rule;  ///< With file and line of the pack.
  std::string rules_version;
  std::string runner_up;
  std::string area_test;
  double confidence = 0;
  Text explanation;
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
enum class CloseReason { none, rated, no_rating, no_call_back_needed, office };

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

using LifecycleBody =
    std::variant<Opened, Assigned, TriageRequested, Acknowledged, Contacted, Completed,
                 ReturnRequested, ReturnDecided, ArbitrationRequested, RatingRecorded, Closed,
                 TicketWithdrawn, UrgeRecorded, SupplementRecorded, ConflictingSubmission,
                 Escalated, AppealRecorded, RedoOrdered, Reclassified>;

/// One fact of a ticket's history. Its version and the state after it are those of the ticket that
/// `evolve` returns.
struct LifecycleFact {
  LifecycleBody body;
  std::vector<ClockChange> clocks;  ///< Every clock that this fact starts or stops.
  Actor actor;
  Instant happened_at;
};

// ---- commands and their answers ------------------------------------------------------------

struct AcknowledgeCommand {};
struct RecordContactCommand {
  bool reached = false;
  std::string reason_not_reached;
};
struct CompleteCommand {
  CompletionReport report;
};
struct RequestReturnCommand {
  std::string reason;
  UnitId suggested_unit;
};
struct DecideReturnCommand {
  bool granted = false;
  std::string reason;
};
struct AssignCommand {
  UnitId lead_unit;
  UnitId queue_unit;
  std::string reason;
};
struct CorrectClassificationCommand {
  CategoryId category;
  AreaId area;
  std::string demand_kind;
};
struct CloseCommand {
  std::string reason;
};
struct RecordCallBackCommand {
  bool reached = false;
  bool solved = false;
  Satisfaction satisfaction = Satisfaction::none;
  std::string comment;
};
struct RedoCommand {
  std::string reason;
};

using CommandBody =
    std::variant<AcknowledgeCommand, RecordContactCommand, CompleteCommand, RequestReturnCommand,
                 DecideReturnCommand, AssignCommand, CorrectClassificationCommand, CloseCommand,
                 RecordCallBackCommand, RedoCommand>;

struct ReplyTo {
  std::string instance;
  std::int32_t partition = 0;
};

struct Command {
  std::string command_id;
  Actor actor;
  std::uint32_t assign_epoch = 0;
  std::uint64_t expected_version = 0;  ///< 0: any.
  ReplyTo reply_to;
  CommandBody body;
};

enum class RefusalReason {
  none,
  unknown_ticket,
  wrong_state,
  not_in_charge,
  stale_epoch,
  stale_version,
  too_late,
  return_not_allowed,
  unknown_unit,
  unknown_category,
  unknown_area,
  incomplete
};

struct Accepted {
  std::uint64_t version = 0;
  bool repeated = false;
};
struct Refused {
  RefusalReason reason = RefusalReason::none;
  Text text;
  State state = State::none;
  std::uint64_t version = 0;
};
/// Exactly one per command, written to `replies` in the deciding transaction.
struct Reply {
  std::string command_id;
  ReplyTo reply_to;
  std::variant<Accepted, Refused> answer;
};

}  // namespace paidan::domain
