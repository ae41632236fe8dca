#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/kafka/connection.hpp"
#include "paidan/kafka/error.hpp"
#include "paidan/kafka/probe.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::kafka {

struct TopicSpec {
  stream::TopicName name;
  std::int32_t partitions = 1;
  std::int16_t replication = 1;
  std::map<std::string, std::string> settings;  ///< E.g. {"cleanup.policy", "compact"}.
};

struct Watermarks {
  NextOffset low;   ///< The first offset that still exists.
  NextOffset high;  ///< One past the last record, committed or not.
};

/// Topics: make them, look at them. Thread-safe; every call ends by its deadline.
class Admin {
 public:
  static Result<std::unique_ptr<Admin>, Error> open(Connection connection, KafkaProbe& probe);
  Admin(const Admin&) = delete;
  Admin& operator=(const Admin&) = delete;
  ~Admin();

  /// Returns as soon as a broker answers.
  Result<Unit, Error> wait_until_reachable(Milliseconds deadline);

  /// Makes those that are missing, and returns when all can be used. A topic that exists with
  /// another number of partitions is a `mismatch`: partitions are fixed for life. Settings of an
  /// existing topic are not touched.
  Result<Unit, Error> create_topics(std::span<const TopicSpec> specs, Milliseconds deadline);

  /// Partition counts of those of the connection's topics that exist.
  Result<std::map<stream::TopicName, std::int32_t>, Error> describe(Milliseconds deadline);

  /// Of every partition of the topic.
  Result<std::map<Partition, Watermarks>, Error> watermarks(stream::TopicName topic,
                                                            Milliseconds deadline);

 private:
  class Impl;
  explicit Admin(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paidan::kafka
