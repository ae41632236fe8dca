#include "paidan/crypto/hash.hpp"

#include <array>

#include "ready.hpp"

namespace paidan::crypto {
namespace {

using Length = std::array<std::uint8_t, 8>;

Length little_endian(std::uint64_t value) {
  Length bytes{};
  for (std::uint8_t& byte : bytes) {
    byte = static_cast<std::uint8_t>(value & 0xff);
    value >>= 8;
  }
  return bytes;
}

}  // namespace

Hash keyed_hash(const Key& key, std::initializer_list<std::string_view> parts) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.bytes().data(), key.bytes().size(), Hash{}.size());
  for (const std::string_view part : parts) {
    const Length length = little_endian(part.size());
    crypto_generichash_update(&state, length.data(), length.size());
    crypto_generichash_update(&state, bytes_of(part), part.size());
  }
  Hash hash{};
  crypto_generichash_final(&state, hash.data(), hash.size());
  sodium_memzero(&state, sizeof state);
  return hash;
}

Hash blake2b_256(std::string_view bytes) {
  Hash hash{};
  crypto_generichash(hash.data(), hash.size(), bytes_of(bytes), bytes.size(), nullptr, 0);
  return hash;
}

std::string take_five_bit_groups(const Hash& hash, std::size_t count) {
  PAIDAN_ASSERT(count * 5 <= hash.size() * 8, "a hash has 51 groups of five bits");
  std::string groups;
  for (std::size_t group = 0; group < count; ++group) {
    unsigned value = 0;
    for (std::size_t bit = group * 5; bit < group * 5 + 5; ++bit) {
      value = value * 2 + ((hash[bit / 8] >> (7 - bit % 8)) & 1u);
    }
    groups += static_cast<char>(value);
  }
  return groups;
}

std::string to_hex(Bytes bytes) {
  std::string hex(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  hex.pop_back();  // the terminating zero
  return hex;
}

std::optional<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes(hex.size() / 2, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int result =
      sodium_hex2bin(bytes_of(bytes), bytes.size(), hex.data(), hex.size(), nullptr, &size, &end);
  if (result != 0 || size != bytes.size() || end != hex.data() + hex.size()) return std::nullopt;
  return bytes;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  return sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace paidan::crypto
