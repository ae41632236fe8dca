#pragma once
#include <atomic>
#include <cstdint>

#include "paidan/stream/log.hpp"

namespace paidan::testkit {

/// Time as the test says. Thread-safe.
class ManualClock : public stream::Clock {
 public:
  explicit ManualClock(Instant start = Instant{}) : unix_ms_(to_unix_ms(start)) {}
  Instant now() const override { return from_unix_ms(unix_ms_.load()); }
  void set(Instant instant) { unix_ms_.store(to_unix_ms(instant)); }
  void advance(Milliseconds by) { unix_ms_.fetch_add(by.count()); }

 private:
  std::atomic<std::int64_t> unix_ms_;
};

}  // namespace paidan::testkit
