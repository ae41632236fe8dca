#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "paidan/kafka/admin.hpp"
#include "paidan/kafka/tail.hpp"
#include "paidanctl/replay/events.hpp"
#include "paidanctl/replay/observer.hpp"
#include "paidanctl/trouble.hpp"

namespace paidan::ctl {

/// Reads `lifecycle`, `sla` and `deadletters` from the beginning on a thread of its own, as any
/// outside reader can, and puts what the replay waits for into the queue.
class LogReader {
 public:
  static Result<std::unique_ptr<LogReader>, Trouble> open(kafka::Connection connection,
                                                          EventQueue& events);
  LogReader(const LogReader&) = delete;
  LogReader& operator=(const LogReader&) = delete;
  ~LogReader();

  /// Blocks until everything that was committed when it was called has been observed.
  Result<Unit, Trouble> catch_up(Milliseconds deadline);
  /// Stops reading; the observer is then the caller's to read.
  const Observer& stop();
  /// Partitions of `lifecycle`.
  std::int32_t partition_count() const { return partition_count_; }
  std::uint64_t breaches() const { return breaches_.load(); }

 private:
  LogReader(std::unique_ptr<kafka::Admin> admin, std::unique_ptr<kafka::Tail> tail,
            std::int32_t partition_count, EventQueue& events,
            std::unique_ptr<kafka::SilentProbe> probe);
  void run();

  std::unique_ptr<kafka::SilentProbe> probe_;  // outlives admin and tail
  std::unique_ptr<kafka::Admin> admin_;
  std::unique_ptr<kafka::Tail> tail_;
  const std::int32_t partition_count_;
  EventQueue& events_;
  Observer observer_;  // of the thread until stop()
  std::atomic<std::uint64_t> breaches_{0};
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable moved_;
  std::map<stream::TopicPartition, NextOffset> ends_;
  std::thread thread_;
};

}  // namespace paidan::ctl
