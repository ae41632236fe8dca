#include <utility>

#include "samples.hpp"

namespace paidan::contract::samples {

namespace {

using domain::UnitId;

const domain::Rated rated{true, domain::Satisfaction::partly_satisfied, "还行"};

domain::CompletionReport report() {
  return {.contacted_at = at(30),
          .reason_not_contacted = "",
          .fact_finding = domain::FactFinding::partly_true,
          .claim_judgement = domain::ClaimJudgement::reasonable,
          .outcome = domain::CompletionOutcome::solved,
          .responsibility = "路灯所",
          .reply = "已更换灯具",
          .reply_method = domain::ReplyMethod::phone,
          .is_public = true};
}

domain::SlaFact sla_fact(domain::SlaKind kind) {
  return {.kind = kind,
          .clock = "citizen",
          .step = 1,
          .seq = 2,
          .unit = UnitId{"huangpu-chengguan"},
          .due_at = at(432'000),
          .at = at(432'001),
          .late = Milliseconds{1500}};
}

void add_submissions(std::vector<Sample>& out) {
  const auto add = [&](const char* name, const SubmissionBody& body) {
    out.push_back(
        {std::string("submissions.") + name, encode_submission(ticket_id(), body, stamp())});
  };
  add("submitted", submitted());
  add("supplemented", domain::Supplemented{"补充：是两盏灯"});
  add("urged", domain::Urged{"请尽快"});
  add("withdrawn", domain::Withdrawn{"已修好"});
  add("rated", rated);
  add("appealed", domain::Appealed{"不认可答复"});
  out.push_back(
      {"submissions.time_mark", encode_submission(stream::partition_key(partition()),
                                                  domain::TimeMark{at(3600), 0}, stamp())});
}

void add_classified(std::vector<Sample>& out) {
  const auto add = [&](const char* name, const ClassifiedBody& body) {
    out.push_back(
        {std::string("classified.") + name, encode_classified(ticket_id(), body, stamp())});
  };
  add("classified", classified());
  add("supplemented", domain::Supplemented{"补充：是两盏灯"});
  add("urged", domain::Urged{"请尽快"});
  add("withdrawn", domain::Withdrawn{"已修好"});
  add("rated", rated);
  add("appealed", domain::Appealed{"不认可答复"});
  out.push_back(
      {"classified.time_mark", encode_classified(stream::partition_key(partition()),
                                                 domain::TimeMark{at(3600), 2}, stamp())});
}

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
          domain::RatingRecorded{rated, false},
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

void add_lifecycle(std::vector<Sample>& out) {
  const std::vector<UnitId> relieved{UnitId{"sh-power"}};
  for (domain::LifecycleBody& body : lifecycle_bodies()) {
    const domain::LifecycleFact fact{
        .body = std::move(body),
        .clocks = clock_changes(),
        .actor = {domain::Role::agency, UnitId{"huangpu-chengguan"}, "agency-huangpu"},
        .happened_at = at(60)};
    stream::OutRecord record = encode_lifecycle(ticket_id(), fact, ticket(), stamp(), relieved);
    // The header names the fact: paidan.ticket.<fact>.v1
    const stream::InRecord input = as_input(record);
    std::string type(cloud_event_of(input).type);
    type = type.substr(14, type.size() - 14 - 3);
    out.push_back({"lifecycle." + type, std::move(record)});
  }
  out.push_back({"lifecycle.time_mark", encode_time_mark({at(3600), 1}, stamp())});
  out.push_back({"lifecycle.settled", encode_settled({at(3600)}, stamp())});
}

void add_sla(std::vector<Sample>& out) {
  const std::vector<std::pair<const char*, domain::SlaKind>> kinds{
      {"warned", domain::SlaKind::warned},
      {"breached", domain::SlaKind::breached},
      {"met", domain::SlaKind::met},
      {"escalated", domain::SlaKind::escalated},
      {"retracted", domain::SlaKind::retracted}};
  for (const auto& [name, kind] : kinds) {
    out.push_back({std::string("sla.") + name, encode_sla(ticket_id(), sla_fact(kind), stamp())});
  }
  out.push_back(
      {"sla.mark_answered", encode_sla(stream::partition_key(partition()),
                                       domain::MarkAnswered{{at(3600), 1}, 12}, stamp())});
}

void add_commands(std::vector<Sample>& out) {
  const std::vector<std::pair<const char*, domain::CommandBody>> bodies{
      {"acknowledge", domain::AcknowledgeCommand{}},
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

void add_replies(std::vector<Sample>& out) {
  out.push_back({"replies.accepted",
                 encode_reply(ticket_id(), {"c-0001", {"dispatch-3", 3}, domain::Accepted{6, true}},
                              stamp())});
  out.push_back({"replies.refused",
                 encode_reply(ticket_id(),
                              {"c-0001",
                               {"dispatch-3", 3},
                               domain::Refused{domain::RefusalReason::stale_epoch,
                                               {"派单已变更", "the assignment has changed"},
                                               domain::State::acknowledged,
                                               6}},
                              stamp())});
}

void add_states(std::vector<Sample>& out) {
  const std::string partition_own = stream::partition_key(partition());
  const domain::PartitionTime time{at(3600), 1, 12};
  out.push_back(
      {"dispatch.state.ticket", encode_dispatch_state(ticket_id(), partition(), ticket())});
  out.push_back(
      {"dispatch.state.partition_time", encode_dispatch_state(partition_own, partition(), time)});
  out.push_back({"sla_monitor.state.ticket",
                 encode_sla_monitor_state(ticket_id(), partition(), sla_ticket())});
  out.push_back({"sla_monitor.state.partition_time",
                 encode_sla_monitor_state(partition_own, partition(), time)});
}

}  // namespace

std::vector<Sample> all() {
  std::vector<Sample> out;
  add_submissions(out);
  add_classified(out);
  add_lifecycle(out);
  add_sla(out);
  add_commands(out);
  add_replies(out);
  add_states(out);
  out.push_back(
      {"subjects.subject", encode_subject({.subject_ref = "s-7d1f",
                                           .key_id = "subject.key/1",
                                           .wrapped_data_key = std::string(72, 'w'),
                                           .sealed = std::string(24, 'n') + std::string(64, 'c')},
                                          stamp())});
  return out;
}

}  // namespace paidan::contract::samples
