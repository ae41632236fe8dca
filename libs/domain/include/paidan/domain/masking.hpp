#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Finds what identifies a person in a text and masks it (DESIGN section 3, Privacy). What is cut
/// out is returned as spans, to be kept encrypted in `subjects`. Errs on the side of masking.
namespace paidan::domain {

enum class SpanKind { phone, identity_number, name, email };

struct MaskedSpan {
  SpanKind kind = SpanKind::phone;
  std::uint32_t begin = 0;   ///< Byte offset in the original text.
  std::uint32_t length = 0;  ///< In bytes.
  std::string original;
};

struct MaskedText {
  std::string text;  ///< Safe to keep outside `subjects`.
  std::vector<MaskedSpan> spans;
};

/// Mobile numbers (11 digits, also with separators, +86 or full-width digits), landlines, US
/// numbers, identity numbers (18 with X, or 15), e-mail addresses, and names after 我叫, 联系人,
/// 姓名 and the like.
MaskedText mask_text(std::string_view text);
/// "13812345678" -> "138****5678"; other numbers keep at most their last two digits.
std::string mask_phone(std::string_view phone);
/// The digits of a phone number in one form, however it was written: without the country code of
/// China (and of North America behind a +) and without the 0 before a mobile number. Empty for what
/// is nobody's own: fewer than 7 digits (12345, 110), or one digit throughout.
std::string normalised_phone(std::string_view phone);
/// Surname and *: "张三丰" -> "张*", "欧阳修" -> "欧阳*", "John Smith" -> "J*".
std::string mask_name(std::string_view name);
/// True when the whole text is a phone or identity number: such an external id is refused.
bool looks_like_personal_number(std::string_view text);

}  // namespace paidan::domain
