#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/crypto/key.hpp"
#include "paidan/view_reader/view_reader.hpp"

namespace paidan::dispatch {

/// Next offsets of the partitions of `lifecycle`, by partition number.
using FeedPosition = std::vector<std::int64_t>;

/// How far the views were when the page was read; a partition that they do not know counts as 0.
FeedPosition position_of(const view_reader::Page& page, std::size_t partition_count);

/// Where a stream or a list goes on.
struct ResumePoint {
  std::string hearer;  ///< Whose it is: `hearer_of_unit` or `hearer_of_queue`.
  FeedPosition position;
  std::string cursor{};  ///< Of a list page; empty in a resume token.
  friend bool operator==(const ResumePoint&, const ResumePoint&) = default;
};

enum class TokenKind : char { resume = 'r', page = 'p' };

/// `what` is for the caller.
struct TokenProblem {
  std::string what;
};

/// Tokens that a caller keeps and hands back: URL-safe text, signed, so that nobody can ask for the
/// stream of another unit or make the service read where it must not. Immutable, thread-safe.
class ResumeTokens {
 public:
  static constexpr std::size_t token_bytes_max = 2'048;

  explicit ResumeTokens(crypto::Key key) : key_(std::move(key)) {}

  std::string make(TokenKind kind, const ResumePoint& point) const;
  /// Refuses a token that is not ours, of another kind, of another hearer, or of a deployment with
  /// another partition count.
  Result<ResumePoint, TokenProblem> read(TokenKind kind, std::string_view token,
                                         std::string_view hearer,
                                         std::size_t partition_count) const;

 private:
  std::string signature(std::string_view payload) const;
  crypto::Key key_;
};

}  // namespace paidan::dispatch
