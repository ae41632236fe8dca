#include "offsets.hpp"

#include <optional>
#include <thread>

namespace paidan::kafka {

namespace {

constexpr Milliseconds pause_between_tries{20};
constexpr std::int64_t low_edge_query = RD_KAFKA_OFFSET_BEGINNING;
constexpr std::int64_t end_edge_query = RD_KAFKA_OFFSET_END;

bool passes(ErrorKind kind) {
  return kind == ErrorKind::unreachable || kind == ErrorKind::timed_out ||
         kind == ErrorKind::broken || kind == ErrorKind::unknown_topic;
}

Result<stream::Positions, Error> read_answers(const rd_kafka_topic_partition_list_t& list,
                                              const Topics& topics) {
  stream::Positions positions;
  for (int i = 0; i < list.cnt; ++i) {
    const rd_kafka_topic_partition_t& answer = list.elems[i];
    if (answer.err != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(answer.err, "look up offsets");
    if (answer.offset < 0) return Error{ErrorKind::broken, "look up offsets: no answer"};
    const auto topic = topics.logical(answer.topic);
    positions[{*topic, Partition{answer.partition}}] = NextOffset{answer.offset};
  }
  return positions;
}

Result<stream::Positions, Error> ask_offsets(rd_kafka_t* client, const Topics& topics,
                                             const stream::Positions& query, int wait_ms) {
  const PartitionList list = list_of(topics, query);
  const auto code = rd_kafka_offsets_for_times(client, list.get(), wait_ms);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(code, "look up offsets");
  return read_answers(*list, topics);
}

Result<std::vector<stream::TopicPartition>, Error> read_partitions(
    const rd_kafka_metadata_t& metadata, const Topics& topics,
    std::span<const stream::TopicName> names) {
  std::vector<stream::TopicPartition> found;
  for (const stream::TopicName name : names) {
    const std::string& full = topics.full(name);
    const std::size_t before = found.size();
    for (int i = 0; i < metadata.topic_cnt; ++i) {
      const rd_kafka_metadata_topic_t& topic = metadata.topics[i];
      if (full != topic.topic || topic.err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
      for (int p = 0; p < topic.partition_cnt; ++p) {
        found.push_back({name, Partition{topic.partitions[p].id}});
      }
    }
    if (found.size() == before) return Error{ErrorKind::unknown_topic, "no topic " + full};
  }
  return found;
}

}  // namespace

PartitionList list_of(const Topics& topics, const stream::Positions& positions) {
  PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(positions.size())));
  for (const auto& [at, offset] : positions) {
    rd_kafka_topic_partition_list_add(list.get(), topics.full(at.topic).c_str(), at.partition.get())
        ->offset = offset.get();
  }
  return list;
}

Result<stream::Positions, Error> look_up(rd_kafka_t* client, const Topics& topics,
                                         std::span<const stream::TopicPartition> partitions,
                                         Edge edge, Milliseconds deadline) {
  if (partitions.empty()) return stream::Positions{};
  const Countdown countdown(deadline);
  stream::Positions query;
  for (const stream::TopicPartition& at : partitions) {
    query[at] = NextOffset{edge == Edge::low ? low_edge_query : end_edge_query};
  }
  std::optional<Error> trouble;
  while (true) {
    auto answer = ask_offsets(client, topics, query, countdown.left_ms());
    if (answer || !passes(answer.error().kind)) return answer;
    // Of the last two, the one that says more than "timed out".
    if (answer.error().kind != ErrorKind::timed_out || !trouble) trouble = answer.error();
    if (countdown.over()) return *trouble;
    std::this_thread::sleep_for(pause_between_tries);
  }
}

Result<std::vector<stream::TopicPartition>, Error> partitions_of(
    rd_kafka_t* client, const Topics& topics, std::span<const stream::TopicName> names,
    Milliseconds deadline) {
  const Countdown countdown(deadline);
  std::optional<Error> trouble;
  while (true) {
    const rd_kafka_metadata_t* raw = nullptr;
    const auto code = rd_kafka_metadata(client, 1, nullptr, &raw, countdown.left_ms());
    const Owned<const rd_kafka_metadata_t> metadata(raw);
    auto answer =
        code == RD_KAFKA_RESP_ERR_NO_ERROR
            ? read_partitions(*metadata, topics, names)
            : Result<std::vector<stream::TopicPartition>, Error>(error_of(code, "look up topics"));
    if (answer || !passes(answer.error().kind)) return answer;
    // Of the last two, the one that says more than "timed out".
    if (answer.error().kind != ErrorKind::timed_out || !trouble) trouble = answer.error();
    if (countdown.over()) return *trouble;
    std::this_thread::sleep_for(pause_between_tries);
  }
}

}  // namespace paidan::kafka
