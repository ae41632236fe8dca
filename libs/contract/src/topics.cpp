#include "paidan/contract/topics.hpp"

#include <algorithm>

#include "paidan/base/assert.hpp"
#include "paidan/base/hash.hpp"

namespace paidan::contract {

const Topic* find_topic(std::string_view name) {
  const auto found = std::ranges::find(topic_table, name, &Topic::name);
  return found == topic_table.end() ? nullptr : &*found;
}

std::vector<stream::TopicName> topic_names() {
  std::vector<stream::TopicName> names;
  names.reserve(topic_table.size());
  for (const Topic& topic : topic_table) names.push_back(topic.name);
  return names;
}

std::int32_t partitions_of(const Topic& topic, std::int32_t shared_count) {
  switch (topic.partitions) {
    case PartitionClass::shared:
      return shared_count;
    case PartitionClass::replies:
      return reply_partitions;
    case PartitionClass::single:
      break;
  }
  return 1;
}

std::map<std::string, std::string> settings_of(const Topic& topic) {
  std::map<std::string, std::string> settings;
  if (topic.cleanup == Cleanup::compact) {
    // Small segments and a low dirty ratio keep a restore near one record per live key.
    settings = {{"cleanup.policy", "compact"},
                {"segment.bytes", "33554432"},
                {"min.cleanable.dirty.ratio", "0.1"},
                {"max.compaction.lag.ms", "600000"}};
  } else {
    settings = {{"cleanup.policy", "delete"}, {"retention.ms", std::to_string(topic.retention_ms)}};
  }
  settings["message.timestamp.type"] = "CreateTime";
  if (topic.name == topic::deadletters) {
    settings["max.message.bytes"] = std::to_string(record_bytes_max);
  }
  return settings;
}

Partition partition_of(std::string_view key, std::int32_t partition_count) {
  PAIDAN_ASSERT(partition_count > 0, "a topic has partitions");
  const auto positive = static_cast<std::int32_t>(murmur2(key) & 0x7fffffffU);
  return Partition{positive % partition_count};
}

}  // namespace paidan::contract
