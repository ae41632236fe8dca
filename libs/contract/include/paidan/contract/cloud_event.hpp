#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/record.hpp"

/// CloudEvents 1.0, Kafka protocol binding, binary mode: the attributes are headers, the value is
/// the bare protobuf message. With the extension for distributed tracing (`ce_traceparent`).
namespace paidan::contract {

/// What a writer knows of a record beside its body. Views: they must live until the call returns.
struct Stamp {
  const stream::Cause& cause;
  std::size_t index = 0;  ///< Of the record within what its cause causes.
  Instant happened_at;
  Instant decided_at;  ///< The `now` of the decision.
  std::string_view rules_version{};
  std::string_view service;  ///< E.g. "dispatch".
};

/// The headers of one record. `type` is the name of the fact as in the proto's oneof.
std::vector<stream::Header> cloud_event_headers(const Stamp& stamp, std::string_view fact,
                                                std::string_view subject);

struct CloudEvent {
  std::string_view id;
  std::string_view source;
  std::string_view type;
  std::string_view time;
  std::string_view subject;
  std::string_view traceparent;
};

/// What the headers say; empty where a header is missing. Views into the record's memory.
CloudEvent cloud_event_of(const stream::InRecord& record);

/// `traceparent`, else `ce_traceparent`, else empty. Not checked.
std::string_view traceparent_of(const stream::InRecord& record);

/// A W3C trace context for what has no caller (a clock, a tick): derived from the cause, so that
/// deciding again gives the same.
std::string derived_traceparent(std::string_view cause_id);

/// RFC 3339 in UTC with milliseconds: "2011-07-01T04:00:00.123Z". Years 1 to 9999.
std::string to_rfc3339(Instant instant);
/// Reads what `to_rfc3339` writes, with 0 to 9 decimals and any offset; nothing if it is not one.
std::optional<Instant> from_rfc3339(std::string_view text);

}  // namespace paidan::contract
