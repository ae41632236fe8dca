#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/contract/record.hpp"

/// Records of `subjects`: contact data and masked-out spans, encrypted. Pure, thread-safe.
namespace paidan::contract {

/// Nothing in here is readable. `sealed` is the nonce and the ciphertext of a SubjectContent; the
/// subject ref is the associated data of both encryptions.
struct Subject {
  std::string subject_ref;
  std::string key_id;
  std::string wrapped_data_key;
  std::string sealed;
  friend bool operator==(const Subject&, const Subject&) = default;
};

/// Numbers as in the proto (unlike `domain::SpanKind`).
enum class SpanKind { none, phone, identity_number, name, email };

struct MaskedSpan {
  SpanKind kind = SpanKind::none;
  std::string field;  ///< `title` or `text`.
  std::string value;
  friend bool operator==(const MaskedSpan&, const MaskedSpan&) = default;
};

/// Personal data in clear: never log it, never keep it.
struct SubjectContent {
  std::string name;
  std::string phone;
  std::string email;
  std::vector<MaskedSpan> spans;
  friend bool operator==(const SubjectContent&, const SubjectContent&) = default;
};

std::string encode_subject_content(const SubjectContent& content);
Result<SubjectContent, stream::Malformed> decode_subject_content(std::string_view bytes);

/// Goes to the partition of the cause.
stream::OutRecord encode_subject(const Subject& subject, const Stamp& stamp);
Result<Subject, stream::Malformed> decode_subject(const stream::InRecord& record);

}  // namespace paidan::contract
