#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "paidan/base/result.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/record.hpp"
#include "views/logic.hpp"

/// Bytes <-> what the views fold. Pure, thread-safe.
namespace paidan::views {

/// What a record says of a ticket; nothing when it says nothing that a view shows (a time mark, an
/// urge whose count the history tells, ...).
using DecodedInput = std::optional<std::pair<std::string, Input>>;

/// A record of `lifecycle`, `sla` or `submissions`. `partition_count`: of the ticket topics.
Result<DecodedInput, stream::Malformed> decode(const stream::InRecord& record,
                                               std::int32_t partition_count);

/// The value kept in Redis (`paidan.state.v1.ViewTicket`).
std::string encode_ticket(const Ticket& ticket);
Result<Ticket, stream::Malformed> decode_ticket(std::string_view bytes);

/// A member of a precedents list (`paidan.state.v1.ViewPrecedent`).
std::string encode_precedent(const domain::PrecedentDecision& decision);

}  // namespace paidan::views
