#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/stream/record.hpp"

/// The one table of topics: names (without the deployment's prefix), keys, partitions, retention
/// and limits. DESIGN section 1. Immutable.
namespace paidan::contract {

namespace topic {
inline constexpr stream::TopicName submissions = "submissions";
inline constexpr stream::TopicName classified = "classified";
inline constexpr stream::TopicName sightings = "sightings";
inline constexpr stream::TopicName matches = "matches";
inline constexpr stream::TopicName hotspots = "hotspots";
inline constexpr stream::TopicName commands = "commands";
inline constexpr stream::TopicName lifecycle = "lifecycle";
inline constexpr stream::TopicName links = "links";
inline constexpr stream::TopicName replies = "replies";
inline constexpr stream::TopicName sla = "sla";
inline constexpr stream::TopicName tasks = "tasks";
inline constexpr stream::TopicName subjects = "subjects";
inline constexpr stream::TopicName audit = "audit";
inline constexpr stream::TopicName deadletters = "deadletters";
inline constexpr stream::TopicName dispatch_state = "dispatch.state";
inline constexpr stream::TopicName sla_monitor_state = "sla_monitor.state";
inline constexpr stream::TopicName clusters_state = "clusters.state";
}  // namespace topic

/// What the key of a record says. "@<partition>" keys what belongs to a partition itself.
enum class KeyKind {
  ticket_id,
  cluster_key,
  subject_ref,
  task_id,
  edge_instance,  ///< `<service>-<ordinal>`; its partition is chosen by the ordinal.
  writer,         ///< `<service>-<ordinal>`; one partition holds all.
  as_input,
};

enum class PartitionClass {
  shared,   ///< The one count of all ticket topics, fixed for life.
  replies,  ///< `reply_partitions`: one per edge instance.
  single,
};

enum class Cleanup { remove, compact };

constexpr std::int64_t keep_for_ever_ms = -1;
constexpr std::int32_t reply_partitions = 16;
/// Largest value that a stage of ours reads; a larger one is dead-lettered.
constexpr std::size_t value_bytes_max = 256UL * 1024;
/// What a foreign producer can put on a topic (the broker's default), and what a dead letter of it
/// needs: every producer of ours must be able to send the latter.
constexpr std::size_t foreign_record_bytes_max = 1'048'588;
constexpr std::size_t record_bytes_max = foreign_record_bytes_max + 64UL * 1024;

struct Topic {
  stream::TopicName name;
  KeyKind key;
  PartitionClass partitions;
  Cleanup cleanup;
  std::int64_t retention_ms;
  /// Largest value of a well-formed record. It grows along the pipeline, so that what a stage
  /// accepts never makes it write what the next one refuses.
  std::size_t bytes_max;
};

constexpr std::int64_t days_ms(std::int64_t days) { return days * 24 * 60 * 60 * 1000; }

inline constexpr std::array<Topic, 17> topic_table = {{
    {topic::submissions, KeyKind::ticket_id, PartitionClass::shared, Cleanup::remove,
     keep_for_ever_ms, 64UL * 1024},
    {topic::classified, KeyKind::ticket_id, PartitionClass::shared, Cleanup::remove, days_ms(400),
     96UL * 1024},
    {topic::sightings, KeyKind::cluster_key, PartitionClass::shared, Cleanup::remove, days_ms(30),
     16UL * 1024},
    {topic::matches, KeyKind::ticket_id, PartitionClass::shared, Cleanup::remove, days_ms(400),
     16UL * 1024},
    {topic::hotspots, KeyKind::cluster_key, PartitionClass::shared, Cleanup::remove, days_ms(400),
     16UL * 1024},
    {topic::commands, KeyKind::ticket_id, PartitionClass::shared, Cleanup::remove, days_ms(400),
     96UL * 1024},
    {topic::lifecycle, KeyKind::ticket_id, PartitionClass::shared, Cleanup::remove,
     keep_for_ever_ms, 192UL * 1024},
    {topic::links, KeyKind::ticket_id, PartitionClass::shared, Cleanup::remove, days_ms(400),
     16UL * 1024},
    {topic::replies, KeyKind::edge_instance, PartitionClass::replies, Cleanup::remove, 3'600'000,
     16UL * 1024},
    {topic::sla, KeyKind::ticket_id, PartitionClass::shared, Cleanup::remove, days_ms(400),
     16UL * 1024},
    {topic::tasks, KeyKind::task_id, PartitionClass::shared, Cleanup::remove, keep_for_ever_ms,
     64UL * 1024},
    {topic::subjects, KeyKind::subject_ref, PartitionClass::shared, Cleanup::compact,
     keep_for_ever_ms, 64UL * 1024},
    {topic::audit, KeyKind::writer, PartitionClass::single, Cleanup::remove, keep_for_ever_ms,
     16UL * 1024},
    {topic::deadletters, KeyKind::as_input, PartitionClass::shared, Cleanup::remove, days_ms(400),
     foreign_record_bytes_max},
    {topic::dispatch_state, KeyKind::as_input, PartitionClass::shared, Cleanup::compact,
     keep_for_ever_ms, value_bytes_max},
    {topic::sla_monitor_state, KeyKind::as_input, PartitionClass::shared, Cleanup::compact,
     keep_for_ever_ms, value_bytes_max},
    {topic::clusters_state, KeyKind::as_input, PartitionClass::shared, Cleanup::compact,
     keep_for_ever_ms, value_bytes_max},
}};

/// The row of that topic, or nullptr.
const Topic* find_topic(std::string_view name);

/// Every logical name, in the order of the table.
std::vector<stream::TopicName> topic_names();

/// `shared_count` is the deployment's partition count of ticket topics.
std::int32_t partitions_of(const Topic& topic, std::int32_t shared_count);

/// Kafka's settings of the topic, e.g. {"cleanup.policy", "compact"} (DESIGN 5.3).
std::map<std::string, std::string> settings_of(const Topic& topic);

/// The partition of a key, 0 <= p < partition_count: positive murmur2 modulo the count, as Kafka's
/// Java client does, so that a peer in any language agrees. `partition_count` must be positive.
Partition partition_of(std::string_view key, std::int32_t partition_count);

}  // namespace paidan::contract
