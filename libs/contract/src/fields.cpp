#include "fields.hpp"

#include <cmath>

#include "paidan/domain/ticket_id.hpp"

namespace paidan::contract {

namespace {
// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z: what protobuf's Timestamp allows.
constexpr std::int64_t seconds_min = -62'135'596'800;
constexpr std::int64_t seconds_max = 253'402'300'799;
constexpr std::int32_t nanos_per_ms = 1'000'000;
constexpr std::int32_t nanos_per_second = 1'000'000'000;
}  // namespace

std::optional<Instant> read_optional_instant(bool present,
                                             const google::protobuf::Timestamp& timestamp,
                                             const Path& at, Faults& faults) {
  if (!present) return std::nullopt;
  const std::int64_t seconds = timestamp.seconds();
  const std::int32_t nanos = timestamp.nanos();
  if (seconds < seconds_min || seconds > seconds_max || nanos < 0 || nanos >= nanos_per_second) {
    faults.add(at, "not a time of the years 1 to 9999");
    return std::nullopt;
  }
  return from_unix_ms(seconds * 1000 + nanos / nanos_per_ms);
}

Instant read_instant(bool present, const google::protobuf::Timestamp& timestamp, const Path& at,
                     Faults& faults) {
  if (!present) faults.add(at, "missing");
  return read_optional_instant(present, timestamp, at, faults).value_or(Instant{});
}

void unknown_enum(int number, const Path& at, Faults& faults) {
  faults.add(at, "unknown value " + std::to_string(number));
}

double read_finite(double value, const Path& at, Faults& faults) {
  if (!std::isfinite(value)) faults.add(at, "not a finite number");
  return value;
}

Meta read_meta(common::v1::RecordMeta* meta, Faults& faults) {
  const Path root{"meta"};
  if (meta == nullptr) {
    faults.add(root, "missing");
    return {};
  }
  Meta out;
  out.cause = std::move(*meta->mutable_cause());
  out.happened_at =
      read_instant(meta->has_happened_at(), meta->happened_at(), {"happened_at", &root}, faults);
  out.decided_at =
      read_instant(meta->has_decided_at(), meta->decided_at(), {"decided_at", &root}, faults);
  out.rules_version = std::move(*meta->mutable_rules_version());
  return out;
}

domain::Actor read_actor(common::v1::Actor& actor, const Path& at, Faults& faults) {
  return {.role = read_enum<domain::Role>(actor.role(), common::v1::Role_IsValid, {"role", &at},
                                          faults),
          .unit = domain::UnitId{std::move(*actor.mutable_unit())},
          .name = std::move(*actor.mutable_name())};
}

domain::Place read_place(common::v1::Place& place, const Path& at, Faults& faults) {
  domain::Place out;
  out.address = std::move(*place.mutable_address());
  out.area = domain::AreaId{std::move(*place.mutable_area())};
  out.latitude = read_finite(place.latitude(), {"latitude", &at}, faults);
  out.longitude = read_finite(place.longitude(), {"longitude", &at}, faults);
  out.postal_code = std::move(*place.mutable_postal_code());
  for (const auto& [kind, code] : place.codes()) out.codes.emplace(kind, code);
  return out;
}

domain::ContentRef read_content_ref(common::v1::ContentRef* ref, const Path& at, Faults& faults) {
  if (ref == nullptr) return {};
  if (ref->partition() < 0) faults.add({"partition", &at}, "negative");
  if (ref->offset() < 0) faults.add({"offset", &at}, "negative");
  return {.partition = ref->partition(),
          .offset = ref->offset(),
          .content_hash = std::move(*ref->mutable_content_hash())};
}

domain::Text read_text(common::v1::Text& text) {
  return {.zh = std::move(*text.mutable_zh()), .en = std::move(*text.mutable_en())};
}

domain::TicketId read_ticket_id(std::string& ticket_id, const Path& at, Faults& faults) {
  if (!domain::is_ticket_id(ticket_id)) faults.add(at, "not a ticket id");
  return domain::TicketId{std::move(ticket_id)};
}

domain::TimeMark read_time_mark(const common::v1::TimeMark& mark, const Path& at, Faults& faults) {
  return {.at = read_instant(mark.has_at(), mark.at(), {"at", &at}, faults), .round = mark.round()};
}

std::optional<stream::Malformed> open_record(const stream::InRecord& record,
                                             stream::TopicName topic,
                                             google::protobuf::MessageLite& message) {
  if (!record.value) return stream::Malformed{"value: missing (a tombstone)"};
  const Topic* row = find_topic(topic);
  PAIDAN_ASSERT(row != nullptr, "a topic of the table");
  return parse(message, *record.value, row->bytes_max);
}

void check_key(const stream::InRecord& record, const std::string& ticket_id, bool of_partition,
               std::int32_t partition_count, Faults& faults) {
  const Path key{"key"};
  if (of_partition) {
    if (record.key != stream::partition_key(record.partition)) {
      faults.add(key, "not the key of its partition");
    }
    return;
  }
  if (!domain::is_ticket_id(record.key)) {
    faults.add(key, "not a ticket id");
  } else if (record.key != ticket_id) {
    faults.add(key, "not the ticket id that the value names");
  } else if (const Partition own = partition_of(record.key, partition_count);
             own != record.partition) {
    faults.add({"partition"}, "the key belongs to partition " + std::to_string(own.get()));
  }
}

void write_instant(Instant instant, google::protobuf::Timestamp& out) {
  const std::int64_t unix_ms = to_unix_ms(instant);
  std::int64_t seconds = unix_ms / 1000;
  std::int64_t rest_ms = unix_ms % 1000;
  if (rest_ms < 0) {
    seconds -= 1;
    rest_ms += 1000;
  }
  out.set_seconds(seconds);
  out.set_nanos(static_cast<std::int32_t>(rest_ms) * nanos_per_ms);
}

void write_meta(const Stamp& stamp, Instant happened_at, common::v1::RecordMeta& out) {
  out.set_cause(stamp.cause.id);
  write_instant(happened_at, *out.mutable_happened_at());
  write_instant(stamp.decided_at, *out.mutable_decided_at());
  out.set_rules_version(stamp.rules_version.data(), stamp.rules_version.size());
}

void write_actor(const domain::Actor& actor, common::v1::Actor& out) {
  out.set_role(write_enum<common::v1::Role>(actor.role));
  out.set_unit(actor.unit.get());
  out.set_name(actor.name);
}

void write_place(const domain::Place& place, common::v1::Place& out) {
  out.set_address(place.address);
  out.set_area(place.area.get());
  out.set_latitude(place.latitude);
  out.set_longitude(place.longitude);
  out.set_postal_code(place.postal_code);
  for (const auto& [kind, code] : place.codes) (*out.mutable_codes())[kind] = code;
}

void write_content_ref(const domain::ContentRef& ref, common::v1::ContentRef& out) {
  out.set_partition(ref.partition);
  out.set_offset(ref.offset);
  out.set_content_hash(ref.content_hash);
}

void write_text(const domain::Text& text, common::v1::Text& out) {
  out.set_zh(text.zh);
  out.set_en(text.en);
}

void write_time_mark(const domain::TimeMark& mark, common::v1::TimeMark& out) {
  write_instant(mark.at, *out.mutable_at());
  out.set_round(mark.round);
}

stream::OutRecord make_record(stream::TopicName topic, std::string_view key,
                              const google::protobuf::MessageLite& message, std::string_view fact,
                              const Stamp& stamp) {
  return {.topic = topic,
          .partition = stamp.cause.partition,
          .key = std::string(key),
          .value = serialize(message),
          .headers = cloud_event_headers(stamp, fact, key)};
}

}  // namespace paidan::contract
