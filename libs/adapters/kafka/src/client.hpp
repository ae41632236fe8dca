#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "handles.hpp"
#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/kafka/connection.hpp"
#include "paidan/kafka/error.hpp"
#include "paidan/kafka/probe.hpp"

namespace paidan::kafka {

/// Counts what is left of a deadline.
class Countdown {
 public:
  explicit Countdown(Milliseconds whole) : end_(std::chrono::steady_clock::now() + whole) {}
  Milliseconds left() const {
    const auto left = std::chrono::ceil<Milliseconds>(end_ - std::chrono::steady_clock::now());
    return std::max(left, Milliseconds{0});
  }
  int left_ms() const { return static_cast<int>(left().count()); }
  bool over() const { return left().count() == 0; }

 private:
  std::chrono::steady_clock::time_point end_;
};

/// Logical topic names here, prefixed ones at the broker.
class Topics {
 public:
  explicit Topics(const Connection& connection);
  /// The name must be one of the connection's.
  const std::string& full(stream::TopicName logical) const;
  std::optional<stream::TopicName> logical(std::string_view full) const;
  const std::string& prefix() const { return prefix_; }

 private:
  std::string prefix_;
  std::vector<std::pair<stream::TopicName, std::string>> names_;
};

/// What librdkafka's callbacks reach through the client's opaque pointer. Must outlive the client.
struct Context {
  explicit Context(KafkaProbe& to) : probe(to) {}
  virtual ~Context() = default;
  /// Called when librdkafka polls, on the thread that polls.
  virtual void rebalanced(rd_kafka_t* /*client*/, rd_kafka_resp_err_t /*what*/,
                          rd_kafka_topic_partition_list_t* /*partitions*/) {}
  virtual void delivered(const rd_kafka_message_t& /*message*/) {}

  KafkaProbe& probe;
  std::atomic<std::uint64_t> timeouts{0};  ///< Requests that no broker answered in time.
  std::atomic<bool> fatal{false};
};

enum class Role { consumer, producer };
using Settings = std::vector<std::pair<std::string, std::string>>;

/// A client with our common settings and then `settings`, which win. Connects in the background.
Result<Client, Error> open_client(Role role, const Connection& connection, const Settings& settings,
                                  Context& context);

Error error_of(rd_kafka_resp_err_t code, std::string_view doing);
Error error_of(const rd_kafka_error_t& error, std::string_view doing);

}  // namespace paidan::kafka
