#include "dispatch/feed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "records.hpp"

namespace paidan::dispatch {
namespace {

using testing::ElementsAre;
using tests::acknowledged;
using tests::assigned;
using tests::Logged;
using tests::opened;
using Kinds = v1::SubscribeResponse;

class Heard final : public Listener {
 public:
  explicit Heard(std::string hearer) : hearer_(std::move(hearer)) {}
  const std::string& hearer() const override { return hearer_; }
  void tell(Delivery delivery) override { deliveries.push_back(std::move(delivery)); }
  void expect(std::size_t backlog) override { expected += backlog; }
  void close() override { closed = true; }

  std::vector<HearKind> kinds() const {
    std::vector<HearKind> kinds;
    for (const Delivery& delivery : deliveries) kinds.push_back(delivery.kind);
    return kinds;
  }
  std::vector<Delivery> deliveries;
  std::size_t expected = 0;
  bool closed = false;

 private:
  std::string hearer_;
};

constexpr FeedLimits roomy{{1'000, 10'000'000}, 100};

/// Two partitions, begun at 0.
class FeedTest : public testing::Test {
 protected:
  explicit FeedTest(FeedLimits limits = roomy) : feed(limits, 2) { feed.begin({0, 0}); }

  void log(const tests::Record& record, std::int32_t partition, std::int64_t offset) {
    EXPECT_TRUE(feed.ingest(Logged(record, partition, offset).record));
  }
  std::shared_ptr<Heard> listen(const std::string& unit,
                                const std::optional<FeedPosition>& from = {}) {
    auto heard = std::make_shared<Heard>(hearer_of_unit(unit));
    start = feed.subscribe(heard, from);
    return heard;
  }

  Feed feed;
  Feed::Start start = Feed::Start::live;
};

TEST_F(FeedTest, BeginsALiveStreamWithASignAndTheCurrentPosition) {
  log(opened("t"), 1, 6);
  const auto heard = listen("A");
  ASSERT_THAT(heard->kinds(), ElementsAre(Kinds::KIND_LIVE));
  EXPECT_EQ(*heard->deliveries[0].position, (FeedPosition{0, 7}));
  EXPECT_FALSE(heard->deliveries[0].repeated);
}

TEST_F(FeedTest, TellsEachUnitItsOwnTicketsInOrder) {
  const auto a = listen("A");
  const auto b = listen("B");
  log(opened("t"), 0, 0);
  log(assigned("t", 2, "A", "A"), 0, 1);
  log(acknowledged("t", 3, "A", "A"), 0, 3);
  log(assigned("t", 4, "B", "B", {"A"}), 0, 4);
  EXPECT_THAT(a->kinds(), ElementsAre(Kinds::KIND_LIVE, Kinds::KIND_ASSIGNED, Kinds::KIND_UPDATED,
                                      Kinds::KIND_REMOVED));
  EXPECT_THAT(b->kinds(), ElementsAre(Kinds::KIND_LIVE, Kinds::KIND_ASSIGNED));
  EXPECT_EQ(a->deliveries[1].entry->card->view.title(), "Pothole");
  EXPECT_EQ(*a->deliveries[2].position, (FeedPosition{4, 0}));
}

TEST_F(FeedTest, ResumesWithoutAGapAndMarksWhatMayRepeat) {
  const auto before = listen("A");
  log(opened("t"), 0, 0);
  log(assigned("t", 2, "A", "A"), 0, 1);
  log(opened("u"), 1, 0);
  log(assigned("u", 2, "A", "A"), 1, 1);
  log(acknowledged("t", 3, "A", "A"), 0, 3);
  // The stream is cut after its first assignment; its token is that of the message.
  const auto after = listen("A", *before->deliveries[1].position);
  ASSERT_EQ(start, Feed::Start::live);
  ASSERT_THAT(after->kinds(),
              ElementsAre(Kinds::KIND_ASSIGNED, Kinds::KIND_UPDATED, Kinds::KIND_LIVE));
  EXPECT_EQ(after->expected, 2U);
  EXPECT_TRUE(after->deliveries[0].repeated);
  EXPECT_TRUE(after->deliveries[1].repeated);
  EXPECT_EQ(after->deliveries[0].entry->card->view.ticket_id(), "u");
  log(acknowledged("u", 3, "A", "A"), 1, 2);
  EXPECT_FALSE(after->deliveries.back().repeated);
  EXPECT_EQ(after->deliveries.back().entry->card->view.version(), 3U);
}

TEST_F(FeedTest, NeverTellsAgainWhatAnotherInstanceHasTold) {
  const auto heard = listen("A", FeedPosition{2, 0});  // This one has read nothing yet.
  log(assigned("t", 2, "A", "A"), 0, 1);
  EXPECT_THAT(heard->kinds(), ElementsAre(Kinds::KIND_LIVE));
  log(acknowledged("t", 3, "A", "A"), 0, 2);
  EXPECT_THAT(heard->kinds(), ElementsAre(Kinds::KIND_LIVE, Kinds::KIND_UPDATED));
}

TEST_F(FeedTest, PassesOverWhatItCannotRead) {
  const auto heard = listen("A");
  Logged garbage(assigned("t", 2, "A", "A"), 0, 5);
  garbage.bytes = "\xff\xff\xff";
  garbage.record.value = garbage.bytes;
  EXPECT_FALSE(feed.ingest(garbage.record));
  EXPECT_EQ(feed.position(), (FeedPosition{6, 0}));
  EXPECT_THAT(heard->kinds(), ElementsAre(Kinds::KIND_LIVE));
}

TEST_F(FeedTest, KeepsTheTokensOfQuietStreamsFresh) {
  const auto heard = listen("A");
  log(opened("t"), 1, 30);
  feed.keep_alive();
  ASSERT_THAT(heard->kinds(), ElementsAre(Kinds::KIND_LIVE, Kinds::KIND_LIVE));
  EXPECT_EQ(*heard->deliveries[1].position, (FeedPosition{0, 31}));
}

TEST_F(FeedTest, ForgetsAStreamThatIsGone) {
  const auto heard = listen("A");
  feed.remove(*heard);
  log(assigned("t", 2, "A", "A"), 0, 1);
  EXPECT_THAT(heard->kinds(), ElementsAre(Kinds::KIND_LIVE));
  EXPECT_EQ(feed.listeners(), 0U);
}

TEST_F(FeedTest, ClosesItsStreamsAndTakesNoMore) {
  const auto heard = listen("A");
  feed.close();
  EXPECT_TRUE(heard->closed);
  listen("A");
  EXPECT_EQ(start, Feed::Start::unavailable);
}

TEST(FeedBeforeItBegins, TakesNoStream) {
  Feed feed(roomy, 2);
  EXPECT_EQ(feed.subscribe(std::make_shared<Heard>("unit:A"), {}), Feed::Start::unavailable);
}

class SmallFeedTest : public FeedTest {
 protected:
  SmallFeedTest() : FeedTest({{2, 10'000'000}, 1}) {}
};

TEST_F(SmallFeedTest, RefusesATokenThatIsOlderThanItsRing) {
  for (std::int64_t offset = 0; offset < 4; ++offset) {
    log(acknowledged("t", 3, "A", "A"), 0, offset);
  }
  listen("A", FeedPosition{1, 0});
  EXPECT_EQ(start, Feed::Start::too_old);
  EXPECT_EQ(feed.listeners(), 0U);
  const auto heard = listen("A", FeedPosition{2, 0});
  EXPECT_EQ(start, Feed::Start::live);
  EXPECT_THAT(heard->kinds(),
              ElementsAre(Kinds::KIND_UPDATED, Kinds::KIND_UPDATED, Kinds::KIND_LIVE));
}

TEST_F(SmallFeedTest, SaysThatTheCardOfAForgottenTicketIsNotComplete) {
  const auto heard = listen("A");
  log(opened("t"), 0, 0);
  log(opened("u"), 0, 1);  // There is room for one card.
  log(assigned("t", 2, "A", "A"), 0, 2);
  EXPECT_FALSE(heard->deliveries.back().entry->card->complete);
  EXPECT_EQ(heard->deliveries.back().entry->card->view.lead_unit(), "A");
}

TEST(Ring, KeepsWithinItsBytes) {
  Ring ring({1'000'000, 20'000}, {0});
  for (std::int64_t offset = 0; offset < 200; ++offset) {
    auto entry = std::make_shared<FeedEntry>();
    entry->offset = offset;
    entry->record_bytes = std::string(1'000, 'x');
    ring.push(entry);
  }
  EXPECT_LE(ring.bytes(), 20'000U);
  EXPECT_GE(ring.size(), 10U);
  EXPECT_FALSE(ring.covers({100}));
  EXPECT_TRUE(ring.covers({199}));
}

}  // namespace
}  // namespace paidan::dispatch
