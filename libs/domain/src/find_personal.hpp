#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "paidan/domain/masking.hpp"
#include "src/utf8.hpp"

/// The finders behind masking.hpp. Places are letters, [begin, end).
namespace paidan::domain {

struct PersonalSpan {
  SpanKind kind = SpanKind::phone;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<PersonalSpan> find_numbers(const std::vector<Letter>& letters);
std::vector<PersonalSpan> find_names(const std::vector<Letter>& letters);
std::vector<PersonalSpan> find_emails(const std::vector<Letter>& letters);

/// True when the letters from `at` on are exactly these (folded).
bool matches_at(const std::vector<Letter>& letters, std::size_t at, std::u32string_view word);

/// Length of the surname at `at`: 2 for a compound one, 1, or 0 when there is none.
std::size_t surname_length(const std::vector<Letter>& letters, std::size_t at);

bool is_mobile(std::string_view digits);
/// 18 characters (the last may be x) or 15, with a province and a date of birth.
bool is_identity_number(std::string_view digits);

}  // namespace paidan::domain
