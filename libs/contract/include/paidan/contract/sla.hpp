#pragma once
#include <cstdint>
#include <string_view>
#include <variant>

#include "paidan/contract/record.hpp"
#include "paidan/domain/facts.hpp"

/// Records of `sla`. Pure, thread-safe.
namespace paidan::contract {

using SlaBody = std::variant<domain::SlaFact, domain::MarkAnswered>;

DecodeResult<SlaBody> decode_sla(const stream::InRecord& record, std::int32_t partition_count);
stream::OutRecord encode_sla(std::string_view key, const SlaBody& body, const Stamp& stamp);

}  // namespace paidan::contract
