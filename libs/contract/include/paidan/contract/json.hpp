#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/stream/decider.hpp"

namespace google::protobuf {
class Message;
}

namespace paidan::contract {

/// An empty message of the type that the topic carries, or nothing for a topic whose records are
/// not defined (yet) or have no type of their own (`deadletters`).
std::unique_ptr<google::protobuf::Message> message_of(std::string_view topic);

/// A value of that topic as JSON in one line, proto field names, enums by name. No check of
/// meaning: a tool wants to see what is there.
Result<std::string, stream::Malformed> to_json(std::string_view topic, std::string_view value);

}  // namespace paidan::contract
