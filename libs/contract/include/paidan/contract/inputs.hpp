#pragma once
#include <cstdint>
#include <variant>

#include "paidan/contract/record.hpp"
#include "paidan/domain/partition_time.hpp"
#include "paidan/domain/ticket.hpp"

/// What dispatch decides on, whichever topic it comes from. Pure, thread-safe.
namespace paidan::contract {

/// Something that happened to a ticket, at the time of the record's meta; or, in a replay, a time
/// mark of `classified` or its answer from `sla`.
using DispatchInput = std::variant<domain::TicketInput, domain::TimeMark, domain::MarkAnswered>;

/// A record of `classified`, `commands`, `sla`, `matches` or `links`; another topic is refused.
DecodeResult<DispatchInput> decode_dispatch_input(const stream::InRecord& record,
                                                  std::int32_t partition_count);

}  // namespace paidan::contract
