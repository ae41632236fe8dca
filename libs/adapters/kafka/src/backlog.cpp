#include "paidan/kafka/backlog.hpp"

#include <thread>
#include <utility>

#include "client.hpp"
#include "offsets.hpp"

namespace paidan::kafka {

namespace {
constexpr Milliseconds pause_between_tries{2};
}  // namespace

class Backlog::Impl {
 public:
  Impl(Connection connection, KafkaProbe& probe)
      : connection_(std::move(connection)), topics_(connection_), context_(probe) {}

  std::optional<Error> open(const std::string& group, const std::vector<stream::TopicName>& names,
                            Milliseconds deadline) {
    auto client = open_client(Role::consumer, connection_,
                              {{"isolation.level", "read_committed"},
                               {"group.id", topics_.prefix() + group},
                               {"enable.auto.commit", "false"},
                               {"allow.auto.create.topics", "false"}},
                              context_);
    if (!client) return client.error();
    client_ = std::move(client).value();
    auto partitions = partitions_of(client_.get(), topics_, names, deadline);
    if (!partitions) return partitions.error();
    partitions_ = std::move(partitions).value();
    return std::nullopt;
  }

  Result<stream::Positions, Error> committed(Milliseconds deadline) {
    const Countdown countdown(deadline);
    while (true) {
      auto asked = ask(countdown.left_ms());
      if (asked || countdown.over()) return asked;
      std::this_thread::sleep_for(pause_between_tries);
    }
  }

  Result<stream::Positions, Error> ends(Milliseconds deadline) {
    return look_up(client_.get(), topics_, partitions_, Edge::end, deadline);
  }

 private:
  /// A transaction that is being committed answers with an error of its partition: ask again.
  Result<stream::Positions, Error> ask(int wait_ms) {
    stream::Positions wanted;
    for (const stream::TopicPartition& at : partitions_) wanted[at] = NextOffset{0};
    const PartitionList list = list_of(topics_, wanted);
    const auto code = rd_kafka_committed(client_.get(), list.get(), wait_ms);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(code, "committed positions");
    for (int i = 0; i < list->cnt; ++i) {
      const rd_kafka_topic_partition_t& answer = list->elems[i];
      if (answer.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return error_of(answer.err, "committed positions");
      }
      if (answer.offset < 0) continue;  // never committed
      wanted[{*topics_.logical(answer.topic), Partition{answer.partition}}] =
          NextOffset{answer.offset};
    }
    return wanted;
  }

  const Connection connection_;
  const Topics topics_;
  Context context_;
  Client client_;
  std::vector<stream::TopicPartition> partitions_;
};

Backlog::Backlog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Backlog::~Backlog() = default;

Result<std::unique_ptr<Backlog>, Error> Backlog::open(Connection connection,
                                                      const std::string& group,
                                                      std::vector<stream::TopicName> topics,
                                                      KafkaProbe& probe, Milliseconds deadline) {
  auto impl = std::make_unique<Impl>(std::move(connection), probe);
  if (auto failure = impl->open(group, topics, deadline)) return *failure;
  return std::unique_ptr<Backlog>(new Backlog(std::move(impl)));
}

Result<stream::Positions, Error> Backlog::committed(Milliseconds deadline) {
  return impl_->committed(deadline);
}
Result<stream::Positions, Error> Backlog::ends(Milliseconds deadline) {
  return impl_->ends(deadline);
}

}  // namespace paidan::kafka
