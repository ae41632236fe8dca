#include "load.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "paidan/base/hash.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::bench {

namespace {
constexpr std::array<const char*, 4> types{"Street Light Outages", "Request for Pothole Repair",
                                           "Graffiti Removal", "Tree Maintenance Requests"};
constexpr const char* sentence =
    "The caller says that the light at the corner has been out for a week and that two people fell "
    "on the uneven pavement there last night; it was reported before and nobody came. ";
constexpr std::size_t text_bytes = 1'100;
}  // namespace

std::string ticket_id(std::uint64_t number) {
  std::array<std::uint8_t, 10> bytes{};
  for (std::size_t at = 0; at < 8; ++at) {
    bytes[at] = static_cast<std::uint8_t>(number >> (8 * at));
  }
  const std::uint32_t mixed = murmur2(std::to_string(number));
  bytes[8] = static_cast<std::uint8_t>(mixed);
  bytes[9] = static_cast<std::uint8_t>(mixed >> 8U);
  return domain::make_ticket_id(bytes).get();
}

std::string complaint(std::uint64_t number) {
  std::string text = "No. " + std::to_string(number) + ". ";
  while (text.size() < text_bytes) text += sentence;
  return text;
}

stream::OutRecord submission(std::uint64_t number, std::int32_t partition_count, Instant now) {
  domain::Submitted made;
  made.channel = domain::ChannelId("constituent_call");
  made.external_id = "bench-" + std::to_string(number);
  made.title = types[number % types.size()];
  made.text = complaint(number);
  made.category = types[number % types.size()];
  made.subject_ref = "S-" + ticket_id(number);
  made.given_due_at = now + std::chrono::hours{24 * 30};
  made.content_hash = std::string(32, static_cast<char>('a' + number % 26));
  const std::string id = ticket_id(number);
  const stream::Cause cause{.id = "bench/" + std::to_string(number),
                            .partition = contract::partition_of(id, partition_count)};
  return contract::encode_submission(
      id, made, {.cause = cause, .happened_at = now, .decided_at = now, .service = "intake"});
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      static_cast<std::ptrdiff_t>(std::floor(share * static_cast<double>(values.size() - 1)));
  std::ranges::nth_element(values, values.begin() + at);
  return values[static_cast<std::size_t>(at)];
}

}  // namespace paidan::bench
