#include "paidan/kafka/tail.hpp"

#include <algorithm>
#include <utility>

#include "client.hpp"
#include "harvest.hpp"
#include "offsets.hpp"
#include "paidan/base/assert.hpp"

namespace paidan::kafka {

namespace {

Settings reader_settings(const TailConfig& config, const char* isolation) {
  const auto queue_kilobytes = std::max<std::size_t>(1'024, config.fetch_queue_bytes / 1'024);
  return {
      {"group.id", config.connection.topic_prefix + "reader"},  // asked for, never joined
      {"isolation.level", isolation},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"enable.partition.eof", "true"},
      {"auto.offset.reset", "error"},
      {"allow.auto.create.topics", "false"},
      {"check.crcs", "true"},
      {"queued.min.messages", "10000000"},  // the bound in bytes is the one that counts
      {"queued.max.messages.kbytes", std::to_string(queue_kilobytes)},
      // An end is reported after an empty fetch, so a reader that finishes there asks often.
      {"fetch.wait.max.ms", config.stop_at_end ? "20" : "100"},
      {"fetch.error.backoff.ms", "50"},
  };
}

}  // namespace

class Tail::Impl {
 public:
  Impl(TailConfig config, KafkaProbe& probe)
      : config_(std::move(config)), topics_(config_.connection), context_(probe) {}
  ~Impl() {
    if (client_) rd_kafka_assign(client_.get(), nullptr);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::optional<Error> open() {
    const Countdown countdown(config_.open_deadline);
    auto client = open_client(Role::consumer, config_.connection,
                              reader_settings(config_, "read_committed"), context_);
    if (!client) return client.error();
    client_ = std::move(client).value();
    std::vector<stream::TopicPartition> partitions = config_.only;
    if (partitions.empty()) {
      auto found = partitions_of(client_.get(), topics_, config_.topics, countdown.left());
      if (!found) return found.error();
      partitions = std::move(found).value();
    }
    if (auto error = find_high_watermarks(partitions, countdown)) return error;
    const Edge edge = config_.from == TailConfig::From::end ? Edge::end : Edge::low;
    auto start = look_up(client_.get(), topics_, partitions, edge, countdown.left());
    if (!start) return start.error();
    positions_ = std::move(start).value();
    for (const auto& [at, offset] : config_.start) {
      if (const auto known = positions_.find(at); known != positions_.end()) {
        known->second = offset;
      }
    }
    return assign();
  }

  Result<Tailed, Error> poll(std::size_t records_max, Milliseconds wait, std::size_t bytes_max) {
    const Countdown countdown(wait);
    Harvest harvest(topics_);
    Tailed tailed;
    while (harvest.size() < records_max && harvest.bytes() < bytes_max) {
      const int wait_ms = harvest.empty() && tailed.ends.empty() ? countdown.left_ms() : 0;
      Owned<rd_kafka_message_t> message(rd_kafka_consumer_poll(client_.get(), wait_ms));
      if (!message) break;
      if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        if (auto error = meet(*message, tailed)) return *error;
      } else {
        take(std::move(message), harvest);
      }
    }
    tailed.records = harvest.take_records();
    tailed.owner = harvest.take_owner();
    tailed.finished = config_.stop_at_end && finished();
    return tailed;
  }

  Result<Unit, Error> seek(const stream::Positions& positions) {
    for (const auto& [at, offset] : positions) {
      const auto known = positions_.find(at);
      PAIDAN_ASSERT(known != positions_.end(), "a tail seeks in its own partitions");
      known->second = offset;
    }
    if (auto error = assign()) return *error;
    return Unit{};
  }

  const stream::Positions& positions() const { return positions_; }
  const stream::Positions& ends_at_open() const { return ends_at_open_; }

 private:
  /// A second client, because a committed reader sees only the last stable offset: an open
  /// transaction would make it stop short of what is already decided.
  std::optional<Error> find_high_watermarks(const std::vector<stream::TopicPartition>& partitions,
                                            const Countdown& countdown) {
    auto client = open_client(Role::consumer, config_.connection,
                              reader_settings(config_, "read_uncommitted"), context_);
    if (!client) return client.error();
    auto ends = look_up(client.value().get(), topics_, partitions, Edge::end, countdown.left());
    if (!ends) return ends.error();
    ends_at_open_ = std::move(ends).value();
    return std::nullopt;
  }

  std::optional<Error> assign() {
    const PartitionList list = list_of(topics_, positions_);
    if (const auto code = rd_kafka_assign(client_.get(), list.get())) {
      return error_of(code, "assign");
    }
    return std::nullopt;
  }

  void take(Owned<rd_kafka_message_t> message, Harvest& harvest) {
    const auto topic = topics_.logical(rd_kafka_topic_name(message->rkt));
    if (!topic) return;
    const auto position = positions_.find({*topic, Partition{message->partition}});
    // A message of before a seek is older than the position, or belongs to another assignment.
    if (position == positions_.end() || message->offset < position->second.get()) return;
    position->second = NextOffset{message->offset + 1};
    harvest.add(std::move(message));
  }

  std::optional<Error> meet(const rd_kafka_message_t& message, Tailed& tailed) {
    const char* text = rd_kafka_message_errstr(&message);
    switch (message.err) {
      case RD_KAFKA_RESP_ERR__PARTITION_EOF: {
        const auto topic = topics_.logical(rd_kafka_topic_name(message.rkt));
        const stream::TopicPartition at{*topic, Partition{message.partition}};
        tailed.ends[at] = NextOffset{message.offset};
        // Past transaction markers, which are no records, the position is the end itself.
        NextOffset& position = positions_.at(at);
        position = std::max(position, NextOffset{message.offset});
        return std::nullopt;
      }
      case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
        return Error{ErrorKind::mismatch, std::string("the position is gone: ") + text};
      case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
      case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        return Error{ErrorKind::refused, text};
      case RD_KAFKA_RESP_ERR__FATAL:
        return Error{ErrorKind::broken, text};
      default:
        context_.probe.warned(text);
        return std::nullopt;
    }
  }

  bool finished() const {
    return std::all_of(ends_at_open_.begin(), ends_at_open_.end(), [this](const auto& end) {
      const auto position = positions_.find(end.first);
      return position != positions_.end() && position->second >= end.second;
    });
  }

  const TailConfig config_;
  const Topics topics_;
  Context context_;
  Client client_;
  stream::Positions positions_;
  stream::Positions ends_at_open_;
};

Result<std::unique_ptr<Tail>, Error> Tail::open(TailConfig config, KafkaProbe& probe) {
  auto impl = std::make_unique<Impl>(std::move(config), probe);
  if (auto error = impl->open()) return *error;
  return std::unique_ptr<Tail>(new Tail(std::move(impl)));
}

Tail::Tail(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tail::~Tail() = default;

Result<Tailed, Error> Tail::poll(std::size_t records_max, Milliseconds wait,
                                 std::size_t bytes_max) {
  return impl_->poll(records_max, wait, bytes_max);
}
Result<Unit, Error> Tail::seek(const stream::Positions& positions) {
  return impl_->seek(positions);
}
const stream::Positions& Tail::positions() const { return impl_->positions(); }
const stream::Positions& Tail::ends_at_open() const { return impl_->ends_at_open(); }

}  // namespace paidan::kafka
