#include "intake/codec.hpp"

#include "paidan/contract/topics.hpp"
#include "paidan/stream/decider.hpp"

namespace paidan::intake {

namespace {

contract::SpanKind kind_of(domain::SpanKind kind) {
  switch (kind) {
    case domain::SpanKind::phone:
      return contract::SpanKind::phone;
    case domain::SpanKind::identity_number:
      return contract::SpanKind::identity_number;
    case domain::SpanKind::name:
      return contract::SpanKind::name;
    case domain::SpanKind::email:
      return contract::SpanKind::email;
  }
  return contract::SpanKind::none;
}

contract::Stamp stamp_of(const stream::Cause& cause, const Receipt& receipt, std::size_t index) {
  return {.cause = cause,
          .index = index,
          .happened_at = receipt.happened_at,
          .decided_at = receipt.decided_at,
          .rules_version = receipt.rules_version,
          .service = service_name};
}

stream::Cause cause_of(const Receipt& receipt, Partition partition) {
  return {.id = receipt.cause, .traceparent = receipt.traceparent, .partition = partition};
}

}  // namespace

std::string subject_content(const Contact& contact, const std::vector<Span>& spans) {
  contract::SubjectContent content{
      .name = contact.name, .phone = contact.phone, .email = contact.email, .spans = {}};
  content.spans.reserve(spans.size());
  for (const Span& span : spans) {
    content.spans.push_back(
        {.kind = kind_of(span.kind), .field = span.field, .value = span.original});
  }
  return contract::encode_subject_content(content);
}

stream::OutRecord subject_record(const contract::Subject& subject, const Receipt& receipt,
                                 std::int32_t partition_count) {
  const stream::Cause cause =
      cause_of(receipt, contract::partition_of(subject.subject_ref, partition_count));
  return contract::encode_subject(subject, stamp_of(cause, receipt, 1));
}

stream::OutRecord submission_record(const contract::SubmissionBody& body, const Receipt& receipt,
                                    std::int32_t partition_count) {
  const stream::Cause cause =
      cause_of(receipt, contract::partition_of(receipt.ticket_id, partition_count));
  return contract::encode_submission(receipt.ticket_id, body, stamp_of(cause, receipt, 0));
}

contract::SubmissionBody body_of(const FollowUp& follow_up) {
  return std::visit([](const auto& fact) -> contract::SubmissionBody { return fact; }, follow_up);
}

std::vector<stream::OutRecord> time_mark_records(Instant at, Instant now,
                                                 const std::string& traceparent,
                                                 const std::string& rules_version,
                                                 std::int32_t partition_count) {
  std::vector<stream::OutRecord> records;
  for (std::int32_t number = 0; number < partition_count; ++number) {
    const Partition partition{number};
    const std::string key = stream::partition_key(partition);
    const Receipt receipt{.ticket_id = key,
                          .cause = "replay/" + key + "/" + std::to_string(to_unix_ms(at)),
                          .traceparent = traceparent,
                          .happened_at = at,
                          .decided_at = now,
                          .rules_version = rules_version};
    const stream::Cause cause = cause_of(receipt, partition);
    records.push_back(contract::encode_submission(key, domain::TimeMark{.at = at, .round = 0},
                                                  stamp_of(cause, receipt, 0)));
  }
  return records;
}

}  // namespace paidan::intake
