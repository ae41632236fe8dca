#include <utility>

#include "samples.hpp"
#include "samples_parts.hpp"

namespace paidan::contract::samples {

using domain::UnitId;

const domain::Rated& rated() {
  static const domain::Rated rated{true, domain::Satisfaction::partly_satisfied, "还行"};
  return rated;
}

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

namespace {

void add_submissions(std::vector<Sample>& out) {
  const auto add = [&](const char* name, const SubmissionBody& body) {
    out.push_back(
        {std::string("submissions.") + name, encode_submission(ticket_id(), body, stamp())});
  };
  add("submitted", submitted());
  add("supplemented", domain::Supplemented{"补充：是两盏灯"});
  add("urged", domain::Urged{"请尽快"});
  add("withdrawn", domain::Withdrawn{"已修好"});
  add("rated", rated());
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
  add("rated", rated());
  add("appealed", domain::Appealed{"不认可答复"});
  out.push_back(
      {"classified.time_mark", encode_classified(stream::partition_key(partition()),
                                                 domain::TimeMark{at(3600), 2}, stamp())});
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
  out.push_back({"dispatch.state.ticket_extras",
                 encode_dispatch_state(ticket_id(), partition(), ticket_with_extras())});
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
  add_links(out);
  add_replies(out);
  add_states(out);
  add_clusters(out);
  out.push_back(
      {"subjects.subject", encode_subject({.subject_ref = "s-7d1f",
                                           .key_id = "subject.key/1",
                                           .wrapped_data_key = std::string(72, 'w'),
                                           .sealed = std::string(24, 'n') + std::string(64, 'c')},
                                          stamp())});
  return out;
}

}  // namespace paidan::contract::samples
