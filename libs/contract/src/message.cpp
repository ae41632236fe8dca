#include "paidan/contract/message.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>

#include "paidan/base/assert.hpp"

namespace paidan::contract {

std::optional<stream::Malformed> parse(google::protobuf::MessageLite& message,
                                       std::string_view bytes, std::size_t bytes_max) {
  // protobuf prints what it does not like on standard error; the reason travels with the record.
  static const bool quiet = (google::protobuf::SetLogHandler(nullptr), true);
  PAIDAN_ASSERT(quiet, "set once");
  if (bytes.size() > bytes_max) {
    return stream::Malformed{"value: " + std::to_string(bytes.size()) + " bytes, at most " +
                             std::to_string(bytes_max)};
  }
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return stream::Malformed{"value: not a " + message.GetTypeName() +
                             " (cut off, nested deeper than 100, or text that is not UTF-8)"};
  }
  return std::nullopt;
}

std::string serialize(const google::protobuf::MessageLite& message) {
  std::string bytes;
  bytes.resize(message.ByteSizeLong());
  google::protobuf::io::ArrayOutputStream array(bytes.data(), static_cast<int>(bytes.size()));
  google::protobuf::io::CodedOutputStream out(&array);
  out.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&out);
  PAIDAN_ASSERT(!out.HadError(), "the buffer has the message's own size");
  return bytes;
}

}  // namespace paidan::contract
