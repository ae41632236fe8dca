#include "paidan/contract/submissions.hpp"

#include "citizen_facts.hpp"

namespace paidan::contract {

namespace {

domain::Submitted read_submitted(ticket::v1::Submitted& submitted, const Path& at, Faults& faults) {
  domain::Submitted out;
  out.channel = domain::ChannelId{std::move(*submitted.mutable_channel())};
  out.external_id = std::move(*submitted.mutable_external_id());
  out.title = std::move(*submitted.mutable_title());
  out.text = std::move(*submitted.mutable_text());
  out.category = std::move(*submitted.mutable_category());
  out.demand_kind = std::move(*submitted.mutable_demand_kind());
  out.place = read_place(*submitted.mutable_place(), {"place", &at}, faults);
  out.subject_ref = std::move(*submitted.mutable_subject_ref());
  out.subject_at =
      read_content_ref(submitted.has_subject_at() ? submitted.mutable_subject_at() : nullptr,
                       {"subject_at", &at}, faults);
  out.masked_name = std::move(*submitted.mutable_masked_name());
  out.masked_phone = std::move(*submitted.mutable_masked_phone());
  out.given_due_at = read_optional_instant(submitted.has_given_due_at(), submitted.given_due_at(),
                                           {"given_due_at", &at}, faults);
  out.designated_unit = domain::UnitId{std::move(*submitted.mutable_designated_unit())};
  out.confidential = submitted.confidential();
  out.content_hash = std::move(*submitted.mutable_content_hash());
  for (const auto& [name, value] : submitted.attributes()) out.attributes.emplace(name, value);
  out.caller_key = std::move(*submitted.mutable_caller_key());
  return out;
}

void write_submitted(const domain::Submitted& submitted, ticket::v1::Submitted& out) {
  out.set_channel(submitted.channel.get());
  out.set_external_id(submitted.external_id);
  out.set_title(submitted.title);
  out.set_text(submitted.text);
  out.set_category(submitted.category);
  out.set_demand_kind(submitted.demand_kind);
  if (submitted.place != domain::Place{}) write_place(submitted.place, *out.mutable_place());
  out.set_subject_ref(submitted.subject_ref);
  if (submitted.subject_at.offset >= 0) {
    write_content_ref(submitted.subject_at, *out.mutable_subject_at());
  }
  out.set_masked_name(submitted.masked_name);
  out.set_masked_phone(submitted.masked_phone);
  if (submitted.given_due_at) {
    write_instant(*submitted.given_due_at, *out.mutable_given_due_at());
  }
  out.set_designated_unit(submitted.designated_unit.get());
  out.set_confidential(submitted.confidential);
  out.set_content_hash(submitted.content_hash);
  for (const auto& [name, value] : submitted.attributes) {
    (*out.mutable_attributes())[name] = value;
  }
  out.set_caller_key(submitted.caller_key);
}

template <class Body>
bool belongs_to_partition(const Body& body) {
  return std::holds_alternative<domain::TimeMark>(body);
}

/// Frame and meta; the fact is written by `write_fact`, which returns its name.
template <class Proto, class Body, class WriteFact>
stream::OutRecord encode_citizen_record(stream::TopicName topic, std::string_view key,
                                        const Body& body, const Stamp& stamp,
                                        WriteFact write_fact) {
  Proto proto;
  write_meta(stamp, stamp.happened_at, *proto.mutable_meta());
  if (!belongs_to_partition(body)) proto.set_ticket_id(key.data(), key.size());
  const std::string_view fact =
      std::visit(Overloaded{write_fact(proto), PassedOnWriter<Proto>{proto}}, body);
  return make_record(topic, key, proto, fact, stamp);
}

}  // namespace

DecodeResult<SubmissionBody> decode_submission(const stream::InRecord& record,
                                               std::int32_t partition_count) {
  using Proto = ticket::v1::SubmissionRecord;
  return decode_record<SubmissionBody, Proto>(
      record, topic::submissions, partition_count,
      [](Proto& proto, bool& of_partition, Faults& faults) -> SubmissionBody {
        of_partition = proto.has_time_mark();
        if (proto.has_submitted()) {
          return read_submitted(*proto.mutable_submitted(), {"submitted"}, faults);
        }
        return read_passed_on<SubmissionBody>(proto, faults);
      });
}

stream::OutRecord encode_submission(std::string_view key, const SubmissionBody& body,
                                    const Stamp& stamp) {
  using Proto = ticket::v1::SubmissionRecord;
  return encode_citizen_record<Proto>(topic::submissions, key, body, stamp, [](Proto& proto) {
    return [&proto](const domain::Submitted& fact) -> std::string_view {
      write_submitted(fact, *proto.mutable_submitted());
      return "submitted";
    };
  });
}

DecodeResult<ClassifiedBody> decode_classified(const stream::InRecord& record,
                                               std::int32_t partition_count) {
  using Proto = ticket::v1::ClassifiedRecord;
  return decode_record<ClassifiedBody, Proto>(
      record, topic::classified, partition_count,
      [](Proto& proto, bool& of_partition, Faults& faults) -> ClassifiedBody {
        of_partition = proto.has_time_mark();
        if (proto.has_classified()) {
          return read_classified(*proto.mutable_classified(), {"classified"}, faults);
        }
        return read_passed_on<ClassifiedBody>(proto, faults);
      });
}

stream::OutRecord encode_classified(std::string_view key, const ClassifiedBody& body,
                                    const Stamp& stamp) {
  using Proto = ticket::v1::ClassifiedRecord;
  return encode_citizen_record<Proto>(topic::classified, key, body, stamp, [](Proto& proto) {
    return [&proto](const domain::Classified& fact) -> std::string_view {
      write_classified(fact, *proto.mutable_classified());
      return "classified";
    };
  });
}

}  // namespace paidan::contract
