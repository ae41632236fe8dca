#include "paidan/kafka/producer.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "client.hpp"
#include "paidan/base/assert.hpp"
#include "produce.hpp"

namespace paidan::kafka {

namespace {

constexpr int poll_ms = 50;

Settings settings_of(const ProducerConfig& config) {
  return {
      {"enable.idempotence", "true"},  // implies acks=all
      {"message.timeout.ms", std::to_string(config.delivery_timeout.count())},
      {"linger.ms", std::to_string(config.linger.count())},
      {"message.max.bytes", std::to_string(config.connection.record_bytes_max)},
      {"queue.buffering.max.messages", std::to_string(config.unacknowledged_records_max * 2)},
      {"queue.buffering.max.kbytes", std::to_string(config.unacknowledged_bytes_max / 512 + 1)},
      {"retry.backoff.ms", "20"},
  };
}

/// The producer gave up on the record for reasons of its own; a new one will send it again.
bool is_to_be_resent(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__PURGE_QUEUE || code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT ||
         code == RD_KAFKA_RESP_ERR__FATAL || code == RD_KAFKA_RESP_ERR__STATE;
}

}  // namespace

class Producer::Impl : private Context {
 public:
  Impl(ProducerConfig config, KafkaProbe& to)
      : Context(to), config_(std::move(config)), topics_(config_.connection) {}

  std::optional<Error> open() {
    auto client = open_client(Role::producer, config_.connection, settings_of(config_), *this);
    if (!client) return client.error();
    client_ = std::move(client).value();
    // Without a wait: a broker that is away now is waited for by each record.
    known_topics_ = ProducerTopics(client_.get(), topics_, config_.connection, Milliseconds{0});
    poller_ = std::thread([this] { run(); });
    return std::nullopt;
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    if (poller_.joinable()) poller_.join();
    if (client_) rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    known_topics_ = {};
    client_.reset();
    for (auto& [number, open] : take_all()) {
      open.on_delivery(Error{ErrorKind::closed, "the producer was closed"});
    }
  }

  Result<Unit, Error> send(stream::OutRecord record, OnDelivery on_delivery) {
    const std::size_t bytes = size_of(record);
    if (bytes > config_.connection.record_bytes_max) {
      return Error{ErrorKind::too_large, "record of " + std::to_string(bytes) + " bytes, at most " +
                                             std::to_string(config_.connection.record_bytes_max)};
    }
    const std::lock_guard lock(mutex_);
    if (closing_) return Error{ErrorKind::closed, "the producer is being closed"};
    if (open_.size() >= config_.unacknowledged_records_max ||
        open_bytes_ + bytes > config_.unacknowledged_bytes_max) {
      return Error{ErrorKind::full, "too many records wait for their acknowledgement"};
    }
    const std::uint64_t number = next_number_++;
    Open& open = open_[number];
    open = Open{std::move(record), std::move(on_delivery), bytes, std::chrono::steady_clock::now()};
    open_bytes_ += bytes;
    if (!client_) return Unit{};  // being replaced; it is sent with the others
    const auto code = produce(client_.get(), known_topics_, open.record, number);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || is_to_be_resent(code)) return Unit{};
    open_bytes_ -= bytes;
    open_.erase(number);
    return error_of(code, "send");
  }

  Result<Unit, Error> flush(Milliseconds deadline) {
    std::unique_lock lock(mutex_);
    if (settled_.wait_for(lock, deadline, [this] { return open_.empty() && being_told_ == 0; }))
      return Unit{};
    return Error{ErrorKind::timed_out, std::to_string(open_.size()) + " records are still open"};
  }

  std::size_t unacknowledged_records() const {
    const std::lock_guard lock(mutex_);
    return open_.size();
  }

 private:
  struct Open {
    stream::OutRecord record;
    OnDelivery on_delivery;
    std::size_t bytes = 0;
    std::chrono::steady_clock::time_point since;
  };

  void run() {
    while (true) {
      {
        const std::lock_guard lock(mutex_);
        if (closing_) return;
      }
      rd_kafka_poll(client_.get(), poll_ms);
      if (fatal) replace();
    }
  }

  void delivered(const rd_kafka_message_t& message) override {
    if (is_to_be_resent(message.err)) return;
    const auto number = number_of(message);
    if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      settle(number, Delivered{Partition{message.partition}, message.offset});
    } else {
      settle(number, error_of(message.err, "delivery"));
    }
  }

  /// flush() returns only after the caller has been told of every outcome.
  void settle(std::uint64_t number, const Result<Delivered, Error>& outcome) {
    const std::optional<Open> open = take(number);
    if (!open) return;
    open->on_delivery(outcome);
    const std::lock_guard lock(mutex_);
    --being_told_;
    if (open_.empty() && being_told_ == 0) settled_.notify_all();
  }

  std::optional<Open> take(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    const auto found = open_.find(number);
    if (found == open_.end()) return std::nullopt;
    Open open = std::move(found->second);
    open_.erase(found);
    open_bytes_ -= open.bytes;
    ++being_told_;
    return open;
  }

  std::map<std::uint64_t, Open> take_all() {
    const std::lock_guard lock(mutex_);
    open_bytes_ = 0;
    settled_.notify_all();
    return std::exchange(open_, {});
  }

  /// An idempotent producer of 2.0 gives up for good after some disconnections (an out-of-order
  /// sequence is fatal until 2.3). What is not acknowledged goes out again, in its order.
  void replace() {
    Client old;
    {
      const std::lock_guard lock(mutex_);
      old = std::move(client_);
    }
    rd_kafka_purge(old.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    while (rd_kafka_poll(old.get(), 0) > 0) {
    }
    known_topics_ = {};
    old.reset();
    fatal = false;
    probe.producer_rebuilt("fatal error");
    auto fresh = open_client(Role::producer, config_.connection, settings_of(config_), *this);
    PAIDAN_ASSERT(fresh.has_value(), "the settings were good before");
    expire();
    const std::lock_guard lock(mutex_);
    client_ = std::move(fresh).value();
    known_topics_ = ProducerTopics(client_.get(), topics_, config_.connection, Milliseconds{0});
    for (auto& [number, open] : open_) {
      // Cannot fail but for a new fatal error, and then all of them go out once more.
      (void)produce(client_.get(), known_topics_, open.record, number);
    }
  }

  void expire() {
    const auto too_old = std::chrono::steady_clock::now() - config_.delivery_timeout;
    std::vector<std::uint64_t> expired;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& [number, open] : open_) {
        if (open.since < too_old) expired.push_back(number);
      }
    }
    for (const std::uint64_t number : expired) {
      settle(number, Error{ErrorKind::timed_out, "delivery: not acknowledged in time"});
    }
  }

  const ProducerConfig config_;
  const Topics topics_;
  Client client_;  ///< Changed by the poller only; null while it is replaced.
  ProducerTopics known_topics_;
  std::thread poller_;
  mutable std::mutex mutex_;
  std::condition_variable settled_;
  std::map<std::uint64_t, Open> open_;  ///< In the order of sending.
  std::size_t open_bytes_ = 0;
  std::size_t being_told_ = 0;  ///< Outcomes whose callback has not yet returned.
  std::uint64_t next_number_ = 1;
  bool closing_ = false;
};

Result<std::unique_ptr<Producer>, Error> Producer::open(ProducerConfig config, KafkaProbe& probe) {
  auto impl = std::make_unique<Impl>(std::move(config), probe);
  if (auto error = impl->open()) return *error;
  return std::unique_ptr<Producer>(new Producer(std::move(impl)));
}

Producer::Producer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Producer::~Producer() { impl_->close(); }

Result<Unit, Error> Producer::send(stream::OutRecord record, OnDelivery on_delivery) {
  return impl_->send(std::move(record), std::move(on_delivery));
}
Result<Unit, Error> Producer::flush(Milliseconds deadline) { return impl_->flush(deadline); }
std::size_t Producer::unacknowledged_records() const { return impl_->unacknowledged_records(); }

}  // namespace paidan::kafka
