#pragma once
#include <string_view>

#include "paidan/base/time.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::contract {

namespace dead_letter_header {
inline constexpr std::string_view reason = "dl_reason";  ///< At most 512 bytes.
inline constexpr std::string_view service = "dl_service";
inline constexpr std::string_view topic = "dl_topic";
inline constexpr std::string_view partition = "dl_partition";
inline constexpr std::string_view offset = "dl_offset";
inline constexpr std::string_view time = "dl_time";  ///< RFC 3339: when it was refused.
/// How many of the record's own headers did not fit (64 headers, 32 KiB).
inline constexpr std::string_view headers_dropped = "dl_headers_dropped";
}  // namespace dead_letter_header

/// The record as it came (key, value, its own headers) for the topic `deadletters`, on the same
/// partition number, with the reason beside it. Pure.
stream::OutRecord dead_letter(const stream::InRecord& record, const stream::Malformed& malformed,
                              std::string_view service, Instant now);

}  // namespace paidan::contract
