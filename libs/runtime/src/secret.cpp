#include "paidan/runtime/secret.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace paidan::runtime {
namespace {

constexpr std::size_t file_max_bytes = 4096;

class File {
 public:
  explicit File(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  int fd() const { return fd_; }

 private:
  int fd_;
};

std::optional<SecretError> wrong_file(int fd, const std::string& path) {
  struct stat status{};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    return SecretError{path + ": is not a regular file"};
  }
  if ((status.st_mode & 077) != 0) {
    return SecretError{path + ": can be read by others; run: chmod 600 " + path};
  }
  if (status.st_size > static_cast<off_t>(file_max_bytes)) {
    return SecretError{path + ": is larger than 4096 bytes"};
  }
  return std::nullopt;
}

// The file's text without the white space around it.
Result<SecretBytes, SecretError> read_secret(const std::string& path) {
  const File file(path);
  if (file.fd() < 0) return SecretError{path + ": " + std::strerror(errno)};
  if (auto wrong = wrong_file(file.fd(), path)) return *wrong;
  std::vector<std::uint8_t> text(file_max_bytes);
  const ssize_t size = ::read(file.fd(), text.data(), text.size());
  if (size < 0) return SecretError{path + ": " + std::strerror(errno)};
  const auto is_space = [](std::uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  const auto end = text.begin() + size;
  const auto first = std::find_if_not(text.begin(), end, is_space);
  auto last = end;
  while (last != first && is_space(*(last - 1))) --last;
  SecretBytes trimmed(std::vector<std::uint8_t>(first, last));
  explicit_bzero(text.data(), text.size());
  return trimmed;
}

int digit_of(std::uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

SecretBytes::SecretBytes(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept : bytes_(std::move(other.bytes_)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this != &other) {
    wipe();
    bytes_ = std::move(other.bytes_);
  }
  return *this;
}

SecretBytes::~SecretBytes() { wipe(); }

void SecretBytes::wipe() noexcept {
  if (!bytes_.empty()) explicit_bzero(bytes_.data(), bytes_.size());
}

Result<SecretBytes, SecretError> read_hex_key(const std::string& path, std::size_t size_bytes) {
  auto text = read_secret(path);
  if (!text) return std::move(text).error();
  const auto hex = text->bytes();
  const SecretError malformed{path + ": must hold " + std::to_string(size_bytes) +
                              " bytes as hex digits"};
  if (hex.size() != size_bytes * 2) return malformed;
  std::vector<std::uint8_t> bytes(size_bytes);
  for (std::size_t i = 0; i < size_bytes; ++i) {
    const int high = digit_of(hex[i * 2]);
    const int low = digit_of(hex[i * 2 + 1]);
    if (high < 0 || low < 0) return malformed;
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return SecretBytes(std::move(bytes));
}

Result<std::string, SecretError> read_token(const std::string& path) {
  auto text = read_secret(path);
  if (!text) return std::move(text).error();
  const auto bytes = text->bytes();
  const bool printable =
      std::ranges::all_of(bytes, [](std::uint8_t c) { return c > ' ' && c < 0x7f; });
  if (bytes.empty() || bytes.size() > 256 || !printable) {
    return SecretError{path + ": must hold one token of 1 to 256 printable characters"};
  }
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace paidan::runtime
