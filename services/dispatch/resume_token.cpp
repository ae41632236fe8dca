#include "dispatch/resume_token.hpp"

#include <optional>

#include "paidan/base/assert.hpp"
#include "paidan/crypto/base64.hpp"
#include "paidan/crypto/hash.hpp"

namespace paidan::dispatch {
namespace {

constexpr std::size_t signature_bytes = 16;

void put_number(std::string& out, std::uint64_t number, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>((number >> (8 * i)) & 255U);
}

/// Takes fields off the front of a payload; after the first that is not there, nothing is.
class Reader {
 public:
  explicit Reader(std::string_view payload) : rest_(payload) {}
  std::uint64_t number(std::size_t bytes) {
    const std::string_view taken = text(bytes);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < taken.size(); ++i) {
      number |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(taken[i])) << (8 * i);
    }
    return number;
  }
  std::string_view text(std::size_t bytes) {
    if (bytes > rest_.size()) {
      whole_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return taken;
  }
  bool whole() const { return whole_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool whole_ = true;
};

std::string payload_of(TokenKind kind, const ResumePoint& point) {
  std::string payload(1, static_cast<char>(kind));
  put_number(payload, point.hearer.size(), 2);
  payload += point.hearer;
  put_number(payload, point.cursor.size(), 2);
  payload += point.cursor;
  put_number(payload, point.position.size(), 2);
  for (const std::int64_t offset : point.position) {
    put_number(payload, static_cast<std::uint64_t>(offset), 8);
  }
  return payload;
}

std::optional<ResumePoint> parse(TokenKind kind, std::string_view payload) {
  Reader reader(payload);
  if (reader.text(1) != std::string_view(reinterpret_cast<const char*>(&kind), 1)) return {};
  ResumePoint point;
  point.hearer = reader.text(reader.number(2));
  point.cursor = reader.text(reader.number(2));
  const std::uint64_t count = reader.number(2);
  for (std::uint64_t i = 0; i < count; ++i) {
    point.position.push_back(static_cast<std::int64_t>(reader.number(8)));
  }
  if (!reader.whole()) return {};
  return point;
}

}  // namespace

FeedPosition position_of(const view_reader::Page& page, std::size_t partition_count) {
  FeedPosition position(partition_count, 0);
  for (const auto& [partition, next] : page.lifecycle_positions) {
    const auto at = static_cast<std::size_t>(partition.get());
    if (at < partition_count) position[at] = next.get();
  }
  return position;
}

std::string ResumeTokens::signature(std::string_view payload) const {
  const crypto::Hash hash = crypto::keyed_hash(key_, {"resume token", payload});
  return {hash.begin(), hash.begin() + signature_bytes};
}

std::string ResumeTokens::make(TokenKind kind, const ResumePoint& point) const {
  const std::string payload = payload_of(kind, point);
  std::string token = crypto::to_base64url(payload + signature(payload));
  PAIDAN_ASSERT(token.size() <= token_bytes_max, "units, cursors and partitions are bounded");
  return token;
}

Result<ResumePoint, TokenProblem> ResumeTokens::read(TokenKind kind, std::string_view token,
                                                     std::string_view hearer,
                                                     std::size_t partition_count) const {
  const TokenProblem not_ours{"not a token that this service gave out"};
  if (token.size() > token_bytes_max) return not_ours;
  const std::optional<std::string> bytes = crypto::from_base64url(token);
  if (!bytes || bytes->size() <= signature_bytes) return not_ours;
  const std::string_view payload =
      std::string_view(*bytes).substr(0, bytes->size() - signature_bytes);
  if (!crypto::equal_in_constant_time(signature(payload),
                                      std::string_view(*bytes).substr(payload.size()))) {
    return not_ours;
  }
  std::optional<ResumePoint> point = parse(kind, payload);
  if (!point) return TokenProblem{"a token of another kind"};
  if (point->hearer != hearer) return TokenProblem{"a token of another caller or queue"};
  if (point->position.size() != partition_count) {
    return TokenProblem{"a token of a deployment with another number of partitions"};
  }
  return *std::move(point);
}

}  // namespace paidan::dispatch
