#include "helpers.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>

#include "paidan/citypack/load.hpp"

namespace paidan::domain {
namespace {

CityPack load_pack(const std::string& name) {
  auto loaded =
      citypack::load(std::filesystem::path(PAIDAN_SOURCE_DIR) / "tests/data/packs" / name);
  EXPECT_TRUE(loaded.has_value()) << (loaded ? "" : to_string(loaded.error().front()));
  return std::move(loaded).value();
}

Ticket give(Ticket ticket, const Command& command, const std::string& time) {
  const TicketDecision decision = decide(small_pack(), ticket, {command, at(time)});
  return after(std::move(ticket), decision);
}

Ticket by_agency(Ticket ticket, CommandBody body, const std::string& time) {
  const Command command = agency_command(std::move(body), ticket);
  return give(std::move(ticket), command, time);
}

Ticket opened(const std::string& category, const std::string& area) {
  const TicketDecision decision = decide(
      small_pack(), Ticket{}, {CitizenFact{classified(category, area)}, at("2025-11-03 09:00")});
  return after(Ticket{}, decision);
}

Ticket in_return() {
  return by_agency(opened("环境/油烟", "310101"), RequestReturnCommand{"not ours", {}},
                   "2025-11-03 09:20");
}

Ticket completed() {
  Ticket ticket =
      by_agency(opened("环境/油烟", "310101"), AcknowledgeCommand{}, "2025-11-03 09:10");
  return by_agency(std::move(ticket), CompleteCommand{full_report(at("2025-11-03 09:15"))},
                   "2025-11-03 09:30");
}

}  // namespace

const CityPack& small_pack() {
  static const CityPack pack = load_pack("small");
  return pack;
}
const CityPack& given_pack() {
  static const CityPack pack = load_pack("given");
  return pack;
}

Instant at(const std::string& text, const CityPack& pack) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  const int read =
      std::sscanf(text.c_str(), "%d-%u-%u %u:%u:%u", &year, &month, &day, &hour, &minute, &second);
  EXPECT_GE(read, 5) << text;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  return to_instant(pack.calendar.zone, std::chrono::local_days{date} + std::chrono::hours{hour} +
                                            std::chrono::minutes{minute} +
                                            std::chrono::seconds{second});
}

std::string text_of(Instant instant, const CityPack& pack) {
  const std::string full = to_rfc3339(pack.calendar.zone, instant);
  const std::string seconds = full.substr(16, 3);
  return full.substr(0, 10) + " " + full.substr(11, 5) + (seconds == ":00" ? "" : seconds);
}

Classified classified(const std::string& category, const std::string& area) {
  Classified out;
  out.channel = ChannelId{"hotline"};
  out.external_id = "X-1";
  out.category = CategoryId{category};
  out.demand_kind = "投诉";
  out.area = AreaId{area};
  out.content_ref = {0, 0, "one"};
  return out;
}

CompletionReport full_report(Instant contacted_at) {
  CompletionReport report;
  report.contacted_at = contacted_at;
  report.fact_finding = FactFinding::is_true;
  report.claim_judgement = ClaimJudgement::reasonable;
  report.outcome = CompletionOutcome::solved;
  report.responsibility = "the unit";
  report.reply = "done";
  report.reply_method = ReplyMethod::phone;
  return report;
}

Command agency_command(CommandBody body, const Ticket& ticket) {
  Command command;
  command.command_id = "agency-" + std::to_string(ticket.version);
  command.actor = {Role::agency, ticket.lead_unit, "agency"};
  command.assign_epoch = ticket.assign_epoch;
  command.reply_to = {"edge-1", 0};
  command.body = std::move(body);
  return command;
}

Command office_command(CommandBody body) {
  Command command;
  static int number = 0;  // a repeated id is a repeated command
  command.command_id = "office-" + std::to_string(++number);
  command.actor = {Role::office, {}, "office"};
  command.reply_to = {"edge-1", 0};
  command.body = std::move(body);
  return command;
}

Ticket after(Ticket ticket, const TicketDecision& decision) {
  for (const TicketEvent& event : decision.events) {
    ticket = evolve(std::move(ticket), event);
  }
  return ticket;
}

Ticket ticket_in(State state) {
  switch (state) {
    case State::none:
      return {};
    case State::needs_triage:
      return opened("", "310101");
    case State::acknowledged:
      return by_agency(opened("环境/油烟", "310101"), AcknowledgeCommand{}, "2025-11-03 09:10");
    case State::contacted:
      return by_agency(ticket_in(State::acknowledged), RecordContactCommand{true, {}},
                       "2025-11-03 09:15");
    case State::return_requested:
      return in_return();
    case State::arbitration: {  // 收回: nobody else may be asked
      Ticket ticket = by_agency(opened("市容/违法搭建", "310101"),
                                RequestReturnCommand{"not ours", {}}, "2025-11-03 09:20");
      return give(std::move(ticket), office_command(DecideReturnCommand{true, {}}),
                  "2025-11-03 09:25");
    }
    case State::completed:
      return completed();
    case State::call_back:
      return give(completed(), office_command(RecordCallBackCommand{}), "2025-11-03 09:40");
    case State::redo:
      return give(completed(), office_command(RedoCommand{"not solved"}), "2025-11-03 09:40");
    case State::closed:
      return give(completed(), office_command(CloseCommand{"settled"}), "2025-11-03 09:40");
    case State::withdrawn:
      return after(opened("环境/油烟", "310101"),
                   decide(small_pack(), opened("环境/油烟", "310101"),
                          {CitizenFact{Withdrawn{}}, at("2025-11-03 09:40")}));
    default: {
      Ticket ticket = opened("环境/油烟", "310101");
      ticket.state = state;  // assigned already, or a state that no move of today reaches
      return ticket;
    }
  }
}

}  // namespace paidan::domain
