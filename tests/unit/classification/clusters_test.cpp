#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>

#include "classification/clusters_codec.hpp"
#include "classification/clusters_logic.hpp"
#include "paidan/contract/matches.hpp"
#include "paidan/contract/sightings.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/domain/ticket_id.hpp"
#include "paidan/stream/pump.hpp"
#include "paidan/testkit/fake_broker.hpp"
#include "paidan/testkit/manual_clock.hpp"
#include "paidan/testkit/silent_probe.hpp"

/// The clusters decider over a broker in memory.
namespace paidan::classification {
namespace {

static_assert(stream::Decider<ClustersLogic>);
static_assert(stream::CodecFor<ClustersCodec, ClustersLogic>);

constexpr std::int32_t partitions = 4;
constexpr Instant start = from_unix_ms(1'759'200'000'000);
constexpr Milliseconds day{24LL * 3600 * 1000};
constexpr const char* member = "clusters-0-0";

std::string ticket_id(std::uint8_t number) {
  return domain::make_ticket_id({number, 2, 3, 4, 5, 6, 7, 8, 9, 10}).get();
}

class ClustersTest : public testing::Test {
 protected:
  ClustersTest() { revive(); }

  /// classification writes the caller's line of a ticket.
  void sighted(std::uint8_t number, const std::string& caller, Instant happened_at,
               domain::SightingLine line = domain::SightingLine::caller) {
    const bool by_caller = line == domain::SightingLine::caller;
    const domain::KeyedSighting keyed{
        .cluster_key = by_caller ? domain::caller_cluster(caller) : "p/310101/lamp",
        .sighting = {.line = line,
                     .ticket_id = ticket_id(number),
                     .channel = domain::ChannelId{"hotline"},
                     .category = domain::CategoryId{"lamp"},
                     .demand_kind = "求助",
                     .area = domain::AreaId{"310101"},
                     .fingerprint = domain::fingerprint("路灯不亮", std::to_string(number)),
                     .happened_at = happened_at}};
    const stream::Cause cause{.id = "submissions/0/" + std::to_string(++causes_),
                              .partition = Partition{0}};
    broker_.append(contract::encode_sighting(keyed,
                                             {.cause = cause,
                                              .happened_at = happened_at,
                                              .decided_at = happened_at,
                                              .service = "classification"},
                                             partitions));
  }
  void revive() {
    pump_.reset();
    log_ = std::make_unique<testkit::FakeLog>(
        broker_,
        testkit::FakeLogConfig{
            "clusters", member, {contract::topic::sightings}, contract::topic::clusters_state});
    pump_ = std::make_unique<stream::Pump<ClustersLogic, ClustersCodec>>(logic_, codec_, *log_,
                                                                         clock_, probe_);
  }
  /// Until nothing is left to do; a process that must stop is replaced.
  void run() {
    for (int idle = 0; idle < 3;) {
      const stream::Turn turned = pump_->turn();
      if (turned == stream::Turn::stop) revive();
      idle = turned == stream::Turn::idle ? idle + 1 : 0;
    }
  }
  /// "<ticket> to <master>", by their numbers.
  std::vector<std::string> matches() const {
    std::vector<std::string> out;
    for (const auto& stored : broker_.committed(contract::topic::matches)) {
      const stream::InRecord record{.topic = contract::topic::matches,
                                    .partition = stored.record.partition,
                                    .offset = stored.offset,
                                    .key = stored.record.key,
                                    .value = *stored.record.value};
      const auto match = contract::decode_match(record, partitions);
      EXPECT_TRUE(match) << match.error().why;
      if (!match) continue;
      const auto* proposed = std::get_if<domain::LinkProposed>(&match->body);
      out.push_back(number_of(match->key) + (proposed ? " to " : " not to ") +
                    number_of(proposed
                                  ? proposed->master_ticket_id
                                  : std::get<domain::LinkWithdrawn>(match->body).master_ticket_id));
    }
    std::sort(out.begin(), out.end());
    return out;
  }
  static std::string number_of(const std::string& id) {
    for (int number = 0; number < 256; ++number) {
      if (ticket_id(static_cast<std::uint8_t>(number)) == id) return std::to_string(number);
    }
    return "?";
  }

  domain::DuplicatePolicy policy_;
  ClustersLogic logic_{policy_};
  ClustersCodec codec_{partitions, "rules-1"};
  testkit::FakeBroker broker_{partitions};
  testkit::ManualClock clock_{start};
  testkit::SilentProbe probe_;
  std::unique_ptr<testkit::FakeLog> log_;
  std::unique_ptr<stream::Pump<ClustersLogic, ClustersCodec>> pump_;
  int causes_ = 0;
};

TEST_F(ClustersTest, AProposalLiesOnTheTicketsPartitionAndNamesWhatItFollowsFrom) {
  sighted(1, "anna", start);
  sighted(2, "anna", start + 2 * day);
  run();
  EXPECT_THAT(matches(), testing::ElementsAre("2 to 1"));
  const auto stored = broker_.committed(contract::topic::matches).at(0);
  EXPECT_EQ(stored.record.partition, contract::partition_of(ticket_id(2), partitions));
  EXPECT_THAT(
      stored.record.headers,
      testing::Contains(testing::Field(&stream::Header::value, "paidan.ticket.link_proposed.v1")));
}

TEST_F(ClustersTest, TwoCallersDoNotMeet) {
  sighted(1, "anna", start);
  sighted(2, "bo", start + day);
  sighted(3, "bo", start + 2 * day);
  sighted(4, "anna", start + 3 * day);
  run();
  EXPECT_THAT(matches(), testing::ElementsAre("3 to 2", "4 to 1"));
}

TEST_F(ClustersTest, APlaceIsNotDecidedYetAndKeepsNoState) {
  sighted(1, "", start, domain::SightingLine::place);
  sighted(2, "", start, domain::SightingLine::place);
  run();
  EXPECT_THAT(matches(), testing::IsEmpty());
  EXPECT_EQ(pump_->size(), 0U);
}

TEST_F(ClustersTest, WhatWasProposedBeforeACrashIsNotProposedAgain) {
  for (const auto fault : {testkit::Fault::aborted, testkit::Fault::crashed_before,
                           testkit::Fault::crashed_open, testkit::Fault::crashed_after}) {
    const std::string caller = "caller-" + std::to_string(static_cast<int>(fault));
    const std::size_t before = matches().size();
    sighted(static_cast<std::uint8_t>(10 + 2 * static_cast<int>(fault)), caller, start);
    run();
    broker_.fail_next(member, fault);
    sighted(static_cast<std::uint8_t>(11 + 2 * static_cast<int>(fault)), caller, start + day);
    run();
    broker_.time_out(member);
    run();
    EXPECT_EQ(matches().size(), before + 1) << static_cast<int>(fault);
  }
}

TEST_F(ClustersTest, ANewProcessKnowsTheCallersFromTheSnapshots) {
  sighted(1, "anna", start);
  run();
  revive();
  sighted(2, "anna", start + day);
  run();
  EXPECT_THAT(matches(), testing::ElementsAre("2 to 1"));
}

TEST_F(ClustersTest, ARepeatedSightingSaysNothing) {
  sighted(1, "anna", start);
  sighted(2, "anna", start + day);
  sighted(1, "anna", start + 2 * day);
  sighted(2, "anna", start + day);
  run();
  EXPECT_THAT(matches(), testing::ElementsAre("2 to 1"));
}

TEST_F(ClustersTest, ACallerIsForgottenWhenTimeHasLeftTheWindow) {
  sighted(1, "anna", start);
  run();
  ASSERT_EQ(pump_->size(), 1U);
  // Somebody else on the same partition, whose sightings move its time.
  std::string other;
  const auto home = contract::partition_of(domain::caller_cluster("anna"), partitions);
  for (int i = 0; other.empty(); ++i) {
    const std::string name = "other-" + std::to_string(i);
    if (contract::partition_of(domain::caller_cluster(name), partitions) == home) other = name;
  }
  sighted(2, other, start + 30 * day);
  run();
  EXPECT_NE(pump_->find(domain::caller_cluster("anna")), nullptr) << "the last day of the window";
  sighted(3, other, start + 31 * day);
  run();
  EXPECT_EQ(pump_->find(domain::caller_cluster("anna")), nullptr);
  revive();
  run();
  EXPECT_EQ(pump_->size(), 1U) << "a tombstone was written";
}

TEST_F(ClustersTest, GarbageIsSetAsideWholeAndTheRestGoesOn) {
  sighted(1, "anna", start);
  broker_.append({contract::topic::sightings, Partition{0}, "garbage", "\xff\xfe", {}});
  sighted(2, "anna", start + day);
  run();
  EXPECT_THAT(matches(), testing::ElementsAre("2 to 1"));
  const auto letters = broker_.committed(contract::topic::deadletters);
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(*letters[0].record.value, "\xff\xfe");
}

TEST_F(ClustersTest, DecidingAgainFromTheSameSightingsWritesTheSameBytes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  domain::CallerTickets state;
  for (int round = 0; round < 50; ++round) {
    const domain::Sighting sighting{
        .line = domain::SightingLine::caller,
        .ticket_id = ticket_id(static_cast<std::uint8_t>(round)),
        .channel = domain::ChannelId{"web"},
        .category = domain::CategoryId{random() % 2 ? "lamp" : "road"},
        .area = domain::AreaId{"310101"},
        .fingerprint = domain::fingerprint("", std::to_string(random() % 3)),
        .happened_at = start + Milliseconds{random() % day.count()}};
    const stream::Cause cause{.id = "sightings/1/" + std::to_string(round),
                              .partition = Partition{1}};
    const auto write = [&] {
      std::vector<stream::OutRecord> out;
      domain::CallerTickets after = state;
      for (const auto& event : logic_.decide(state, sighting, start).events) {
        after = logic_.evolve(std::move(after), event);
        auto record = codec_.encode("c/anna", event, after, cause, out.size(), start);
        if (record) out.push_back(std::move(*record));
      }
      out.push_back(codec_.snapshot("c/anna", Partition{1}, after));
      return std::pair(std::move(out), std::move(after));
    };
    const auto [once, after] = write();
    ASSERT_EQ(once, write().first);
    const stream::InRecord snapshot{.topic = contract::topic::clusters_state,
                                    .partition = Partition{1},
                                    .key = "c/anna",
                                    .value = *once.back().value};
    const auto restored = codec_.restore(snapshot);
    ASSERT_TRUE(restored) << restored.error().why;
    ASSERT_EQ(*restored, after);
    state = after;
  }
}

}  // namespace
}  // namespace paidan::classification
