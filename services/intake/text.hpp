#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace paidan::intake {

/// What a text may hold beside letters.
enum class Allowed {
  one_line,  ///< No control characters at all.
  lines,     ///< Also tab, line feed and carriage return.
};

struct TextFacts {
  bool utf8 = true;                 ///< Strict: no overlong forms, no surrogates, at most U+10FFFF.
  std::size_t characters = 0;       ///< Code points.
  std::optional<char32_t> control;  ///< The first one that is not allowed.
};

/// Looks at every character once. Controls are C0, C1, DEL, and the marks that turn the writing
/// direction of what follows (U+202A-202E, U+2066-2069), with which a text can show another than it
/// says.
TextFacts look_at(std::string_view text, Allowed allowed);

/// "U+0007"
std::string code_point_name(char32_t character);

/// True when nothing but white space is there.
bool is_blank(std::string_view text);

}  // namespace paidan::intake
