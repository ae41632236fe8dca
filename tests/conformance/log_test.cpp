// What `paidan/stream/log.hpp` promises, asked of whatever stands behind the port. The same file is
// compiled against the log in memory and against a real Kafka.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "member.hpp"
#include "world.hpp"

namespace paidan::conformance {
namespace {

using stream::Commit;
using stream::OutRecord;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

OutRecord record(stream::TopicName topic, std::int32_t partition, std::string key,
                 std::optional<std::string> value = "v") {
  return {topic, Partition{partition}, std::move(key), std::move(value), {}};
}

std::vector<std::string> keys_of(const std::vector<Seen>& all) {
  std::vector<std::string> keys;
  for (const Seen& seen : all) keys.push_back(seen.record.key);
  return keys;
}

std::vector<std::string> keys_of(const std::vector<OutRecord>& all) {
  std::vector<std::string> keys;
  for (const OutRecord& one : all) keys.push_back(one.key);
  return keys;
}

class LogConformance : public testing::Test {
 protected:
  void SetUp() override {
    world_ = make_world();
    ASSERT_TRUE(world_);
  }
  void append(std::int32_t partition, std::string key) {
    world_->append(record(input, partition, std::move(key)));
  }
  std::unique_ptr<World> world_;
};

TEST_F(LogConformance, ALoneMemberOwnsEveryPartitionAndStartsAtTheirBeginning) {
  const auto log = world_->join(0);
  Member member(*log);
  ASSERT_TRUE(member.until_ready());
  EXPECT_THAT(member.owned, SizeIs(partition_count));
  ASSERT_THAT(member.positions, SizeIs(2 * partition_count));
  for (const auto& [at, position] : member.positions) EXPECT_EQ(position, NextOffset{0});
}

TEST_F(LogConformance, RecordsArriveWholeAndInOrder) {
  OutRecord full = record(input, 1, "key", "value");
  full.headers = {{"ce_id", "in/1/0/0"}, {"ce_id", "twice"}, {"empty", ""}};
  world_->append(full);
  world_->append(record(input, 1, "gone", std::nullopt));
  world_->append(record(input, 1, "empty", ""));
  world_->append(record(input, 1, "bytes", std::string("\0\xff\n", 3)));
  const auto log = world_->join(0);
  Member member(*log);
  ASSERT_TRUE(member.until_held(4));
  EXPECT_THAT(member.offsets, ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(member.held[0], full);
  EXPECT_EQ(member.held[1].value, std::nullopt);
  EXPECT_EQ(member.held[2].value, "");
  EXPECT_EQ(member.held[3].value, std::string("\0\xff\n", 3));
}

TEST_F(LogConformance, OutputsAndPositionsBecomeVisibleTogether) {
  append(0, "a");
  append(2, "b");
  {
    const auto log = world_->join(0);
    Member member(*log);
    ASSERT_TRUE(member.until_held(2));
    EXPECT_THAT(world_->committed(output), IsEmpty());
    ASSERT_EQ(member.commit_copies(), Commit::done);
    EXPECT_THAT(keys_of(world_->committed(output)), ElementsAre("a", "b"));
    append(2, "c");
    ASSERT_TRUE(member.until_held(1));
    ASSERT_EQ(member.commit_copies(), Commit::done);
  }
  const auto log = world_->join(0);
  Member next(*log);
  append(0, "d");
  ASSERT_TRUE(next.until_held(1));
  EXPECT_THAT(keys_of(next.held), ElementsAre("d"));
  EXPECT_EQ(next.restored,
            (std::map<std::string, std::string>{{"a", "v"}, {"b", "v"}, {"c", "v"}}));
}

TEST_F(LogConformance, ATransactionWithoutOutputMovesThePositions) {
  append(0, "a");
  {
    const auto log = world_->join(0);
    Member member(*log);
    ASSERT_TRUE(member.until_held(1));
    ASSERT_EQ(member.commit({}), Commit::done);
  }
  const auto log = world_->join(0);
  Member next(*log);
  ASSERT_TRUE(next.until_ready());
  EXPECT_EQ(next.positions.at({input, Partition{0}}), NextOffset{1});
}

TEST_F(LogConformance, OfAKeysSnapshotsTheLastCountsAndATombstoneForgets) {
  {
    const auto log = world_->join(0);
    Member member(*log);
    ASSERT_TRUE(member.until_ready());
    ASSERT_EQ(member.commit({record(state, 1, "k", "1"), record(state, 1, "gone", "1")}),
              Commit::done);
    ASSERT_EQ(member.commit({record(state, 1, "k", "2"), record(state, 1, "gone", std::nullopt)}),
              Commit::done);
  }
  const auto log = world_->join(0);
  Member next(*log);
  ASSERT_TRUE(next.until_ready());
  EXPECT_EQ(next.restored, (std::map<std::string, std::string>{{"k", "2"}}));
}

TEST_F(LogConformance, AMemberKilledInsideATransactionLeavesNothingBehind) {
  append(0, "a");
  world_->leave_open(0, {record(output, 0, "torn"), record(state, 0, "torn")});
  const auto log = world_->join(0);
  Member next(*log);
  ASSERT_TRUE(next.until_held(1));
  EXPECT_THAT(keys_of(next.held), ElementsAre("a"));
  EXPECT_THAT(next.restored, IsEmpty());
  ASSERT_EQ(next.commit_copies(), Commit::done);
  EXPECT_THAT(keys_of(world_->committed(output)), ElementsAre("a"));
}

TEST_F(LogConformance, ARestoreWaitsForASnapshotBehindAnOpenTransaction) {
  {
    const auto log = world_->join(0);
    Member member(*log);
    ASSERT_TRUE(member.until_ready());
    ASSERT_EQ(member.commit({record(state, 3, "before", "1")}), Commit::done);
    world_->cork({state, Partition{3}});
    ASSERT_EQ(member.commit({record(state, 3, "behind", "1")}), Commit::done);
  }
  const auto log = world_->join(0);
  Member next(*log);
  ASSERT_TRUE(next.until([&] { return next.restored.contains("before"); }));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(next.step());
  EXPECT_FALSE(next.ready) << "the last stable offset is not the end";
  world_->uncork();
  ASSERT_TRUE(next.until_ready());
  EXPECT_TRUE(next.restored.contains("behind"));
  EXPECT_FALSE(next.restored.contains("cork"));
}

TEST_F(LogConformance, RecordsOutliveTheLogThatReadThem) {
  append(0, "a");
  auto log = world_->join(0);
  stream::Batch kept;
  for (int polls = 0; polls < 1'000 && kept.records.empty(); ++polls) {
    auto polled = log->poll(10, Milliseconds{20});
    if (auto* batch = std::get_if<stream::Batch>(&polled)) kept = std::move(*batch);
  }
  log.reset();
  ASSERT_THAT(kept.records, SizeIs(1));
  EXPECT_EQ(kept.records[0].key, "a");
}

TEST_F(LogConformance, TwoMembersShareThePartitionsAndNoRecordIsCommittedTwice) {
  const auto first_log = world_->join(0);
  Member first(*first_log);
  ASSERT_TRUE(first.until_ready());
  for (std::int32_t p = 0; p < partition_count; ++p) append(p, "early" + std::to_string(p));
  ASSERT_TRUE(first.until_held(partition_count));
  ASSERT_EQ(first.commit_copies(), Commit::done);

  const auto second_log = world_->join(1);
  Member second(*second_log);
  const auto shared = [&] {
    first.step();
    return first.ready && second.ready && first.owned.size() == 2 && second.owned.size() == 2;
  };
  ASSERT_TRUE(second.until(shared));
  EXPECT_GE(first.revocations, 1U);
  for (std::int32_t p = 0; p < partition_count; ++p) append(p, "late" + std::to_string(p));
  ASSERT_TRUE(first.until_held(2));
  ASSERT_TRUE(second.until_held(2));
  EXPECT_EQ(first.restored.size() + second.restored.size(), 4U);
  ASSERT_EQ(first.commit_copies(), Commit::done);
  ASSERT_EQ(second.commit_copies(), Commit::done);
  EXPECT_THAT(
      keys_of(world_->committed(output)),
      ElementsAre("early0", "late0", "early1", "late1", "early2", "late2", "early3", "late3"));
}

TEST_F(LogConformance, TheCommitOfAZombieIsRefusedAndItsSuccessorsStands) {
  append(0, "a");
  const auto zombie = world_->join_from_afar(0);
  ASSERT_TRUE(zombie->take_batch());
  zombie->freeze();

  const auto log = world_->join(1);
  Member successor(*log);
  ASSERT_TRUE(successor.until_held(1));
  EXPECT_THAT(successor.owned, SizeIs(partition_count));
  ASSERT_EQ(successor.commit_copies(), Commit::done);

  zombie->thaw();
  EXPECT_NE(zombie->commit(), Commit::done);
  EXPECT_THAT(keys_of(world_->committed(output)), ElementsAre("a"));
}

TEST_F(LogConformance, ATwinTakesThePlaceOfTheOlderOne) {
  append(0, "a");
  const auto older_log = world_->join(0);
  Member older(*older_log);
  ASSERT_TRUE(older.until_held(1));

  const auto twin_log = world_->join(0);
  Member twin(*twin_log);
  ASSERT_TRUE(twin.until_held(1));
  EXPECT_NE(older.commit_copies(), Commit::done);
  ASSERT_EQ(twin.commit_copies(), Commit::done);
  EXPECT_TRUE(older.until([&] { return older.failed; })) << "it must end, not go on";
  EXPECT_THAT(keys_of(world_->committed(output)), ElementsAre("a"));
}

TEST_F(LogConformance, CaughtUpComesAfterTheRecordsAndNamesAnInstantBeforeTheLook) {
  const auto log = world_->join(0);
  Member member(*log);
  ASSERT_TRUE(member.until_ready());
  const auto told = [&](Instant not_before) {
    return std::count_if(member.caught_up.begin(), member.caught_up.end(),
                         [&](const auto& one) { return one.as_of >= not_before; });
  };
  ASSERT_TRUE(member.until([&] { return told(world_->clock.now()) >= partition_count; }));

  // Appended before the clock moves on: whoever says "read to the later instant" must hold it.
  append(0, "a");
  world_->append(record(second_input, 0, "b"));
  world_->clock.advance(Milliseconds{5'000});
  const Instant later = world_->clock.now();
  ASSERT_TRUE(member.until([&] { return told(later) > 0; }));
  ASSERT_TRUE(member.until([&] {
    return std::any_of(member.caught_up.begin(), member.caught_up.end(), [&](const auto& one) {
      return one.as_of == later && one.partition == Partition{0};
    });
  }));
  EXPECT_THAT(member.held, SizeIs(2));
  EXPECT_EQ(told(later + Milliseconds{1}), 0) << "nobody can have looked in the future";
}

}  // namespace
}  // namespace paidan::conformance
