#include "paidan/base/hash.hpp"

#include <cstddef>

namespace paidan {

namespace {
constexpr std::uint32_t seed = 0x9747b28cU;
constexpr std::uint32_t multiplier = 0x5bd1e995U;
constexpr unsigned rotation_bits = 24;
}  // namespace

std::uint32_t murmur2(std::string_view bytes) noexcept {
  const auto byte_at = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at]));
  };
  std::uint32_t hash = seed ^ static_cast<std::uint32_t>(bytes.size());
  const std::size_t whole_words = bytes.size() / 4;
  for (std::size_t word = 0; word < whole_words; ++word) {
    const std::size_t at = word * 4;
    std::uint32_t mixed =
        byte_at(at) | (byte_at(at + 1) << 8U) | (byte_at(at + 2) << 16U) | (byte_at(at + 3) << 24U);
    mixed *= multiplier;
    mixed ^= mixed >> rotation_bits;
    mixed *= multiplier;
    hash = (hash * multiplier) ^ mixed;
  }
  const std::size_t tail = whole_words * 4;
  const std::size_t left = bytes.size() - tail;
  if (left >= 3) hash ^= byte_at(tail + 2) << 16U;
  if (left >= 2) hash ^= byte_at(tail + 1) << 8U;
  if (left >= 1) hash = (hash ^ byte_at(tail)) * multiplier;
  hash ^= hash >> 13U;
  hash *= multiplier;
  hash ^= hash >> 15U;
  return hash;
}

}  // namespace paidan
