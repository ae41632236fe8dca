#include "paidan/system/random.hpp"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "paidan/base/assert.hpp"

namespace paidan::system {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

void append_hex(std::string& text, std::span<const std::uint8_t> bytes) {
  for (const std::uint8_t byte : bytes) {
    text += hex_digits[byte >> 4];
    text += hex_digits[byte & 15];
  }
}

}  // namespace

void fill_random(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    PAIDAN_ASSERT(got > 0, "the kernel gives no random bytes");
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

std::uint64_t random_u64() {
  std::array<std::uint8_t, 8> bytes{};
  fill_random(bytes);
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

std::string uuid_v4() {
  std::array<std::uint8_t, 16> bytes{};
  fill_random(bytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x40);  // version 4
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);  // variant 10
  std::string text;
  const std::span<const std::uint8_t> all(bytes);
  std::size_t at = 0;
  for (const std::size_t size : {4, 2, 2, 2, 6}) {
    if (at > 0) text += '-';
    append_hex(text, all.subspan(at, size));
    at += size;
  }
  return text;
}

std::string random_hex(std::size_t size_bytes) {
  std::string bytes(size_bytes, '\0');
  const std::span<std::uint8_t> view(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size());
  fill_random(view);
  std::string text;
  append_hex(text, view);
  return text;
}

}  // namespace paidan::system
