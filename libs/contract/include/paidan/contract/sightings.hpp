#pragma once
#include <cstdint>

#include "paidan/base/result.hpp"
#include "paidan/contract/record.hpp"
#include "paidan/domain/duplicates.hpp"

/// Records of `sightings`, and the snapshots of what is made of them. Pure, thread-safe.
namespace paidan::contract {

/// `key` of the result is the cluster key.
DecodeResult<domain::Sighting> decode_sighting(const stream::InRecord& record,
                                               std::int32_t partition_count);
/// Goes to the partition of the cluster key. `stamp.happened_at` is not used: the sighting has its
/// own.
stream::OutRecord encode_sighting(const domain::KeyedSighting& keyed, const Stamp& stamp,
                                  std::int32_t partition_count);

/// A default value gives the tombstone.
stream::OutRecord encode_clusters_state(std::string_view key, Partition partition,
                                        const domain::CallerTickets& state);
/// A tombstone gives a default value.
Result<domain::CallerTickets, stream::Malformed> decode_clusters_state(
    const stream::InRecord& record);

}  // namespace paidan::contract
