#include "dispatch/logic.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "a_pack.hpp"

namespace paidan::dispatch {
namespace {

using tests::a_pack;
using tests::a_routable_case;

static_assert(stream::Decider<Logic>);
static_assert(stream::KeepsTime<Logic>);

constexpr Instant noon = from_unix_ms(1'700'000'000'000);

/// given(inputs).when(input): decides and folds, as the pump does.
class Spec {
 public:
  explicit Spec(TimeSource source) : logic_(a_pack(), source) {}

  Spec& given(const Input& input) {
    when(input);
    return *this;
  }
  stream::Decision<Event> when(const Input& input) {
    auto decision = logic_.decide(state_, input, noon);
    for (const Event& event : decision.events) state_ = logic_.evolve(std::move(state_), event);
    return decision;
  }
  const State& state() const { return state_; }
  const Logic& logic() const { return logic_; }

 private:
  Logic logic_;
  State state_;
};

domain::TicketInput citizen(domain::CitizenFact fact) { return {std::move(fact), noon}; }

domain::TicketInput command(domain::CommandBody body, domain::Role role, const domain::UnitId& unit,
                            std::uint32_t epoch) {
  domain::Command command;
  command.command_id = "c" + std::to_string(body.index());
  command.actor = {role, unit, "tester"};
  command.assign_epoch = epoch;
  command.reply_to = {"edge-1", 3};
  command.body = std::move(body);
  return {std::move(command), noon};
}

const domain::Reply* reply_in(const stream::Decision<Event>& decision) {
  for (const Event& event : decision.events) {
    if (const auto* reply = std::get_if<domain::Reply>(&event)) return reply;
  }
  return nullptr;
}

template <class Body>
const HistoryWritten* fact_in(const stream::Decision<Event>& decision) {
  for (const Event& event : decision.events) {
    const auto* written = std::get_if<HistoryWritten>(&event);
    if (written != nullptr && std::holds_alternative<Body>(written->fact.body)) return written;
  }
  return nullptr;
}

TEST(DispatchLogic, OpensAndAssignsAClassifiedTicket) {
  Spec spec(TimeSource::live);
  const auto decision = spec.when(citizen(a_routable_case()));
  EXPECT_EQ(decision.outcome, stream::Outcome::accepted);
  ASSERT_NE(fact_in<domain::Opened>(decision), nullptr);
  ASSERT_NE(fact_in<domain::Assigned>(decision), nullptr);
  EXPECT_TRUE(fact_in<domain::Assigned>(decision)->relieved_units.empty());
  EXPECT_EQ(spec.state().ticket.state, domain::State::assigned);
  EXPECT_EQ(spec.state().ticket.version, 2U);
}

TEST(DispatchLogic, SkipsTheSameSubmissionASecondTime) {
  Spec spec(TimeSource::live);
  spec.given(citizen(a_routable_case()));
  const State before = spec.state();
  const auto decision = spec.when(citizen(a_routable_case()));
  EXPECT_EQ(decision.outcome, stream::Outcome::skipped);
  EXPECT_TRUE(decision.events.empty());
  EXPECT_EQ(spec.state(), before);
}

TEST(DispatchLogic, AnswersACommandForAnUnknownTicketAndKeepsNothing) {
  Spec spec(TimeSource::live);
  const auto decision = spec.when(
      command(domain::AcknowledgeCommand{}, domain::Role::agency, domain::UnitId{"PWD"}, 1));
  EXPECT_EQ(decision.outcome, stream::Outcome::refused);
  const domain::Reply* reply = reply_in(decision);
  ASSERT_NE(reply, nullptr);
  ASSERT_TRUE(std::holds_alternative<domain::Refused>(reply->answer));
  EXPECT_EQ(std::get<domain::Refused>(reply->answer).reason, domain::RefusalReason::unknown_ticket);
  EXPECT_EQ(reply->reply_to.partition, 3);
  EXPECT_EQ(spec.state(), State{});
}

TEST(DispatchLogic, AcceptsAnAcknowledgementOfTheUnitInChargeAndRepeatsItsAnswer) {
  Spec spec(TimeSource::live);
  spec.given(citizen(a_routable_case()));
  const domain::UnitId lead = spec.state().ticket.lead_unit;
  const auto input = command(domain::AcknowledgeCommand{}, domain::Role::agency, lead, 1);
  const auto first = spec.when(input);
  EXPECT_EQ(first.outcome, stream::Outcome::accepted);
  ASSERT_NE(reply_in(first), nullptr);
  const auto accepted = std::get<domain::Accepted>(reply_in(first)->answer);
  EXPECT_EQ(accepted.version, spec.state().ticket.version);
  EXPECT_FALSE(accepted.repeated);
  const auto again = spec.when(input);
  ASSERT_NE(reply_in(again), nullptr);
  EXPECT_TRUE(std::get<domain::Accepted>(reply_in(again)->answer).repeated);
  EXPECT_EQ(std::get<domain::Accepted>(reply_in(again)->answer).version, accepted.version);
}

TEST(DispatchLogic, SaysInTheRecordWhomAnAssignmentRelieves) {
  Spec spec(TimeSource::live);
  spec.given(citizen(a_routable_case()));
  const std::vector<domain::UnitId> before = units_concerned(spec.state().ticket);
  domain::UnitId other;
  for (const domain::Agency& agency : a_pack().agencies) {
    if (agency.level == 2 && agency.id != spec.state().ticket.lead_unit) other = agency.id;
  }
  const auto decision = spec.when(command(domain::AssignCommand{other, other, "moved"},
                                          domain::Role::office, domain::UnitId{}, 0));
  ASSERT_NE(fact_in<domain::Assigned>(decision), nullptr);
  EXPECT_EQ(fact_in<domain::Assigned>(decision)->relieved_units, before);
  EXPECT_EQ(spec.state().ticket.lead_unit, other);
}

TEST(DispatchTime, WritesALiveMarkTwoSecondsBehindWhatWasRead) {
  Spec spec(TimeSource::live);
  const auto input = spec.logic().tick(spec.state(), noon);
  ASSERT_TRUE(input);
  const auto decision = spec.when(*input);
  ASSERT_EQ(decision.events.size(), 1U);
  EXPECT_EQ(std::get<TimeMarkWritten>(decision.events[0]).mark.at, noon - Logic::grace);
  EXPECT_EQ(spec.state().time.mark_at, noon - Logic::grace);
}

TEST(DispatchTime, WritesAtMostOneLiveMarkASecondAndNeverGoesBack) {
  Spec spec(TimeSource::live);
  spec.given(*spec.logic().tick(spec.state(), noon));
  EXPECT_FALSE(spec.logic().tick(spec.state(), noon + Milliseconds{999}));
  EXPECT_FALSE(spec.logic().tick(spec.state(), noon - Milliseconds{5'000}));
  EXPECT_TRUE(spec.logic().tick(spec.state(), noon + Milliseconds{1'000}));
}

TEST(DispatchTime, WritesNoMarkOfItsOwnInAReplay) {
  const Spec spec(TimeSource::replay);
  EXPECT_FALSE(spec.logic().tick(spec.state(), noon));
}

TEST(DispatchTime, PassesOverMarksOfAReplayWhenTimeIsLive) {
  Spec spec(TimeSource::live);
  EXPECT_EQ(spec.when(domain::TimeMark{noon, 0}).outcome, stream::Outcome::skipped);
  EXPECT_EQ(spec.when(domain::MarkAnswered{{noon, 0}, 3}).outcome, stream::Outcome::skipped);
  EXPECT_EQ(spec.state(), State{});
}

struct RoundRow {
  const char* name;
  std::vector<Input> given;
  Input when;
  std::optional<domain::TimeMark> mark;  ///< What is written: a mark ...
  bool settled;                          ///< ... or that all is settled, or nothing.
};

class ReplayRounds : public testing::TestWithParam<RoundRow> {};

TEST_P(ReplayRounds, FollowTheProtocol) {
  const RoundRow& row = GetParam();
  Spec spec(TimeSource::replay);
  for (const Input& input : row.given) spec.given(input);
  const auto decision = spec.when(row.when);
  if (row.mark) {
    ASSERT_EQ(decision.events.size(), 1U);
    EXPECT_EQ(std::get<TimeMarkWritten>(decision.events[0]).mark, *row.mark);
  } else if (row.settled) {
    ASSERT_EQ(decision.events.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<domain::Settled>(decision.events[0]));
  } else {
    EXPECT_TRUE(decision.events.empty());
    EXPECT_EQ(decision.outcome, stream::Outcome::skipped);
  }
}

constexpr Instant t1 = noon;
constexpr Instant t2 = noon + Milliseconds{3'600'000};

INSTANTIATE_TEST_SUITE_P(
    Dispatch, ReplayRounds,
    testing::Values(
        RoundRow{"mark", {}, domain::TimeMark{t1, 0}, domain::TimeMark{t1, 0}, false},
        RoundRow{
            "nothing_fired", {domain::TimeMark{t1, 0}}, domain::MarkAnswered{{t1, 0}, 0}, {}, true},
        RoundRow{"something_fired",
                 {domain::TimeMark{t1, 0}},
                 domain::MarkAnswered{{t1, 0}, 2},
                 domain::TimeMark{t1, 1},
                 false},
        RoundRow{"the_next_round_fired_nothing",
                 {domain::TimeMark{t1, 0}, domain::MarkAnswered{{t1, 0}, 2}},
                 domain::MarkAnswered{{t1, 1}, 0},
                 {},
                 true},
        RoundRow{"a_mark_again_opens_a_round",
                 {domain::TimeMark{t1, 0}},
                 domain::TimeMark{t1, 0},
                 domain::TimeMark{t1, 1},
                 false},
        RoundRow{"an_older_round_does_not_settle",
                 {domain::TimeMark{t1, 0}, domain::TimeMark{t1, 0}},
                 domain::MarkAnswered{{t1, 0}, 0},
                 {},
                 false},
        RoundRow{"an_older_round_that_fired_opens_another",
                 {domain::TimeMark{t1, 0}, domain::TimeMark{t1, 0}},
                 domain::MarkAnswered{{t1, 0}, 1},
                 domain::TimeMark{t1, 2},
                 false},
        RoundRow{"a_later_mark",
                 {domain::TimeMark{t1, 0}, domain::MarkAnswered{{t1, 0}, 2}},
                 domain::TimeMark{t2, 0},
                 domain::TimeMark{t2, 0},
                 false},
        RoundRow{"an_older_mark", {domain::TimeMark{t2, 0}}, domain::TimeMark{t1, 0}, {}, false},
        RoundRow{"an_answer_to_an_older_mark",
                 {domain::TimeMark{t2, 0}},
                 domain::MarkAnswered{{t1, 0}, 1},
                 {},
                 false}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace paidan::dispatch
