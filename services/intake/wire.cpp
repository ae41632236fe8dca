#include "intake/wire.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstddef>
#include <string>
#include <vector>

#include "intake/text.hpp"
#include "paidan/contract/message.hpp"

namespace paidan::intake {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

constexpr std::size_t request_bytes_max = 256UL * 1024;
constexpr int depth_max = 8;  // Deeper than any request of ours.

/// The path of the first text that is not UTF-8, or empty.
std::string find_bad_text(CodedInputStream& in, const Descriptor& type, int depth);

std::string look_into(const std::string& bytes, const FieldDescriptor& field, int depth) {
  if (field.type() == FieldDescriptor::TYPE_STRING) {
    return look_at(bytes, Allowed::lines).utf8 ? std::string() : field.name();
  }
  if (field.type() != FieldDescriptor::TYPE_MESSAGE || depth >= depth_max) return {};
  CodedInputStream inner(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                         static_cast<int>(bytes.size()));
  const std::string found = find_bad_text(inner, *field.message_type(), depth + 1);
  if (found.empty()) return {};
  // The key and the value of a map are no words of the contract.
  return field.is_map() ? field.name() : field.name() + "." + found;
}

std::string find_bad_text(CodedInputStream& in, const Descriptor& type, int depth) {
  while (const std::uint32_t tag = in.ReadTag()) {
    const FieldDescriptor* field = type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
    const bool has_bytes =
        WireFormatLite::GetTagWireType(tag) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
    if (field == nullptr || !has_bytes) {
      if (!WireFormatLite::SkipField(&in, tag)) return {};
      continue;
    }
    std::uint32_t size = 0;
    std::string bytes;
    if (!in.ReadVarint32(&size) || !in.ReadString(&bytes, static_cast<int>(size))) return {};
    std::string found = look_into(bytes, *field, depth);
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace

std::optional<Invalid> parse_request(const grpc::ByteBuffer& buffer,
                                     google::protobuf::Message& request) {
  grpc::Slice slice;
  if (!buffer.DumpToSingleSlice(&slice).ok()) {
    return Invalid{"request", "unreadable", "cannot be read"};
  }
  const std::string_view bytes(reinterpret_cast<const char*>(slice.begin()), slice.size());
  const auto malformed = contract::parse(request, bytes, request_bytes_max);
  if (!malformed) return std::nullopt;
  CodedInputStream in(slice.begin(), static_cast<int>(slice.size()));
  std::string field = find_bad_text(in, *request.GetDescriptor(), 0);
  if (!field.empty()) return Invalid{std::move(field), "not_utf8", "not UTF-8"};
  return Invalid{"request", "unreadable", malformed->why};
}

grpc::ByteBuffer to_bytes(const google::protobuf::Message& response) {
  const std::string bytes = response.SerializeAsString();
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace paidan::intake
