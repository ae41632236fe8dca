#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/kafka/connection.hpp"
#include "paidan/kafka/error.hpp"
#include "paidan/kafka/probe.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::kafka {

struct TailConfig {
  enum class From { beginning, end };

  Connection connection;
  std::vector<stream::TopicName> topics;     ///< Every partition of each.
  std::vector<stream::TopicPartition> only;  ///< If not empty: these, instead of `topics`.
  From from = From::end;
  stream::Positions start;   ///< Where given, it overrides `from`.
  bool stop_at_end = false;  ///< Finish at the high watermarks seen at open.
  Milliseconds open_deadline{10'000};
  std::size_t fetch_queue_bytes = 16UL * 1024 * 1024;
};

/// What one poll brought; see Batch for the order and for `owner`.
struct Tailed {
  std::vector<stream::InRecord> records;
  stream::Owner owner;
  /// Partitions whose end was reached after these records, with that end.
  std::map<stream::TopicPartition, NextOffset> ends;
  bool finished = false;  ///< With stop_at_end: nothing follows.
};

/// Reads topics without a consumer group, committed records only: subscriptions, views, tools, and
/// the restore of state. Keeps no position but in memory. Not thread-safe.
class Tail {
 public:
  /// Looks up partitions and watermarks, so it needs a reachable broker and existing topics.
  static Result<std::unique_ptr<Tail>, Error> open(TailConfig config, KafkaProbe& probe);
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;
  ~Tail();

  /// Blocks at most `wait` for the first record, then takes what is there. A broker that is away
  /// is not an error here: it is reported to the probe and reading goes on when it is back. Errors
  /// are final: a position that the topic no longer has (`mismatch`), authorisation.
  Result<Tailed, Error> poll(std::size_t records_max, Milliseconds wait,
                             std::size_t bytes_max = 8UL * 1024 * 1024);

  /// Continues from the given positions; partitions that are not named keep theirs.
  Result<Unit, Error> seek(const stream::Positions& positions);

  /// The next offset of every partition, past what poll() returned: real numbers from the start.
  const stream::Positions& positions() const;

  /// The high watermarks that `open` saw.
  const stream::Positions& ends_at_open() const;

 private:
  class Impl;
  explicit Tail(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paidan::kafka
