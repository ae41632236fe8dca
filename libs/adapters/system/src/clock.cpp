#include "paidan/system/clock.hpp"

#include <chrono>

namespace paidan::system {

Instant SystemClock::now() const {
  return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

}  // namespace paidan::system
