#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "paidan/kafka/backlog.hpp"
#include "paidan/kafka/tail.hpp"
#include "paidanctl/replay/events.hpp"
#include "paidanctl/replay/observer.hpp"
#include "paidanctl/trouble.hpp"

namespace paidan::ctl {

/// Reads the log from the beginning on a thread of its own, as any outside reader can, and puts
/// what the replay waits for into the queue.
class LogReader {
 public:
  enum class Scope {
    figures,  ///< What the figures are made of.
    all       ///< Also what passes between the stages, so that one can wait until all is at rest.
  };
  static Result<std::unique_ptr<LogReader>, Trouble> open(const kafka::Connection& connection,
                                                          Scope scope, EventQueue& events);
  LogReader(const LogReader&) = delete;
  LogReader& operator=(const LogReader&) = delete;
  ~LogReader();

  /// Blocks until everything that was committed when it was called has been observed.
  Result<Unit, Trouble> catch_up(Milliseconds deadline);
  /// Blocks until every stage has read and committed all that there is for it, and that has been
  /// observed too: nothing is under way any more. Only with Scope::all.
  Result<Unit, Trouble> wait_until_at_rest(Milliseconds deadline);

  /// Who is in charge of the ticket, by what was observed.
  Charge charge_of(const std::string& ticket_id) const;
  bool needs_person(const std::string& ticket_id) const;
  /// See Observer::owes_until.
  bool owes_until(Instant time) const;

  /// Stops reading; the observer is then the caller's to read.
  const Observer& stop();
  /// Partitions of `lifecycle`.
  std::int32_t partition_count() const { return partition_count_; }
  std::uint64_t breaches() const { return breaches_.load(); }

 private:
  using Clock = std::chrono::steady_clock;

  LogReader(Scope scope, EventQueue& events) : events_(events), observer_(scope == Scope::all) {}
  Result<Unit, Trouble> connect(const kafka::Connection& connection, Scope scope);
  void run();
  /// Blocks until the log was read to these ends.
  Result<Unit, Trouble> read_to(const stream::Positions& ends, Clock::time_point deadline);
  bool has_read(const stream::TopicPartition& place, NextOffset end) const;
  Result<stream::Positions, Trouble> ends(Clock::time_point deadline);
  /// True when each stage has committed whatever was read of its topics.
  Result<bool, Trouble> is_taken_in(Clock::time_point deadline);

  std::unique_ptr<kafka::SilentProbe> probe_ = std::make_unique<kafka::SilentProbe>();
  std::unique_ptr<kafka::Tail> tail_;
  std::unique_ptr<kafka::Backlog> all_;  ///< Every topic that is read, for its ends.
  std::vector<std::unique_ptr<kafka::Backlog>> stages_;
  std::int32_t partition_count_ = 0;
  EventQueue& events_;
  mutable std::mutex mutex_;
  Observer observer_;  // of the thread, under mutex_, until stop()
  std::atomic<std::uint64_t> breaches_{0};
  std::atomic<bool> stopping_{false};
  std::condition_variable moved_;
  stream::Positions ends_;  ///< Ends that were reached, control records included.
  stream::Positions read_;  ///< Past the last record that was read.
  std::thread thread_;
};

}  // namespace paidan::ctl
