#pragma once
#include "dispatch/command_desk.hpp"
#include "dispatch/feed.hpp"
#include "dispatch/texts.hpp"
#include "paidan/kafka/admin.hpp"
#include "paidan/kafka/tail.hpp"
#include "paidan/runtime/worker.hpp"

/// The threads of the edge: what reads topics without being a member of the deciding group.
namespace paidan::dispatch {

struct TailParts {
  kafka::Connection connection;
  kafka::KafkaProbe& probe;
  runtime::Condition& ready;  ///< Met while the tail reads.
};

/// Reads this process's own partition of `replies`, and lets late commands go.
runtime::WorkerLoop read_replies(TailParts parts, Partition partition, CommandDesk& desk);

/// Reads `submissions` from its end and `lifecycle` from `records_before` before its end (spread
/// over the partitions), so that streams resume also after a restart of this process.
runtime::WorkerLoop read_feed(TailParts parts, std::size_t records_before, Feed& feed,
                              Texts& texts);

}  // namespace paidan::dispatch
