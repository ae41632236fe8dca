#pragma once
#include <cstdint>
#include <string_view>
#include <variant>

#include "paidan/contract/record.hpp"
#include "paidan/domain/facts.hpp"

/// Records of `submissions` and of `classified`: what the citizen side said, and what
/// classification made of it. Pure, thread-safe.
namespace paidan::contract {

using SubmissionBody =
    std::variant<domain::Submitted, domain::Supplemented, domain::Urged, domain::Withdrawn,
                 domain::Rated, domain::Appealed, domain::TimeMark>;
using ClassifiedBody =
    std::variant<domain::Classified, domain::Supplemented, domain::Urged, domain::Withdrawn,
                 domain::Rated, domain::Appealed, domain::TimeMark>;

/// `partition_count`: of the ticket topics.
DecodeResult<SubmissionBody> decode_submission(const stream::InRecord& record,
                                               std::int32_t partition_count);
/// The record goes to the partition of its cause.
stream::OutRecord encode_submission(std::string_view key, const SubmissionBody& body,
                                    const Stamp& stamp);

DecodeResult<ClassifiedBody> decode_classified(const stream::InRecord& record,
                                               std::int32_t partition_count);
stream::OutRecord encode_classified(std::string_view key, const ClassifiedBody& body,
                                    const Stamp& stamp);

}  // namespace paidan::contract
