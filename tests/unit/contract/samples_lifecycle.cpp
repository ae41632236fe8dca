#include <utility>

#include "samples_parts.hpp"

namespace paidan::contract::samples {

namespace {

using domain::TicketId;
using domain::UnitId;

domain::Assigned assigned() {
  return {.lead_unit = UnitId{"huangpu-chengguan"},
          .queue_unit = UnitId{"huangpu-nanjingdonglu"},
          .co_handlers = {UnitId{"huangpu-lvhua"}},
          .assign_epoch = 2,
          .why = {.rule = "responsibility.yaml:120",
                  .rules_version = "9f3c2e7a51d04b68",
                  .runner_up = "responsibility.yaml:88",
                  .area_test = "code 310101002",
                  .confidence = 0.875,
                  .explanation = {"配合：城管主办", "cooperate: the department leads"}},
          .basis = domain::AssignmentBasis::cooperate};
}

std::vector<domain::ClockChange> clock_changes() {
  return {domain::ClockStarted{.clock = "citizen",
                               .seq = 1,
                               .step = 1,
                               .unit = UnitId{"huangpu-chengguan"},
                               .started_at = at(0),
                               .due_at = at(432'000),
                               .warn_at = at(345'600),
                               .provisional = true,
                               .explanation = {"5 个工作日", "5 working days"}},
          domain::ClockStopped{"acknowledge", 1, domain::ClockStop::done}};
}

std::vector<domain::LifecycleBody> lifecycle_bodies() {
  return {domain::Opened{classified()},
          assigned(),
          domain::TriageRequested{domain::TriageReason::no_area},
          domain::Acknowledged{},
          domain::Contacted{true, "无人接听"},
          domain::Completed{report()},
          domain::ReturnRequested{"不属本单位", UnitId{"sh-power"}},
          domain::ReturnDecided{true, "同意"},
          domain::ArbitrationRequested{{UnitId{"sh-power"}, UnitId{"huangpu-chengguan"}}},
          domain::RatingRecorded{rated(), false},
          domain::Closed{domain::CloseReason::rated},
          domain::TicketWithdrawn{"已修好"},
          domain::UrgeRecorded{3},
          domain::SupplementRecorded{"补充：是两盏灯"},
          domain::ConflictingSubmission{
              {.partition = 1, .offset = 43, .content_hash = std::string(32, '\x03')}},
          domain::Escalated{sla_fact(domain::SlaKind::breached), {"office", "unit_head"}},
          domain::AppealRecorded{"不认可答复"},
          domain::RedoOrdered{"未解决"},
          domain::Reclassified{domain::CategoryId{"municipal/power"}, domain::AreaId{"310101013"},
                               "complaint"}};
}

std::vector<domain::LifecycleBody> request_bodies() {
  return {domain::Declined{"不属受理范围"},
          domain::InfoRequested{"请告知门牌号"},
          domain::ExtensionRequested{"需专家论证", at(864'000)},
          domain::ExtensionDecided{true, "情况属实", at(800'000)},
          domain::UnreasonableRequested{"诉求无法律依据"},
          domain::UnreasonableDecided{true, "认定成立"},
          domain::AppealDecided{true, "申诉成立"},
          domain::MarkedDifficult{"涉及多年遗留"},
          domain::Supervised{"三个工作日内反馈"},
          domain::Reopened{"问题复发"},
          domain::TransferredOut{"110", "正在发生的警情"},
          domain::RecheckOrdered{"回访称未解决"},
          domain::RecheckRecorded{true, "路灯已亮"},
          domain::DueRecalculated{"0b77d1c2a9e35f48"}};
}

std::vector<domain::LifecycleBody> joint_bodies() {
  const TicketId other = other_ticket_id();
  return {domain::CoHandlerAdded{UnitId{"huangpu-lvhua"}, "树枝遮挡"},
          domain::CoHandlerReplied{UnitId{"huangpu-lvhua"}, "已修剪"},
          domain::SubAssigned{UnitId{"huangpu-lighting-team"}, UnitId{"huangpu-chengguan"}, 4,
                              at(300'000)},
          domain::SubCompleted{UnitId{"huangpu-lighting-team"}, "已换灯"},
          domain::DuplicateProposed{other,
                                    domain::DuplicateLevel::same_caller,
                                    0.75,
                                    {"同一来电人、同一事项", "same caller, same matter"}},
          domain::DuplicateProposalDropped{other, "不是同一盏灯"},
          domain::DuplicateLinked{other, domain::DuplicateLevel::same_fault, true, "同一故障"},
          domain::DuplicateUnlinked{other, "市民不认可"},
          domain::DuplicateJoined{other},
          domain::DuplicateLeft{other},
          domain::MasterAnswered{other, 9, domain::CompletionOutcome::solved, UnitId{"sh-power"}},
          domain::MasterReopened{other, 11}};
}

/// Every way to stop a clock that came after `done` and `cancelled`.
std::vector<domain::ClockChange> later_stops() {
  return {domain::ClockStopped{"handle", 1, domain::ClockStop::moved},
          domain::ClockStopped{"citizen", 1, domain::ClockStop::paused},
          domain::ClockStopped{"handle", 2, domain::ClockStop::handed_over}};
}

std::vector<domain::Verdict> verdicts() {
  return {{.subject = domain::VerdictSubject::clock,
           .clock = "handle",
           .seq = 2,
           .unit = UnitId{"huangpu-chengguan"},
           .due_at = at(432'000),
           .at = at(60),
           .result = domain::VerdictResult::in_time,
           .counted = true,
           .reason = "done"},
          {.subject = domain::VerdictSubject::close,
           .clock = "",
           .seq = 0,
           .unit = {},
           .due_at = std::nullopt,
           .at = at(61),
           .result = domain::VerdictResult::unrated,
           .counted = false,
           .reason = "no_rating"}};
}

/// `name` empty: as the header names the fact, paidan.ticket.<fact>.v1.
void add(std::vector<Sample>& out, domain::LifecycleFact fact, std::string name = {}) {
  const std::vector<UnitId> relieved{UnitId{"sh-power"}};
  fact.actor = {domain::Role::agency, UnitId{"huangpu-chengguan"}, "agency-huangpu"};
  fact.happened_at = at(60);
  stream::OutRecord record = encode_lifecycle(ticket_id(), fact, ticket(), stamp(), relieved);
  if (name.empty()) {
    const stream::InRecord input = as_input(record);
    name = cloud_event_of(input).type;
    name = name.substr(14, name.size() - 14 - 3);
  }
  out.push_back({"lifecycle." + name, std::move(record)});
}

}  // namespace

void add_lifecycle(std::vector<Sample>& out) {
  const auto fact = [](domain::LifecycleBody body) {
    domain::LifecycleFact made;
    made.body = std::move(body);
    made.clocks = clock_changes();
    return made;
  };
  for (domain::LifecycleBody& body : lifecycle_bodies()) add(out, fact(std::move(body)));
  for (const auto& bodies : {request_bodies(), joint_bodies()}) {
    for (const domain::LifecycleBody& body : bodies) {
      domain::LifecycleFact made = fact(body);
      made.clocks = later_stops();
      made.verdicts = verdicts();
      add(out, std::move(made));
    }
  }
  domain::Assigned raised = assigned();
  raised.basis = domain::AssignmentBasis::raised;
  raised.why.beaten = {"responsibility.yaml:88", "responsibility.yaml:12"};
  add(out, fact(raised), "assigned_beating");
  add(out, fact(domain::Closed{domain::CloseReason::rechecked, "复核属实"}), "closed_rechecked");
  out.push_back({"lifecycle.time_mark", encode_time_mark({at(3600), 1}, stamp())});
  out.push_back({"lifecycle.settled", encode_settled({at(3600)}, stamp())});
}

}  // namespace paidan::contract::samples
