#include "paidan/kafka/record_reader.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "client.hpp"
#include "harvest.hpp"
#include "offsets.hpp"
#include "paidan/base/assert.hpp"

namespace paidan::kafka {

namespace {

/// Records between two wanted ones are read and dropped if they are fewer; else a new fetch starts.
constexpr std::int64_t gap_max = 500;

Settings settings_of(const Connection& connection) {
  return {
      {"group.id", connection.topic_prefix + "reader"},  // asked for, never joined
      {"isolation.level", "read_committed"},
      {"enable.auto.commit", "false"},
      {"enable.partition.eof", "true"},
      {"auto.offset.reset", "error"},
      {"allow.auto.create.topics", "false"},
      {"fetch.wait.max.ms", "10"},
      {"fetch.error.backoff.ms", "20"},
      {"max.partition.fetch.bytes", "65536"},  // a few records are wanted, not a megabyte of them
      {"queued.max.messages.kbytes", "1024"},
  };
}

/// Where one read has got to.
struct Search {
  stream::TopicPartition at;
  std::span<const std::int64_t> offsets;
  std::size_t next = 0;        ///< Of the offsets: the one that is looked for.
  std::int64_t position = -1;  ///< Of the fetch under way; none yet.

  bool over() const { return next == offsets.size(); }
  std::int64_t wanted() const { return offsets[next]; }
  bool must_jump() const { return position < 0 || wanted() - position > gap_max; }
  /// It is below what the topic keeps, or beyond its end.
  void give_up_on_wanted() {
    ++next;
    position = -1;
  }
  bool wants(const rd_kafka_message_t& message) {
    if (message.partition != at.partition.get()) return false;
    position = std::max(position, message.offset + 1);
    while (!over() && wanted() < message.offset) ++next;  // no such record
    if (over() || wanted() != message.offset) return false;
    ++next;
    return true;
  }
};

}  // namespace

class RecordReader::Impl {
 public:
  Impl(RecordReaderConfig config, KafkaProbe& probe)
      : config_(std::move(config)), topics_(config_.connection), context_(probe) {}

  std::optional<Error> open() {
    for (std::size_t i = 0; i < std::max<std::size_t>(1, config_.readers); ++i) {
      auto client = open_client(Role::consumer, config_.connection, settings_of(config_.connection),
                                context_);
      if (!client) return client.error();
      idle_.push_back(std::move(client).value());
    }
    return std::nullopt;
  }

  Result<Records, Error> read(stream::TopicPartition at, std::span<const std::int64_t> offsets,
                              Milliseconds deadline) {
    if (offsets.size() > config_.offsets_max) {
      return Error{ErrorKind::full, "more than " + std::to_string(config_.offsets_max) +
                                        " records asked for at once"};
    }
    PAIDAN_ASSERT(std::is_sorted(offsets.begin(), offsets.end()), "offsets ascend");
    if (offsets.empty()) return Records{};
    const Countdown countdown(deadline);
    Client client = borrow(countdown);
    if (!client) return Error{ErrorKind::timed_out, "all readers are busy"};
    auto records = read_with(client.get(), at, offsets, countdown);
    rd_kafka_assign(client.get(), nullptr);
    give_back(std::move(client));
    return records;
  }

 private:
  Client borrow(const Countdown& countdown) {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, countdown.left(), [this] { return !idle_.empty(); })) return {};
    Client client = std::move(idle_.back());
    idle_.pop_back();
    return client;
  }

  void give_back(Client client) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(client));
    returned_.notify_one();
  }

  Result<Records, Error> read_with(rd_kafka_t* client, const stream::TopicPartition& at,
                                   std::span<const std::int64_t> offsets,
                                   const Countdown& countdown) {
    Harvest harvest(topics_);
    Search search{at, offsets};
    while (!search.over()) {
      if (search.must_jump()) jump(client, search);
      if (countdown.over()) return Error{ErrorKind::timed_out, "read records"};
      Owned<rd_kafka_message_t> message(rd_kafka_consumer_poll(client, countdown.left_ms()));
      if (!message) continue;
      if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        if (auto error = meet(*message, search)) return *error;
      } else if (search.wants(*message)) {
        harvest.add(std::move(message));
      }
    }
    Records records;
    records.records = harvest.take_records();
    records.owner = harvest.take_owner();
    return records;
  }

  void jump(rd_kafka_t* client, Search& search) {
    const PartitionList list = list_of(topics_, {{search.at, NextOffset{search.wanted()}}});
    rd_kafka_assign(client, list.get());
    search.position = search.wanted();
  }

  std::optional<Error> meet(const rd_kafka_message_t& message, Search& search) {
    switch (message.err) {
      case RD_KAFKA_RESP_ERR__PARTITION_EOF:
        search.next = search.offsets.size();
        break;
      case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
        search.give_up_on_wanted();
        break;
      default: {
        Error error = error_of(message.err, "read records");
        if (error.kind == ErrorKind::unknown_topic || error.kind == ErrorKind::refused) {
          return error;
        }
        context_.probe.warned(error.what);
      }
    }
    return std::nullopt;
  }

  const RecordReaderConfig config_;
  const Topics topics_;
  Context context_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Client> idle_;
};

Result<std::unique_ptr<RecordReader>, Error> RecordReader::open(RecordReaderConfig config,
                                                                KafkaProbe& probe) {
  auto impl = std::make_unique<Impl>(std::move(config), probe);
  if (auto error = impl->open()) return *error;
  return std::unique_ptr<RecordReader>(new RecordReader(std::move(impl)));
}

RecordReader::RecordReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RecordReader::~RecordReader() = default;

Result<Records, Error> RecordReader::read(stream::TopicPartition partition,
                                          std::span<const std::int64_t> offsets,
                                          Milliseconds deadline) {
  return impl_->read(partition, offsets, deadline);
}

}  // namespace paidan::kafka
