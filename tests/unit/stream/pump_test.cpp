#include "pump_fixture.hpp"

namespace paidan::stream {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class PumpTest : public PumpFixture {};

TEST_F(PumpTest, DecidesEvolvesEncodesAndCommitsWithIdsOfTheInput) {
  append("a", "add 2");
  append("b", "add 1");
  append("a", "add 3");
  start();
  EXPECT_EQ(run(), 1) << "one transaction for all that waits";
  EXPECT_THAT(outputs(),
              ElementsAre("a: added 2 total 2", "b: added 1 total 1", "a: added 3 total 5"));
  EXPECT_THAT(ids(), ElementsAre("in/0/0/0", "in/0/1/0", "in/0/2/0"));
  ASSERT_NE(pump_->find("a"), nullptr);
  EXPECT_EQ(pump_->find("a")->total, 5);
  EXPECT_EQ(pump_->size(), 2U);
  EXPECT_THAT(probe_.commits, ElementsAre(3U));
  EXPECT_EQ(probe_.oldest_input, from_unix_ms(5));
}

TEST_F(PumpTest, WritesOneSnapshotPerTouchedKeyAndCommit) {
  append("a", "add 2");
  append("a", "add 3");
  append("b", "add 1");
  start();
  run();
  EXPECT_THAT(outputs(toy::state_topic), ElementsAre("a: 5 0 0", "b: 1 0 0"));
}

TEST_F(PumpTest, ARefusalAnswersAndASkipIsSilentAndBothAreConsumed) {
  append("a", "refuse");
  append("a", "skip");
  start();
  run();
  EXPECT_THAT(outputs(), ElementsAre("a: refused 0 total 0"));
  EXPECT_THAT(outputs(toy::state_topic), IsEmpty()) << "no state has changed";
  EXPECT_THAT(probe_.decisions, ElementsAre("a refused", "a skipped"));
  EXPECT_EQ(pump_->positions().at({toy::input, Partition{0}}), NextOffset{2});
  EXPECT_EQ(pump_->size(), 0U);
}

TEST_F(PumpTest, AForgottenKeyGetsATombstoneOnlyIfItWasKnown) {
  append("known", "add 1");
  start();
  run();
  append("known", "forget");
  append("unknown", "add 1");
  append("unknown", "forget");
  run();
  EXPECT_THAT(outputs(toy::state_topic), ElementsAre("known: 1 0 0", "known: (none)"));
  EXPECT_EQ(pump_->find("known"), nullptr);
  EXPECT_EQ(pump_->size(), 0U);
}

TEST_F(PumpTest, WhatCannotBeReadGoesWholeToTheDeadLettersAndTheRestGoesOn) {
  append("a", "\xff garbage");
  broker_.append({toy::input, Partition{0}, "t", std::nullopt, {}});
  append("a", "malformed");
  append("a", "add 1");
  start();
  run();
  EXPECT_THAT(outputs(toy::dead_letters),
              ElementsAre("a: \xff garbage", "t: (none)", "a: malformed"));
  EXPECT_THAT(probe_.letters, ElementsAre("unknown verb", "a tombstone is no input", "asked"));
  EXPECT_THAT(outputs(), SizeIs(testing::Ge(1U)));
  EXPECT_EQ(pump_->find("a")->total, 1);
}

TEST_F(PumpTest, PassesTheTraceContextOn) {
  broker_.append({toy::input, Partition{0}, "a", "add 1", {{"traceparent", "00-abc-def-01"}}});
  start();
  run();
  EXPECT_THAT(probe_.traceparents, ElementsAre("00-abc-def-01"));
}

TEST_F(PumpTest, AnAbortKeepsNothingAndReadsAgain) {
  append("a", "add 2");
  start();
  broker_.fail_next("member", testkit::Fault::aborted, 3);
  run();
  EXPECT_EQ(probe_.rewinds, 3);
  EXPECT_THAT(outputs(), ElementsAre("a: added 2 total 2")) << "decided four times, visible once";
  EXPECT_EQ(pump_->find("a")->total, 2);
}

TEST_F(PumpTest, StopsForGoodWhenFencedOrUnsure) {
  append("a", "add 2");
  start();
  broker_.fail_next("member", testkit::Fault::crashed_after);
  EXPECT_EQ(pump_->turn(), Turn::stop);
  EXPECT_FALSE(probe_.stop.empty());
  EXPECT_EQ(pump_->find("a"), nullptr) << "an unknown outcome is not kept";
  EXPECT_EQ(pump_->turn(), Turn::stop);
}

TEST_F(PumpTest, ARestartedPumpHasTheStateAndItsTimersAndOldSnapshotsDoNotCount) {
  append("a", "add 2");
  append("b", "wake 50");
  start();
  run();
  append("a", "add 3");
  append("gone", "add 1");
  run();
  append("gone", "forget");
  run();
  start();
  EXPECT_EQ(pump_->find("a")->total, 5);
  EXPECT_EQ(pump_->find("gone"), nullptr);
  EXPECT_EQ(pump_->size(), 2U);
  EXPECT_EQ(pump_->timers(), 1U);
  append("@0", "mark 50");
  run();
  EXPECT_EQ(pump_->find("b")->fired, 1);
}

TEST_F(PumpTest, StopsAtASnapshotThatItCannotRead) {
  broker_.append({toy::state_topic, Partition{1}, "a", "nonsense", {}});
  start();
  EXPECT_EQ(pump_->turn(), Turn::stop);
  EXPECT_THAT(probe_.stop, testing::HasSubstr("state/1/0"));
}

TEST_F(PumpTest, ForgetsTheStateOfLostPartitionsAndGetsItBack) {
  append("a", "add 2", 0);
  append("b", "add 3", 1);
  start();
  run();
  testkit::FakeLog second(broker_, {"group", "second", {toy::input}, toy::state_topic, 100});
  for (int i = 0; i < 4; ++i) {
    pump_->turn();
    (void)second.poll(10, Milliseconds{0});
  }
  run();
  EXPECT_EQ(pump_->size(), 1U);
  EXPECT_NE(pump_->find("a"), nullptr);
  EXPECT_EQ(pump_->find("b"), nullptr);
  EXPECT_THAT(pump_->positions(), SizeIs(1));
  broker_.expire("group", "second");
  for (int i = 0; i < 8; ++i) pump_->turn();
  EXPECT_EQ(pump_->find("b")->total, 3);
}

TEST_F(PumpTest, ATickBecomesAnInputOfThePartitionsOwnKey) {
  start({}, true);
  run();
  EXPECT_THAT(outputs(), ElementsAre("@0: added 100 total 100", "@1: added 100 total 100"));
  EXPECT_THAT(ids(), ElementsAre("tick/0/100/0", "tick/1/100/0"));
  clock_.set(from_unix_ms(90));
  EXPECT_EQ(run(), 0) << "the decider saw no reason, so nothing is committed";
}

TEST_F(PumpTest, SeesEveryKeyOfEveryPartition) {
  append("a", "add 2", 0);
  append("b", "add 3", 1);
  start();
  run();
  std::map<std::string, std::int32_t> seen;
  pump_->for_each([&](Partition partition, std::string_view key, const toy::State& state) {
    seen[std::string(key) + std::to_string(state.total)] = partition.get();
  });
  EXPECT_EQ(seen, (std::map<std::string, std::int32_t>{{"a2", 0}, {"b3", 1}}));
}

TEST(Outcome, HasAWordForEachValue) {
  EXPECT_EQ(to_string(Outcome::accepted), "accepted");
  EXPECT_EQ(to_string(Outcome::skipped), "skipped");
  EXPECT_EQ(to_string(Outcome::refused), "refused");
  EXPECT_EQ(to_string(Outcome::malformed), "malformed");
}

TEST(PartitionKey, IsAnAtAndTheNumber) { EXPECT_EQ(partition_key(Partition{3}), "@3"); }

}  // namespace
}  // namespace paidan::stream
