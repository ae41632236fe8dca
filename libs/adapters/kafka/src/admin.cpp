#include "paidan/kafka/admin.hpp"

#include <array>
#include <optional>
#include <thread>
#include <utility>

#include "client.hpp"
#include "offsets.hpp"
#include "paidan/base/assert.hpp"

namespace paidan::kafka {

namespace {

constexpr Milliseconds pause_between_tries{50};

Result<Owned<rd_kafka_NewTopic_t>, Error> new_topic(const Topics& topics, const TopicSpec& spec) {
  std::array<char, 256> text{};
  Owned<rd_kafka_NewTopic_t> topic(rd_kafka_NewTopic_new(
      topics.full(spec.name).c_str(), spec.partitions, spec.replication, text.data(), text.size()));
  if (!topic) return Error{ErrorKind::refused, topics.full(spec.name) + ": " + text.data()};
  for (const auto& [name, value] : spec.settings) {
    rd_kafka_NewTopic_set_config(topic.get(), name.c_str(), value.c_str());
  }
  return topic;
}

std::optional<Error> first_failure(const rd_kafka_event_t& event) {
  if (const auto code = rd_kafka_event_error(const_cast<rd_kafka_event_t*>(&event))) {
    return error_of(code, "create topics");
  }
  std::size_t count = 0;
  const auto* result = rd_kafka_event_CreateTopics_result(const_cast<rd_kafka_event_t*>(&event));
  const rd_kafka_topic_result_t** results = rd_kafka_CreateTopics_result_topics(result, &count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto code = rd_kafka_topic_result_error(results[i]);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
      continue;
    }
    const char* text = rd_kafka_topic_result_error_string(results[i]);
    Error error = error_of(code, rd_kafka_topic_result_name(results[i]));
    if (text != nullptr) error.what += std::string(" (") + text + ")";
    return error;
  }
  return std::nullopt;
}

}  // namespace

class Admin::Impl {
 public:
  Impl(Connection connection, KafkaProbe& probe)
      : connection_(std::move(connection)), topics_(connection_), context_(probe) {}

  std::optional<Error> open() {
    auto client = open_client(Role::consumer, connection_,
                              {{"isolation.level", "read_uncommitted"},
                               {"group.id", topics_.prefix() + "admin"},
                               {"enable.auto.commit", "false"},
                               {"allow.auto.create.topics", "false"}},
                              context_);
    if (!client) return client.error();
    client_ = std::move(client).value();
    return std::nullopt;
  }

  Result<Unit, Error> wait_until_reachable(Milliseconds deadline) {
    const Countdown countdown(deadline);
    while (true) {
      const rd_kafka_metadata_t* raw = nullptr;
      const auto code = rd_kafka_metadata(client_.get(), 0, nullptr, &raw, countdown.left_ms());
      const Owned<const rd_kafka_metadata_t> metadata(raw);
      if (code == RD_KAFKA_RESP_ERR_NO_ERROR && metadata->broker_cnt > 0) return Unit{};
      if (countdown.over()) {
        return Error{ErrorKind::unreachable, "no broker answers at " + connection_.brokers};
      }
      std::this_thread::sleep_for(pause_between_tries);
    }
  }

  Result<Unit, Error> create(std::span<const TopicSpec> specs, Milliseconds deadline) {
    const Countdown countdown(deadline);
    auto existing = describe(countdown.left());
    if (!existing) return existing.error();
    std::vector<Owned<rd_kafka_NewTopic_t>> missing;
    for (const TopicSpec& spec : specs) {
      if (existing->contains(spec.name)) continue;
      auto topic = new_topic(topics_, spec);
      if (!topic) return topic.error();
      missing.push_back(std::move(topic).value());
    }
    if (!missing.empty()) {
      if (auto failure = request(missing, countdown.left())) return *failure;
    }
    return wait_for(specs, countdown);
  }

  Result<std::map<stream::TopicName, std::int32_t>, Error> describe(Milliseconds deadline) {
    const rd_kafka_metadata_t* raw = nullptr;
    const auto code =
        rd_kafka_metadata(client_.get(), 1, nullptr, &raw, static_cast<int>(deadline.count()));
    const Owned<const rd_kafka_metadata_t> metadata(raw);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(code, "describe topics");
    std::map<stream::TopicName, std::int32_t> counts;
    for (int i = 0; i < metadata->topic_cnt; ++i) {
      const rd_kafka_metadata_topic_t& topic = metadata->topics[i];
      const auto name = topics_.logical(topic.topic);
      if (name && topic.err == RD_KAFKA_RESP_ERR_NO_ERROR) counts[*name] = topic.partition_cnt;
    }
    return counts;
  }

  Result<std::map<Partition, Watermarks>, Error> watermarks(stream::TopicName topic,
                                                            Milliseconds deadline) {
    const Countdown countdown(deadline);
    auto partitions = partitions_of(client_.get(), topics_, std::span(&topic, 1), countdown.left());
    if (!partitions) return partitions.error();
    auto low = look_up(client_.get(), topics_, *partitions, Edge::low, countdown.left());
    if (!low) return low.error();
    auto high = look_up(client_.get(), topics_, *partitions, Edge::end, countdown.left());
    if (!high) return high.error();
    std::map<Partition, Watermarks> marks;
    for (const auto& [at, offset] : *low) marks[at.partition].low = offset;
    for (const auto& [at, offset] : *high) marks[at.partition].high = offset;
    return marks;
  }

 private:
  std::optional<Error> request(std::vector<Owned<rd_kafka_NewTopic_t>>& topics, Milliseconds left) {
    std::vector<rd_kafka_NewTopic_t*> pointers;
    pointers.reserve(topics.size());
    for (const auto& topic : topics) pointers.push_back(topic.get());
    const Owned<rd_kafka_queue_t> answers(rd_kafka_queue_new(client_.get()));
    rd_kafka_CreateTopics(client_.get(), pointers.data(), pointers.size(), nullptr, answers.get());
    const Owned<rd_kafka_event_t> event(
        rd_kafka_queue_poll(answers.get(), static_cast<int>(left.count())));
    if (!event) return Error{ErrorKind::timed_out, "create topics"};
    return first_failure(*event);
  }

  /// A new topic has no leader for some milliseconds, and a producer that comes too early waits
  /// for its next look at the metadata.
  Result<Unit, Error> wait_for(std::span<const TopicSpec> specs, const Countdown& countdown) {
    while (true) {
      auto counts = describe(countdown.left());
      std::size_t usable = 0;
      for (const TopicSpec& spec : specs) {
        const auto found = counts ? counts->find(spec.name) : decltype(counts->end()){};
        if (!counts || found == counts->end()) continue;
        if (found->second != spec.partitions) {
          return Error{ErrorKind::mismatch,
                       topics_.full(spec.name) + " has " + std::to_string(found->second) +
                           " partitions, not " + std::to_string(spec.partitions)};
        }
        usable += watermarks(spec.name, Milliseconds{1'000}).has_value() ? 1 : 0;
      }
      if (usable == specs.size()) return Unit{};
      if (countdown.over()) return Error{ErrorKind::timed_out, "topics are not usable yet"};
      std::this_thread::sleep_for(pause_between_tries);
    }
  }

  const Connection connection_;
  const Topics topics_;
  Context context_;
  Client client_;
};

Result<std::unique_ptr<Admin>, Error> Admin::open(Connection connection, KafkaProbe& probe) {
  auto impl = std::make_unique<Impl>(std::move(connection), probe);
  if (auto error = impl->open()) return *error;
  return std::unique_ptr<Admin>(new Admin(std::move(impl)));
}

Admin::Admin(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Admin::~Admin() = default;

Result<Unit, Error> Admin::wait_until_reachable(Milliseconds deadline) {
  return impl_->wait_until_reachable(deadline);
}

Result<Unit, Error> Admin::create_topics(std::span<const TopicSpec> specs, Milliseconds deadline) {
  return impl_->create(specs, deadline);
}

Result<std::map<stream::TopicName, std::int32_t>, Error> Admin::describe(Milliseconds deadline) {
  return impl_->describe(deadline);
}

Result<std::map<Partition, Watermarks>, Error> Admin::watermarks(stream::TopicName topic,
                                                                 Milliseconds deadline) {
  return impl_->watermarks(topic, deadline);
}

}  // namespace paidan::kafka
