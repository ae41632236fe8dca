#include "paidan/domain/ticket.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "helpers.hpp"
#include "paidan/domain/lifecycle.hpp"

/// What the scenarios do not show: bounds, and evolve by itself. Random lives: tests/simulation.
namespace paidan::domain {
namespace {

std::string answer_of(const TicketDecision& decision) {
  const auto& reply = std::get<Reply>(decision.events.back());
  const auto* refused = std::get_if<Refused>(&reply.answer);
  return refused == nullptr ? "accepted" : refused->text.en;
}

std::string asked(const Ticket& ticket, CommandBody body) {
  return answer_of(decide(small_pack(), ticket,
                          {agency_command(std::move(body), ticket), at("2025-11-03 10:00")}));
}

TEST(Ticket, WantsACompleteReport) {
  struct Case {
    std::function<void(CompletionReport&)> spoil;
    const char* said;
  };
  const Case cases[] = {
      {[](CompletionReport&) {}, "accepted"},
      {[](CompletionReport& r) { r.contacted_at.reset(); },
       "report.reason_not_contacted is required"},
      {[](CompletionReport& r) { r.fact_finding = FactFinding::none; },
       "report.fact_finding is required"},
      {[](CompletionReport& r) { r.claim_judgement = ClaimJudgement::none; },
       "report.claim_judgement is required"},
      {[](CompletionReport& r) { r.outcome = CompletionOutcome::none; },
       "report.outcome is required"},
      {[](CompletionReport& r) { r.responsibility = " \n"; }, "report.responsibility is required"},
      {[](CompletionReport& r) { r.reply.clear(); }, "report.reply is required"},
      {[](CompletionReport& r) { r.reply_method = ReplyMethod::none; },
       "report.reply_method is required"},
      {[](CompletionReport& r) { r.reply.assign(4'000, 'x'); }, "accepted"},
      {[](CompletionReport& r) { r.reply.assign(4'001, 'x'); },
       "report.reply is longer than 4000 characters"},
      {[](CompletionReport& r) { r.responsibility.assign(1'001, 'x'); },
       "report.responsibility is longer than 1000 characters"},
  };
  const Ticket ticket = ticket_in(State::acknowledged);
  for (const Case& c : cases) {
    CompletionReport report = full_report(at("2025-11-03 09:15"));
    c.spoil(report);
    EXPECT_EQ(asked(ticket, CompleteCommand{report}), c.said);
  }
}

TEST(Ticket, CountsCharactersNotBytes) {
  CompletionReport report = full_report(at("2025-11-03 09:15"));
  report.reply.clear();
  for (int i = 0; i < 4'000; ++i) {
    report.reply += "办";
  }
  EXPECT_EQ(asked(ticket_in(State::acknowledged), CompleteCommand{report}), "accepted");
}

TEST(Ticket, NeedsNoSecondContactOnceTheCitizenWasReached) {
  CompletionReport report = full_report({});
  report.contacted_at.reset();
  EXPECT_EQ(asked(ticket_in(State::contacted), CompleteCommand{report}), "accepted");
}

TEST(Ticket, RemembersTheLastSixteenCommands) {
  Ticket ticket = ticket_in(State::acknowledged);
  const auto contact = [&](int number) {
    Command command = agency_command(RecordContactCommand{true, {}}, ticket);
    command.command_id = "c" + std::to_string(number);
    return decide(small_pack(), ticket, {command, at("2025-11-03 10:00")});
  };
  for (int i = 0; i < 20; ++i) {
    ticket = after(ticket, contact(i));
  }
  EXPECT_EQ(ticket.commands.size(), 16U);
  const TicketDecision repeated = contact(19);
  ASSERT_EQ(repeated.events.size(), 1U);
  const auto& accepted = std::get<Accepted>(std::get<Reply>(repeated.events[0]).answer);
  EXPECT_TRUE(accepted.repeated);
  EXPECT_EQ(accepted.version, ticket.version);
  EXPECT_EQ(after(ticket, repeated), ticket);
}

TEST(Ticket, DecidesARefusedCommandAgain) {
  Ticket ticket = ticket_in(State::assigned);
  const Command command = agency_command(RecordContactCommand{true, {}}, ticket);
  const TicketDecision refused = decide(small_pack(), ticket, {command, at("2025-11-03 10:00")});
  EXPECT_EQ(refused.reason, "wrong_state");
  ticket = after(ticket, refused);
  ticket =
      after(ticket, decide(small_pack(), ticket,
                           {agency_command(AcknowledgeCommand{}, ticket), at("2025-11-03 10:01")}));
  EXPECT_EQ(answer_of(decide(small_pack(), ticket, {command, at("2025-11-03 10:02")})), "accepted");
}

TEST(Ticket, LiftsTheBreachWhenItIsRetracted) {
  Ticket ticket = ticket_in(State::assigned);
  const auto sla = [&](SlaKind kind) {
    const SlaFact fact{kind, "handle", 0, 1, {}, at("2025-11-10 17:30"), at("2025-11-10 17:30"),
                       {}};
    ticket = after(ticket, decide(small_pack(), ticket, {fact, at("2025-11-10 17:30")}));
  };
  sla(SlaKind::breached);
  EXPECT_TRUE(ticket.breached);
  sla(SlaKind::retracted);
  EXPECT_FALSE(ticket.breached);
  const std::uint64_t version = ticket.version;
  sla(SlaKind::met);
  EXPECT_EQ(ticket.version, version);
}

TEST(Ticket, IgnoresADueTimeAndAUnitThatTheChannelMayNotGive) {
  Classified wild = classified("环境/油烟", "310101");
  wild.given_due_at = at("2025-12-24 09:00");
  wild.designated_unit = UnitId{"gas"};
  wild.demand_kind = "没有的类型";
  wild.urgency = Urgency::none;
  const Ticket ticket =
      after({}, decide(small_pack(), {}, {CitizenFact{wild}, at("2025-11-03 09:00")}));
  EXPECT_EQ(ticket.given_due_at, std::nullopt);
  EXPECT_EQ(ticket.designated_unit, UnitId{});
  EXPECT_EQ(ticket.lead_unit.get(), "hb-3101");
  EXPECT_EQ(ticket.demand_kind, small_pack().default_demand_kind);
  EXPECT_EQ(ticket.urgency, Urgency::normal);
}

TEST(Ticket, IsDecidedTheSameFromTheSameInput) {
  const TicketInput input{CitizenFact{classified("环境/噪声/工地噪声", "310101")},
                          at("2025-11-03 09:00")};
  EXPECT_EQ(after({}, decide(small_pack(), {}, input)), after({}, decide(small_pack(), {}, input)));
}

// ---- bounds ------------------------------------------------------------------------------------

TicketId id_number(int number) {
  std::string id = "0000000000000000";
  id[14] = static_cast<char>('a' + number / 26);
  id[15] = static_cast<char>('a' + number % 26);
  return TicketId{id};
}

TEST(Ticket, AnswersForSixtyFourDuplicatesAndRefusesTheNext) {
  Ticket master = ticket_in(State::acknowledged);
  for (int i = 0; i < 64; ++i) {
    const TicketInput linked{LinkReceived{id_number(i), 3, Linked{}}, at("2025-11-03 10:00"), {}};
    master = after(master, decide(small_pack(), master, linked));
  }
  EXPECT_EQ(master.extras->duplicates.size(), 64U);
  const TicketDecision refused = decide(
      small_pack(), master, {LinkReceived{id_number(64), 3, Linked{}}, at("2025-11-03 10:01"), {}});
  ASSERT_EQ(refused.events.size(), 1U);
  const auto& effect = std::get<LinkEffect>(refused.events[0]);
  EXPECT_EQ(effect.target, id_number(64));
  EXPECT_EQ(std::get<LinkRefused>(effect.body).reason, "master_full");
  EXPECT_EQ(after(master, refused), master);
}

TEST(Ticket, TakesSixteenCoHandlersAndRefusesTheNext) {
  Ticket ticket = ticket_in(State::acknowledged);
  const auto add = [&](const std::string& unit) {
    return decide(small_pack(), ticket,
                  {office_command(AddCoHandlerCommand{UnitId{unit}, {}}), at("2025-11-03 10:00")});
  };
  for (int i = 0; i < 15; ++i) {
    ticket.co_handlers.push_back(UnitId{"unit-" + std::to_string(i)});
  }
  EXPECT_EQ(answer_of(add("gas")), "accepted");
  ticket = after(ticket, add("gas"));
  EXPECT_EQ(ticket.co_handlers.size(), 16U);
  EXPECT_EQ(answer_of(add("water")), "unit: the ticket has 16 co-handlers already");
}

TEST(Ticket, KeepsFourProposalsAndSkipsTheNext) {
  for (Ticket ticket : {Ticket{}, ticket_in(State::assigned)}) {
    const auto propose = [&](int number) {
      return decide(small_pack(), ticket,
                    {LinkProposed{id_number(number).get(), 2, false, 1, {}}, at("2025-11-03 10:00"),
                     id_number(600)});
    };
    for (int i = 0; i < 4; ++i) {
      ticket = after(ticket, propose(i));
    }
    EXPECT_EQ(ticket.extras->waiting.size() + ticket.extras->proposals.size(), 4U);
    EXPECT_EQ(propose(0).reason, "repeated");
    EXPECT_EQ(propose(4).reason, "too_many_proposals");
  }
}

}  // namespace
}  // namespace paidan::domain
