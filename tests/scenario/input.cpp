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

/// What a verb needs beside its words.
struct At {
  const CityPack& pack;
  Instant now;

  std::optional<Instant> time(const Step& step, const std::string& key) const {
    return step.has(key) ? read_time(pack, step.get(key)) : std::nullopt;
  }
};

CompletionReport report_of(const Step& step, const At& at) {
  CompletionReport report;
  if (yes(step, "contacted", true)) {
    report.contacted_at = step.has("contacted_at") ? at.time(step, "contacted_at") : at.now;
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

TicketId master_of(const Step& step) {
  return step.has("master_id") ? TicketId{step.get("master_id")} : id_of(step.get("master"));
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

using Ask = std::function<CommandBody(const Step&, const At&)>;
using Verbs = std::map<std::string, Ask>;

/// A verb whose body holds a reason and nothing else.
template <class Body>
Ask with_reason(std::string key = "reason") {
  return [key = std::move(key)](const Step& step, const At&) { return Body{step.get(key)}; };
}
/// A decision: granted or not, and why.
template <class Body>
Ask decision() {
  return [](const Step& step, const At&) {
    return Body{yes(step, "granted", true), step.get("reason")};
  };
}

const Verbs& agency_verbs() {
  static const Verbs verbs{
      {"acknowledge", [](const Step&, const At&) { return AcknowledgeCommand{}; }},
      {"contact",
       [](const Step& s, const At&) {
         return RecordContactCommand{!s.has("not_reached"), s.get("not_reached")};
       }},
      {"complete", [](const Step& s, const At& at) { return CompleteCommand{report_of(s, at)}; }},
      {"return",
       [](const Step& s, const At&) {
         return RequestReturnCommand{s.get("reason"), UnitId{s.get("suggested")}};
       }},
      {"extend",
       [](const Step& s, const At& at) {
         return RequestExtensionCommand{s.get("reason"), at.time(s, "until")};
       }},
      {"unreasonable", with_reason<RequestUnreasonableCommand>()},
      {"hand_down",
       [](const Step& s, const At& at) {
         return SubAssignCommand{UnitId{s.get("to")}, at.time(s, "due")};
       }},
      {"raise", with_reason<RaiseToDistrictCommand>()},
      {"reply", with_reason<ReplyAsCoHandlerCommand>("text")},
  };
  return verbs;
}

const Verbs& office_verbs() {
  static const Verbs verbs{
      {"decide_return", decision<DecideReturnCommand>()},
      {"decide_extension",
       [](const Step& s, const At& at) {
         return DecideExtensionCommand{yes(s, "granted", true), s.get("reason"),
                                       at.time(s, "until")};
       }},
      {"decide_unreasonable", decision<DecideUnreasonableCommand>()},
      {"decide_appeal", decision<DecideAppealCommand>()},
      {"assign",
       [](const Step& s, const At&) {
         return AssignCommand{UnitId{s.get("lead")}, UnitId{s.get("queue")}, s.get("reason")};
       }},
      {"correct",
       [](const Step& s, const At&) {
         return CorrectClassificationCommand{CategoryId{s.get("category")}, AreaId{s.get("area")},
                                             s.get("kind")};
       }},
      {"close", with_reason<CloseCommand>()},
      {"call_back",
       [](const Step& s, const At&) {
         return RecordCallBackCommand{yes(s, "reached", true), yes(s, "solved", true),
                                      satisfaction_of(s.get("satisfaction")), s.get("comment")};
       }},
      {"redo", with_reason<RedoCommand>()},
      {"decline", with_reason<DeclineCommand>()},
      {"ask", with_reason<RequestInfoCommand>("question")},
      {"add_co_handler",
       [](const Step& s, const At&) {
         return AddCoHandlerCommand{UnitId{s.get("unit")}, s.get("reason")};
       }},
      {"mark_difficult", with_reason<MarkDifficultCommand>()},
      {"link", [](const Step& s,
                  const At&) { return LinkDuplicateCommand{master_of(s), s.get("reason")}; }},
      {"unlink", with_reason<UnlinkDuplicateCommand>()},
      {"reopen", with_reason<ReopenCommand>()},
      {"supervise", with_reason<SuperviseCommand>("instruction")},
      {"transfer_out",
       [](const Step& s, const At&) { return TransferOutCommand{s.get("to"), s.get("reason")}; }},
      {"order_recheck", with_reason<OrderRecheckCommand>()},
      {"record_recheck",
       [](const Step& s, const At&) {
         return RecordRecheckCommand{yes(s, "solved", true), s.get("finding")};
       }},
      {"recalculate_due", [](const Step&, const At&) { return RecalculateDueCommand{}; }},
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

/// `by`: the office, operations, the system, or a unit.
Actor actor_of(const std::string& by) {
  static const std::map<std::string, Role> roles{{"office", Role::office},
                                                 {"operations", Role::operations},
                                                 {"channel", Role::channel},
                                                 {"system", Role::system}};
  const auto known = roles.find(by);
  return known == roles.end() ? Actor{Role::agency, UnitId{by}, "agency-" + by}
                              : Actor{known->second, {}, by};
}

/// What clusters say.
std::optional<TicketInput> match_of(const Step& step, Instant at) {
  if (step.verb == "propose") {
    LinkProposed proposed;
    proposed.master_ticket_id = master_of(step).get();
    proposed.level = static_cast<std::uint32_t>(std::stoul(step.get("level", "2")));
    proposed.automatic = yes(step, "automatic", false);
    proposed.score = 0.9;
    proposed.evidence = {step.get("evidence", "同一来电人，同一事项"),
                         step.get("evidence", "the same caller, the same matter")};
    return TicketInput{std::move(proposed), at, {}};
  }
  if (step.verb == "withdraw_proposal") {
    return TicketInput{LinkWithdrawn{master_of(step).get(), step.get("reason")}, at, {}};
  }
  return std::nullopt;
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

std::string ticket_of(const Step& step) { return step.get("of", step.get("as", "A")); }

std::optional<TicketInput> input_of(const CityPack& pack, const Step& step, Instant at,
                                    const Ticket& ticket, std::uint64_t number) {
  if (auto match = match_of(step, at)) {
    return match;
  }
  if (const auto said = citizen_verbs().find(step.verb); said != citizen_verbs().end()) {
    return TicketInput{said->second(step), at, {}};
  }
  const bool of_agency = agency_verbs().contains(step.verb);
  const Verbs& verbs = of_agency ? agency_verbs() : office_verbs();
  const auto asked = verbs.find(step.verb);
  if (asked == verbs.end()) {
    return std::nullopt;
  }
  Command command = command_of(step, ticket, number);
  command.actor = actor_of(step.get("by", of_agency ? ticket.lead_unit.get() : "office"));
  command.body = asked->second(step, At{pack, at});
  return TicketInput{std::move(command), at, {}};
}

}  // namespace paidan::scenario
