#pragma once
#include "paidan/stream/log.hpp"

namespace paidan::system {

/// The machine's wall clock, in UTC. Thread-safe.
class SystemClock final : public stream::Clock {
 public:
  Instant now() const override;
};

}  // namespace paidan::system
