// Tail, RecordReader and Admin against a real Kafka.
#include <atomic>
#include <span>
#include <thread>

#include "adapter_fixture.hpp"
#include "raw_transaction.hpp"

namespace paidan::conformance {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using From = kafka::TailConfig::From;

class TailTest : public AdapterTest {};
class RecordReaderTest : public AdapterTest {};
class AdminTest : public AdapterTest {};

TEST_F(TailTest, FromTheEndSeesOnlyWhatComesLater) {
  fill(0, 0, 3);
  const auto at_end = tail({.from = From::end});
  EXPECT_EQ(at_end->positions().at({input, Partition{0}}), NextOffset{3});
  fill(0, 3, 2);
  EXPECT_THAT(keys_from(*at_end, 2), ElementsAre("0/3", "0/4"));
}

TEST_F(TailTest, StopsAtTheEndItSawAndTellsTheEnds) {
  fill(1, 0, 3);
  const auto from_start = tail({.from = From::beginning, .stop_at_end = true});
  fill(1, 3, 2);
  std::map<stream::TopicPartition, NextOffset> ends;
  std::size_t records = 0;
  bool finished = false;
  for (int polls = 0; polls < 200 && !finished; ++polls) {
    const auto tailed = from_start->poll(2, Milliseconds{100});
    ASSERT_TRUE(tailed) << tailed.error().what;
    EXPECT_LE(tailed->records.size(), 2U);
    records += tailed->records.size();
    for (const auto& [at, end] : tailed->ends) ends[at] = end;
    finished = tailed->finished;
  }
  EXPECT_TRUE(finished);
  EXPECT_GE(records, 3U);
  EXPECT_EQ(from_start->ends_at_open().at({input, Partition{1}}), NextOffset{3});
}

TEST_F(TailTest, AnEmptyTopicIsFinishedAtOnce) {
  const auto empty = tail({.from = From::beginning, .stop_at_end = true});
  EXPECT_THAT(keys_from(*empty, 1), IsEmpty());
  EXPECT_TRUE(empty->poll(1, Milliseconds{0})->finished);
}

TEST_F(TailTest, StartsAndSeeksWhereItIsTold) {
  fill(2, 0, 10);
  const auto given = tail({.from = From::end, .start = {{{input, Partition{2}}, NextOffset{8}}}});
  EXPECT_THAT(keys_from(*given, 2), ElementsAre("2/8", "2/9"));
  ASSERT_TRUE(given->seek({{{input, Partition{2}}, NextOffset{7}}}));
  EXPECT_THAT(keys_from(*given, 3), ElementsAre("2/7", "2/8", "2/9"));
  EXPECT_EQ(given->positions().at({input, Partition{2}}), NextOffset{10});
}

TEST_F(TailTest, RecordsOutliveIt) {
  fill(0, 0, 2);
  auto reader = tail({.from = From::beginning});
  kafka::Tailed kept;
  for (int polls = 0; polls < 200 && kept.records.empty(); ++polls) {
    kept = std::move(reader->poll(10, Milliseconds{100})).value();
  }
  reader.reset();
  ASSERT_FALSE(kept.records.empty());
  EXPECT_EQ(kept.records[0].key, "0");
}

TEST_F(TailTest, SeesNoAbortedRecordAndWaitsForAnOpenOne) {
  RawTransaction aborted(connection_, connection_.topic_prefix + "foreign",
                         {{input, Partition{0}, "aborted", "v", {}}});
  fill(0, 0, 1);
  const auto reader = tail({.from = From::beginning, .stop_at_end = true});
  const auto before = reader->poll(10, Milliseconds{300});
  ASSERT_TRUE(before);
  EXPECT_THAT(before->records, IsEmpty()) << "it may still be committed";
  EXPECT_FALSE(before->finished);
  aborted.abort();
  EXPECT_THAT(keys_from(*reader, 1), ElementsAre("0/0"));
}

TEST_F(TailTest, APositionBeyondTheTopicIsATypedError) {
  const auto beyond =
      tail({.from = From::end, .start = {{{input, Partition{0}}, NextOffset{1'000}}}});
  for (int polls = 0; polls < 100; ++polls) {
    const auto tailed = beyond->poll(10, Milliseconds{100});
    if (tailed) continue;
    EXPECT_EQ(tailed.error().kind, kafka::ErrorKind::mismatch);
    return;
  }
  FAIL() << "no error came";
}

TEST_F(TailTest, AMissingTopicIsNamed) {
  auto connection = connection_;
  connection.topics.emplace_back("absent");
  const auto opened = kafka::Tail::open(
      {.connection = connection, .topics = {"absent"}, .open_deadline = Milliseconds{300}}, probe_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, kafka::ErrorKind::unknown_topic);
  EXPECT_THAT(opened.error().what, testing::HasSubstr("absent"));
}

TEST_F(RecordReaderTest, FindsSingleRecordsNearAndFarAndLeavesOutWhatIsNotThere) {
  fill(1, 0, 2'000);
  const auto reader = kafka::RecordReader::open({connection_}, probe_);
  ASSERT_TRUE(reader);
  const std::int64_t offsets[] = {0, 3, 4, 1'500, 1'999, 5'000};
  const auto found = reader.value()->read({input, Partition{1}}, offsets, Milliseconds{10'000});
  ASSERT_TRUE(found) << found.error().what;
  std::vector<std::string> keys;
  for (const auto& record : found->records) keys.emplace_back(record.key);
  EXPECT_THAT(keys, ElementsAre("0", "3", "4", "1500", "1999"));
}

TEST_F(RecordReaderTest, LeavesOutAbortedRecordsAndMarkers) {
  {
    RawTransaction aborted(connection_, connection_.topic_prefix + "foreign",
                           {{input, Partition{0}, "aborted", "v", {}}});
    aborted.abort();
  }
  fill(0, 0, 1);
  const auto reader = kafka::RecordReader::open({connection_}, probe_);
  const std::int64_t offsets[] = {0, 1, 2};
  const auto found = reader.value()->read({input, Partition{0}}, offsets, Milliseconds{10'000});
  ASSERT_TRUE(found) << found.error().what;
  ASSERT_THAT(found->records, SizeIs(1));
  EXPECT_EQ(found->records[0].offset, 2);
}

TEST_F(RecordReaderTest, ServesSeveralThreadsAndKeepsToItsBounds) {
  fill(0, 0, 100);
  const auto reader =
      kafka::RecordReader::open({.connection = connection_, .offsets_max = 3}, probe_);
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {
      for (std::int64_t i = t; i < 100; i += 6) {
        const auto found =
            reader.value()->read({input, Partition{0}}, std::span(&i, 1), Milliseconds{20'000});
        if (found && found->records.size() == 1 && found->records[0].key == std::to_string(i)) {
          ++right;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 100);
  const std::int64_t four[] = {1, 2, 3, 4};
  const auto too_many = reader.value()->read({input, Partition{0}}, four, Milliseconds{1'000});
  ASSERT_FALSE(too_many);
  EXPECT_EQ(too_many.error().kind, kafka::ErrorKind::full);
}

TEST_F(AdminTest, MakesMissingTopicsOnceAndRefusesAnotherPartitionCount) {
  const auto admin = kafka::Admin::open(connection_, probe_);
  ASSERT_TRUE(admin);
  const kafka::TopicSpec again[] = {{input, partition_count, 1, {}}};
  EXPECT_TRUE(admin.value()->create_topics(again, Milliseconds{10'000}));
  const kafka::TopicSpec other[] = {{input, partition_count + 1, 1, {}}};
  const auto refused = admin.value()->create_topics(other, Milliseconds{10'000});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, kafka::ErrorKind::mismatch);
  const auto counts = admin.value()->describe(Milliseconds{10'000});
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->at(input), partition_count);
  EXPECT_THAT(*counts, SizeIs(4));
}

TEST_F(AdminTest, ABadSettingIsRefusedWithTheBrokersWords) {
  auto connection = connection_;
  connection.topics.emplace_back("odd");
  const auto admin = kafka::Admin::open(connection, probe_);
  const kafka::TopicSpec odd[] = {{"odd", 1, 1, {{"cleanup.policy", "sweep"}}}};
  const auto refused = admin.value()->create_topics(odd, Milliseconds{10'000});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, kafka::ErrorKind::refused);
  EXPECT_THAT(refused.error().what, testing::HasSubstr("sweep"));
}

TEST_F(AdminTest, WatermarksCountOpenTransactionsToo) {
  fill(3, 0, 5);
  const RawTransaction open(connection_, connection_.topic_prefix + "foreign",
                            {{input, Partition{3}, "open", "v", {}}});
  const auto admin = kafka::Admin::open(connection_, probe_);
  const auto marks = admin.value()->watermarks(input, Milliseconds{10'000});
  ASSERT_TRUE(marks) << marks.error().what;
  EXPECT_EQ(marks->at(Partition{3}).low, NextOffset{0});
  EXPECT_EQ(marks->at(Partition{3}).high, NextOffset{6});
}

TEST(AdminAlone, NoBrokerIsUnreachableInTime) {
  kafka::SilentProbe probe;
  const std::string nobody = "127.0.0.1:" + std::to_string(testkit::free_port());
  const auto admin = kafka::Admin::open(connection_to(nobody, "x."), probe);
  ASSERT_TRUE(admin);
  const auto reached = admin.value()->wait_until_reachable(Milliseconds{300});
  ASSERT_FALSE(reached);
  EXPECT_EQ(reached.error().kind, kafka::ErrorKind::unreachable);
  EXPECT_THAT(reached.error().what, testing::HasSubstr(nobody));
}

}  // namespace
}  // namespace paidan::conformance
