#include "src/utf8.hpp"

namespace paidan::domain {
namespace {

struct Lead {
  std::uint32_t length;
  char32_t bits;
  char32_t least;  // the smallest code of this length: shorter forms are invalid
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) {
    return {1, byte, 0};
  }
  if (byte >= 0xC2 && byte < 0xE0) {
    return {2, byte & 0x1FU, 0x80};
  }
  if (byte >= 0xE0 && byte < 0xF0) {
    return {3, byte & 0x0FU, 0x800};
  }
  if (byte >= 0xF0 && byte < 0xF5) {
    return {4, byte & 0x07U, 0x10000};
  }
  return {0, 0, 0};
}

}  // namespace

Letter letter_at(std::string_view utf8, std::size_t at) {
  const Letter invalid{invalid_letter, static_cast<std::uint32_t>(at), 1};
  const Lead lead = lead_of(static_cast<unsigned char>(utf8[at]));
  if (lead.length == 0 || at + lead.length > utf8.size()) {
    return invalid;
  }
  char32_t code = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto byte = static_cast<unsigned char>(utf8[at + i]);
    if ((byte & 0xC0U) != 0x80U) {
      return invalid;
    }
    code = code << 6U | (byte & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code < lead.least || surrogate || code > 0x10FFFF
             ? invalid
             : Letter{code, static_cast<std::uint32_t>(at), lead.length};
}

std::vector<Letter> decode(std::string_view utf8) {
  std::vector<Letter> letters;
  letters.reserve(utf8.size() / 2);
  for (std::size_t at = 0; at < utf8.size();) {
    letters.push_back(letter_at(utf8, at));
    at += letters.back().length;
  }
  return letters;
}

void append_utf8(std::string& out, char32_t code) {
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | (code >> shift & 0x3FU));
  };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6U);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | code >> 12U);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | code >> 18U);
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace paidan::domain
