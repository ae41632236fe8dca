#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace paidan::crypto {

using Bytes = std::span<const std::uint8_t>;

/// 32 secret bytes: never printed, zeroed when destroyed; a copy is a deliberate `clone()`.
class Key {
 public:
  static constexpr std::size_t size_bytes = 32;
  /// Nothing when there are not exactly 32 bytes.
  static std::optional<Key> from(Bytes bytes);
  static Key random();

  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  Key(Key&& other) noexcept;
  Key& operator=(Key&& other) noexcept;
  ~Key();

  Key clone() const;
  Bytes bytes() const { return bytes_; }

 private:
  Key() = default;
  std::array<std::uint8_t, size_bytes> bytes_{};
};

}  // namespace paidan::crypto
