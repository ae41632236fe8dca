#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/kafka/connection.hpp"
#include "paidan/kafka/error.hpp"
#include "paidan/kafka/probe.hpp"
#include "paidan/stream/log.hpp"

namespace paidan::kafka {

/// One member of one consumer group. `group.instance.id` = `transactional.id` =
/// `<prefix><group>-<instance_ordinal>-<worker>`: stable over restarts, so that a new process takes
/// the place of its dead twin, and the broker fences the twin.
struct LogConfig {
  Connection connection;
  std::string group;  ///< E.g. "dispatch"; the prefix is added.
  std::int32_t instance_ordinal = 0;
  std::int32_t worker = 0;
  std::vector<stream::TopicName> inputs;   ///< Equal for all members; equal partition counts.
  std::optional<stream::TopicName> state;  ///< The compacted topic; absent for a stateless stage.
  bool report_caught_up = false;           ///< Send CaughtUp (stages that write time marks).

  Milliseconds session_timeout{10'000};  ///< A dead member's partitions wait this long.
  Milliseconds transaction_timeout{10'000};
  Milliseconds end_of_transaction_max{2'000};  ///< A slower commit counts as of unknown outcome.
  Milliseconds restore_stall_max{120'000};     ///< A restore without progress fails after this.
  Milliseconds ends_interval{1'000};  ///< How often ends of inputs are looked up (CaughtUp).
  std::size_t restore_chunk_bytes = 4UL * 1024 * 1024;
  /// Records read ahead, at most. When it is full, librdkafka 2.0 looks again only after a second,
  /// so it must hold what the worker handles in one.
  std::size_t fetch_queue_bytes = 32UL * 1024 * 1024;
  int transactional_ids = 2;  ///< 1 or 2, used in turn: docs/adr/0001.
};

/// The port over librdkafka transactions. The rules and the traps behind each call are in
/// `docs/adr/0001` and `0002` and beside the code. Not thread-safe; may be destroyed by another
/// thread once poll() and commit() have returned for good.
class KafkaLog : public stream::TransactionalLog {
 public:
  /// Joins nothing yet; resolves what a dead twin left open (blocks up to 2 × transaction_timeout).
  static Result<std::unique_ptr<KafkaLog>, Error> open(LogConfig config, const stream::Clock& clock,
                                                       KafkaProbe& probe);
  ~KafkaLog() override;

  stream::Polled poll(std::size_t records_max, Milliseconds wait) override;
  stream::Commit commit(std::span<const stream::OutRecord> out,
                        const stream::Positions& upto) override;

 private:
  class Impl;
  explicit KafkaLog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paidan::kafka
