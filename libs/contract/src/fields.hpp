#pragma once
#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "faults.hpp"
#include "paidan/base/time.hpp"
#include "paidan/common/v1/common.pb.h"
#include "paidan/contract/cloud_event.hpp"
#include "paidan/contract/message.hpp"
#include "paidan/contract/record.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/domain/facts.hpp"

/// Parts that many messages share. `read_*` moves strings out of the message and reports to Faults;
/// `write_*` fills an empty message.
namespace paidan::contract {

// ---- reading -------------------------------------------------------------------------------

/// A time that must be there.
Instant read_instant(bool present, const google::protobuf::Timestamp& timestamp, const Path& at,
                     Faults& faults);
std::optional<Instant> read_optional_instant(bool present,
                                             const google::protobuf::Timestamp& timestamp,
                                             const Path& at, Faults& faults);

void unknown_enum(int number, const Path& at, Faults& faults);
/// Domain and proto enumerators have the same numbers; a number that this version does not know is
/// a fault: half-understood facts are worse than a dead letter.
template <class DomainEnum, class ProtoEnum>
DomainEnum read_enum(ProtoEnum value, bool (*is_valid)(int), const Path& at, Faults& faults) {
  if (!is_valid(value)) unknown_enum(value, at, faults);
  return static_cast<DomainEnum>(static_cast<int>(value));
}
template <class ProtoEnum, class DomainEnum>
ProtoEnum write_enum(DomainEnum value) {
  return static_cast<ProtoEnum>(static_cast<int>(value));
}

double read_finite(double value, const Path& at, Faults& faults);
/// Null: the message has none, which is a fault for a meta and "nowhere" for a reference.
Meta read_meta(common::v1::RecordMeta* meta, Faults& faults);
domain::Actor read_actor(common::v1::Actor& actor, const Path& at, Faults& faults);
domain::Place read_place(common::v1::Place& place, const Path& at, Faults& faults);
domain::ContentRef read_content_ref(common::v1::ContentRef* ref, const Path& at, Faults& faults);
domain::Text read_text(common::v1::Text& text);
/// A well-formed id of another ticket: a record that names none could never be delivered.
domain::TicketId read_ticket_id(std::string& ticket_id, const Path& at, Faults& faults);
domain::TimeMark read_time_mark(const common::v1::TimeMark& mark, const Path& at, Faults& faults);

template <class Id, class Repeated>
std::vector<Id> read_ids(Repeated& values) {
  std::vector<Id> ids;
  ids.reserve(static_cast<std::size_t>(values.size()));
  for (auto& value : values) ids.emplace_back(std::move(value));
  return ids;
}

/// Checks value, size and bytes of a record of `topic`, and fills `message`.
std::optional<stream::Malformed> open_record(const stream::InRecord& record,
                                             stream::TopicName topic,
                                             google::protobuf::MessageLite& message);

/// The key is the ticket id that the message names, well formed and on its own partition; or, for
/// what belongs to the partition (`of_partition`), "@<partition>" and no ticket id.
void check_key(const stream::InRecord& record, const std::string& ticket_id, bool of_partition,
               std::int32_t partition_count, Faults& faults);

// ---- writing -------------------------------------------------------------------------------

void write_instant(Instant instant, google::protobuf::Timestamp& out);
void write_meta(const Stamp& stamp, Instant happened_at, common::v1::RecordMeta& out);
void write_actor(const domain::Actor& actor, common::v1::Actor& out);
void write_place(const domain::Place& place, common::v1::Place& out);
void write_content_ref(const domain::ContentRef& ref, common::v1::ContentRef& out);
void write_text(const domain::Text& text, common::v1::Text& out);
void write_time_mark(const domain::TimeMark& mark, common::v1::TimeMark& out);

/// The record for `topic` on the partition of the cause, with headers.
stream::OutRecord make_record(stream::TopicName topic, std::string_view key,
                              const google::protobuf::MessageLite& message, std::string_view fact,
                              const Stamp& stamp);

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace paidan::contract
