#pragma once
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>

namespace paidan::intake {

/// One lane for each ticket id under way: what has the same id goes one after the other, so that
/// the second already finds what the first left in memory and log. Bounded per id. Thread-safe.
class Lanes {
 public:
  static constexpr std::size_t waiting_max = 64;
  using Work = std::function<void()>;

  /// Runs `work` now if nothing with that id is under way, else when its turn comes. False: too
  /// many wait; nothing was taken. Each work that was run must end with leave().
  bool enter(const std::string& ticket_id, Work work) {
    {
      const std::scoped_lock lock(mutex_);
      const auto [lane, empty] = lanes_.try_emplace(ticket_id);
      if (!empty) {
        if (lane->second.size() >= waiting_max) return false;
        lane->second.push_back(std::move(work));
        return true;
      }
    }
    work();
    return true;
  }

  /// The work under way with that id is done: the next one runs, on this thread.
  void leave(const std::string& ticket_id) {
    Work next;
    {
      const std::scoped_lock lock(mutex_);
      const auto lane = lanes_.find(ticket_id);
      if (lane == lanes_.end()) return;
      if (lane->second.empty()) {
        lanes_.erase(lane);
        return;
      }
      next = std::move(lane->second.front());
      lane->second.pop_front();
    }
    next();
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::deque<Work>> lanes_;
};

}  // namespace paidan::intake
