#pragma once
#include <cstdint>
#include <string_view>

#include "paidan/contract/record.hpp"
#include "paidan/domain/links.hpp"

/// Records of `links`: effects of one ticket on another. Pure, thread-safe.
namespace paidan::contract {

/// `key` of the result is the ticket that the effect reaches; when it happened is in the meta.
/// Refuses a source that is no ticket id: nothing could be answered to it.
DecodeResult<domain::LinkReceived> decode_link(const stream::InRecord& record,
                                               std::int32_t partition_count);
/// Goes to the partition of the target, unlike most records: the two tickets may lie on different
/// ones. `stamp.happened_at` is not used: the effect has its own.
stream::OutRecord encode_link(std::string_view source_ticket_id, const domain::LinkEffect& effect,
                              const Stamp& stamp, std::int32_t partition_count);

}  // namespace paidan::contract
