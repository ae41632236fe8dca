#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "classification/logic.hpp"
#include "paidan/base/result.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/record.hpp"

/// Bytes <-> the values of logic.hpp. In: `submissions`. Out: `classified`, `sightings`,
/// `deadletters`. Pure.
namespace paidan::classification {

/// Satisfies stream::CodecFor<Codec, Logic>. Immutable, so thread-safe.
class Codec {
 public:
  /// `partition_count`: of the ticket topics. `rules_version`: of the pack that Logic uses.
  Codec(std::int32_t partition_count, std::string rules_version)
      : partition_count_(partition_count), rules_version_(std::move(rules_version)) {}

  Result<stream::Decoded<Said>, stream::Malformed> decode(const stream::InRecord& record) const;
  stream::OutRecord encode(std::string_view key, const Passed& event, const State& after,
                           const stream::Cause& cause, std::size_t index, Instant now) const;
  /// The stage keeps no state, so the pump asks for neither of these.
  stream::OutRecord snapshot(std::string_view key, Partition partition, const State& state) const;
  Result<State, stream::Malformed> restore(const stream::InRecord& record) const;
  stream::OutRecord dead_letter(const stream::InRecord& record, const stream::Malformed& malformed,
                                Instant now) const;

 private:
  std::int32_t partition_count_;
  std::string rules_version_;
};

}  // namespace paidan::classification
