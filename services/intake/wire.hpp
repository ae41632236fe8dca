#pragma once
#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <optional>

#include "intake/logic.hpp"

/// Requests as bytes. gRPC's own parsing answers a text that is not UTF-8 with INTERNAL and no word
/// about the field, and ends a stream over it; a channel deserves to hear which field it was.
namespace paidan::intake {

/// Parses, or names the field that is not UTF-8 (or the request, when the bytes are not a message
/// of its type). On failure the message holds what came before the trouble.
std::optional<Invalid> parse_request(const grpc::ByteBuffer& bytes,
                                     google::protobuf::Message& request);

grpc::ByteBuffer to_bytes(const google::protobuf::Message& response);

}  // namespace paidan::intake
