#pragma once
#include <cstdint>

#include "paidan/contract/record.hpp"
#include "paidan/domain/duplicates.hpp"

/// Records of `matches`: what clusters say of a ticket. Pure, thread-safe.
namespace paidan::contract {

DecodeResult<domain::MatchBody> decode_match(const stream::InRecord& record,
                                             std::int32_t partition_count);
/// Goes to the partition of the ticket id. `stamp.happened_at` is not used: the match has its own.
stream::OutRecord encode_match(const domain::Match& match, const Stamp& stamp,
                               std::int32_t partition_count);

}  // namespace paidan::contract
