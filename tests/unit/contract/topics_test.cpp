#include "paidan/contract/topics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace paidan::contract {
namespace {

using testing::Contains;
using testing::Pair;

TEST(PartitionTest, TheHashIsThatOfKafkasJavaClient) {
  // Keys and hashes of Kafka's own UtilsTest: murmur2 -> positive -> modulo.
  struct Case {
    const char* key;
    std::int32_t murmur2;
  };
  const Case cases[] = {{"21", -973932308},
                        {"foobar", -790332482},
                        {"a-little-bit-long-string", -985981536},
                        {"a-little-bit-longer-string", -1486304829},
                        {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
                        {"abc", 479470107}};
  for (const Case& row : cases) {
    for (const std::int32_t count : {1, 4, 24, 1000}) {
      EXPECT_EQ(partition_of(row.key, count).get(), (row.murmur2 & 0x7fffffff) % count)
          << row.key << " of " << count;
    }
  }
}

TEST(PartitionTest, KnownKeysStayWhereTheyAre) {
  EXPECT_EQ(partition_of("21", 24).get(), 12);
  EXPECT_EQ(partition_of("foobar", 4).get(), 2);
  EXPECT_EQ(partition_of("abc", 24).get(), 3);
  EXPECT_EQ(partition_of("", 4), partition_of("", 4));
}

TEST(TopicTableTest, EachNameStandsOnce) {
  std::set<std::string_view> names;
  for (const Topic& topic : topic_table) {
    EXPECT_TRUE(names.insert(topic.name).second) << topic.name;
    ASSERT_NE(find_topic(topic.name), nullptr);
    EXPECT_EQ(find_topic(topic.name)->name, topic.name);
  }
  EXPECT_EQ(topic_names().size(), topic_table.size());
  EXPECT_EQ(find_topic("nothing"), nullptr);
}

TEST(TopicTableTest, TicketTopicsShareOnePartitionCount) {
  for (const Topic& topic : topic_table) {
    const std::int32_t partitions = partitions_of(topic, 24);
    if (topic.name == topic::replies) {
      EXPECT_EQ(partitions, reply_partitions);
    } else if (topic.name == topic::audit) {
      EXPECT_EQ(partitions, 1);
    } else {
      EXPECT_EQ(partitions, 24) << topic.name;
    }
  }
}

TEST(TopicTableTest, TheHistoryIsKeptForEver) {
  for (const auto name : {topic::lifecycle, topic::submissions, topic::audit}) {
    EXPECT_THAT(settings_of(*find_topic(name)), Contains(Pair("retention.ms", "-1")));
    EXPECT_THAT(settings_of(*find_topic(name)), Contains(Pair("cleanup.policy", "delete")));
  }
  EXPECT_THAT(settings_of(*find_topic(topic::replies)), Contains(Pair("retention.ms", "3600000")));
}

TEST(TopicTableTest, StateTopicsAreCompactedInSmallSegments) {
  for (const auto name : {topic::dispatch_state, topic::sla_monitor_state, topic::clusters_state}) {
    const auto settings = settings_of(*find_topic(name));
    EXPECT_THAT(settings, Contains(Pair("cleanup.policy", "compact")));
    EXPECT_THAT(settings, Contains(Pair("segment.bytes", "33554432")));
    EXPECT_THAT(settings, Contains(Pair("min.cleanable.dirty.ratio", "0.1")));
    EXPECT_THAT(settings, Contains(Pair("max.compaction.lag.ms", "600000")));
  }
}

TEST(TopicTableTest, ADeadLetterTakesTheLargestForeignRecordAndItsReason) {
  const auto settings = settings_of(*find_topic(topic::deadletters));
  EXPECT_THAT(settings, Contains(Pair("max.message.bytes", std::to_string(record_bytes_max))));
  EXPECT_GE(record_bytes_max, foreign_record_bytes_max + 64UL * 1024);
}

TEST(TopicTableTest, LimitsGrowAlongThePipeline) {
  const auto bytes_max = [](std::string_view name) { return find_topic(name)->bytes_max; };
  constexpr std::size_t own_part = 16UL * 1024;
  EXPECT_GE(bytes_max(topic::classified), bytes_max(topic::submissions) + own_part);
  EXPECT_GE(bytes_max(topic::lifecycle), bytes_max(topic::classified) + own_part);
  EXPECT_GE(bytes_max(topic::lifecycle), bytes_max(topic::commands) + own_part);
  EXPECT_LE(bytes_max(topic::lifecycle), value_bytes_max);
}

}  // namespace
}  // namespace paidan::contract
