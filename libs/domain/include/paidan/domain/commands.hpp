#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/domain/history.hpp"
#include "paidan/domain/ids.hpp"

/// What agencies and the office ask for, and the one answer to each (proto: commands).
namespace paidan::domain {

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

struct DeclineCommand {
  std::string reason;
};
struct RequestInfoCommand {
  std::string question;
};
struct AddCoHandlerCommand {
  UnitId unit;
  std::string reason;
};
struct RequestExtensionCommand {
  std::string reason;
  std::optional<Instant> wanted_due_at;
};
struct DecideExtensionCommand {
  bool granted = false;
  std::string reason;
  std::optional<Instant> due_at;
};
struct RequestUnreasonableCommand {
  std::string reason;
};
struct DecideUnreasonableCommand {
  bool granted = false;
  std::string reason;
};
struct DecideAppealCommand {
  bool granted = false;
  std::string reason;
};
struct MarkDifficultCommand {
  std::string reason;
};
struct LinkDuplicateCommand {
  TicketId master;
  std::string reason;
};
/// Also refuses a proposal.
struct UnlinkDuplicateCommand {
  std::string reason;
};
struct ReopenCommand {
  std::string reason;
};
struct SuperviseCommand {
  std::string instruction;
};
struct TransferOutCommand {
  std::string destination;
  std::string reason;
};
struct SubAssignCommand {
  UnitId unit;
  std::optional<Instant> due_at;  ///< Nothing: the pack's `sub_handle` term.
};
struct RaiseToDistrictCommand {
  std::string reason;
};
struct ReplyAsCoHandlerCommand {
  std::string reply;
};
struct OrderRecheckCommand {
  std::string reason;
};
struct RecordRecheckCommand {
  bool solved = false;
  std::string finding;
};
struct RecalculateDueCommand {};

using CommandBody =
    std::variant<AcknowledgeCommand, RecordContactCommand, CompleteCommand, RequestReturnCommand,
                 DecideReturnCommand, AssignCommand, CorrectClassificationCommand, CloseCommand,
                 RecordCallBackCommand, RedoCommand, DeclineCommand, RequestInfoCommand,
                 AddCoHandlerCommand, RequestExtensionCommand, DecideExtensionCommand,
                 RequestUnreasonableCommand, DecideUnreasonableCommand, DecideAppealCommand,
                 MarkDifficultCommand, LinkDuplicateCommand, UnlinkDuplicateCommand, ReopenCommand,
                 SuperviseCommand, TransferOutCommand, SubAssignCommand, RaiseToDistrictCommand,
                 ReplyAsCoHandlerCommand, OrderRecheckCommand, RecordRecheckCommand,
                 RecalculateDueCommand>;

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
  incomplete,
  extension_not_allowed,
  link_not_allowed,
  nothing_to_decide
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
