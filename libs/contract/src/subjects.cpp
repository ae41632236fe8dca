#include "paidan/contract/subjects.hpp"

#include "fields.hpp"
#include "paidan/ticket/v1/subjects.pb.h"

namespace paidan::contract {

namespace {
// What libs/adapters/crypto puts before a ciphertext; the record keeps them apart.
constexpr std::size_t nonce_bytes = 24;
}  // namespace

std::string encode_subject_content(const SubjectContent& content) {
  ticket::v1::SubjectContent proto;
  proto.set_name(content.name);
  proto.set_phone(content.phone);
  proto.set_email(content.email);
  for (const MaskedSpan& span : content.spans) {
    ticket::v1::MaskedSpan& written = *proto.add_spans();
    written.set_kind(write_enum<ticket::v1::SpanKind>(span.kind));
    written.set_field(span.field);
    written.set_value(span.value);
  }
  return serialize(proto);
}

Result<SubjectContent, stream::Malformed> decode_subject_content(std::string_view bytes) {
  ticket::v1::SubjectContent proto;
  if (auto malformed = parse(proto, bytes, value_bytes_max)) return std::move(*malformed);
  Faults faults;
  SubjectContent out{.name = std::move(*proto.mutable_name()),
                     .phone = std::move(*proto.mutable_phone()),
                     .email = std::move(*proto.mutable_email()),
                     .spans = {}};
  for (ticket::v1::MaskedSpan& span : *proto.mutable_spans()) {
    const Path at{"spans", nullptr, static_cast<int>(out.spans.size())};
    out.spans.push_back({.kind = read_enum<SpanKind>(span.kind(), ticket::v1::SpanKind_IsValid,
                                                     {"kind", &at}, faults),
                         .field = std::move(*span.mutable_field()),
                         .value = std::move(*span.mutable_value())});
  }
  if (faults.any()) return faults.take();
  return out;
}

stream::OutRecord encode_subject(const Subject& subject, const Stamp& stamp) {
  PAIDAN_ASSERT(subject.sealed.size() >= nonce_bytes, "sealed bytes begin with their nonce");
  ticket::v1::SubjectRecord proto;
  proto.set_subject_ref(subject.subject_ref);
  proto.set_key_id(subject.key_id);
  proto.set_wrapped_data_key(subject.wrapped_data_key);
  proto.set_nonce(subject.sealed.substr(0, nonce_bytes));
  proto.set_ciphertext(subject.sealed.substr(nonce_bytes));
  return make_record(topic::subjects, subject.subject_ref, proto, "subject", stamp);
}

Result<Subject, stream::Malformed> decode_subject(const stream::InRecord& record) {
  ticket::v1::SubjectRecord proto;
  if (auto malformed = open_record(record, topic::subjects, proto)) return std::move(*malformed);
  Faults faults;
  if (proto.nonce().size() != nonce_bytes) faults.add({"nonce"}, "not 24 bytes");
  if (proto.subject_ref().empty() || record.key != proto.subject_ref()) {
    faults.add({"key"}, "not the subject ref of the value");
  }
  if (faults.any()) return faults.take();
  return Subject{.subject_ref = std::move(*proto.mutable_subject_ref()),
                 .key_id = std::move(*proto.mutable_key_id()),
                 .wrapped_data_key = std::move(*proto.mutable_wrapped_data_key()),
                 .sealed = proto.nonce() + proto.ciphertext()};
}

}  // namespace paidan::contract
