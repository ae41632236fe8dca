#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "paidan/crypto/key.hpp"

/// BLAKE2b-256 (RFC 7693) of libsodium. Pure functions, thread-safe.
namespace paidan::crypto {

using Hash = std::array<std::uint8_t, 32>;

/// Keyed hash over parts. Each part is preceded by its length (8 bytes, little endian), so
/// ("ab","c") and ("a","bc") differ. A ticket id takes its first 75 bits: see `take_bits`.
Hash keyed_hash(const Key& key, std::initializer_list<std::string_view> parts);
/// Unkeyed, over the bytes as they are.
Hash blake2b_256(std::string_view bytes);

/// The first `count` groups of five bits, most significant first: values 0..31, as base32 wants
/// them. `count` is at most 51.
std::string take_five_bit_groups(const Hash& hash, std::size_t count);

std::string to_hex(Bytes bytes);  ///< Lower case.
/// Nothing when it is not hex (either case) of whole bytes.
std::optional<std::string> from_hex(std::string_view hex);
/// Takes time that depends on the lengths only.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace paidan::crypto
