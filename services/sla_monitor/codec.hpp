#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/record.hpp"
#include "sla_monitor/logic.hpp"

/// Bytes <-> the values of logic.hpp. In: `lifecycle`. Out: `sla`, `sla_monitor.state`,
/// `deadletters`. Pure.
namespace paidan::sla_monitor {

/// Satisfies stream::CodecFor<Codec, Logic>. Immutable, so thread-safe.
class Codec {
 public:
  /// `partition_count`: of the ticket topics.
  explicit Codec(std::int32_t partition_count) : partition_count_(partition_count) {}

  /// A time mark says that time has reached it.
  Result<stream::Decoded<Input>, stream::Malformed> decode(const stream::InRecord& record) const;
  /// Nothing for an event that changes the state alone.
  std::optional<stream::OutRecord> encode(std::string_view key, const Event& event,
                                          const State& after, const stream::Cause& cause,
                                          std::size_t index, Instant now) const;
  stream::OutRecord snapshot(std::string_view key, Partition partition, const State& state) const;
  Result<State, stream::Malformed> restore(const stream::InRecord& record) const;
  stream::OutRecord dead_letter(const stream::InRecord& record, const stream::Malformed& malformed,
                                Instant now) const;

 private:
  std::int32_t partition_count_;
};

}  // namespace paidan::sla_monitor
