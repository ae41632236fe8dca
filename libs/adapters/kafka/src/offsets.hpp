#pragma once
#include <span>
#include <vector>

#include "client.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::kafka {

enum class Edge { low, end };

/// The first offset or the end of each partition. The end is the high watermark for a client that
/// reads uncommitted records, and the last stable offset for one that does not. Asks again until
/// all answer or the time is over. (`rd_kafka_query_watermark_offsets` asks one partition at a
/// time, may exceed its timeout and keeps asking a leader that has moved.)
Result<stream::Positions, Error> look_up(rd_kafka_t* client, const Topics& topics,
                                         std::span<const stream::TopicPartition> partitions,
                                         Edge edge, Milliseconds deadline);

/// The number of partitions of each topic; `unknown_topic` if one does not exist.
Result<std::vector<stream::TopicPartition>, Error> partitions_of(
    rd_kafka_t* client, const Topics& topics, std::span<const stream::TopicName> names,
    Milliseconds deadline);

/// A list for librdkafka, with offsets.
PartitionList list_of(const Topics& topics, const stream::Positions& positions);

}  // namespace paidan::kafka
