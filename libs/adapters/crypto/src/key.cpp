#include "paidan/crypto/key.hpp"

#include <algorithm>

#include "ready.hpp"

namespace paidan::crypto {

std::optional<Key> Key::from(Bytes bytes) {
  if (bytes.size() != size_bytes) return std::nullopt;
  Key key;
  std::ranges::copy(bytes, key.bytes_.begin());
  return key;
}

Key Key::random() {
  ready();
  Key key;
  randombytes_buf(key.bytes_.data(), key.bytes_.size());
  return key;
}

Key::Key(Key&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

Key& Key::operator=(Key&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
  }
  return *this;
}

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

Key Key::clone() const {
  Key key;
  key.bytes_ = bytes_;
  return key;
}

}  // namespace paidan::crypto
