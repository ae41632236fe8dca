#include "views/builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>

#include "builders.hpp"
#include "fake_source.hpp"
#include "paidan/domain/ticket_id.hpp"
#include "paidan/testkit/servers.hpp"
#include "paidan/testkit/wait.hpp"

namespace paidan::views {
namespace {

using namespace test;
using domain::SlaKind;
using domain::State;
using testing::ElementsAre;
using testing::Pair;

class RecordingProbe final : public BuilderProbe {
 public:
  void applied(const Report& report) override { records += report.records; }
  void alerted(const domain::SlaFact& fact) override { alerts.push_back(fact.kind); }
  void malformed(const stream::InRecord&, std::string_view why) override {
    ++malformed_records;
    last_why = std::string(why);
  }
  void caught_up() override { is_caught_up = true; }
  void live(bool live) override { is_live = live; }
  void gap() override { ++gaps; }
  void wiped(std::string_view) override { ++wipes; }
  void waits(std::string_view) override { ++waited; }

  std::size_t records = 0;
  std::vector<SlaKind> alerts;
  std::string last_why;
  int malformed_records = 0, gaps = 0, wipes = 0, waited = 0;
  bool is_caught_up = false, is_live = false;
};

std::vector<std::string> make_ids() {
  std::vector<std::string> made;
  for (std::uint8_t i = 0; i < 5; ++i) made.push_back(domain::make_ticket_id({i, 7}).get());
  return made;
}
const std::vector<std::string> ids = make_ids();

class BuilderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto started_server = testkit::RedisServer::start_or_explain();
    ASSERT_TRUE(started_server) << started_server.error().why;
    server_ = std::move(started_server).value();
    store_ = std::make_unique<Store>(options(), "test.");
    redis_ = std::make_unique<redis::Connection>(options());
    builder_ = std::make_unique<Builder>(*store_, source_, probe_, config());
  }

  redis::Options options() const {
    redis::Options options{server_->address()};
    options.backoff_min = options.backoff_max = Milliseconds{0};
    return options;
  }
  static BuilderConfig config() {
    BuilderConfig config;
    config.partition_count = partition_count;
    config.records_max = 7;
    config.look_interval = Milliseconds{0};
    return config;
  }

  /// Steps until the views are as new as the log.
  void settle(Builder& builder) {
    probe_.is_caught_up = false;
    const bool settled = testkit::eventually([&] {
      builder.step();
      return probe_.is_caught_up && probe_.is_live;
    });
    ASSERT_TRUE(settled);
  }
  void settle() { settle(*builder_); }

  void write_life(const std::string& id) { write_life(source_, id); }
  static void write_life(FakeSource& log, const std::string& id) {
    const Instant due = start + 1h;
    log.write(submission_record(id, "text of " + id));
    log.write(lifecycle_record(id, opened({started("citizen", "PWD", due)})));
    log.write(lifecycle_record(id, assigned(2, "PWD", {started("handle", "PWD", due)})));
    log.write(sla_record(id, sla(SlaKind::warned, "handle", "PWD", due)));
    log.write(sla_record(id, sla(SlaKind::breached, "handle", "PWD", due)));
  }

  std::map<Cell, std::int64_t> counts() {
    auto cells = store_->boards();
    std::erase_if(*cells, [](const auto& entry) { return entry.second == 0; });
    return std::move(cells).value();
  }

  /// Every view, whatever order Redis keeps a hash in.
  std::string dump() {
    // A connection of an earlier server is found dead at its first use.
    testkit::eventually([this] { return redis_->reachable(); });
    std::string all;
    for (const std::string& key : sorted({"KEYS", "test.view:2:*"})) {
      if (key == "test.view:2:meta") continue;
      const std::string type = *redis_->command({"TYPE", key})->text();
      all += key + "\n";
      if (type == "hash") {
        for (const std::string& field : sorted({"HKEYS", key})) {
          all += "  " + field + "=" + *redis_->command({"HGET", key, field})->text() + "\n";
        }
      } else {
        const redis::Command members = type == "set" ? redis::Command{"SMEMBERS", key}
                                                     : redis::Command{"ZRANGE", key, "0", "-1"};
        for (const std::string& member : sorted(members)) all += "  " + member + "\n";
      }
    }
    return all;
  }
  std::vector<std::string> sorted(const redis::Command& command) {
    std::vector<std::string> words;
    const auto reply = redis_->command(command);
    for (const auto& word : *reply->array()) words.push_back(*word.text());
    std::ranges::sort(words);
    return words;
  }

  FakeSource source_;
  RecordingProbe probe_;
  std::unique_ptr<testkit::RedisServer> server_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<redis::Connection> redis_;
  std::unique_ptr<Builder> builder_;
};

TEST_F(BuilderTest, WhatTheLogSaysIsInTheViews) {
  for (const std::string& id : ids) write_life(id);
  settle();
  EXPECT_THAT(counts(), ElementsAre(Pair(Cell{"PWD", "citizen", Counter::running}, 5),
                                    Pair(Cell{"PWD", "handle", Counter::breached}, 5),
                                    Pair(Cell{"PWD", "handle", Counter::warnings}, 5),
                                    Pair(Cell{"PWD", "handle", Counter::breaches}, 5)));
  EXPECT_EQ(probe_.records, source_.size());
  EXPECT_EQ(probe_.malformed_records, 0) << probe_.last_why;
  const auto tickets = store_->load({ids[0]});
  EXPECT_EQ(tickets->at(ids[0]).version, 2u);
  EXPECT_EQ(tickets->at(ids[0]).lead_unit, unit("PWD"));
}

TEST_F(BuilderTest, EveryPartitionHasAPositionOnceTheViewsAreLive) {
  settle();
  EXPECT_EQ(store_->meta()->positions.size(), 3u * partition_count);
}

TEST_F(BuilderTest, AlertsAreToldOnlyOfLiveViews) {
  write_life(ids[0]);
  settle();
  EXPECT_TRUE(probe_.alerts.empty()) << "they were there before";
  source_.write(sla_record(ids[0], sla(SlaKind::breached, "citizen", "PWD", start + 1h)));
  settle();
  EXPECT_THAT(probe_.alerts, ElementsAre(SlaKind::breached));
}

TEST_F(BuilderTest, ARecordThatCannotBeReadIsLeftOutAndStopsNothing) {
  source_.write_garbage(contract::topic::lifecycle);
  source_.write_garbage(contract::topic::sla);
  source_.write_garbage(contract::topic::submissions);
  write_life(ids[0]);
  settle();
  EXPECT_EQ(probe_.malformed_records, 3);
  EXPECT_EQ(store_->load({ids[0]})->size(), 1u);
}

TEST_F(BuilderTest, AnEmptiedRedisIsFilledAgainWithTheSameViews) {
  for (const std::string& id : ids) write_life(id);
  settle();
  const std::string before = dump();
  ASSERT_TRUE(redis_->command({"FLUSHALL"}));
  settle();
  EXPECT_EQ(dump(), before);
  EXPECT_EQ(probe_.gaps, 1);
}

TEST_F(BuilderTest, RedisMayBeEmptiedInTheMiddleOfABuild) {
  for (const std::string& id : ids) write_life(id);
  settle();
  const std::string expected = dump();
  Builder other(*store_, source_, probe_, config());
  for (int steps = 1; steps < 6; ++steps) {
    ASSERT_TRUE(redis_->command({"FLUSHALL"}));
    for (int i = 0; i < steps; ++i) other.step();
  }
  settle(other);
  EXPECT_EQ(dump(), expected);
}

TEST_F(BuilderTest, ANewProcessGoesOnWhereTheViewsStand) {
  write_life(ids[0]);
  settle();
  FakeSource& log = source_;
  Builder next(*store_, log, probe_, config());
  const std::size_t before = probe_.records;
  write_life(ids[1]);
  settle(next);
  EXPECT_EQ(probe_.records - before, 5u) << "only the new records are read";
}

TEST_F(BuilderTest, TwoBuildersAtOnceCountNothingTwice) {
  const std::uint32_t seed = 20'251'124;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (const std::string& id : ids) write_life(id);
  settle();
  const std::string expected = dump();
  ASSERT_TRUE(redis_->command({"FLUSHALL"}));
  FakeSource twin_log;
  RecordingProbe twin_probe;
  Store twin_store(options(), "test.");
  for (const std::string& id : ids) write_life(twin_log, id);
  Builder twin(twin_store, twin_log, twin_probe, config());
  for (int i = 0; i < 60; ++i) (random() % 2 == 0 ? twin : *builder_).step();
  settle();
  EXPECT_EQ(dump(), expected);
}

TEST_F(BuilderTest, RedisMayDieAndComeBackEmpty) {
  write_life(ids[0]);
  settle();
  const std::string before = dump();
  server_->kill();
  EXPECT_GT(builder_->step().count(), 0) << "it waits";
  EXPECT_GT(builder_->step().count(), 0);
  EXPECT_FALSE(probe_.is_live);
  EXPECT_GE(probe_.waited, 2);
  ASSERT_TRUE(server_->start_again());
  settle();
  EXPECT_EQ(dump(), before);
}

TEST_F(BuilderTest, APositionThatTheLogNoLongerHasMakesTheViewsNew) {
  for (const std::string& id : ids) write_life(id);
  settle();
  FakeSource other_log;
  Builder next(*store_, other_log, probe_, config());
  settle(next);
  EXPECT_EQ(probe_.wipes, 1);
  EXPECT_EQ(dump(), "");
}

TEST_F(BuilderTest, BrokenViewsAreMadeNew) {
  write_life(ids[0]);
  settle();
  const std::string before = dump();
  ASSERT_TRUE(redis_->command({"HSET", "test.view:2:t:" + ids[0], "view", "\xff\x01"}));
  source_.write(sla_record(ids[0], sla(SlaKind::met, "citizen", "PWD", start + 1h)));
  settle();
  EXPECT_EQ(probe_.wipes, 1);
  EXPECT_EQ(dump(), before);
}

}  // namespace
}  // namespace paidan::views
