#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "client.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::kafka {

/// The topics of a producer, known to it before the first record: a producer that meets a topic
/// with its first record waits up to a second for the topic's leader, and after a restart that
/// second would be missing. Must go before the client goes.
class ProducerTopics {
 public:
  ProducerTopics() = default;
  /// Asks for all leaders and waits for the answer, but not longer than `deadline`.
  ProducerTopics(rd_kafka_t* producer, const Topics& topics, const Connection& connection,
                 Milliseconds deadline);
  rd_kafka_topic_t* find(stream::TopicName name) const;

 private:
  std::vector<std::pair<stream::TopicName, Owned<rd_kafka_topic_t>>> topics_;
};

/// Hands one record to a producer, which copies it. `number` comes back with the delivery.
rd_kafka_resp_err_t produce(rd_kafka_t* producer, const ProducerTopics& topics,
                            const stream::OutRecord& record, std::uint64_t number);

std::uint64_t number_of(const rd_kafka_message_t& message);

/// Bytes of key, value and headers.
std::size_t size_of(const stream::OutRecord& record);

}  // namespace paidan::kafka
