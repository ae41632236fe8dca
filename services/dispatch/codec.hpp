#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dispatch/logic.hpp"
#include "paidan/base/result.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/record.hpp"

/// Bytes <-> the values of logic.hpp. In: `classified`, `commands`, `sla`, `matches`, `links`. Out:
/// `lifecycle`, `replies`, `links`, `dispatch.state`, `deadletters`. Pure.
namespace paidan::dispatch {

/// Satisfies stream::CodecFor<Codec, Logic>. Immutable, so thread-safe.
class Codec {
 public:
  /// `partition_count`: of the ticket topics. `rules_version`: of the pack that decides.
  Codec(std::int32_t partition_count, std::string rules_version)
      : partition_count_(partition_count), rules_version_(std::move(rules_version)) {}

  Result<stream::Decoded<Input>, stream::Malformed> decode(const stream::InRecord& record) const;

  /// A history fact and a mark stay on the partition of their cause; a reply goes to the one that
  /// its command names, a link to that of the ticket that it reaches. Nothing: the event changes
  /// the state alone.
  std::optional<stream::OutRecord> encode(std::string_view key, const Event& event,
                                          const State& after, const stream::Cause& cause,
                                          std::size_t index, Instant now) const;
  stream::OutRecord snapshot(std::string_view key, Partition partition, const State& state) const;
  Result<State, stream::Malformed> restore(const stream::InRecord& record) const;
  stream::OutRecord dead_letter(const stream::InRecord& record, const stream::Malformed& malformed,
                                Instant now) const;

 private:
  std::int32_t partition_count_;
  std::string rules_version_;
};

}  // namespace paidan::dispatch
