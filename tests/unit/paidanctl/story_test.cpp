#include "paidanctl/replay/story.hpp"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "paidanctl/replay/script.hpp"

namespace paidan::ctl {
namespace {

Instant at(int seconds) { return Instant{std::chrono::seconds{seconds}}; }

ReplayMapping mapping_with(std::initializer_list<const char*> fields) {
  ReplayMapping mapping;
  for (const char* field : fields) mapping.columns[field] = field;
  return mapping;
}

std::vector<std::string> verbs(const std::vector<Step>& steps) {
  std::vector<std::string> verbs;
  for (const Step& step : steps) verbs.push_back(step.call.method->name());
  return verbs;
}

TEST(StepsOfACase, FollowTheRecordedTimesAndAtEqualTimesTheOrderOfTheLifeCycle) {
  const ReplayCase closed_at_once{.submitted_at = at(5), .completed_at = at(5)};
  const auto steps = steps_of(closed_at_once, mapping_with({"completed_at"}));
  EXPECT_EQ((std::vector<std::string>{"Acknowledge", "Complete"}), verbs(steps));
  EXPECT_EQ(at(5), steps[0].at);
  EXPECT_EQ(at(5), steps[1].at);
}

TEST(StepsOfACase, NeverAcknowledgesWhatTheFileSaysWasNeverAcknowledged) {
  const ReplayCase untouched{.submitted_at = at(5)};
  EXPECT_TRUE(steps_of(untouched, mapping_with({"acknowledged_at", "completed_at"})).empty());
}

TEST(StepsOfACase, AcknowledgesNothingByItselfWhereAnEventsFileTellsWhatHappened) {
  ReplayMapping mapping = mapping_with({});
  mapping.events = "events.csv";
  EXPECT_TRUE(steps_of({.submitted_at = at(5)}, mapping).empty());
}

TEST(StepsOfACase, PutsAReturnAndItsDecisionWhereTheyHappened) {
  const ReplayCase returned{.submitted_at = at(1),
                            .acknowledged_at = at(9),
                            .completed_at = at(20),
                            .return_requested_at = at(3),
                            .return_decided_at = at(4),
                            .rated_at = at(30)};
  EXPECT_EQ((std::vector<std::string>{"RequestReturn", "DecideReturn", "Acknowledge", "Complete",
                                      "Rate"}),
            verbs(steps_of(returned, mapping_with({"acknowledged_at", "completed_at"}))));
}

class TimelineTest : public testing::Test {
 protected:
  /// `a` is submitted at 1 and completed at 10, `b` at 5 and 6; each is acknowledged at once.
  static std::vector<Story> stories(std::size_t group_of_a, std::size_t group_of_b) {
    CaseFile file;
    file.cases = {{.external_id = "a", .submitted_at = at(1), .completed_at = at(10)},
                  {.external_id = "b", .submitted_at = at(5), .completed_at = at(6)}};
    auto stories = stories_of(file, mapping_with({"completed_at"}));
    stories[0].group = group_of_a;
    stories[1].group = group_of_b;
    return stories;
  }
  Timeline timeline_{stories(no_group, no_group), false};
};

TEST_F(TimelineTest, OpensOnlyWhatHasHappenedUpToTheEndOfTheWindow) {
  EXPECT_EQ(at(1), timeline_.next_at());
  EXPECT_EQ(0U, timeline_.take(at(4)));
  EXPECT_EQ(std::nullopt, timeline_.take(at(4)));
  EXPECT_EQ(1U, timeline_.waiting());
  EXPECT_EQ(at(5), timeline_.next_at());
}

TEST_F(TimelineTest, TakesOneStepOfATicketAtATime) {
  timeline_.take(at(4));
  timeline_.accepted(0, "T0");
  EXPECT_EQ(std::nullopt, timeline_.take(at(4)));  // no unit yet
  timeline_.told(0, "PWDx", 1);
  EXPECT_EQ(0U, timeline_.waiting());
  EXPECT_EQ(0U, timeline_.take(at(4)));  // the acknowledgement
  EXPECT_EQ(std::nullopt, timeline_.take(at(4)));
  timeline_.stepped(0, false);
  EXPECT_EQ(std::nullopt, timeline_.take(at(4)));  // the completion is later
  EXPECT_EQ(1U, timeline_.take(at(9)));
  timeline_.refused(1);
  EXPECT_EQ(0U, timeline_.take(at(10)));
  timeline_.stepped(0, false);
  EXPECT_EQ(Phase::over, timeline_.story(0).phase);
  EXPECT_EQ(0U, timeline_.waiting());
  EXPECT_EQ(2U, timeline_.submitted());
}

TEST_F(TimelineTest, IgnoresAnAssignmentThatItKnowsAlready) {
  timeline_.take(at(4));
  timeline_.accepted(0, "T0");
  timeline_.told(0, "PWDx", 2);
  timeline_.take(at(4));
  timeline_.stepped(0, true);    // the return was granted
  timeline_.told(0, "PWDx", 2);  // repeated by the stream
  EXPECT_EQ(Phase::unassigned, timeline_.story(0).phase);
  timeline_.told(0, "BTDT", 3);
  EXPECT_EQ("BTDT", timeline_.story(0).lead_unit);
}

TEST_F(TimelineTest, LetsTheOfficeStepInWhereNobodyIsInCharge) {
  timeline_.take(at(4));
  timeline_.accepted(0, "T0");
  timeline_.insert(0, {at(1), "office", assign_call("PWDx"), "", 0});
  EXPECT_EQ(0U, timeline_.take(at(4)));
  timeline_.stepped(0, true);
  EXPECT_EQ(Phase::unassigned, timeline_.story(0).phase);
  timeline_.told(0, "PWDx", 1);
  EXPECT_EQ(Phase::ready, timeline_.story(0).phase);
}

TEST_F(TimelineTest, CountsWhatAWindowHolds) {
  EXPECT_EQ(2U, timeline_.count_until(at(4)));  // a: submitted, acknowledged
  EXPECT_EQ(6U, timeline_.count_until(at(10)));
  EXPECT_EQ(at(10), timeline_.last_at());
}

class HeldTimelineTest : public TimelineTest {
 protected:
  void submit(Timeline& timeline, std::size_t index) {
    ASSERT_EQ(index, timeline.take(at(20)));
    timeline.accepted(index, "T" + std::to_string(index));
  }
  static void release(Timeline& timeline) {
    timeline.release([](std::size_t) { return Charge{"PWDx", 1}; });
  }
};

TEST_F(HeldTimelineTest, HoldsACaseUntilAllIsAtRest) {
  Timeline timeline(stories(0, 1), true);
  submit(timeline, 0);
  EXPECT_EQ((std::vector<std::size_t>{0}), timeline.held());
  EXPECT_EQ(0U, timeline.waiting());
  submit(timeline, 1);  // another group does not wait for it
  timeline.told(0, "PWDx", 1);
  timeline.told(1, "PWDx", 1);
  EXPECT_EQ(std::nullopt, timeline.take(at(20)));
  release(timeline);
  EXPECT_TRUE(timeline.held().empty());
  EXPECT_EQ(0U, timeline.take(at(20)));
}

TEST_F(HeldTimelineTest, WaitsUntilTheStreamOfTheUnitInChargeHasTold) {
  Timeline timeline(stories(0, 1), true);
  submit(timeline, 0);
  release(timeline);
  EXPECT_EQ(Phase::unassigned, timeline.story(0).phase);
  timeline.told(0, "PWDx", 1);
  EXPECT_EQ(Phase::ready, timeline.story(0).phase);
}

TEST_F(HeldTimelineTest, LetsCasesOfOneGroupTakeTurnsInTheOrderOfTime) {
  Timeline timeline(stories(0, 0), true);
  submit(timeline, 0);
  timeline.told(0, "PWDx", 1);
  EXPECT_EQ(std::nullopt, timeline.take(at(20)));  // b waits for what a has caused
  release(timeline);
  EXPECT_EQ(0U, timeline.take(at(20)));  // a's acknowledgement comes before b's submission
  timeline.stepped(0, false);
  release(timeline);
  EXPECT_EQ(1U, timeline.take(at(20)));
}

TEST_F(HeldTimelineTest, GoesOnAfterARefusalWhichItsScriptMayExpect) {
  Timeline timeline(stories(0, 1), true);
  submit(timeline, 0);
  timeline.told(0, "PWDx", 1);
  release(timeline);
  timeline.take(at(4));
  timeline.refused(0);
  release(timeline);
  EXPECT_EQ(Phase::ready, timeline.story(0).phase);
  EXPECT_EQ(1U, timeline.story(0).next);
}

}  // namespace
}  // namespace paidan::ctl
