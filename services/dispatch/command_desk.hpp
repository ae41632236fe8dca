#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "dispatch/pending_commands.hpp"
#include "paidan/base/ids.hpp"
#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/domain/facts.hpp"
#include "paidan/kafka/producer.hpp"
#include "paidan/stream/log.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::dispatch {

struct DeskConfig {
  std::string instance;       ///< `dispatch-<ordinal>`
  std::uint64_t epoch = 0;    ///< Start of the process: an answer to its predecessor is not ours.
  Partition reply_partition;  ///< Of `replies`; this process reads it whole.
  std::int32_t partition_count;  ///< Of the ticket topics.
  std::string rules_version;
  std::size_t pending_max = 2'000;
};

/// What an edge wants to be decided about a ticket.
struct AskedCommand {
  std::string ticket_id;
  domain::Command command;  ///< `reply_to` is filled in by the desk.
  Instant happened_at;
  std::string traceparent;
};

/// Appends commands to the log and waits for their answers. It changes nothing itself: the decider
/// of the ticket's partition does, in whatever process it runs. Thread-safe.
class CommandDesk {
 public:
  enum class NotSent { overloaded, too_large, log_unavailable };

  CommandDesk(DeskConfig config, kafka::Producer& producer, const stream::Clock& clock);

  /// If the command was taken, `on_answer` is called exactly once, by `deadline` and a little.
  Result<Unit, NotSent> send(AskedCommand asked, SteadyTime deadline, OnAnswer on_answer);

  /// A record of `replies`; one that is not for this process is passed over. False when it cannot
  /// be read.
  bool ingest(const stream::InRecord& record);
  void expire(SteadyTime now) { pending_.expire(now); }
  void close() { pending_.close(); }
  std::size_t pending() const { return pending_.size(); }

 private:
  std::string next_correlation();

  DeskConfig config_;
  kafka::Producer& producer_;
  const stream::Clock& clock_;
  PendingCommands pending_;
  std::atomic<std::uint64_t> sequence_{0};
};

}  // namespace paidan::dispatch
