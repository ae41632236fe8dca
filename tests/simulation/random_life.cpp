#include "random_life.hpp"

#include <functional>

namespace paidan::simulation {
namespace {

using namespace domain;  // a table of its commands: every name is the domain's

template <class Values>
auto one_of(const Values& values, Random& random) {
  return values[random() % values.size()];
}
bool once_in(Random& random, std::uint64_t times) { return random() % times == 0; }

UnitId any_unit(Random& random) {
  static const std::vector<std::string> units{
      "water",    "water-1",    "gas",        "gas-3101", "gas-3101-s", "lights", "d-3101",
      "t-310101", "s-310101-1", "s-310101-2", "hb-3101",  "cg-3101",    "nobody"};
  return UnitId{one_of(units, random)};
}

std::string reason(Random& random) { return once_in(random, 12) ? "" : "so it is"; }

std::optional<Instant> some_time(Random& random, Instant now) {
  if (once_in(random, 2)) {
    return std::nullopt;
  }
  return now + std::chrono::hours{static_cast<int>(random() % 480) - 24};
}

CompletionReport report(Random& random, Instant now) {
  CompletionReport out;
  if (!once_in(random, 3)) {
    out.contacted_at = now;
  }
  out.reason_not_contacted = "nobody in";
  out.fact_finding = FactFinding::is_true;
  out.claim_judgement = ClaimJudgement::reasonable;
  out.outcome = once_in(random, 2) ? CompletionOutcome::solved : CompletionOutcome::explained;
  out.responsibility = "the unit";
  out.reply = once_in(random, 20) ? "" : "done";
  out.reply_method = ReplyMethod::phone;
  return out;
}

struct Story {
  const Ticket& ticket;
  Instant now;
  Random& random;
  bool yes() const { return once_in(random, 2); }
  std::string why() const { return reason(random); }
  UnitId unit() const { return any_unit(random); }
};

using Ask = std::function<CommandBody(const Story&)>;

const std::vector<Ask>& agency_asks() {
  static const std::vector<Ask> all{
      [](const Story&) { return AcknowledgeCommand{}; },
      [](const Story&) { return AcknowledgeCommand{}; },
      [](const Story& s) { return RecordContactCommand{s.yes(), s.why()}; },
      [](const Story& s) { return CompleteCommand{report(s.random, s.now)}; },
      [](const Story& s) { return RequestReturnCommand{s.why(), {}}; },
      [](const Story& s) { return RequestExtensionCommand{s.why(), some_time(s.random, s.now)}; },
      [](const Story& s) { return RequestUnreasonableCommand{s.why()}; },
      [](const Story& s) { return SubAssignCommand{s.unit(), some_time(s.random, s.now)}; },
      [](const Story& s) { return RaiseToDistrictCommand{s.why()}; },
      [](const Story& s) { return ReplyAsCoHandlerCommand{s.why()}; },
  };
  return all;
}

const std::vector<Ask>& request_decisions() {
  static const std::vector<Ask> all{
      [](const Story& s) { return DecideReturnCommand{s.yes(), s.why()}; },
      [](const Story& s) {
        return DecideExtensionCommand{s.yes(), s.why(), some_time(s.random, s.now)};
      },
      [](const Story& s) { return DecideUnreasonableCommand{s.yes(), s.why()}; },
      [](const Story& s) { return DecideAppealCommand{s.yes(), s.why()}; },
      [](const Story& s) {
        return LinkDuplicateCommand{scenario::id_of(random_name(s.random)), {}};
      },
      [](const Story& s) { return UnlinkDuplicateCommand{s.why()}; },
      [](const Story& s) { return AssignCommand{s.unit(), {}, s.why()}; },
      [](const Story& s) { return AssignCommand{s.ticket.lead_unit, s.unit(), s.why()}; },
      [](const Story& s) {
        return CorrectClassificationCommand{CategoryId{s.yes() ? "燃气" : "市容/乱张贴"},
                                            AreaId{s.yes() ? "310101" : "31"},
                                            s.yes() ? "咨询" : ""};
      },
  };
  return all;
}

const std::vector<Ask>& office_asks() {
  static const std::vector<Ask> all{
      [](const Story& s) { return RecordCallBackCommand{s.yes(), s.yes(), {}, {}}; },
      [](const Story& s) { return RedoCommand{s.why()}; },
      [](const Story& s) { return RequestInfoCommand{s.why()}; },
      [](const Story& s) { return AddCoHandlerCommand{s.unit(), s.why()}; },
      [](const Story& s) { return MarkDifficultCommand{s.why()}; },
      [](const Story& s) { return ReopenCommand{s.why()}; },
      [](const Story& s) { return SuperviseCommand{s.why()}; },
      [](const Story& s) { return OrderRecheckCommand{s.why()}; },
      [](const Story& s) { return RecordRecheckCommand{s.yes(), s.why()}; },
      [](const Story&) { return RecalculateDueCommand{}; },
  };
  return all;
}

/// What ends a ticket comes more rarely, or no story would be long.
const std::vector<Ask>& ending_asks() {
  static const std::vector<Ask> all{
      [](const Story& s) { return CloseCommand{s.why()}; },
      [](const Story& s) { return DeclineCommand{s.why()}; },
      [](const Story& s) { return TransferOutCommand{"110", s.why()}; },
  };
  return all;
}

Command command_for(const Story& story, CommandBody body) {
  Random& random = story.random;
  Command command;
  command.command_id = "c" + std::to_string(random() % 100'000);
  command.assign_epoch = once_in(random, 20) ? 99 : story.ticket.assign_epoch;
  command.expected_version = once_in(random, 20) ? story.ticket.version : 0;
  command.reply_to = {"edge-1", 0};
  command.body = std::move(body);
  return command;
}

Command agency_command(const Story& story) {
  Random& random = story.random;
  Command command = command_for(story, one_of(agency_asks(), random)(story));
  std::vector<UnitId> units{story.ticket.lead_unit, story.ticket.lead_unit, any_unit(random)};
  const auto& below = story.ticket.extras->sub_units;
  units.insert(units.end(), below.begin(), below.end());
  const auto& beside = story.ticket.co_handlers;
  units.insert(units.end(), beside.begin(), beside.end());
  command.actor = {Role::agency, one_of(units, random), "agency"};
  return command;
}

Command office_command(const Story& story) {
  Random& random = story.random;
  const bool ends = once_in(random, 12);
  const auto& asks = ends                 ? ending_asks()
                     : once_in(random, 2) ? request_decisions()
                                          : office_asks();
  Command command = command_for(story, one_of(asks, random)(story));
  command.actor = {once_in(random, 30) ? Role::operations : Role::office, {}, "office"};
  return command;
}

Classified opening(Random& random) {
  static const std::vector<std::string> categories{
      "环境/噪声", "环境/噪声/广场舞", "市容/违法搭建", "Street Light", "燃气", ""};
  static const std::vector<std::string> kinds{"咨询", "求助", "投诉", "建议", "表扬"};
  Classified out;
  out.channel = ChannelId{once_in(random, 4) ? "petition" : "hotline"};
  out.external_id = "X-1";
  out.category = CategoryId{one_of(categories, random)};
  out.demand_kind = one_of(kinds, random);
  out.area = AreaId{once_in(random, 8) ? "" : "310101"};
  out.urgency = once_in(random, 5) ? Urgency::urgent : Urgency::normal;
  out.content_ref = {0, 0, "content " + std::to_string(random() % 3)};
  return out;
}

CitizenFact citizen_fact(Random& random) {
  switch (random() % 8) {
    case 0:
      return opening(random);
    case 1:
      return Urged{};
    case 2:
      return Appealed{"unfair"};
    case 3:
      return once_in(random, 6) ? CitizenFact{Withdrawn{"no need"}} : CitizenFact{Urged{}};
    case 4:
    case 5:
      return Rated{once_in(random, 2), Satisfaction::satisfied, {}};
    default:
      return Supplemented{"more"};
  }
}

/// Clusters propose an earlier ticket, and may take it back.
TicketInput match(Random& random, Instant now) {
  const TicketId master = scenario::id_of(random_name(random));
  if (once_in(random, 4)) {
    return {LinkWithdrawn{master.get(), "earlier_ticket"}, now, {}};
  }
  return {LinkProposed{master.get(), 2, once_in(random, 3), 0.9, {"同一来电人", "same caller"}},
          now,
          {}};
}

}  // namespace

std::string random_name(Random& random) {
  return std::string(1, static_cast<char>('A' + random() % 4));
}

void random_input(scenario::World& world, Random& random, Instant now) {
  scenario::Life& life = world.life(random_name(random));
  const Story story{life.ticket, now, random};
  const auto kind = random() % 10;
  if (life.ticket.state == State::none && !once_in(random, 6)) {
    world.give(life, {CitizenFact{opening(random)}, now, {}});
  } else if (kind < 4) {
    world.give(life, {agency_command(story), now, {}});
  } else if (kind < 7) {
    world.give(life, {office_command(story), now, {}});
  } else if (kind < 9) {
    world.give(life, {citizen_fact(random), now, {}});
  } else {
    world.give(life, match(random, now));
  }
}

void random_delivery(scenario::World& world, Random& random) {
  switch (random() % 8) {
    case 0:
      world.hold_links();
      break;
    case 1:
      world.hold_alerts();
      break;
    case 2:
    case 3:
      world.deliver_links(random_name(random));
      break;
    case 4:
    case 5:
      world.deliver_alerts();
      break;
    default:
      break;
  }
}

}  // namespace paidan::simulation
