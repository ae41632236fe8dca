#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/rpc/caller.hpp"

namespace paidan::rpc {

/// The two things of cryptography that tokens need; wiring takes them from `paidan::crypto`.
struct TokenCrypto {
  std::function<std::string(std::string_view token)> blake2b_256_hex;
  std::function<bool(std::string_view, std::string_view)> equal_in_constant_time;
};

/// `what`: one line with file, line and field.
struct TokenError {
  std::string what;
};

/// A parsed `tokens.yaml`: a list of {name, role, unit, hash}. Immutable.
class TokenTable {
 public:
  static constexpr std::size_t tokens_max = 10'000;

  static Result<TokenTable, TokenError> parse(const std::string& yaml, const std::string& path);
  /// Compares with every entry in constant time, whichever matches.
  std::optional<Caller> find(std::string_view hash_hex, const TokenCrypto& crypto) const;
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Caller caller;
    std::string hash_hex;
  };
  std::vector<Entry> entries_;
};

/// The tokens in force. Thread-safe.
class TokenStore {
 public:
  TokenStore(std::string path, TokenCrypto crypto);

  /// Reads the file. On an error the last good table stays in force.
  Result<Unit, TokenError> reload();
  /// reload() when the file has changed since it was last read: cheap, call it each few seconds.
  Result<Unit, TokenError> reload_if_changed();
  std::optional<Caller> find(std::string_view token) const;

 private:
  std::string path_;
  TokenCrypto crypto_;
  mutable std::mutex mutex_;
  std::shared_ptr<const TokenTable> table_;
  std::string stamp_;  ///< Identity, size and time of the file as last read.
};

}  // namespace paidan::rpc
