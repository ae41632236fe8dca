#pragma once
#include <chrono>
#include <thread>

#include "paidan/base/time.hpp"

namespace paidan::testkit {

/// Looks again and again until `condition()` holds; false if it does not by the deadline. For what
/// another process does; inside a process wait on a condition variable.
template <class Condition>
bool eventually(Condition&& condition, Milliseconds deadline = Milliseconds{10'000}) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(Milliseconds{5});
  }
  return true;
}

}  // namespace paidan::testkit
