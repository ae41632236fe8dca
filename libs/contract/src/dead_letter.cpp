#include "paidan/contract/dead_letter.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "paidan/contract/cloud_event.hpp"
#include "paidan/contract/topics.hpp"

namespace paidan::contract {

namespace {
constexpr std::size_t reason_bytes_max = 512;
constexpr std::size_t headers_max = 64;
constexpr std::size_t header_bytes_max = 32UL * 1024;
constexpr std::string_view own_prefix = "dl_";

/// The record's own headers as far as they fit; those of an earlier dead letter are left out.
std::size_t copy_headers(const stream::InRecord& record, std::vector<stream::Header>& out) {
  std::size_t bytes = 0;
  std::size_t dropped = 0;
  for (const auto& [name, value] : record.headers) {
    if (name.starts_with(own_prefix)) continue;
    const std::size_t size_bytes = name.size() + value.size();
    if (out.size() >= headers_max || bytes + size_bytes > header_bytes_max) {
      ++dropped;
      continue;
    }
    bytes += size_bytes;
    out.push_back({std::string(name), std::string(value)});
  }
  return dropped;
}
}  // namespace

stream::OutRecord dead_letter(const stream::InRecord& record, const stream::Malformed& malformed,
                              std::string_view service, Instant now) {
  std::vector<stream::Header> headers;
  const std::size_t dropped = copy_headers(record, headers);
  const auto add = [&headers](std::string_view name, std::string value) {
    headers.push_back({std::string(name), std::move(value)});
  };
  add(dead_letter_header::reason, malformed.why.substr(0, reason_bytes_max));
  add(dead_letter_header::service, std::string(service));
  add(dead_letter_header::topic, std::string(record.topic));
  add(dead_letter_header::partition, std::to_string(record.partition.get()));
  add(dead_letter_header::offset, std::to_string(record.offset));
  add(dead_letter_header::time, to_rfc3339(now));
  if (dropped > 0) add(dead_letter_header::headers_dropped, std::to_string(dropped));

  stream::OutRecord out{.topic = topic::deadletters,
                        .partition = record.partition,
                        .key = std::string(record.key),
                        .value = std::nullopt,
                        .headers = std::move(headers)};
  if (record.value) out.value = std::string(*record.value);
  return out;
}

}  // namespace paidan::contract
