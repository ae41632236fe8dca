#include <utility>

#include "paidan/contract/links.hpp"
#include "samples_parts.hpp"

namespace paidan::contract::samples {

namespace {

using domain::UnitId;
using Bodies = std::vector<std::pair<const char*, domain::CommandBody>>;

Bodies first_bodies() {
  return {{"acknowledge", domain::AcknowledgeCommand{}},
          {"record_contact", domain::RecordContactCommand{true, "无人接听"}},
          {"complete", domain::CompleteCommand{report()}},
          {"request_return", domain::RequestReturnCommand{"不属本单位", UnitId{"sh-power"}}},
          {"decide_return", domain::DecideReturnCommand{true, "同意"}},
          {"assign", domain::AssignCommand{UnitId{"sh-power"}, UnitId{"sh-power-2"}, "签派"}},
          {"correct_classification",
           domain::CorrectClassificationCommand{domain::CategoryId{"municipal/power"},
                                                domain::AreaId{"310101013"}, "complaint"}},
          {"close", domain::CloseCommand{"无需办理"}},
          {"record_call_back",
           domain::RecordCallBackCommand{true, true, domain::Satisfaction::satisfied, "满意"}},
          {"redo", domain::RedoCommand{"未解决"}}};
}

Bodies later_bodies() {
  return {{"decline", domain::DeclineCommand{"不属受理范围"}},
          {"request_info", domain::RequestInfoCommand{"请告知门牌号"}},
          {"add_co_handler", domain::AddCoHandlerCommand{UnitId{"huangpu-lvhua"}, "树枝遮挡"}},
          {"request_extension", domain::RequestExtensionCommand{"需专家论证", at(864'000)}},
          {"decide_extension", domain::DecideExtensionCommand{true, "情况属实", at(800'000)}},
          {"request_unreasonable", domain::RequestUnreasonableCommand{"诉求无法律依据"}},
          {"decide_unreasonable", domain::DecideUnreasonableCommand{true, "认定成立"}},
          {"decide_appeal", domain::DecideAppealCommand{true, "申诉成立"}},
          {"mark_difficult", domain::MarkDifficultCommand{"涉及多年遗留"}},
          {"link_duplicate", domain::LinkDuplicateCommand{other_ticket_id(), "同一盏灯"}},
          {"unlink_duplicate", domain::UnlinkDuplicateCommand{"不是同一盏灯"}},
          {"reopen", domain::ReopenCommand{"问题复发"}},
          {"supervise", domain::SuperviseCommand{"三个工作日内反馈"}},
          {"transfer_out", domain::TransferOutCommand{"110", "正在发生的警情"}},
          {"sub_assign", domain::SubAssignCommand{UnitId{"huangpu-lighting-team"}, at(86'400)}},
          {"raise_to_district", domain::RaiseToDistrictCommand{"街镇无力解决"}},
          {"reply_as_co_handler", domain::ReplyAsCoHandlerCommand{"已修剪"}},
          {"order_recheck", domain::OrderRecheckCommand{"回访称未解决"}},
          {"record_recheck", domain::RecordRecheckCommand{true, "路灯已亮"}},
          {"recalculate_due", domain::RecalculateDueCommand{}}};
}

}  // namespace

void add_commands(std::vector<Sample>& out) {
  Bodies bodies = first_bodies();
  for (auto& body : later_bodies()) bodies.push_back(std::move(body));
  for (const auto& [name, body] : bodies) {
    const domain::Command command{.command_id = "c-0001",
                                  .actor = {domain::Role::office, UnitId{"huangpu"}, "office"},
                                  .assign_epoch = 2,
                                  .expected_version = 5,
                                  .reply_to = {"dispatch-3", 3},
                                  .body = body};
    out.push_back({std::string("commands.") + name, encode_command(ticket_id(), command, stamp())});
  }
}

void add_links(std::vector<Sample>& out) {
  const std::vector<std::pair<const char*, domain::LinkBody>> bodies{
      {"linked", domain::Linked{}},
      {"unlinked", domain::Unlinked{}},
      {"master_answer",
       domain::MasterAnswer{domain::CompletionOutcome::explained, 9, UnitId{"sh-power"}}},
      {"master_reopen", domain::MasterReopen{}},
      {"link_refused", domain::LinkRefused{"主件已结案"}},
      {"master_moved", domain::MasterMoved{other_ticket_id()}}};
  for (const auto& [name, body] : bodies) {
    const domain::LinkEffect effect{.target = domain::TicketId{ticket_id()},
                                    .body = body,
                                    .happened_at = at(60),
                                    .source_version = 7};
    out.push_back({std::string("links.") + name,
                   encode_link(other_ticket_id().get(), effect, stamp(), partition_count)});
  }
}

}  // namespace paidan::contract::samples
