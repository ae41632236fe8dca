#include "paidan/domain/masking.hpp"

#include <algorithm>

#include "src/find_personal.hpp"

namespace paidan::domain {
namespace {

constexpr std::size_t shown_max = 2;  // digits of a number that is no mobile
constexpr std::size_t phone_digits_min = 7;

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const Letter& letter : decode(text)) {
    if (is_digit(folded(letter.code))) {
      digits += static_cast<char>(folded(letter.code));
    }
  }
  return digits;
}

/// Landlines of China get their 0 back.
std::string without_country(std::string digits, bool plus) {
  if (digits.starts_with("00")) digits.erase(0, 2);  // the prefix of calls abroad
  if (digits.starts_with("86") && digits.size() >= 12) {
    digits.erase(0, 2);
    return is_mobile(digits) || digits[0] == '0' ? digits : "0" + digits;
  }
  if (plus && digits.size() == 11 && digits[0] == '1') digits.erase(0, 1);
  return digits;
}

std::string mask_of(SpanKind kind, std::string_view original) {
  switch (kind) {
    case SpanKind::phone: {
      std::string masked = mask_phone(original);
      return masked.empty() ? "****" : masked;  // written in Chinese letters
    }
    case SpanKind::name:
      return mask_name(original);
    case SpanKind::identity_number:
      return "******";
    case SpanKind::email:
      return "***@***";
  }
  return "***";
}

/// In order, without overlaps; of two that overlap the longer stays.
std::vector<PersonalSpan> all_spans(const std::vector<Letter>& letters) {
  std::vector<PersonalSpan> spans = find_numbers(letters);
  for (const auto& more : {find_emails(letters), find_names(letters)}) {
    spans.insert(spans.end(), more.begin(), more.end());
  }
  std::stable_sort(spans.begin(), spans.end(), [](const PersonalSpan& a, const PersonalSpan& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<PersonalSpan> apart;
  for (const PersonalSpan& span : spans) {
    if (apart.empty() || span.begin >= apart.back().end) {
      apart.push_back(span);
    } else {
      apart.back().end = std::max(apart.back().end, span.end);
    }
  }
  return apart;
}

}  // namespace

MaskedText mask_text(std::string_view text) {
  const std::vector<Letter> letters = decode(text);
  MaskedText out;
  std::size_t copied = 0;
  for (const PersonalSpan& span : all_spans(letters)) {
    const std::size_t begin = letters[span.begin].begin;
    const Letter& last = letters[span.end - 1];
    const std::size_t end = last.begin + last.length;
    std::string original(text.substr(begin, end - begin));
    out.text += text.substr(copied, begin - copied);
    out.text += mask_of(span.kind, original);
    out.spans.push_back({span.kind, static_cast<std::uint32_t>(begin),
                         static_cast<std::uint32_t>(end - begin), std::move(original)});
    copied = end;
  }
  out.text += text.substr(copied);
  return out;
}

std::string mask_phone(std::string_view phone) {
  std::string digits = digits_of(phone);
  if (digits.size() == 13 && digits.starts_with("86")) {
    digits.erase(0, 2);
  }
  const std::vector<Letter> letters = decode(phone);
  const bool foreign = !letters.empty() && folded(letters[0].code) == U'+' && digits[0] == '1';
  if (is_mobile(digits) && !(foreign && digits_of(phone) == digits)) {
    return digits.substr(0, 3) + "****" + digits.substr(7);
  }
  const std::size_t shown = digits.size() >= 7 ? shown_max : 0;
  return digits.empty() ? "" : "****" + digits.substr(digits.size() - shown);
}

std::string normalised_phone(std::string_view phone) {
  const std::vector<Letter> letters = decode(phone);
  const bool plus = !letters.empty() && folded(letters[0].code) == U'+';
  std::string digits = without_country(digits_of(phone), plus);
  if (digits.size() == 12 && digits[0] == '0' && is_mobile(std::string_view(digits).substr(1))) {
    digits.erase(0, 1);
  }
  const bool one_digit = digits.find_first_not_of(digits.substr(0, 1)) == std::string::npos;
  return digits.size() < phone_digits_min || one_digit ? std::string() : digits;
}

std::string mask_name(std::string_view name) {
  const std::vector<Letter> letters = decode(name);
  if (letters.empty()) {
    return {};
  }
  const std::size_t surname = std::max<std::size_t>(1, surname_length(letters, 0));
  const std::size_t kept = surname < letters.size() ? surname : 1;
  std::string out(name.substr(0, letters[kept - 1].begin + letters[kept - 1].length));
  return out + "*";
}

bool looks_like_personal_number(std::string_view text) {
  const std::vector<Letter> letters = decode(text);
  const std::vector<PersonalSpan> spans = find_numbers(letters);
  if (spans.size() != 1 || spans.front().begin != 0 || spans.front().end != letters.size()) {
    return false;
  }
  // Ten plain digits are a running number more often than a phone.
  return digits_of(text).size() != text.size() || text.size() != 10 || text[0] == '0';
}

}  // namespace paidan::domain
