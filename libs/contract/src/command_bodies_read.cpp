#include <utility>

#include "command_bodies.hpp"
#include "reports.hpp"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;

// One overload per command, so that the table below reads as the proto's oneof.

domain::CommandBody read(wire::AcknowledgeCommand& /*command*/, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::AcknowledgeCommand{};
}
domain::CommandBody read(wire::RecordContactCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::RecordContactCommand{command.reached(),
                                      std::move(*command.mutable_reason_not_reached())};
}
domain::CommandBody read(wire::CompleteCommand& command, const Path& at, Faults& faults) {
  return domain::CompleteCommand{read_report(*command.mutable_report(), {"report", &at}, faults)};
}
domain::CommandBody read(wire::RequestReturnCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::RequestReturnCommand{std::move(*command.mutable_reason()),
                                      domain::UnitId{std::move(*command.mutable_suggested_unit())}};
}
domain::CommandBody read(wire::DecideReturnCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::DecideReturnCommand{command.granted(), std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::AssignCommand& command, const Path& /*at*/, Faults& /*faults*/) {
  return domain::AssignCommand{domain::UnitId{std::move(*command.mutable_lead_unit())},
                               domain::UnitId{std::move(*command.mutable_queue_unit())},
                               std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::CorrectClassificationCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::CorrectClassificationCommand{
      domain::CategoryId{std::move(*command.mutable_category())},
      domain::AreaId{std::move(*command.mutable_area())},
      std::move(*command.mutable_demand_kind())};
}
domain::CommandBody read(wire::CloseCommand& command, const Path& /*at*/, Faults& /*faults*/) {
  return domain::CloseCommand{std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::RecordCallBackCommand& command, const Path& at, Faults& faults) {
  const auto satisfaction = static_cast<wire::Satisfaction>(command.satisfaction());
  return domain::RecordCallBackCommand{
      .reached = command.reached(),
      .solved = command.solved(),
      .satisfaction = read_enum<domain::Satisfaction>(satisfaction, wire::Satisfaction_IsValid,
                                                      {"satisfaction", &at}, faults),
      .comment = std::move(*command.mutable_comment())};
}
domain::CommandBody read(wire::RedoCommand& command, const Path& /*at*/, Faults& /*faults*/) {
  return domain::RedoCommand{std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::DeclineCommand& command, const Path& /*at*/, Faults& /*faults*/) {
  return domain::DeclineCommand{std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::RequestInfoCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::RequestInfoCommand{std::move(*command.mutable_question())};
}
domain::CommandBody read(wire::AddCoHandlerCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::AddCoHandlerCommand{domain::UnitId{std::move(*command.mutable_unit())},
                                     std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::RequestExtensionCommand& command, const Path& at, Faults& faults) {
  return domain::RequestExtensionCommand{
      .reason = std::move(*command.mutable_reason()),
      .wanted_due_at = read_optional_instant(command.has_wanted_due_at(), command.wanted_due_at(),
                                             {"wanted_due_at", &at}, faults)};
}
domain::CommandBody read(wire::DecideExtensionCommand& command, const Path& at, Faults& faults) {
  return domain::DecideExtensionCommand{
      .granted = command.granted(),
      .reason = std::move(*command.mutable_reason()),
      .due_at =
          read_optional_instant(command.has_due_at(), command.due_at(), {"due_at", &at}, faults)};
}
domain::CommandBody read(wire::RequestUnreasonableCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::RequestUnreasonableCommand{std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::DecideUnreasonableCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::DecideUnreasonableCommand{command.granted(), std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::DecideAppealCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::DecideAppealCommand{command.granted(), std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::MarkDifficultCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::MarkDifficultCommand{std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::LinkDuplicateCommand& command, const Path& at, Faults& faults) {
  return domain::LinkDuplicateCommand{
      read_ticket_id(*command.mutable_master_ticket_id(), {"master_ticket_id", &at}, faults),
      std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::UnlinkDuplicateCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::UnlinkDuplicateCommand{std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::ReopenCommand& command, const Path& /*at*/, Faults& /*faults*/) {
  return domain::ReopenCommand{std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::SuperviseCommand& command, const Path& /*at*/, Faults& /*faults*/) {
  return domain::SuperviseCommand{std::move(*command.mutable_instruction())};
}
domain::CommandBody read(wire::TransferOutCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::TransferOutCommand{std::move(*command.mutable_destination()),
                                    std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::SubAssignCommand& command, const Path& at, Faults& faults) {
  return domain::SubAssignCommand{
      .unit = domain::UnitId{std::move(*command.mutable_unit())},
      .due_at =
          read_optional_instant(command.has_due_at(), command.due_at(), {"due_at", &at}, faults)};
}
domain::CommandBody read(wire::RaiseToDistrictCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::RaiseToDistrictCommand{std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::ReplyAsCoHandlerCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::ReplyAsCoHandlerCommand{std::move(*command.mutable_reply())};
}
domain::CommandBody read(wire::OrderRecheckCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::OrderRecheckCommand{std::move(*command.mutable_reason())};
}
domain::CommandBody read(wire::RecordRecheckCommand& command, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::RecordRecheckCommand{command.solved(), std::move(*command.mutable_finding())};
}
domain::CommandBody read(wire::RecalculateDueCommand& /*command*/, const Path& /*at*/,
                         Faults& /*faults*/) {
  return domain::RecalculateDueCommand{};
}

/// One row of the proto's oneof: its case, its name in errors, and how it is read.
struct Row {
  wire::CommandRecord::CommandCase command_case;
  std::string_view name;
  domain::CommandBody (*read_body)(wire::CommandRecord&, const Path&, Faults&);
};

#define PAIDAN_COMMAND_ROW(command_case, name)                            \
  Row {                                                                   \
    wire::CommandRecord::command_case, #name,                             \
        [](wire::CommandRecord& record, const Path& at, Faults& faults) { \
          return read(*record.mutable_##name(), at, faults);              \
        }                                                                 \
  }

constexpr Row rows[] = {
    PAIDAN_COMMAND_ROW(kAcknowledge, acknowledge),
    PAIDAN_COMMAND_ROW(kRecordContact, record_contact),
    PAIDAN_COMMAND_ROW(kComplete, complete),
    PAIDAN_COMMAND_ROW(kRequestReturn, request_return),
    PAIDAN_COMMAND_ROW(kDecideReturn, decide_return),
    PAIDAN_COMMAND_ROW(kAssign, assign),
    PAIDAN_COMMAND_ROW(kCorrectClassification, correct_classification),
    PAIDAN_COMMAND_ROW(kClose, close),
    PAIDAN_COMMAND_ROW(kRecordCallBack, record_call_back),
    PAIDAN_COMMAND_ROW(kRedo, redo),
    PAIDAN_COMMAND_ROW(kDecline, decline),
    PAIDAN_COMMAND_ROW(kRequestInfo, request_info),
    PAIDAN_COMMAND_ROW(kAddCoHandler, add_co_handler),
    PAIDAN_COMMAND_ROW(kRequestExtension, request_extension),
    PAIDAN_COMMAND_ROW(kDecideExtension, decide_extension),
    PAIDAN_COMMAND_ROW(kRequestUnreasonable, request_unreasonable),
    PAIDAN_COMMAND_ROW(kDecideUnreasonable, decide_unreasonable),
    PAIDAN_COMMAND_ROW(kDecideAppeal, decide_appeal),
    PAIDAN_COMMAND_ROW(kMarkDifficult, mark_difficult),
    PAIDAN_COMMAND_ROW(kLinkDuplicate, link_duplicate),
    PAIDAN_COMMAND_ROW(kUnlinkDuplicate, unlink_duplicate),
    PAIDAN_COMMAND_ROW(kReopen, reopen),
    PAIDAN_COMMAND_ROW(kSupervise, supervise),
    PAIDAN_COMMAND_ROW(kTransferOut, transfer_out),
    PAIDAN_COMMAND_ROW(kSubAssign, sub_assign),
    PAIDAN_COMMAND_ROW(kRaiseToDistrict, raise_to_district),
    PAIDAN_COMMAND_ROW(kReplyAsCoHandler, reply_as_co_handler),
    PAIDAN_COMMAND_ROW(kOrderRecheck, order_recheck),
    PAIDAN_COMMAND_ROW(kRecordRecheck, record_recheck),
    PAIDAN_COMMAND_ROW(kRecalculateDue, recalculate_due),
};
#undef PAIDAN_COMMAND_ROW
static_assert(std::size(rows) == std::variant_size_v<domain::CommandBody>,
              "every command has its row");

}  // namespace

domain::CommandBody read_command_body(wire::CommandRecord& proto, Faults& faults) {
  for (const Row& row : rows) {
    if (row.command_case == proto.command_case()) return row.read_body(proto, {row.name}, faults);
  }
  faults.add({"command"}, "missing, or of a later version");
  return domain::AcknowledgeCommand{};
}

}  // namespace paidan::contract
