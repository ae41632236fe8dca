#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Text as code points that know their bytes. An invalid byte is a letter of its own, which nothing
/// matches.
namespace paidan::domain {

struct Letter {
  char32_t code = 0;
  std::uint32_t begin = 0;   ///< Byte offset.
  std::uint32_t length = 0;  ///< In bytes.
};

inline constexpr char32_t invalid_letter = 0xFFFD;

/// The letter that begins at that byte, which must be there.
Letter letter_at(std::string_view utf8, std::size_t at);
std::vector<Letter> decode(std::string_view utf8);
void append_utf8(std::string& out, char32_t code);

/// Full-width forms as their ordinary ones, Latin letters in lower case.
constexpr char32_t folded(char32_t code) {
  if (code == 0x3000) {
    return U' ';
  }
  if (code >= 0xFF01 && code <= 0xFF5E) {
    code -= 0xFEE0;
  }
  return code >= U'A' && code <= U'Z' ? code + 32 : code;
}

constexpr bool is_digit(char32_t folded_code) { return folded_code >= U'0' && folded_code <= U'9'; }
constexpr bool is_latin(char32_t folded_code) {
  return (folded_code >= U'a' && folded_code <= U'z') || is_digit(folded_code) ||
         (folded_code >= 0xC0 && folded_code <= 0x24F);
}
constexpr bool is_han(char32_t code) {
  return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF);
}

}  // namespace paidan::domain
