// How far a group has come, as an outsider sees it, against a real Kafka.
#include "paidan/kafka/backlog.hpp"

#include "adapter_fixture.hpp"
#include "member.hpp"
#include "raw_transaction.hpp"

namespace paidan::conformance {
namespace {

constexpr Milliseconds deadline{20'000};
const stream::TopicPartition place{input, Partition{0}};

class BacklogTest : public AdapterTest {
 protected:
  std::unique_ptr<kafka::Backlog> backlog() {
    auto opened = kafka::Backlog::open(connection_, "group", {input, second_input}, probe_);
    EXPECT_TRUE(opened) << opened.error().what;
    return std::move(opened).value();
  }
};

TEST_F(BacklogTest, AGroupThatNeverCommittedStandsAtTheBeginning) {
  fill(0, 0, 3);
  const auto group = backlog();
  const auto committed = group->committed(deadline);
  ASSERT_TRUE(committed) << committed.error().what;
  EXPECT_EQ(committed->size(), 2U * partition_count);
  EXPECT_EQ(committed->at(place), NextOffset{0});
  EXPECT_EQ(group->ends(deadline)->at(place), NextOffset{3});
}

TEST_F(BacklogTest, SeesWhatAMemberHasCommittedWithItsOutputs) {
  fill(0, 0, 3);
  testkit::ManualClock clock{from_unix_ms(1'000'000)};
  const auto log = kafka::KafkaLog::open(log_config(connection_, 0), clock, probe_);
  ASSERT_TRUE(log) << log.error().what;
  Member member(**log);
  ASSERT_TRUE(member.until_held(3));
  ASSERT_EQ(member.commit_copies(), stream::Commit::done);
  const auto committed = backlog()->committed(deadline);
  ASSERT_TRUE(committed) << committed.error().what;
  EXPECT_EQ(committed->at(place), NextOffset{3});
}

TEST_F(BacklogTest, AnOpenTransactionIsBeyondTheEnd) {
  fill(0, 0, 2);
  RawTransaction open(connection_, connection_.topic_prefix + "foreign",
                      {{input, Partition{0}, "open", "v", {}}});
  EXPECT_EQ(backlog()->ends(deadline)->at(place), NextOffset{2});
  open.abort();
}

TEST_F(BacklogTest, AMissingTopicIsNamed) {
  auto connection = connection_;
  connection.topics.emplace_back("absent");
  const auto opened =
      kafka::Backlog::open(connection, "group", {"absent"}, probe_, Milliseconds{300});
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().what, testing::HasSubstr("absent"));
}

}  // namespace
}  // namespace paidan::conformance
