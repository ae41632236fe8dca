#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "classification/clusters_logic.hpp"
#include "paidan/base/result.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/record.hpp"

/// Bytes <-> the values of clusters_logic.hpp. In: `sightings`. Out: `matches`, `clusters.state`,
/// `deadletters`. Pure.
namespace paidan::classification {

/// Satisfies stream::CodecFor<ClustersCodec, ClustersLogic>. Immutable, so thread-safe.
class ClustersCodec {
 public:
  /// `partition_count`: of the ticket topics. `rules_version`: of the pack whose policy is used.
  ClustersCodec(std::int32_t partition_count, std::string rules_version)
      : partition_count_(partition_count), rules_version_(std::move(rules_version)) {}

  /// A sighting says that time has reached it: there are no marks here, and what is forgotten by it
  /// is older than the whole window.
  Result<stream::Decoded<ClustersLogic::Input>, stream::Malformed> decode(
      const stream::InRecord& record) const;
  /// Nothing for an event that changes the state alone. A match goes to its ticket's partition.
  std::optional<stream::OutRecord> encode(std::string_view key, const ClustersLogic::Event& event,
                                          const ClustersLogic::State& after,
                                          const stream::Cause& cause, std::size_t index,
                                          Instant now) const;
  stream::OutRecord snapshot(std::string_view key, Partition partition,
                             const ClustersLogic::State& state) const;
  Result<ClustersLogic::State, stream::Malformed> restore(const stream::InRecord& record) const;
  stream::OutRecord dead_letter(const stream::InRecord& record, const stream::Malformed& malformed,
                                Instant now) const;

 private:
  std::int32_t partition_count_;
  std::string rules_version_;
};

}  // namespace paidan::classification
