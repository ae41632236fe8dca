#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/result.hpp"

namespace paidan::runtime {

/// Bytes that must not be seen: no printing, no copying, zeroed when destroyed.
class SecretBytes {
 public:
  explicit SecretBytes(std::vector<std::uint8_t> bytes);
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  ~SecretBytes();

  std::span<const std::uint8_t> bytes() const { return bytes_; }

 private:
  void wipe() noexcept;
  std::vector<std::uint8_t> bytes_;
};

/// `what` names the file and the trouble, never its content.
struct SecretError {
  std::string what;
};

/// Reads a key written as hex (white space around it allowed). The file must be a regular one that
/// neither group nor others can read (mode & 077 == 0) and hold exactly `size_bytes` bytes.
Result<SecretBytes, SecretError> read_hex_key(const std::string& path, std::size_t size_bytes);

/// Reads a token file: one line of at most 256 printable characters, under the same mode rule.
Result<std::string, SecretError> read_token(const std::string& path);

}  // namespace paidan::runtime
