#include "views/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "builders.hpp"
#include "paidan/testkit/servers.hpp"
#include "views/batch_script.hpp"
#include "views/codec.hpp"

namespace paidan::views {
namespace {

using namespace test;
using domain::State;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

const std::string id = "0123456789abcdef";
constexpr stream::TopicPartition history{"lifecycle", Partition{1}};
constexpr stream::TopicPartition alerts_topic{"sla", Partition{3}};

class StoreTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto started = testkit::RedisServer::start_or_explain();
    ASSERT_TRUE(started) << started.error().why;
    server_ = std::move(started).value().release();
  }
  static void TearDownTestSuite() {
    delete server_;
    server_ = nullptr;
  }
  void SetUp() override { ASSERT_TRUE(redis_.command({"FLUSHALL"})); }

  static redis::Options options() { return {server_->address()}; }

  static Batch batch(std::uint64_t seq, std::int64_t from, std::int64_t to) {
    Batch batch;
    batch.seq = seq;
    if (from >= 0) batch.from[history] = NextOffset{from};
    batch.to[history] = NextOffset{to};
    BatchFold fold({});
    fold.add(id, opened({started("citizen", "PWD", start + 1h)}));
    fold.add(id, assigned(2, "PWD"));
    batch.changes = fold.finish();
    return batch;
  }

  std::int64_t integer(const redis::Command& command) {
    const auto reply = redis_.command(command);
    return reply && reply->integer() ? *reply->integer() : -1;
  }

  static testkit::RedisServer* server_;
  redis::Connection redis_{options()};
  Store store_{options(), "test."};
};
testkit::RedisServer* StoreTest::server_ = nullptr;

TEST_F(StoreTest, AnEmptyRedisHasNoPositionsAndIsNotLive) {
  const auto meta = store_.meta();
  ASSERT_TRUE(meta);
  EXPECT_THAT(meta->positions, IsEmpty());
  EXPECT_EQ(meta->seq, 0u);
  EXPECT_FALSE(meta->live);
}

TEST_F(StoreTest, ABatchIsAppliedWholeWithItsPositions) {
  Batch one = batch(0, -1, 5);
  one.becomes_live = true;
  one.changes.texts[id] = "masked text";
  ASSERT_EQ(*store_.apply(one), Applied::done);
  const auto meta = store_.meta();
  EXPECT_THAT(meta->positions, ElementsAre(Pair(history, NextOffset{5})));
  EXPECT_EQ(meta->seq, 1u);
  EXPECT_TRUE(meta->live);
  const auto tickets = store_.load({id, "fffffffffffffff0"});
  EXPECT_EQ(*tickets, one.changes.tickets);
  EXPECT_EQ(integer({"ZCARD", "test.view:2:open:PWD"}), 1);
  EXPECT_THAT(*store_.boards(), ElementsAre(Pair(Cell{"PWD", "citizen", Counter::running}, 1)));
  EXPECT_EQ(*redis_.command({"HGET", "test.view:2:t:" + id, "text"})->text(), "masked text");
}

TEST_F(StoreTest, TheSameBatchAgainIsKnownAndCountsNothingTwice) {
  ASSERT_EQ(*store_.apply(batch(0, -1, 5)), Applied::done);
  EXPECT_EQ(*store_.apply(batch(0, -1, 5)), Applied::repeated);
  EXPECT_THAT(*store_.boards(), ElementsAre(Pair(Cell{"PWD", "citizen", Counter::running}, 1)));
  EXPECT_EQ(*store_.seq(), 1u);
}

TEST_F(StoreTest, WhatDoesNotBeginWhereTheViewsStandIsAGap) {
  ASSERT_EQ(*store_.apply(batch(0, -1, 5)), Applied::done);
  struct Row {
    const char* why;
    Batch batch;
  };
  for (const Row& row : {Row{"records are missing before it", batch(1, 7, 9)},
                         Row{"somebody else has applied a batch", batch(0, 5, 9)},
                         Row{"it takes a position for new that is there", batch(1, -1, 9)},
                         Row{"it overlaps what is applied", batch(1, 3, 9)}}) {
    EXPECT_EQ(*store_.apply(row.batch), Applied::gap) << row.why;
  }
  EXPECT_EQ(*store_.seq(), 1u);
}

TEST_F(StoreTest, AnEmptiedRedisIsAGap) {
  ASSERT_EQ(*store_.apply(batch(0, -1, 5)), Applied::done);
  ASSERT_TRUE(redis_.command({"FLUSHALL"}));
  EXPECT_EQ(*store_.apply(batch(1, 5, 9)), Applied::gap);
  EXPECT_EQ(integer({"DBSIZE"}), 0);
}

TEST_F(StoreTest, AScriptUnknownToARestartedRedisIsSentAgain) {
  ASSERT_EQ(*store_.apply(batch(0, -1, 5)), Applied::done);
  ASSERT_TRUE(redis_.command({"SCRIPT", "FLUSH"}));
  EXPECT_EQ(*store_.apply(batch(1, 5, 6)), Applied::done);
}

TEST_F(StoreTest, SeveralTopicsMoveTogether) {
  Batch both = batch(0, -1, 5);
  both.to[alerts_topic] = NextOffset{2};
  ASSERT_EQ(*store_.apply(both), Applied::done);
  EXPECT_THAT(store_.meta()->positions,
              ElementsAre(Pair(history, NextOffset{5}), Pair(alerts_topic, NextOffset{2})));
}

TEST_F(StoreTest, AKeyOfAnotherTypeBreaksTheViewsAndWipingMendsThem) {
  ASSERT_TRUE(redis_.command({"SET", "test.view:2:open:PWD", "a text"}));
  ASSERT_TRUE(redis_.command({"SET", "test.submissions-seen", "of somebody else"}));
  ASSERT_TRUE(redis_.command({"SET", "testXview:2:open:PWD", "of somebody else"}));
  const auto applied = store_.apply(batch(0, -1, 5));
  ASSERT_FALSE(applied);
  EXPECT_TRUE(applied.error().broken);
  EXPECT_EQ(*store_.seq(), 0u) << "the positions stay where they were";
  ASSERT_TRUE(store_.wipe());
  EXPECT_EQ(integer({"DBSIZE"}), 2) << "only the views are wiped";
  EXPECT_EQ(*store_.apply(batch(0, -1, 5)), Applied::done);
}

TEST_F(StoreTest, AStoredTicketThatCannotBeReadBreaksTheViews) {
  ASSERT_TRUE(redis_.command({"HSET", "test.view:2:t:" + id, "view", "\xff\x01garbage"}));
  const auto tickets = store_.load({id});
  ASSERT_FALSE(tickets);
  EXPECT_TRUE(tickets.error().broken);
}

TEST_F(StoreTest, AFullRedisDoesNothingHalfAndIsWaitedFor) {
  ASSERT_TRUE(redis_.command({"CONFIG", "SET", "maxmemory", "1"}));
  const auto applied = store_.apply(batch(0, -1, 5));
  ASSERT_TRUE(redis_.command({"CONFIG", "SET", "maxmemory", "0"}));
  ASSERT_FALSE(applied);
  EXPECT_FALSE(applied.error().broken) << applied.error().what;
  EXPECT_EQ(integer({"DBSIZE"}), 0);
  EXPECT_EQ(*store_.apply(batch(0, -1, 5)), Applied::done);
}

TEST_F(StoreTest, WipingForgetsThousandsOfKeys) {
  Batch big = batch(0, -1, 5);
  const Ticket ticket = big.changes.tickets.begin()->second;
  for (int i = 0; i < 2'500; ++i) big.changes.tickets["ticket" + std::to_string(i)] = ticket;
  ASSERT_EQ(*store_.apply(big), Applied::done);
  ASSERT_TRUE(store_.wipe());
  EXPECT_EQ(integer({"DBSIZE"}), 0);
}

TEST(BatchScript, BeginsWithTheLineThatMakesAFullRedisRefuseIt) {
  EXPECT_TRUE(batch_script().starts_with("#!lua\n"));
}

}  // namespace
}  // namespace paidan::views
