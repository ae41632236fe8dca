#include "paidan/contract/convert.hpp"

#include "citizen_facts.hpp"
#include "lifecycle_facts.hpp"
#include "reports.hpp"

namespace paidan::contract {

namespace {
/// Copies the message, as reading moves strings out of it: edges keep their requests.
template <class Value, class Proto, class Read>
Result<Value, stream::Malformed> read_copy(const Proto& message, std::string_view field,
                                           Read read) {
  Faults faults;
  Proto copy = message;
  Value value = read(copy, Path{field}, faults);
  if (faults.any()) return faults.take();
  return value;
}
}  // namespace

Result<std::optional<Instant>, stream::Malformed> from_proto(
    bool present, const google::protobuf::Timestamp& timestamp, std::string_view field) {
  Faults faults;
  const std::optional<Instant> instant = read_optional_instant(present, timestamp, {field}, faults);
  if (faults.any()) return faults.take();
  return instant;
}

void to_proto(Instant instant, google::protobuf::Timestamp& out) { write_instant(instant, out); }

Result<domain::Place, stream::Malformed> from_proto(const common::v1::Place& place,
                                                    std::string_view field) {
  return read_copy<domain::Place>(place, field, read_place);
}
void to_proto(const domain::Place& place, common::v1::Place& out) { write_place(place, out); }

Result<domain::Rated, stream::Malformed> from_proto(const ticket::v1::Rated& rated,
                                                    std::string_view field) {
  return read_copy<domain::Rated>(rated, field, read_rated);
}

Result<domain::CompletionReport, stream::Malformed> from_proto(
    const ticket::v1::CompletionReport& report, std::string_view field) {
  return read_copy<domain::CompletionReport>(report, field, read_report);
}
void to_proto(const domain::CompletionReport& report, ticket::v1::CompletionReport& out) {
  write_report(report, out);
}

Result<domain::Verdict, stream::Malformed> from_proto(const ticket::v1::Verdict& verdict,
                                                      std::string_view field) {
  return read_copy<domain::Verdict>(verdict, field, read_verdict);
}

void to_proto(const domain::Text& text, common::v1::Text& out) { write_text(text, out); }
void to_proto(const domain::Candidate& candidate, ticket::v1::Candidate& out) {
  out.set_category(candidate.category.get());
  out.set_confidence(candidate.confidence);
  out.set_why(candidate.why);
}
void to_proto(const domain::ContentRef& ref, common::v1::ContentRef& out) {
  write_content_ref(ref, out);
}

}  // namespace paidan::contract
