#pragma once
#include <cstdint>

#include "paidan/base/time.hpp"

/// How far a partition's time line has come (DESIGN section 4).
namespace paidan::domain {

/// State of a partition's own key "@<partition>". A default value means: no mark yet.
struct PartitionTime {
  Instant mark_at{};              ///< The last mark.
  std::uint32_t round = 0;        ///< Its round, in a replay.
  std::uint32_t fired_count = 0;  ///< Clocks fired for the mark that is being handled.
  friend bool operator==(const PartitionTime&, const PartitionTime&) = default;
};

/// Replay: every clock due up to `at` has fired and was answered, in every round.
struct Settled {
  Instant at;
  friend bool operator==(const Settled&, const Settled&) = default;
};

}  // namespace paidan::domain
