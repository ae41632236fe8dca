#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "paidan/contract/record.hpp"
#include "paidan/domain/facts.hpp"

/// Records of `commands` and of `replies`. Pure, thread-safe.
namespace paidan::contract {

/// Refuses a reply partition that does not exist: the deciding stage could never write there.
DecodeResult<domain::Command> decode_command(const stream::InRecord& record,
                                             std::int32_t partition_count);
/// Goes to the partition of the cause, which must be that of the ticket id.
stream::OutRecord encode_command(std::string_view ticket_id, const domain::Command& command,
                                 const Stamp& stamp);
/// As the proto's oneof has it: "record_contact".
std::string_view name_of(const domain::CommandBody& body);

/// `key` of the result is the ticket id; the record's own key is the edge instance.
DecodeResult<domain::Reply> decode_reply(const stream::InRecord& record);
/// Goes to `reply_to.partition`.
stream::OutRecord encode_reply(std::string_view ticket_id, const domain::Reply& reply,
                               const Stamp& stamp);

}  // namespace paidan::contract
