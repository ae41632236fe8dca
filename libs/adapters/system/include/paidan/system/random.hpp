#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

/// The only source of randomness that is not cryptography's own. Nothing that the log holds may
/// depend on it, except ids that a caller makes (a command id, an external id). Thread-safe.
namespace paidan::system {

/// From the kernel. Asserts when the kernel cannot give any.
void fill_random(std::span<std::uint8_t> bytes);
std::uint64_t random_u64();
/// RFC 9562 version 4, lower case, 36 characters.
std::string uuid_v4();
/// `size_bytes` random bytes as 2 * size_bytes lower-case hex digits.
std::string random_hex(std::size_t size_bytes);

}  // namespace paidan::system
