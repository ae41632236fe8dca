#include "stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace paidan::sla_monitor {
namespace {

using namespace test;
using domain::SlaKind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

Told fact(const std::string& id, SlaKind kind, std::string clock = "citizen",
          std::uint32_t seq = 1) {
  return {id, kind, std::move(clock), seq, 0};
}

TEST(SlaStage, AClockWarnsAndBreachesWhenTheMarkReachesItsTime) {
  Stage stage(TimeSource::live);
  const std::string id = ticket_id(1);
  stage.history(id, 1, start, {started("citizen", start + 60s, start + 30s)});
  stage.mark(start + 29s);
  stage.run();
  EXPECT_THAT(stage.told(), IsEmpty());
  stage.mark(start + 30s);
  stage.run();
  EXPECT_THAT(stage.told(), ElementsAre(Pair(fact(id, SlaKind::warned), 1)));
  stage.mark(start + 60s);
  stage.run();
  EXPECT_EQ(stage.told()[fact(id, SlaKind::breached)], 1);
}

TEST(SlaStage, AnAlertSaysHowLateItIsDecided) {
  Stage stage(TimeSource::live);
  stage.history(ticket_id(1), 1, start, {started("citizen", start + 60s)});
  stage.clock().set(start + 65s);
  stage.mark(start + 62s);
  stage.run();
  ASSERT_EQ(stage.written().size(), 1u);
  const auto written = stage.written()[0];
  EXPECT_EQ(std::get<domain::SlaFact>(written.body).late, 5s);
  EXPECT_EQ(written.meta.decided_at, start + 65s);
  EXPECT_EQ(written.meta.happened_at, start + 60s);
}

TEST(SlaStage, InAReplayNoAlertIsLate) {
  Stage stage(TimeSource::replay);
  stage.history(ticket_id(1), 1, start, {started("citizen", start + 60s)});
  stage.clock().set(start + std::chrono::years(14));
  stage.mark(start + 62s);
  stage.run();
  int alerts = 0;
  for (const auto& written : stage.written()) {
    const auto* fact = std::get_if<domain::SlaFact>(&written.body);
    if (fact == nullptr) continue;
    EXPECT_EQ(fact->late, 0s);
    ++alerts;
  }
  EXPECT_EQ(alerts, 1);
}

TEST(SlaStage, WhatIsDoneAtTheDueTimeIsMet) {
  Stage stage(TimeSource::live);
  const std::string id = ticket_id(1);
  stage.history(id, 1, start, {started("citizen", start + 60s)});
  stage.history(id, 2, start + 60s, {stopped("citizen")});
  stage.mark(start + 90s);
  stage.run();
  EXPECT_THAT(stage.told(), ElementsAre(Pair(fact(id, SlaKind::met), 1)));
}

TEST(SlaStage, ALateRecordFiresWhatWasDueBeforeIt) {
  Stage stage(TimeSource::live);
  const std::string id = ticket_id(1);
  stage.history(id, 1, start, {started("citizen", start + 60s)});
  stage.history(id, 2, start + 61s, {stopped("citizen")});
  stage.run();
  EXPECT_THAT(stage.told(), ElementsAre(Pair(fact(id, SlaKind::breached), 1)));
}

TEST(SlaStage, ABreachWrittenTooEarlyIsTakenBackOnce) {
  Stage stage(TimeSource::live);
  const std::string id = ticket_id(1);
  stage.history(id, 1, start, {started("citizen", start + 60s)});
  stage.mark(start + 60s);
  stage.history(id, 2, start + 59s, {stopped("citizen")});
  stage.run();
  EXPECT_THAT(stage.told(),
              ElementsAre(Pair(fact(id, SlaKind::breached), 1), Pair(fact(id, SlaKind::met), 1),
                          Pair(fact(id, SlaKind::retracted), 1)));
}

TEST(SlaStage, ATicketWithoutClocksIsForgotten) {
  Stage stage(TimeSource::live);
  const std::string id = ticket_id(1);
  stage.history(id, 1, start, {started("citizen", start + 60s)});
  stage.run();
  EXPECT_NE(stage.pump().find(id), nullptr);
  stage.history(id, 2, start + 10s, {stopped("citizen")});
  stage.run();
  EXPECT_EQ(stage.pump().find(id), nullptr);
  EXPECT_FALSE(stage.broker().compacted(contract::topic::sla_monitor_state)[id].record.value);
}

TEST(SlaStage, LiveMarksAreNotAnswered) {
  Stage stage(TimeSource::live);
  stage.mark(start);
  stage.mark(start + 1s);
  stage.run();
  EXPECT_THAT(stage.written(), IsEmpty());
  const auto* time = std::get_if<domain::PartitionTime>(stage.pump().find("@0"));
  ASSERT_NE(time, nullptr);
  EXPECT_EQ(time->mark_at, start + 1s);
}

TEST(SlaStage, AReplayedMarkIsAnsweredBehindWhatFiredForIt) {
  Stage stage(TimeSource::replay);
  const std::string id = ticket_id(1);
  const Partition partition = contract::partition_of(id, partition_count);
  stage.history(id, 1, start,
                {started("citizen", start + 60s, start + 30s), started("handle", start + 40s)});
  stage.mark(partition, start + 90s, 0);
  stage.mark(partition, start + 90s, 1);
  stage.settled(partition, start + 90s);
  stage.run();
  const auto written = stage.written();
  ASSERT_EQ(written.size(), 5u);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(std::holds_alternative<domain::SlaFact>(written[i].body));
  const domain::MarkAnswered first{{start + 90s, 0}, 3};
  const domain::MarkAnswered second{{start + 90s, 1}, 0};
  EXPECT_EQ(std::get<domain::MarkAnswered>(written[3].body), first);
  EXPECT_EQ(std::get<domain::MarkAnswered>(written[4].body), second);
  EXPECT_EQ(written[3].key, stream::partition_key(partition));
}

TEST(SlaStage, ARepeatedMarkOfAReplayIsAnsweredAgain) {
  Stage stage(TimeSource::replay);
  stage.mark(Partition{0}, start, 0);
  stage.mark(Partition{0}, start, 0);
  stage.run();
  EXPECT_EQ(stage.written().size(), 2u);
}

TEST(SlaStage, AMarkThatFillsSeveralTransactionsCountsAllThatFired) {
  stream::PumpLimits limits;
  limits.wakes_max = 3;
  Stage stage(TimeSource::replay, limits);
  std::uint32_t expected = 0;
  for (std::uint8_t i = 0; i < 20; ++i) {
    stage.history(ticket_id(i), 1, start, {started("citizen", start + 60s)});
    if (contract::partition_of(ticket_id(i), partition_count) == Partition{0}) ++expected;
  }
  stage.mark(Partition{0}, start + 90s, 0);
  stage.run();
  const auto written = stage.written();
  ASSERT_EQ(written.size(), expected + 1u);
  EXPECT_EQ(std::get<domain::MarkAnswered>(written.back().body).fired_count, expected);
}

TEST(SlaStage, GarbageIsDeadLetteredAndStopsNothing) {
  Stage stage(TimeSource::live);
  stream::OutRecord garbage;
  garbage.topic = contract::topic::lifecycle;
  garbage.partition = Partition{1};
  garbage.key = ticket_id(1);
  garbage.value = "\xff\x01garbage";
  stage.broker().append(garbage);
  const std::string id = ticket_id(2);
  stage.history(id, 1, start, {started("citizen", start + 60s)});
  stage.mark(start + 60s);
  stage.run();
  const auto dead = stage.broker().committed(contract::topic::deadletters);
  ASSERT_EQ(dead.size(), 1u);
  EXPECT_EQ(dead[0].record.value, garbage.value);
  EXPECT_EQ(stage.told()[fact(id, SlaKind::breached)], 1);
}

TEST(SlaStage, AnOldVersionChangesNothing) {
  Stage stage(TimeSource::live);
  const std::string id = ticket_id(1);
  stage.history(id, 2, start, {started("citizen", start + 60s)});
  stage.history(id, 2, start, {started("citizen", start + 60s)});
  stage.history(id, 1, start, {stopped("citizen")});
  stage.mark(start + 60s);
  stage.run();
  EXPECT_THAT(stage.told(), ElementsAre(Pair(fact(id, SlaKind::breached), 1)));
}

/// A random month of histories and marks, the same for the same seed.
void write_story(Stage& stage, std::mt19937& random) {
  const auto pick = [&](std::uint32_t limit) {
    return static_cast<std::uint32_t>(random()) % limit;
  };
  Instant now = start;
  std::map<std::string, std::uint64_t> versions;
  for (int step = 0; step < 400; ++step) {
    now += std::chrono::seconds(pick(20));
    const std::string id = ticket_id(static_cast<std::uint8_t>(pick(40)));
    std::uint64_t& version = versions[id];
    ++version;
    const auto due = now + std::chrono::seconds(pick(200));
    if (pick(3) == 0 && version > 1) {
      stage.history(
          id, version, now,
          {stopped("handle", domain::ClockStop::done, static_cast<std::uint32_t>(version - 1))});
    } else {
      stage.history(id, version, now,
                    {started("handle", due, due - std::chrono::seconds(pick(60)),
                             static_cast<std::uint32_t>(version))});
    }
    if (pick(4) == 0) stage.mark(now);
  }
  stage.mark(now + 1h);
}

class SlaUnderFaults : public testing::TestWithParam<std::uint32_t> {};

TEST_P(SlaUnderFaults, EveryAlertIsWrittenExactlyOnce) {
  std::mt19937 calm_random(GetParam());
  Stage calm(TimeSource::replay);
  write_story(calm, calm_random);
  calm.run();

  std::mt19937 random(GetParam());
  stream::PumpLimits limits;
  limits.records_max = 7;
  limits.wakes_max = 5;
  Stage shaken(TimeSource::replay, limits);
  write_story(shaken, random);
  using testkit::Fault;
  constexpr std::array faults{Fault::aborted, Fault::crashed_before, Fault::crashed_open,
                              Fault::crashed_after};
  for (int turn = 0; turn < 500; ++turn) {
    const auto dice = static_cast<std::size_t>(random() % 12);
    if (dice < faults.size()) shaken.broker().fail_next("sla_monitor-0-0", faults[dice]);
    if (dice == 10) shaken.broker().compact(contract::topic::sla_monitor_state);
    if (dice == 11 || shaken.turn() == stream::Turn::stop) shaken.revive();
  }
  shaken.run();

  EXPECT_EQ(shaken.told(), calm.told());
  EXPECT_FALSE(calm.told().empty());
  for (const auto& [told, times] : shaken.told()) {
    EXPECT_EQ(times, 1) << std::get<0>(told) << " " << std::get<2>(told);
  }
  EXPECT_EQ(shaken.written().size(), calm.written().size()) << "marks are answered once, too";
}

INSTANTIATE_TEST_SUITE_P(Seeds, SlaUnderFaults, testing::Range(1U, 41U));

}  // namespace
}  // namespace paidan::sla_monitor
