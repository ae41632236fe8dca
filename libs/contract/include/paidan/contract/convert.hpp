#pragma once
#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/common/v1/common.pb.h"
#include "paidan/domain/facts.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/ticket/v1/classified.pb.h"
#include "paidan/ticket/v1/lifecycle.pb.h"
#include "paidan/ticket/v1/submissions.pb.h"

/// Parts of messages, for the gRPC edges: protobuf <-> domain. `field` is the name by which an
/// error names the message. Pure, thread-safe.
namespace paidan::contract {

/// Milliseconds; finer digits are cut off. Absent gives nothing; a time outside the years 1 to 9999
/// is an error.
Result<std::optional<Instant>, stream::Malformed> from_proto(
    bool present, const google::protobuf::Timestamp& timestamp, std::string_view field);
void to_proto(Instant instant, google::protobuf::Timestamp& out);

Result<domain::Place, stream::Malformed> from_proto(const common::v1::Place& place,
                                                    std::string_view field);
void to_proto(const domain::Place& place, common::v1::Place& out);

Result<domain::Rated, stream::Malformed> from_proto(const ticket::v1::Rated& rated,
                                                    std::string_view field);

Result<domain::CompletionReport, stream::Malformed> from_proto(
    const ticket::v1::CompletionReport& report, std::string_view field);
void to_proto(const domain::CompletionReport& report, ticket::v1::CompletionReport& out);

Result<domain::Verdict, stream::Malformed> from_proto(const ticket::v1::Verdict& verdict,
                                                      std::string_view field);

void to_proto(const domain::Text& text, common::v1::Text& out);
void to_proto(const domain::Candidate& candidate, ticket::v1::Candidate& out);
void to_proto(const domain::ContentRef& ref, common::v1::ContentRef& out);

}  // namespace paidan::contract
