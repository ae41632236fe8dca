#include "command_bodies.hpp"
#include "reports.hpp"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;

/// Sets the command and returns its name. A command without a case does not compile.
struct CommandWriter {
  wire::CommandRecord& out;

  std::string_view operator()(const domain::AcknowledgeCommand& /*command*/) const {
    out.mutable_acknowledge();
    return "acknowledge";
  }
  std::string_view operator()(const domain::RecordContactCommand& command) const {
    out.mutable_record_contact()->set_reached(command.reached);
    out.mutable_record_contact()->set_reason_not_reached(command.reason_not_reached);
    return "record_contact";
  }
  std::string_view operator()(const domain::CompleteCommand& command) const {
    write_report(command.report, *out.mutable_complete()->mutable_report());
    return "complete";
  }
  std::string_view operator()(const domain::RequestReturnCommand& command) const {
    out.mutable_request_return()->set_reason(command.reason);
    out.mutable_request_return()->set_suggested_unit(command.suggested_unit.get());
    return "request_return";
  }
  std::string_view operator()(const domain::DecideReturnCommand& command) const {
    out.mutable_decide_return()->set_granted(command.granted);
    out.mutable_decide_return()->set_reason(command.reason);
    return "decide_return";
  }
  std::string_view operator()(const domain::AssignCommand& command) const {
    out.mutable_assign()->set_lead_unit(command.lead_unit.get());
    out.mutable_assign()->set_queue_unit(command.queue_unit.get());
    out.mutable_assign()->set_reason(command.reason);
    return "assign";
  }
  std::string_view operator()(const domain::CorrectClassificationCommand& command) const {
    wire::CorrectClassificationCommand& written = *out.mutable_correct_classification();
    written.set_category(command.category.get());
    written.set_area(command.area.get());
    written.set_demand_kind(command.demand_kind);
    return "correct_classification";
  }
  std::string_view operator()(const domain::CloseCommand& command) const {
    out.mutable_close()->set_reason(command.reason);
    return "close";
  }
  std::string_view operator()(const domain::RecordCallBackCommand& command) const {
    wire::RecordCallBackCommand& written = *out.mutable_record_call_back();
    written.set_reached(command.reached);
    written.set_solved(command.solved);
    written.set_satisfaction(static_cast<std::uint32_t>(command.satisfaction));
    written.set_comment(command.comment);
    return "record_call_back";
  }
  std::string_view operator()(const domain::RedoCommand& command) const {
    out.mutable_redo()->set_reason(command.reason);
    return "redo";
  }
  std::string_view operator()(const domain::DeclineCommand& command) const {
    out.mutable_decline()->set_reason(command.reason);
    return "decline";
  }
  std::string_view operator()(const domain::RequestInfoCommand& command) const {
    out.mutable_request_info()->set_question(command.question);
    return "request_info";
  }
  std::string_view operator()(const domain::AddCoHandlerCommand& command) const {
    out.mutable_add_co_handler()->set_unit(command.unit.get());
    out.mutable_add_co_handler()->set_reason(command.reason);
    return "add_co_handler";
  }
  std::string_view operator()(const domain::RequestExtensionCommand& command) const {
    wire::RequestExtensionCommand& written = *out.mutable_request_extension();
    written.set_reason(command.reason);
    if (command.wanted_due_at) {
      write_instant(*command.wanted_due_at, *written.mutable_wanted_due_at());
    }
    return "request_extension";
  }
  std::string_view operator()(const domain::DecideExtensionCommand& command) const {
    wire::DecideExtensionCommand& written = *out.mutable_decide_extension();
    written.set_granted(command.granted);
    written.set_reason(command.reason);
    if (command.due_at) write_instant(*command.due_at, *written.mutable_due_at());
    return "decide_extension";
  }
  std::string_view operator()(const domain::RequestUnreasonableCommand& command) const {
    out.mutable_request_unreasonable()->set_reason(command.reason);
    return "request_unreasonable";
  }
  std::string_view operator()(const domain::DecideUnreasonableCommand& command) const {
    out.mutable_decide_unreasonable()->set_granted(command.granted);
    out.mutable_decide_unreasonable()->set_reason(command.reason);
    return "decide_unreasonable";
  }
  std::string_view operator()(const domain::DecideAppealCommand& command) const {
    out.mutable_decide_appeal()->set_granted(command.granted);
    out.mutable_decide_appeal()->set_reason(command.reason);
    return "decide_appeal";
  }
  std::string_view operator()(const domain::MarkDifficultCommand& command) const {
    out.mutable_mark_difficult()->set_reason(command.reason);
    return "mark_difficult";
  }
  std::string_view operator()(const domain::LinkDuplicateCommand& command) const {
    out.mutable_link_duplicate()->set_master_ticket_id(command.master.get());
    out.mutable_link_duplicate()->set_reason(command.reason);
    return "link_duplicate";
  }
  std::string_view operator()(const domain::UnlinkDuplicateCommand& command) const {
    out.mutable_unlink_duplicate()->set_reason(command.reason);
    return "unlink_duplicate";
  }
  std::string_view operator()(const domain::ReopenCommand& command) const {
    out.mutable_reopen()->set_reason(command.reason);
    return "reopen";
  }
  std::string_view operator()(const domain::SuperviseCommand& command) const {
    out.mutable_supervise()->set_instruction(command.instruction);
    return "supervise";
  }
  std::string_view operator()(const domain::TransferOutCommand& command) const {
    out.mutable_transfer_out()->set_destination(command.destination);
    out.mutable_transfer_out()->set_reason(command.reason);
    return "transfer_out";
  }
  std::string_view operator()(const domain::SubAssignCommand& command) const {
    wire::SubAssignCommand& written = *out.mutable_sub_assign();
    written.set_unit(command.unit.get());
    if (command.due_at) write_instant(*command.due_at, *written.mutable_due_at());
    return "sub_assign";
  }
  std::string_view operator()(const domain::RaiseToDistrictCommand& command) const {
    out.mutable_raise_to_district()->set_reason(command.reason);
    return "raise_to_district";
  }
  std::string_view operator()(const domain::ReplyAsCoHandlerCommand& command) const {
    out.mutable_reply_as_co_handler()->set_reply(command.reply);
    return "reply_as_co_handler";
  }
  std::string_view operator()(const domain::OrderRecheckCommand& command) const {
    out.mutable_order_recheck()->set_reason(command.reason);
    return "order_recheck";
  }
  std::string_view operator()(const domain::RecordRecheckCommand& command) const {
    out.mutable_record_recheck()->set_solved(command.solved);
    out.mutable_record_recheck()->set_finding(command.finding);
    return "record_recheck";
  }
  std::string_view operator()(const domain::RecalculateDueCommand& /*command*/) const {
    out.mutable_recalculate_due();
    return "recalculate_due";
  }
};

}  // namespace

std::string_view write_command_body(const domain::CommandBody& body, wire::CommandRecord& out) {
  return std::visit(CommandWriter{out}, body);
}

}  // namespace paidan::contract
