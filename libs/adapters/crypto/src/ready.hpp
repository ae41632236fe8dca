#pragma once
#include <sodium.h>

#include <string>
#include <string_view>

#include "paidan/base/assert.hpp"

namespace paidan::crypto {

/// libsodium wants one call before its random source is used; it is idempotent and thread-safe.
inline void ready() {
  static const bool ok = sodium_init() >= 0;
  PAIDAN_ASSERT(ok, "libsodium cannot start");
}

inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

inline unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace paidan::crypto
