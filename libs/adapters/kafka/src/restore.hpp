#pragma once
#include <chrono>
#include <memory>
#include <set>

#include "client.hpp"
#include "paidan/kafka/log.hpp"
#include "paidan/kafka/tail.hpp"

namespace paidan::kafka {

/// Reads the state topic of some partitions from its beginning to the high watermark it had at the
/// start. Not to the last stable offset: an open transaction of a dead twin would hide snapshots
/// that are committed behind it, and the restore would end early and silently.
class Restore {
 public:
  static Result<std::unique_ptr<Restore>, Error> open(const LogConfig& config,
                                                      const std::set<Partition>& partitions,
                                                      KafkaProbe& probe);

  /// The next chunk, perhaps empty; an error when there is no progress for `restore_stall_max`.
  Result<stream::Snapshots, Error> step(Milliseconds wait);
  bool finished() const { return finished_; }
  /// Partitions in which at least one record was found.
  const std::set<Partition>& with_state() const { return with_state_; }
  std::int64_t records() const { return read_total_; }
  Milliseconds took() const;

 private:
  Restore(const LogConfig& config, std::unique_ptr<Tail> tail);

  const LogConfig& config_;
  std::unique_ptr<Tail> tail_;
  std::set<Partition> with_state_;
  std::int64_t read_total_ = 0;
  std::int64_t expected_total_ = 0;
  bool finished_ = false;
  std::chrono::steady_clock::time_point begin_;
  std::chrono::steady_clock::time_point progress_;
};

}  // namespace paidan::kafka
