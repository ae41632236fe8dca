#include <functional>
#include <map>

#include "player.hpp"

/// From a step's words to an input of the domain.
namespace paidan::scenario {
namespace {

using namespace domain;  // a table of its verbs: every name is the domain's

Satisfaction satisfaction_of(const std::string& word) {
  static const std::map<std::string, Satisfaction> words{
      {"satisfied", Satisfaction::satisfied},
      {"partly", Satisfaction::partly_satisfied},
      {"dissatisfied", Satisfaction::dissatisfied}};
  const auto found = words.find(word);
  return found == words.end() ? Satisfaction::none : found->second;
}

bool yes(const Step& step, const std::string& key, bool otherwise) {
  return step.has(key) ? step.get(key) == "yes" : otherwise;
}

CompletionReport report_of(const Step& step, Instant at) {
  CompletionReport report;
  if (yes(step, "contacted", true)) {
    report.contacted_at = at;
  }
  report.reason_not_contacted = step.get("reason_not_contacted");
  report.fact_finding = FactFinding::is_true;
  report.claim_judgement = ClaimJudgement::reasonable;
  report.outcome =
      step.get("outcome") == "explained" ? CompletionOutcome::explained : CompletionOutcome::solved;
  report.responsibility = "the unit";
  report.reply = step.get("reply", "done");
  report.reply_method = ReplyMethod::phone;
  return report;
}

using Say = std::function<CitizenFact(const Step&)>;
const std::map<std::string, Say>& citizen_verbs() {
  static const std::map<std::string, Say> verbs{
      {"supplement", [](const Step& s) { return Supplemented{s.get("text", "more")}; }},
      {"urge", [](const Step& s) { return Urged{s.get("text")}; }},
      {"withdraw", [](const Step& s) { return Withdrawn{s.get("reason")}; }},
      {"appeal", [](const Step& s) { return Appealed{s.get("reason")}; }},
      {"rate",
       [](const Step& s) {
         return Rated{yes(s, "solved", true), satisfaction_of(s.get("satisfaction", "satisfied")),
                      s.get("comment")};
       }},
  };
  return verbs;
}

using Ask = std::function<CommandBody(const Step&, Instant)>;
const std::map<std::string, Ask>& agency_verbs() {
  static const std::map<std::string, Ask> verbs{
      {"acknowledge", [](const Step&, Instant) { return AcknowledgeCommand{}; }},
      {"contact",
       [](const Step& s, Instant) {
         return RecordContactCommand{!s.has("not_reached"), s.get("not_reached")};
       }},
      {"complete", [](const Step& s, Instant at) { return CompleteCommand{report_of(s, at)}; }},
      {"return",
       [](const Step& s, Instant) {
         return RequestReturnCommand{s.get("reason"), UnitId{s.get("suggested")}};
       }},
  };
  return verbs;
}

const std::map<std::string, Ask>& office_verbs() {
  static const std::map<std::string, Ask> verbs{
      {"decide_return",
       [](const Step& s, Instant) {
         return DecideReturnCommand{yes(s, "granted", true), s.get("reason")};
       }},
      {"assign",
       [](const Step& s, Instant) {
         return AssignCommand{UnitId{s.get("lead")}, UnitId{s.get("queue")}, s.get("reason")};
       }},
      {"correct",
       [](const Step& s, Instant) {
         return CorrectClassificationCommand{CategoryId{s.get("category")}, AreaId{s.get("area")},
                                             s.get("kind")};
       }},
      {"close", [](const Step& s, Instant) { return CloseCommand{s.get("reason")}; }},
      {"call_back",
       [](const Step& s, Instant) {
         return RecordCallBackCommand{yes(s, "reached", true), yes(s, "solved", true),
                                      satisfaction_of(s.get("satisfaction")), s.get("comment")};
       }},
      {"redo", [](const Step& s, Instant) { return RedoCommand{s.get("reason")}; }},
  };
  return verbs;
}

Command command_of(const Step& step, const Ticket& ticket, std::uint64_t number) {
  Command command;
  command.command_id = step.get("id", "command-" + std::to_string(number));
  command.assign_epoch = static_cast<std::uint32_t>(
      std::stoul(step.get("epoch", std::to_string(ticket.assign_epoch))));
  command.expected_version = std::stoull(step.get("version", "0"));
  command.reply_to = {"edge-1", 0};
  return command;
}

}  // namespace

Submitted submission_of(const CityPack& pack, const Step& step) {
  Submitted submitted;
  submitted.channel = ChannelId{step.get("channel", pack.channels.front().id.get())};
  submitted.external_id = step.get("external_id", "X-1");
  submitted.title = step.get("title");
  submitted.text = step.get("text");
  submitted.category = step.get("category");
  submitted.demand_kind = step.get("kind");
  submitted.place.area = AreaId{step.get("area")};
  submitted.place.address = step.get("address");
  for (const auto& [key, value] : step.values) {
    if (key.starts_with("code.")) {
      submitted.place.codes[key.substr(5)] = value;
    }
  }
  submitted.designated_unit = UnitId{step.get("designated")};
  if (step.has("due")) {
    submitted.given_due_at = read_time(pack, step.get("due"));
  }
  return submitted;
}

std::optional<TicketInput> input_of(const CityPack& pack, const Step& step, Instant at,
                                    const Ticket& ticket, std::uint64_t number) {
  if (const auto said = citizen_verbs().find(step.verb); said != citizen_verbs().end()) {
    return TicketInput{said->second(step), at};
  }
  Command command = command_of(step, ticket, number);
  if (const auto asked = agency_verbs().find(step.verb); asked != agency_verbs().end()) {
    const std::string unit = step.get("by", ticket.lead_unit.get());
    command.actor = {Role::agency, UnitId{unit}, "agency-" + unit};
    command.body = asked->second(step, at);
    if (auto* complete = std::get_if<CompleteCommand>(&command.body);
        complete != nullptr && step.has("contacted_at")) {
      complete->report.contacted_at = read_time(pack, step.get("contacted_at"));
    }
    return TicketInput{std::move(command), at};
  }
  const auto asked = office_verbs().find(step.verb);
  if (asked == office_verbs().end()) {
    return std::nullopt;
  }
  command.actor = {Role::office, {}, "office"};
  if (step.has("by")) {
    command.actor = {Role::agency, UnitId{step.get("by")}, "agency-" + step.get("by")};
  }
  command.body = asked->second(step, at);
  return TicketInput{std::move(command), at};
}

}  // namespace paidan::scenario
