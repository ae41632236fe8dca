#include "paidan/domain/ticket.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "helpers.hpp"
#include "paidan/domain/lifecycle.hpp"

/// What the scenarios do not show: bounds, evolve by itself, and random lives.
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

// ---- random lives ------------------------------------------------------------------------------

using Maker = std::function<TicketInput(const Ticket&, Instant, std::mt19937&)>;

TicketInput agency_input(CommandBody body, const Ticket& ticket, Instant now,
                         std::mt19937& random) {
  Command command = agency_command(std::move(body), ticket);
  command.command_id = std::to_string(random() % 200);
  if (random() % 10 == 0) {
    command.actor.unit = UnitId{"gas"};
  }
  if (random() % 10 == 0) {
    command.assign_epoch = static_cast<std::uint32_t>(random() % 4);
  }
  return {std::move(command), now};
}
TicketInput office_input(CommandBody body, Instant now, std::mt19937& random) {
  Command command = office_command(std::move(body));
  command.command_id = "o" + std::to_string(random() % 200);
  return {std::move(command), now};
}

TicketInput sla_input(const Ticket& t, Instant n, std::mt19937& r) {
  if (t.clocks.empty()) {
    return {CitizenFact{Supplemented{"more"}}, n};
  }
  const OpenClock& clock = t.clocks[r() % t.clocks.size()];
  const SlaKind of_clock = r() % 2 == 0 ? SlaKind::warned : SlaKind::breached;
  const SlaKind kind = clock.step > 0 ? SlaKind::escalated : of_clock;
  return {
      SlaFact{kind, clock.clock, clock.step, clock.seq, clock.unit, clock.due_at, clock.due_at, {}},
      n};
}

const std::vector<Maker>& makers() {
  static const std::vector<Maker> all{
      [](const Ticket& t, Instant n, std::mt19937& r) {
        return agency_input(AcknowledgeCommand{}, t, n, r);
      },
      [](const Ticket& t, Instant n, std::mt19937& r) {
        return agency_input(RecordContactCommand{r() % 2 == 0, "nobody in"}, t, n, r);
      },
      [](const Ticket& t, Instant n, std::mt19937& r) {
        return agency_input(CompleteCommand{full_report(n)}, t, n, r);
      },
      [](const Ticket& t, Instant n, std::mt19937& r) {
        return agency_input(RequestReturnCommand{"not ours", {}}, t, n, r);
      },
      [](const Ticket&, Instant n, std::mt19937& r) {
        return office_input(DecideReturnCommand{r() % 2 == 0, "so"}, n, r);
      },
      [](const Ticket& t, Instant n, std::mt19937& r) {
        return office_input(AssignCommand{r() % 2 == 0 ? UnitId{"cg-3101"} : t.lead_unit, {}, {}},
                            n, r);
      },
      [](const Ticket&, Instant n, std::mt19937& r) {
        const bool kind = r() % 2 == 0;
        return office_input(
            CorrectClassificationCommand{CategoryId{kind ? "" : "燃气"}, {}, kind ? "咨询" : ""}, n,
            r);
      },
      [](const Ticket&, Instant n, std::mt19937& r) {
        return office_input(RecordCallBackCommand{r() % 2 == 0, r() % 2 == 0, {}, {}}, n, r);
      },
      [](const Ticket&, Instant n, std::mt19937& r) {
        return office_input(RedoCommand{"again"}, n, r);
      },
      [](const Ticket&, Instant n, std::mt19937& r) {
        return r() % 8 == 0 ? office_input(CloseCommand{"enough"}, n, r)
                            : TicketInput{CitizenFact{Urged{}}, n};
      },
      [](const Ticket&, Instant n, std::mt19937& r) {
        return TicketInput{CitizenFact{Rated{r() % 2 == 0, Satisfaction::satisfied, {}}}, n};
      },
      sla_input,
  };
  return all;
}

void check_invariants(const Ticket& ticket, const std::string& where) {
  const bool in_hand = ticket.state == State::assigned || ticket.state == State::acknowledged ||
                       ticket.state == State::contacted || ticket.state == State::completed ||
                       ticket.state == State::call_back || ticket.state == State::redo ||
                       ticket.state == State::return_requested;
  if (is_open(ticket.state)) {
    EXPECT_EQ(ticket.lead_unit.get().empty(), !in_hand) << where << ": one lead, or none";
  } else {
    EXPECT_TRUE(ticket.clocks.empty()) << where << ": a clock runs after the end";
  }
  EXPECT_LE(ticket.returns_granted, 2U) << where;
  EXPECT_LE(ticket.commands.size(), 16U) << where;
  for (const OpenClock& clock : ticket.clocks) {
    EXPECT_LE(clock.seq, ticket.clock_seqs.at(clock.clock)) << where;
  }
}

TEST(Ticket, KeepsItsInvariantsThroughRandomLives) {
  constexpr unsigned seed = 12345;
  std::mt19937 random(seed);
  for (int life = 0; life < 300; ++life) {
    Ticket ticket;
    Instant now = at("2025-11-03 09:00");
    const char* const categories[] = {"环境/噪声/工地噪声", "市容/违法搭建", "市容/乱张贴", ""};
    ticket = after({}, decide(small_pack(), {},
                              {CitizenFact{classified(categories[random() % 4], "310101")}, now}));
    for (int step = 0; step < 60; ++step) {
      now += std::chrono::minutes{random() % 120};
      const TicketInput input = makers()[random() % makers().size()](ticket, now, random);
      const std::uint64_t before = ticket.version;
      const TicketDecision decision = decide(small_pack(), ticket, input);
      std::size_t facts = 0;
      std::size_t replies = 0;
      for (const TicketEvent& event : decision.events) {
        facts += std::holds_alternative<LifecycleFact>(event) ? 1 : 0;
        replies += std::holds_alternative<Reply>(event) ? 1 : 0;
        ticket = evolve(std::move(ticket), event);
      }
      const std::string where = "seed " + std::to_string(seed) + " life " + std::to_string(life) +
                                " step " + std::to_string(step);
      EXPECT_EQ(ticket.version, before + facts) << where;
      EXPECT_EQ(replies, std::holds_alternative<Command>(input.body) ? 1U : 0U) << where;
      EXPECT_EQ(decision.skipped, decision.events.empty()) << where;
      check_invariants(ticket, where);
    }
  }
}

}  // namespace
}  // namespace paidan::domain
