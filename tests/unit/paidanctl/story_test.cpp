#include "paidanctl/replay/story.hpp"

#include <gtest/gtest.h>

namespace paidan::ctl {
namespace {

Instant at(int seconds) { return Instant{std::chrono::seconds{seconds}}; }

ReplayMapping mapping_with(std::initializer_list<const char*> fields) {
  ReplayMapping mapping;
  for (const char* field : fields) mapping.columns[field] = field;
  return mapping;
}

std::vector<StepKind> kinds(const std::vector<Step>& steps) {
  std::vector<StepKind> kinds;
  for (const Step& step : steps) kinds.push_back(step.kind);
  return kinds;
}

TEST(StepsOfACase, FollowTheRecordedTimesAndAtEqualTimesTheOrderOfTheLifeCycle) {
  const ReplayCase closed_at_once{.submitted_at = at(5), .completed_at = at(5)};
  const auto steps = steps_of(closed_at_once, mapping_with({"completed_at"}));
  EXPECT_EQ((std::vector{StepKind::acknowledge, StepKind::complete}), kinds(steps));
  EXPECT_EQ(at(5), steps[0].at);
  EXPECT_EQ(at(5), steps[1].at);
}

TEST(StepsOfACase, NeverAcknowledgesWhatTheFileSaysWasNeverAcknowledged) {
  const ReplayCase untouched{.submitted_at = at(5)};
  EXPECT_TRUE(steps_of(untouched, mapping_with({"acknowledged_at", "completed_at"})).empty());
}

TEST(StepsOfACase, PutsAReturnAndItsDecisionWhereTheyHappened) {
  const ReplayCase returned{.submitted_at = at(1),
                            .acknowledged_at = at(9),
                            .completed_at = at(20),
                            .return_requested_at = at(3),
                            .return_decided_at = at(4),
                            .rated_at = at(30)};
  EXPECT_EQ((std::vector{StepKind::request_return, StepKind::decide_return, StepKind::acknowledge,
                         StepKind::complete, StepKind::rate}),
            kinds(steps_of(returned, mapping_with({"acknowledged_at", "completed_at"}))));
}

class TimelineTest : public testing::Test {
 protected:
  std::vector<ReplayCase> cases_{
      {.external_id = "a", .submitted_at = at(1), .completed_at = at(10)},
      {.external_id = "b", .submitted_at = at(5), .completed_at = at(6)}};
  ReplayMapping mapping_ = mapping_with({"completed_at"});
  Timeline timeline_{cases_, mapping_};
};

TEST_F(TimelineTest, OpensOnlyWhatHasHappenedUpToTheEndOfTheWindow) {
  EXPECT_EQ(at(1), timeline_.next_at());
  EXPECT_EQ(0U, timeline_.take_submission(at(4)));
  EXPECT_EQ(std::nullopt, timeline_.take_submission(at(4)));
  EXPECT_EQ(1U, timeline_.waiting());
  EXPECT_EQ(at(5), timeline_.next_at());
}

TEST_F(TimelineTest, TakesOneStepOfATicketAtATime) {
  timeline_.take_submission(at(4));
  timeline_.accepted(0, "T0");
  EXPECT_EQ(std::nullopt, timeline_.take_step(at(4)));  // no unit yet
  timeline_.assigned(0, "PWDx", 1);
  EXPECT_EQ(0U, timeline_.waiting());
  EXPECT_EQ(0U, timeline_.take_step(at(4)));  // the acknowledgement
  EXPECT_EQ(std::nullopt, timeline_.take_step(at(100)));
  timeline_.stepped(0, false);
  EXPECT_EQ(std::nullopt, timeline_.take_step(at(9)));  // the completion is later
  EXPECT_EQ(0U, timeline_.take_step(at(10)));
  timeline_.stepped(0, false);
  EXPECT_EQ(Phase::over, timeline_.story(0).phase);
  EXPECT_EQ(0U, timeline_.waiting());
}

TEST_F(TimelineTest, IgnoresAnAssignmentThatItKnowsAlready) {
  timeline_.take_submission(at(4));
  timeline_.accepted(0, "T0");
  timeline_.assigned(0, "PWDx", 2);
  timeline_.take_step(at(4));
  timeline_.stepped(0, true);        // the return was granted
  timeline_.assigned(0, "PWDx", 2);  // repeated by the stream
  EXPECT_EQ(Phase::unassigned, timeline_.story(0).phase);
  timeline_.assigned(0, "BTDT", 3);
  EXPECT_EQ("BTDT", timeline_.story(0).lead_unit);
}

TEST_F(TimelineTest, CountsWhatAWindowHolds) {
  EXPECT_EQ(2U, timeline_.count_until(at(4)));  // a: submitted, acknowledged
  EXPECT_EQ(6U, timeline_.count_until(at(10)));
  EXPECT_EQ(at(10), timeline_.last_at());
}

}  // namespace
}  // namespace paidan::ctl
