#pragma once
#include <cstddef>
#include <cstdint>

#include "client.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::kafka {

/// Hands one record to a producer, which copies it. `number` comes back with the delivery.
rd_kafka_resp_err_t produce(rd_kafka_t* producer, const Topics& topics,
                            const stream::OutRecord& record, std::uint64_t number);

std::uint64_t number_of(const rd_kafka_message_t& message);

/// Bytes of key, value and headers.
std::size_t size_of(const stream::OutRecord& record);

}  // namespace paidan::kafka
