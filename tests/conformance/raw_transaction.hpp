#pragma once
#include <librdkafka/rdkafka.h>

#include <string>
#include <vector>

#include "paidan/kafka/connection.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::conformance {

/// An open transaction made with librdkafka itself, holding the records at the broker: what a
/// process that was killed leaves behind. Destroying it neither commits nor aborts.
class RawTransaction {
 public:
  RawTransaction(const kafka::Connection& connection, const std::string& transactional_id,
                 const std::vector<stream::OutRecord>& records);
  RawTransaction(const RawTransaction&) = delete;
  RawTransaction& operator=(const RawTransaction&) = delete;
  ~RawTransaction();

  /// Positions with the given group metadata, then commit. The error code, or 0.
  rd_kafka_resp_err_t commit_with(const rd_kafka_consumer_group_metadata_t* metadata,
                                  const std::string& topic, std::int64_t offset);
  void abort();

 private:
  rd_kafka_t* producer_ = nullptr;
};

}  // namespace paidan::conformance
