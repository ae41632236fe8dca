#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "paidan/crypto/key.hpp"

namespace paidan::crypto {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// Ed25519 (RFC 8032). Immutable, so thread-safe.
class Signer {
 public:
  /// From the 32-byte seed that the secrets directory keeps.
  explicit Signer(const Key& seed);
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;
  ~Signer();

  Signature sign(std::string_view message) const;
  const PublicKey& public_key() const { return public_; }

 private:
  PublicKey public_{};
  std::array<std::uint8_t, 64> secret_{};
};

bool verify(const PublicKey& key, std::string_view message, Bytes signature);

}  // namespace paidan::crypto
