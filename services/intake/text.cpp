#include "intake/text.hpp"

namespace paidan::intake {

namespace {

struct Character {
  char32_t value = 0;
  std::size_t bytes = 0;  ///< 0: the bytes at the front are not UTF-8.
};

/// How many bytes follow a lead byte, what it contributes, and the least value that may need them.
struct Lead {
  std::size_t following;
  char32_t bits;
  char32_t least;
};

std::optional<Lead> lead_of(unsigned char byte) {
  if (byte < 0x80) return Lead{0, byte, 0};
  if (byte >= 0xc2 && byte <= 0xdf) return Lead{1, byte & 0x1fU, 0x80};
  if (byte >= 0xe0 && byte <= 0xef) return Lead{2, byte & 0x0fU, 0x800};
  if (byte >= 0xf0 && byte <= 0xf4) return Lead{3, byte & 0x07U, 0x10000};
  return std::nullopt;
}

Character first_character(std::string_view text) {
  const auto lead = lead_of(static_cast<unsigned char>(text.front()));
  if (!lead || text.size() <= lead->following) return {};
  char32_t value = lead->bits;
  for (std::size_t i = 1; i <= lead->following; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0U) != 0x80U) return {};
    value = (value << 6U) | (byte & 0x3fU);
  }
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < lead->least || value > 0x10ffff || surrogate) return {};
  return {value, lead->following + 1};
}

bool is_control(char32_t value, Allowed allowed) {
  const bool line = value == U'\t' || value == U'\n' || value == U'\r';
  if (line) return allowed == Allowed::one_line;
  const bool direction =
      (value >= 0x202a && value <= 0x202e) || (value >= 0x2066 && value <= 0x2069);
  return value < 0x20 || (value >= 0x7f && value <= 0x9f) || direction;
}

}  // namespace

TextFacts look_at(std::string_view text, Allowed allowed) {
  TextFacts facts;
  while (!text.empty()) {
    const Character character = first_character(text);
    if (character.bytes == 0) {
      facts.utf8 = false;
      return facts;
    }
    if (!facts.control && is_control(character.value, allowed)) facts.control = character.value;
    ++facts.characters;
    text.remove_prefix(character.bytes);
  }
  return facts;
}

std::string code_point_name(char32_t character) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr int digits_min = 4;
  std::string name;
  for (char32_t rest = character; rest != 0 || name.size() < digits_min; rest >>= 4U) {
    name.insert(name.begin(), digits[rest & 0xfU]);
  }
  return "U+" + name;
}

bool is_blank(std::string_view text) {
  constexpr std::string_view ideographic_space = "\u3000";
  while (!text.empty()) {
    if (text.starts_with(ideographic_space)) {
      text.remove_prefix(ideographic_space.size());
    } else if (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')) {
      text.remove_prefix(1);
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace paidan::intake
