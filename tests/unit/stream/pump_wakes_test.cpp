#include "pump_fixture.hpp"

namespace paidan::stream {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PumpWakes : public PumpFixture {};

TEST_F(PumpWakes, FireOnlyWhenAMarkReachesThem) {
  append("a", "wake 50");
  start();
  run();
  clock_.set(from_unix_ms(1'000'000));
  append("b", "add 1");
  run();
  EXPECT_EQ(pump_->find("a")->fired, 0) << "wall time fires nothing";
  append("@0", "mark 49");
  run();
  EXPECT_EQ(pump_->find("a")->fired, 0);
  append("@0", "mark 50");
  run();
  EXPECT_EQ(pump_->find("a")->fired, 1);
}

TEST_F(PumpWakes, FireInDueOrderBeforeTheMarkItselfAndSayHowMany) {
  append("late", "wake 40");
  append("early", "wake 20");
  append("never", "wake 1000");
  append("@0", "mark 45");
  start();
  run();
  // Each wake sets a second one, ten later: 20, 30, 40; 50 is beyond the mark.
  EXPECT_THAT(
      outputs(),
      ElementsAre("late: wake 40 total 0", "early: wake 20 total 0", "never: wake 1000 total 0",
                  "early: woken 20 total 0", "early: wake 30 total 0", "early: woken 30 total 0",
                  "early: wake 0 total 0", "late: woken 40 total 0", "late: wake 50 total 0",
                  "@0: fired 3 total 0", "@0: mark 45 total 0"));
  const auto all = ids();
  EXPECT_EQ(all[3], "wake/early/20/0");
  EXPECT_EQ(all[4], "wake/early/20/1");
  EXPECT_EQ(all[9], "fired/late/40/0");
  EXPECT_EQ(all[10], "in/0/3/0");
}

TEST_F(PumpWakes, OfOtherPartitionsAreLeftAlone) {
  append("a", "wake 50", 0);
  append("b", "wake 50", 1);
  append("@1", "mark 60", 1);
  start();
  run();
  EXPECT_EQ(pump_->find("a")->fired, 0);
  EXPECT_EQ(pump_->find("b")->fired, 2);
}

TEST_F(PumpWakes, ThatWereMovedOrTakenAwayDoNotFireAtTheirOldTime) {
  append("moved", "wake 50");
  append("gone", "wake 50");
  append("taken", "wake 50");
  start();
  run();
  append("moved", "wake 500");
  append("gone", "forget");
  append("taken", "sleep");
  append("@0", "mark 60");
  run();
  EXPECT_EQ(pump_->find("moved")->fired, 0);
  EXPECT_EQ(pump_->find("gone"), nullptr);
  EXPECT_EQ(pump_->timers(), 1U);
  append("@0", "mark 500");
  run();
  EXPECT_EQ(pump_->find("moved")->fired, 1);
}

TEST_F(PumpWakes, BroughtForwardInTheSameBatchFireAtTheNewTime) {
  append("a", "wake 500");
  start();
  run();
  append("a", "wake 50");
  append("@0", "mark 55");
  run();
  EXPECT_EQ(pump_->find("a")->fired, 1);
}

TEST_F(PumpWakes, MoreThanATransactionHoldsCarryTheMarkAndAllBehindItOver) {
  for (int i = 0; i < 5; ++i) append("k" + std::to_string(i), "wake " + std::to_string(100 + i));
  start({.wakes_max = 2});
  run();
  append("before", "add 1");
  append("@0", "mark 105");
  append("behind", "add 1");
  append("other", "add 1", 1);
  const auto committed = [&] {
    return broker_.committed_positions("group").at({toy::input, Partition{0}}).get();
  };

  ASSERT_EQ(pump_->turn(), Turn::worked);
  EXPECT_EQ(committed(), 6) << "up to the mark, without it";
  EXPECT_EQ(pump_->find("behind"), nullptr);
  EXPECT_EQ(pump_->find("other"), nullptr);
  EXPECT_EQ(pump_->find("@0")->fired, 2);
  ASSERT_EQ(pump_->turn(), Turn::worked);
  EXPECT_EQ(committed(), 6);
  EXPECT_EQ(pump_->find("@0")->fired, 4);
  ASSERT_EQ(pump_->turn(), Turn::worked);
  EXPECT_EQ(committed(), 8);
  EXPECT_EQ(pump_->find("@0")->fired, 5);
  EXPECT_EQ(pump_->find("behind")->total, 1);
  EXPECT_EQ(pump_->find("other")->total, 1);

  std::vector<std::string> counts;
  for (const std::string& text : outputs()) {
    if (text.starts_with("@0: fired")) counts.push_back(text);
  }
  EXPECT_THAT(counts, ElementsAre("@0: fired-more 2 total 0", "@0: fired-more 2 total 0",
                                  "@0: fired 1 total 0"));
}

TEST_F(PumpWakes, AnAbortInTheMiddleOfACarryFiresEachOnceAllTheSame) {
  for (int i = 0; i < 5; ++i) append("k" + std::to_string(i), "wake " + std::to_string(100 + i));
  start({.wakes_max = 2});
  run();
  append("@0", "mark 105");
  ASSERT_EQ(pump_->turn(), Turn::worked);
  broker_.fail_next("member", testkit::Fault::aborted, 2);
  run();
  EXPECT_EQ(probe_.rewinds, 2);
  EXPECT_EQ(pump_->find("@0")->fired, 5);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(pump_->find("k" + std::to_string(i))->fired, 1) << i;
  const auto all = ids();
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
}

TEST_F(PumpWakes, ACrashInTheMiddleOfACarryFiresEachOnceAllTheSame) {
  for (int i = 0; i < 5; ++i) append("k" + std::to_string(i), "wake " + std::to_string(100 + i));
  start({.wakes_max = 2});
  run();
  append("@0", "mark 105");
  ASSERT_EQ(pump_->turn(), Turn::worked);
  start({.wakes_max = 2});
  run();
  EXPECT_EQ(pump_->find("@0")->fired, 5);
  const auto all = ids();
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
}

TEST_F(PumpWakes, ManyMovesDoNotPileUp) {
  start();
  for (int round = 0; round < 200; ++round) {
    for (int i = 0; i < 20; ++i) {
      append("k" + std::to_string(i), "wake " + std::to_string(10'000 + round));
    }
    run();
  }
  EXPECT_EQ(pump_->timers(), 20U);
  append("@0", "mark 10150");
  run();
  EXPECT_EQ(pump_->find("k0")->fired, 0) << "of 200 times that were set, only the last counts";
}

using PumpDeathTest = PumpWakes;

TEST_F(PumpDeathTest, AWakeThatDoesNotMoveIsABug) {
  struct Stuck : toy::Decider {
    Input wake(Instant /*due*/) const { return {"stuck", 0}; }
  };
  append("a", "wake 50");
  append("@0", "mark 60");
  const Stuck stuck;
  testkit::FakeLog log(broker_, {"group", "member", {toy::input}, toy::state_topic, 100});
  Pump<Stuck, toy::Codec> pump(stuck, codec_, log, clock_, probe_);
  while (!probe_.ready) pump.turn();
  EXPECT_DEATH(pump.turn(), "a wake moves wake_at");
}

}  // namespace
}  // namespace paidan::stream
