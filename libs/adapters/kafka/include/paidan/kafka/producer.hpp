#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "paidan/base/ids.hpp"
#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/kafka/connection.hpp"
#include "paidan/kafka/error.hpp"
#include "paidan/kafka/probe.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::kafka {

struct ProducerConfig {
  Connection connection;
  std::size_t unacknowledged_records_max = 2'000;
  std::size_t unacknowledged_bytes_max = 32UL * 1024 * 1024;
  Milliseconds delivery_timeout{30'000};  ///< Then the record's outcome is `timed_out`: unknown.
  Milliseconds linger{0};                 ///< Waits for more before sending; 0 for commands.
};

/// Where a record now is, for good: acknowledged by all in-sync replicas.
struct Delivered {
  Partition partition;
  std::int64_t offset = 0;
};
using OnDelivery = std::function<void(const Result<Delivered, Error>&)>;

/// Idempotent producer, without transactions. A record may be in the log twice after the producer
/// had to be rebuilt; ids are derived from the input, so readers drop the second. All members are
/// thread-safe.
class Producer {
 public:
  static Result<std::unique_ptr<Producer>, Error> open(ProducerConfig config, KafkaProbe& probe);
  Producer(const Producer&) = delete;
  Producer& operator=(const Producer&) = delete;
  /// Answers what is still open with `closed`. Call flush() before.
  ~Producer();

  /// Takes the record or says why not (`full`, `too_large`, `closed`; then `on_delivery` is not
  /// called). Never blocks. If taken, `on_delivery` is called exactly once, on a thread of the
  /// producer: be quick there and call only send(). Records of one partition keep their order.
  Result<Unit, Error> send(stream::OutRecord record, OnDelivery on_delivery);

  /// Waits until all that was taken has its outcome; `timed_out` when it has not by then.
  Result<Unit, Error> flush(Milliseconds deadline);

  std::size_t unacknowledged_records() const;

 private:
  class Impl;
  explicit Producer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paidan::kafka
