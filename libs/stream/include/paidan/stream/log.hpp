#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "paidan/stream/record.hpp"

namespace paidan::stream {

/// Partitions gained. Their snapshots follow as Snapshots, in chunks, and then Ready.
struct Assigned {
  std::vector<Partition> partitions;
};

/// A chunk (at most 4 MB) of the compacted state topic of the partitions being restored, in offset
/// order within a partition; of one key, the last counts; a tombstone forgets it.
struct Snapshots {
  std::vector<InRecord> records;
  Owner owner;
  std::int64_t read_total = 0;      ///< Records read so far, this chunk included.
  std::int64_t expected_total = 0;  ///< An upper bound of what there is (offsets, gaps included).
};

/// The restore is complete: up to the high watermark that the state topic had at assignment.
/// `positions` names every owned (topic, partition) with a real offset.
struct Ready {
  Positions positions;
};

/// Partitions lost. Their staged and committed state must be forgotten.
struct Revoked {
  std::vector<Partition> partitions;
};

/// All input topics of `partition` were read to an end that was seen at `as_of`.
struct CaughtUp {
  Partition partition;
  Instant as_of;
};

/// In offset order within a (topic, partition); empty when nothing came in time.
struct Batch {
  std::vector<InRecord> records;
  Owner owner;
  std::vector<CaughtUp> caught_up;  ///< True once `records` have been handled.
};

/// The log cannot go on (a restore without progress, a lost position, a fatal client error). Exit;
/// a restart begins again from what is committed. `why` holds no data of a record.
struct Failed {
  std::string why;
};

using Polled = std::variant<Batch, Assigned, Snapshots, Ready, Revoked, Failed>;

enum class Commit {
  done,     ///< Outputs and positions are visible together to read_committed readers.
  rewound,  ///< Neither is; the next poll() starts again from the last committed positions.
  fenced,   ///< Another instance owns this work, or the outcome is unknown. Exit; never retry.
};

/// The port to Kafka: one implementation over librdkafka, one in memory for tests; one conformance
/// suite holds both to this text.
///
/// Not thread-safe: one pump, one log, one thread. No transaction is open across a poll(), so an
/// assignment change never arrives in the middle of one.
class TransactionalLog {
 public:
  TransactionalLog() = default;
  TransactionalLog(const TransactionalLog&) = delete;
  TransactionalLog& operator=(const TransactionalLog&) = delete;
  virtual ~TransactionalLog() = default;

  /// Blocks at most `wait`. `records_max` bounds the batch and with it the transaction.
  virtual Polled poll(std::size_t records_max, Milliseconds wait) = 0;

  /// All or nothing: begin, produce `out`, send `upto`, commit. `upto` must name every owned
  /// (topic, partition) with a real offset, moved or not: a transaction without positions is not
  /// checked against the group's generation, and a zombie could commit it.
  virtual Commit commit(std::span<const OutRecord> out, const Positions& upto) = 0;
};

/// Wall time. The only real one lives in `libs/adapters/system`.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

}  // namespace paidan::stream
