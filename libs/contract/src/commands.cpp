#include "paidan/contract/commands.hpp"

#include "citizen_facts.hpp"
#include "paidan/ticket/v1/commands.pb.h"
#include "reports.hpp"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;
constexpr std::size_t command_id_bytes_max = 64;

domain::RecordCallBackCommand read_call_back(wire::RecordCallBackCommand& command, Faults& faults) {
  const Path root{"record_call_back"};
  const auto satisfaction = static_cast<wire::Satisfaction>(command.satisfaction());
  return {.reached = command.reached(),
          .solved = command.solved(),
          .satisfaction = read_enum<domain::Satisfaction>(satisfaction, wire::Satisfaction_IsValid,
                                                          {"satisfaction", &root}, faults),
          .comment = std::move(*command.mutable_comment())};
}

domain::CommandBody read_agency_command(wire::CommandRecord& proto, Faults& faults) {
  switch (proto.command_case()) {
    case wire::CommandRecord::kAcknowledge:
      return domain::AcknowledgeCommand{};
    case wire::CommandRecord::kRecordContact:
      return domain::RecordContactCommand{
          proto.record_contact().reached(),
          std::move(*proto.mutable_record_contact()->mutable_reason_not_reached())};
    case wire::CommandRecord::kComplete: {
      const Path root{"complete"};
      return domain::CompleteCommand{
          read_report(*proto.mutable_complete()->mutable_report(), {"report", &root}, faults)};
    }
    case wire::CommandRecord::kRequestReturn:
      return domain::RequestReturnCommand{
          std::move(*proto.mutable_request_return()->mutable_reason()),
          domain::UnitId{std::move(*proto.mutable_request_return()->mutable_suggested_unit())}};
    default:
      faults.add({"command"}, "missing, or of a later version");
      return domain::AcknowledgeCommand{};
  }
}

domain::CommandBody read_command_body(wire::CommandRecord& proto, Faults& faults) {
  switch (proto.command_case()) {
    case wire::CommandRecord::kDecideReturn:
      return domain::DecideReturnCommand{
          proto.decide_return().granted(),
          std::move(*proto.mutable_decide_return()->mutable_reason())};
    case wire::CommandRecord::kAssign: {
      wire::AssignCommand& command = *proto.mutable_assign();
      return domain::AssignCommand{domain::UnitId{std::move(*command.mutable_lead_unit())},
                                   domain::UnitId{std::move(*command.mutable_queue_unit())},
                                   std::move(*command.mutable_reason())};
    }
    case wire::CommandRecord::kCorrectClassification: {
      wire::CorrectClassificationCommand& command = *proto.mutable_correct_classification();
      return domain::CorrectClassificationCommand{
          domain::CategoryId{std::move(*command.mutable_category())},
          domain::AreaId{std::move(*command.mutable_area())},
          std::move(*command.mutable_demand_kind())};
    }
    case wire::CommandRecord::kClose:
      return domain::CloseCommand{std::move(*proto.mutable_close()->mutable_reason())};
    case wire::CommandRecord::kRecordCallBack:
      return read_call_back(*proto.mutable_record_call_back(), faults);
    case wire::CommandRecord::kRedo:
      return domain::RedoCommand{std::move(*proto.mutable_redo()->mutable_reason())};
    default:
      return read_agency_command(proto, faults);
  }
}

domain::ReplyTo read_reply_to(wire::ReplyTo& reply_to, Faults& faults) {
  const Path root{"reply_to"};
  if (reply_to.partition() < 0 || reply_to.partition() >= reply_partitions) {
    faults.add({"partition", &root},
               "not one of the " + std::to_string(reply_partitions) + " of `replies`");
  }
  return {.instance = std::move(*reply_to.mutable_instance()), .partition = reply_to.partition()};
}

domain::Command read_command(wire::CommandRecord& proto, Faults& faults) {
  domain::Command out;
  out.command_id = std::move(*proto.mutable_command_id());
  if (out.command_id.empty() || out.command_id.size() > command_id_bytes_max) {
    faults.add({"command_id"}, "not 1 to " + std::to_string(command_id_bytes_max) + " bytes");
  }
  out.actor = read_actor(*proto.mutable_actor(), {"actor"}, faults);
  out.assign_epoch = proto.assign_epoch();
  out.expected_version = proto.expected_version();
  out.reply_to = read_reply_to(*proto.mutable_reply_to(), faults);
  out.body = read_command_body(proto, faults);
  return out;
}

/// Sets the command and returns its name.
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
};

}  // namespace

DecodeResult<domain::Command> decode_command(const stream::InRecord& record,
                                             std::int32_t partition_count) {
  return decode_record<domain::Command, wire::CommandRecord>(
      record, topic::commands, partition_count,
      [](wire::CommandRecord& proto, bool& /*of_partition*/, Faults& faults) {
        return read_command(proto, faults);
      });
}

stream::OutRecord encode_command(std::string_view ticket_id, const domain::Command& command,
                                 const Stamp& stamp) {
  wire::CommandRecord proto;
  write_meta(stamp, stamp.happened_at, *proto.mutable_meta());
  proto.set_ticket_id(ticket_id.data(), ticket_id.size());
  proto.set_command_id(command.command_id);
  write_actor(command.actor, *proto.mutable_actor());
  proto.set_assign_epoch(command.assign_epoch);
  proto.set_expected_version(command.expected_version);
  proto.mutable_reply_to()->set_instance(command.reply_to.instance);
  proto.mutable_reply_to()->set_partition(command.reply_to.partition);
  const std::string_view name = std::visit(CommandWriter{proto}, command.body);
  return make_record(topic::commands, ticket_id, proto, name, stamp);
}

}  // namespace paidan::contract
