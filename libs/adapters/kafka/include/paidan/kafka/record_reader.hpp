#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/kafka/connection.hpp"
#include "paidan/kafka/error.hpp"
#include "paidan/kafka/probe.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::kafka {

struct Records {
  std::vector<stream::InRecord> records;
  stream::Owner owner;  ///< Keeps the views of `records` alive.
};

struct RecordReaderConfig {
  Connection connection;
  std::size_t readers = 2;          ///< Reads at the same time; more wait for a free one.
  std::size_t offsets_max = 4'096;  ///< Per read; more is `full`.
};

/// Reads single records by offset: a ticket's history, a text by its reference. Thread-safe.
class RecordReader {
 public:
  static Result<std::unique_ptr<RecordReader>, Error> open(RecordReaderConfig config,
                                                           KafkaProbe& probe);
  RecordReader(const RecordReader&) = delete;
  RecordReader& operator=(const RecordReader&) = delete;
  ~RecordReader();

  /// The committed records at `offsets` (ascending) of one partition, in that order. An offset that
  /// holds no committed record (aborted, compacted away, beyond the end) is left out. `timed_out`
  /// when not all could be looked at in time.
  Result<Records, Error> read(stream::TopicPartition partition,
                              std::span<const std::int64_t> offsets, Milliseconds deadline);

 private:
  class Impl;
  explicit RecordReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paidan::kafka
