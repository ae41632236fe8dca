#include "paidan/stream/record.hpp"

namespace paidan::stream {

std::string_view InRecord::header(std::string_view name) const {
  for (const auto& [header_name, header_value] : headers) {
    if (header_name == name) return header_value;
  }
  return {};
}

std::string cause_of(const InRecord& record) {
  std::string cause(record.topic);
  cause += '/';
  cause += std::to_string(record.partition.get());
  cause += '/';
  cause += std::to_string(record.offset);
  return cause;
}

}  // namespace paidan::stream
