#pragma once
#include <google/protobuf/message_lite.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "paidan/stream/decider.hpp"

namespace paidan::contract {

/// Parses, or says why not: too long, or not the message (cut off, nested deeper than 100, text
/// that is not UTF-8). Nothing is printed.
std::optional<stream::Malformed> parse(google::protobuf::MessageLite& message,
                                       std::string_view bytes, std::size_t bytes_max);

/// Always the same bytes for the same message: maps are written in the order of their keys.
std::string serialize(const google::protobuf::MessageLite& message);

}  // namespace paidan::contract
