#include "paidan/contract/sightings.hpp"

#include "fingerprints.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::contract {

namespace {

constexpr std::size_t sketch_bytes = domain::Fingerprint::lanes * 2;

std::string_view prefix_of(domain::SightingLine line) {
  return line == domain::SightingLine::caller ? "c/" : "p/";
}

void check_cluster_key(const stream::InRecord& record, const std::string& cluster_key,
                       domain::SightingLine line, std::int32_t partition_count, Faults& faults) {
  const Path key{"key"};
  if (record.key != cluster_key) {
    faults.add(key, "not the cluster key that the value names");
  } else if (!record.key.starts_with(prefix_of(line))) {
    faults.add(key, "not of the sighting's line");
  } else if (const Partition own = partition_of(record.key, partition_count);
             own != record.partition) {
    faults.add({"partition"}, "the key belongs to partition " + std::to_string(own.get()));
  }
}

domain::Sighting read_sighting(ticket::v1::Sighting& sighting, const Path& at, Faults& faults) {
  domain::Sighting out;
  out.line = read_enum<domain::SightingLine>(sighting.line(), ticket::v1::SightingLine_IsValid,
                                             {"line", &at}, faults);
  if (out.line == domain::SightingLine::none) faults.add({"line", &at}, "missing");
  out.ticket_id = std::move(*sighting.mutable_ticket_id());
  if (!domain::is_ticket_id(out.ticket_id)) faults.add({"ticket_id", &at}, "not a ticket id");
  out.channel = domain::ChannelId{std::move(*sighting.mutable_channel())};
  out.category = domain::CategoryId{std::move(*sighting.mutable_category())};
  out.demand_kind = std::move(*sighting.mutable_demand_kind());
  out.area = domain::AreaId{std::move(*sighting.mutable_area())};
  out.fingerprint = read_fingerprint(sighting.fingerprint(), {"fingerprint", &at}, faults);
  return out;
}

void write_sighting(const domain::Sighting& sighting, ticket::v1::Sighting& out) {
  out.set_line(write_enum<ticket::v1::SightingLine>(sighting.line));
  out.set_ticket_id(sighting.ticket_id);
  out.set_channel(sighting.channel.get());
  out.set_category(sighting.category.get());
  out.set_demand_kind(sighting.demand_kind);
  out.set_area(sighting.area.get());
  if (sighting.fingerprint != domain::Fingerprint{}) {
    write_fingerprint(sighting.fingerprint, *out.mutable_fingerprint());
  }
}

}  // namespace

domain::Fingerprint read_fingerprint(const ticket::v1::Fingerprint& fingerprint, const Path& at,
                                     Faults& faults) {
  domain::Fingerprint out;
  out.whole = fingerprint.whole();
  const std::string& sketch = fingerprint.sketch();
  if (out.whole == 0 && sketch.empty()) return out;  // There was no text.
  if (sketch.size() != sketch_bytes) {
    faults.add({"sketch", &at}, "not " + std::to_string(sketch_bytes) + " bytes");
    return out;
  }
  const auto byte = [&](std::size_t index) {
    return static_cast<unsigned>(static_cast<unsigned char>(sketch[index]));
  };
  for (std::size_t lane = 0; lane < out.sketch.size(); ++lane) {
    out.sketch[lane] = static_cast<std::uint16_t>(byte(2 * lane) | byte(2 * lane + 1) << 8U);
  }
  return out;
}

void write_fingerprint(const domain::Fingerprint& fingerprint, ticket::v1::Fingerprint& out) {
  out.set_whole(fingerprint.whole);
  std::string& sketch = *out.mutable_sketch();
  sketch.reserve(sketch_bytes);
  for (const std::uint16_t lane : fingerprint.sketch) {
    sketch += static_cast<char>(lane & 0xFFU);
    sketch += static_cast<char>(lane >> 8U);
  }
}

DecodeResult<domain::Sighting> decode_sighting(const stream::InRecord& record,
                                               std::int32_t partition_count) {
  ticket::v1::SightingRecord proto;
  if (auto malformed = open_record(record, topic::sightings, proto)) return std::move(*malformed);
  Faults faults;
  Meta meta = read_meta(proto.has_meta() ? proto.mutable_meta() : nullptr, faults);
  if (!proto.has_sighting()) faults.add({"fact"}, "missing, or of a later version");
  domain::Sighting sighting = read_sighting(*proto.mutable_sighting(), {"sighting"}, faults);
  sighting.happened_at = meta.happened_at;
  check_cluster_key(record, proto.cluster_key(), sighting.line, partition_count, faults);
  if (faults.any()) return faults.take();
  return Decoded<domain::Sighting>{std::string(record.key), std::move(meta), std::move(sighting)};
}

stream::OutRecord encode_sighting(const domain::KeyedSighting& keyed, const Stamp& stamp,
                                  std::int32_t partition_count) {
  ticket::v1::SightingRecord proto;
  write_meta(stamp, keyed.sighting.happened_at, *proto.mutable_meta());
  proto.set_cluster_key(keyed.cluster_key);
  write_sighting(keyed.sighting, *proto.mutable_sighting());
  Stamp own = stamp;
  own.happened_at = keyed.sighting.happened_at;
  stream::OutRecord out = make_record(topic::sightings, keyed.cluster_key, proto, "sighting", own);
  out.partition = partition_of(keyed.cluster_key, partition_count);
  return out;
}

}  // namespace paidan::contract
