#pragma once
#include <utility>

#include "fields.hpp"
#include "paidan/ticket/v1/classified.pb.h"
#include "paidan/ticket/v1/submissions.pb.h"

/// The facts that pass unchanged from `submissions` to `classified`.
namespace paidan::contract {

domain::Rated read_rated(ticket::v1::Rated& rated, const Path& at, Faults& faults);
void write_rated(const domain::Rated& rated, ticket::v1::Rated& out);

domain::Classified read_classified(ticket::v1::Classified& classified, const Path& at,
                                   Faults& faults);
void write_classified(const domain::Classified& classified, ticket::v1::Classified& out);

/// Reads one of the passed-on facts of `proto` (a SubmissionRecord or a ClassifiedRecord: the same
/// names) into a variant that has them all; a fact that is missing or unknown is a fault.
template <class Body, class Proto>
Body read_passed_on(Proto& proto, Faults& faults) {
  switch (proto.fact_case()) {
    case Proto::kSupplemented:
      return domain::Supplemented{std::move(*proto.mutable_supplemented()->mutable_text())};
    case Proto::kUrged:
      return domain::Urged{std::move(*proto.mutable_urged()->mutable_text())};
    case Proto::kWithdrawn:
      return domain::Withdrawn{std::move(*proto.mutable_withdrawn()->mutable_reason())};
    case Proto::kRated:
      return read_rated(*proto.mutable_rated(), {"rated"}, faults);
    case Proto::kAppealed:
      return domain::Appealed{std::move(*proto.mutable_appealed()->mutable_reason())};
    case Proto::kTimeMark:
      return read_time_mark(proto.time_mark(), {"time_mark"}, faults);
    default:
      faults.add({"fact"}, "missing, or of a later version");
      return domain::TimeMark{};
  }
}

/// Writes a passed-on fact; returns its name.
template <class Proto>
struct PassedOnWriter {
  Proto& proto;

  std::string_view operator()(const domain::Supplemented& fact) const {
    proto.mutable_supplemented()->set_text(fact.text);
    return "supplemented";
  }
  std::string_view operator()(const domain::Urged& fact) const {
    proto.mutable_urged()->set_text(fact.text);
    return "urged";
  }
  std::string_view operator()(const domain::Withdrawn& fact) const {
    proto.mutable_withdrawn()->set_reason(fact.reason);
    return "withdrawn";
  }
  std::string_view operator()(const domain::Rated& fact) const {
    write_rated(fact, *proto.mutable_rated());
    return "rated";
  }
  std::string_view operator()(const domain::Appealed& fact) const {
    proto.mutable_appealed()->set_reason(fact.reason);
    return "appealed";
  }
  std::string_view operator()(const domain::TimeMark& mark) const {
    write_time_mark(mark, *proto.mutable_time_mark());
    return "time_mark";
  }
};

/// The frame that all ticket records share: opens the bytes, reads the meta, lets `read_body` read
/// the fact, and checks the key.
template <class Body, class Proto, class ReadBody>
DecodeResult<Body> decode_record(const stream::InRecord& record, stream::TopicName topic,
                                 std::int32_t partition_count, ReadBody read_body) {
  Proto proto;
  if (auto malformed = open_record(record, topic, proto)) return std::move(*malformed);
  Faults faults;
  Meta meta = read_meta(proto.has_meta() ? proto.mutable_meta() : nullptr, faults);
  bool of_partition = false;
  Body body = read_body(proto, of_partition, faults);
  check_key(record, proto.ticket_id(), of_partition, partition_count, faults);
  if (faults.any()) return faults.take();
  return Decoded<Body>{std::string(record.key), std::move(meta), std::move(body)};
}

}  // namespace paidan::contract
