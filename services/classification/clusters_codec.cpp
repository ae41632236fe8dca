#include "classification/clusters_codec.hpp"

#include "paidan/contract/dead_letter.hpp"
#include "paidan/contract/matches.hpp"
#include "paidan/contract/sightings.hpp"

namespace paidan::classification {

namespace {

constexpr std::string_view service = "classification";

}  // namespace

Result<stream::Decoded<ClustersLogic::Input>, stream::Malformed> ClustersCodec::decode(
    const stream::InRecord& record) const {
  auto decoded = contract::decode_sighting(record, partition_count_);
  if (!decoded) return std::move(decoded).error();
  const Instant happened_at = decoded->body.happened_at;
  return stream::Decoded<ClustersLogic::Input>{
      .key = std::move(decoded->key), .input = std::move(decoded->body), .advance_to = happened_at};
}

std::optional<stream::OutRecord> ClustersCodec::encode(std::string_view /*key*/,
                                                       const ClustersLogic::Event& event,
                                                       const ClustersLogic::State& /*after*/,
                                                       const stream::Cause& cause,
                                                       std::size_t index, Instant now) const {
  const auto* match = std::get_if<domain::Match>(&event);
  if (match == nullptr) return std::nullopt;
  return contract::encode_match(*match,
                                {.cause = cause,
                                 .index = index,
                                 .happened_at = match->happened_at,
                                 .decided_at = now,
                                 .rules_version = rules_version_,
                                 .service = service},
                                partition_count_);
}

stream::OutRecord ClustersCodec::snapshot(std::string_view key, Partition partition,
                                          const ClustersLogic::State& state) const {
  return contract::encode_clusters_state(key, partition, state);
}

Result<ClustersLogic::State, stream::Malformed> ClustersCodec::restore(
    const stream::InRecord& record) const {
  return contract::decode_clusters_state(record);
}

stream::OutRecord ClustersCodec::dead_letter(const stream::InRecord& record,
                                             const stream::Malformed& malformed,
                                             Instant now) const {
  return contract::dead_letter(record, malformed, service, now);
}

}  // namespace paidan::classification
