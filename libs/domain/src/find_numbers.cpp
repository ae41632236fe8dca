#include <algorithm>
#include <array>
#include <optional>

#include "src/find_personal.hpp"

namespace paidan::domain {
namespace {

/// Digits that stand together, and where.
struct Group {
  std::string digits;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool plus = false;  ///< A + stands in front.
};

constexpr std::size_t groups_max = 18;
constexpr std::size_t words_before_max = 8;

bool is_separator(char32_t code) {
  static constexpr std::u32string_view separators = U" -.·()–—‐‑－\u00A0/";
  return separators.find(code) != std::u32string_view::npos;
}

/// A number written in Chinese letters, as some do to get past filters.
int chinese_digit(char32_t code) {
  static constexpr std::u32string_view zero_to_nine = U"零一二三四五六七八九";
  static constexpr std::u32string_view others = U"〇幺";
  const std::size_t at = zero_to_nine.find(code);
  if (at != std::u32string_view::npos) {
    return static_cast<int>(at);
  }
  const std::size_t other = others.find(code);
  return other == std::u32string_view::npos ? -1 : static_cast<int>(other);
}

std::vector<Group> groups_of(const std::vector<Letter>& letters) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < letters.size();) {
    if (!is_digit(folded(letters[i].code))) {
      ++i;
      continue;
    }
    Group group;
    group.begin = i;
    group.plus = i > 0 && folded(letters[i - 1].code) == U'+';
    for (; i < letters.size() && is_digit(folded(letters[i].code)); ++i) {
      group.digits += static_cast<char>(folded(letters[i].code));
    }
    // The check character X of an identity number.
    if (group.digits.size() == 17 && i < letters.size() && folded(letters[i].code) == U'x') {
      group.digits += 'x';
      ++i;
    }
    group.end = i;
    groups.push_back(std::move(group));
  }
  return groups;
}

/// At most two separators, and nothing else, between two groups of one number.
bool belong_together(const std::vector<Letter>& letters, const Group& left, const Group& right) {
  if (right.begin - left.end > 2 || right.plus) {
    return false;
  }
  for (std::size_t i = left.end; i < right.begin; ++i) {
    if (!is_separator(folded(letters[i].code))) {
      return false;
    }
  }
  return true;
}

bool is_date(int year, int month, int day) {
  return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) {
    value = value * 10 + (digit - '0');
  }
  return value;
}

/// Ten digits in one: an area code and an exchange do not begin with 0 or 1, and no date is meant.
bool is_plain_american(std::string_view all) {
  if (all.size() == 11 && all[0] == '1') {
    all.remove_prefix(1);
  }
  if (all.size() != 10 || all[0] < '2' || all[3] < '2') {
    return false;
  }
  return !is_date(number(all.substr(0, 4)), number(all.substr(4, 2)), number(all.substr(6, 2)));
}

/// North American: (617) 555-1234. Only by the shape of its groups, as ten digits are many things.
bool is_american(const std::vector<Group>& groups, std::size_t from, std::size_t count) {
  if (count == 4 && groups[from].digits == "1") {
    ++from;
    --count;
  }
  const auto digits = [&](std::size_t i) -> const std::string& { return groups[from + i].digits; };
  if (count == 1) {
    return is_plain_american(digits(0));
  }
  return count == 3 && digits(0).size() == 3 && digits(1).size() == 3 && digits(2).size() == 4 &&
         digits(0)[0] >= '2';
}

bool is_landline(const std::vector<Group>& groups, std::size_t from, std::size_t count,
                 const std::string& digits) {
  if (digits.size() < 10 || digits.size() > 12 || digits[0] != '0' || digits[1] == '0') {
    return false;
  }
  const std::size_t first = groups[from].digits.size();
  return count == 1 || first == 3 || first == 4;
}

/// A mobile number, also as 138 1234 5678 or digit by digit, with or without a country code.
bool is_mobile_run(const std::vector<Group>& groups, std::size_t from, std::size_t count,
                   std::string_view digits) {
  for (const std::string_view prefix : {"0086", "86"}) {
    if (digits.size() == 11 + prefix.size() && digits.starts_with(prefix)) {
      return is_mobile(digits.substr(prefix.size()));
    }
  }
  if (digits.size() == 12 && digits[0] == '0') {
    return is_mobile(digits.substr(1));
  }
  bool small = true;
  for (std::size_t i = 0; i < count; ++i) {
    small = small && groups[from + i].digits.size() <= 2;
  }
  return is_mobile(digits) && (small || groups[from].digits.size() >= 3);
}

bool said_to_be_a_phone(const std::vector<Letter>& letters, std::size_t begin) {
  static constexpr auto words =
      std::to_array<std::u32string_view>({U"电话", U"手机", U"座机", U"致电", U"拨打", U"号码",
                                          U"联系方式", U"tel", U"phone", U"call"});
  const std::size_t from = begin > words_before_max ? begin - words_before_max : 0;
  for (std::size_t at = from; at < begin; ++at) {
    for (const std::u32string_view word : words) {
      if (at + word.size() <= begin && matches_at(letters, at, word)) {
        return true;
      }
    }
  }
  return false;
}

bool is_between(std::size_t number, std::size_t least, std::size_t most) {
  return number >= least && number <= most;
}

std::optional<SpanKind> kind_of(const std::vector<Letter>& letters,
                                const std::vector<Group>& groups, std::size_t from,
                                std::size_t count, const std::string& digits) {
  if (is_identity_number(digits)) {
    return SpanKind::identity_number;
  }
  const bool foreign = groups[from].plus && is_between(digits.size(), 8, 15);
  const bool phone = foreign || is_mobile_run(groups, from, count, digits) ||
                     is_landline(groups, from, count, digits) || is_american(groups, from, count);
  const bool local = is_between(digits.size(), 7, 12) && count <= 3 &&
                     said_to_be_a_phone(letters, groups[from].begin);
  return phone || local ? std::optional(SpanKind::phone) : std::nullopt;
}

/// The longest number that starts with this group; 0 when there is none.
std::size_t match_groups(const std::vector<Letter>& letters, const std::vector<Group>& groups,
                         std::size_t from, SpanKind& kind) {
  std::size_t matched = 0;
  std::string digits;
  for (std::size_t i = from; i < groups.size() && i < from + groups_max; ++i) {
    if (i > from && !belong_together(letters, groups[i - 1], groups[i])) {
      break;
    }
    digits += groups[i].digits;
    if (digits.size() > 18) {
      break;
    }
    if (const auto found = kind_of(letters, groups, from, i - from + 1, digits)) {
      matched = i - from + 1;
      kind = *found;
    }
  }
  return matched;
}

void find_chinese_numbers(const std::vector<Letter>& letters, std::vector<PersonalSpan>& spans) {
  for (std::size_t i = 0; i < letters.size();) {
    std::string digits;
    std::size_t end = i;
    for (; end < letters.size() && chinese_digit(letters[end].code) >= 0; ++end) {
      digits += static_cast<char>('0' + chinese_digit(letters[end].code));
    }
    if (is_mobile(digits)) {
      spans.push_back({SpanKind::phone, i, end});
    } else if (is_identity_number(digits)) {
      spans.push_back({SpanKind::identity_number, i, end});
    }
    i = end == i ? i + 1 : end;
  }
}

}  // namespace

bool is_mobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

bool is_identity_number(std::string_view digits) {
  if (digits.size() != 15 && digits.size() != 18) {
    return false;
  }
  const int province = number(digits.substr(0, 2));
  if (province < 11 || province > 83) {
    return false;
  }
  const std::string_view birth = digits.substr(6);
  return digits.size() == 18 ? is_date(number(birth.substr(0, 4)), number(birth.substr(4, 2)),
                                       number(birth.substr(6, 2)))
                             : is_date(1900 + number(birth.substr(0, 2)),
                                       number(birth.substr(2, 2)), number(birth.substr(4, 2)));
}

std::vector<PersonalSpan> find_numbers(const std::vector<Letter>& letters) {
  std::vector<PersonalSpan> spans;
  const std::vector<Group> groups = groups_of(letters);
  for (std::size_t i = 0; i < groups.size();) {
    SpanKind kind = SpanKind::phone;
    const std::size_t matched = match_groups(letters, groups, i, kind);
    if (matched == 0) {
      ++i;
      continue;
    }
    const std::size_t begin = groups[i].begin - (groups[i].plus ? 1 : 0);
    spans.push_back({kind, begin, groups[i + matched - 1].end});
    i += matched;
  }
  find_chinese_numbers(letters, spans);
  return spans;
}

}  // namespace paidan::domain
