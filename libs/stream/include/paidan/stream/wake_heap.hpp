#pragma once
#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "paidan/base/time.hpp"

namespace paidan::stream {

/// A timer of the key in `slot`: 16 bytes.
struct Wake {
  Instant due{};
  std::uint32_t slot = 0;
  friend auto operator<=>(const Wake&, const Wake&) = default;
};

/// Timers, the earliest first. It never searches: who moves a timer pushes the new one, and the old
/// one is known as stale when it comes up. The owner rebuilds the heap when too many are stale.
class WakeHeap {
 public:
  bool empty() const noexcept { return heap_.empty(); }
  std::size_t size() const noexcept { return heap_.size(); }
  const Wake& top() const noexcept { return heap_.front(); }

  void push(Wake wake) {
    heap_.push_back(wake);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
  }
  void pop() {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
    heap_.pop_back();
  }
  void assign(std::vector<Wake> wakes) {
    heap_ = std::move(wakes);
    std::make_heap(heap_.begin(), heap_.end(), std::greater<>{});
  }
  void clear() noexcept { heap_.clear(); }

 private:
  std::vector<Wake> heap_;
};

}  // namespace paidan::stream
