#include <array>

#include "src/files.hpp"

namespace paidan::citypack {
namespace {

/// FNV-1a with 128 bits, as two halves: the prime is 2^88 + 0x13b.
class Hash {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) {
      state_ = (state_ ^ static_cast<unsigned char>(byte)) * prime;
    }
  }
  std::string hex() const {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (unsigned shift = 128; shift > 0; shift -= 4) {
      out += digits[static_cast<std::size_t>(state_ >> (shift - 4) & 15U)];
    }
    return out;
  }

 private:
  __extension__ using Word = unsigned __int128;
  static constexpr Word prime = (Word{1} << 88U) + 0x13bU;
  Word state_ = (Word{0x6c62272e07bb0142U} << 64U) + 0x62b821756295c58dU;
};

}  // namespace

std::string content_hash(const Files& files) {
  Hash hash;
  for (const auto& [name, bytes] : files) {
    hash.add(name);
    hash.add("\n" + std::to_string(bytes.size()) + "\n");
    hash.add(bytes);
  }
  return hash.hex();
}

}  // namespace paidan::citypack
