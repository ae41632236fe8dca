#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace paidan::runtime {

using SteadyTime = std::chrono::steady_clock::time_point;

/// A named loop that must come round. Thread-safe; tick() costs one clock read and one store.
class Heartbeat {
 public:
  explicit Heartbeat(std::string name);
  void tick() noexcept;
  /// The loop has ended on purpose: it is not asked any more.
  void retire() noexcept;
  const std::string& name() const { return name_; }
  /// True while it ticked less than `limit` before `now`, or is retired.
  bool alive(SteadyTime now, std::chrono::milliseconds limit) const noexcept;

 private:
  std::string name_;
  std::atomic<std::int64_t> last_ns_;
};

/// A named thing without which the process cannot serve. Starts unmet. Thread-safe.
class Condition {
 public:
  explicit Condition(std::string name) : name_(std::move(name)) {}
  void set(bool met) noexcept { met_.store(met, std::memory_order_release); }
  bool met() const noexcept { return met_.load(std::memory_order_acquire); }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::atomic<bool> met_{false};
};

/// Liveness: every heartbeat came within 10 s; it never looks at other processes. Readiness: every
/// condition is met and the process is not draining. Thread-safe; what it hands out lives as long.
class Health {
 public:
  static constexpr std::chrono::milliseconds heartbeat_limit{10'000};

  /// A name is used once; asking again for one is a bug.
  Heartbeat& add_heartbeat(std::string name);
  Condition& add_condition(std::string name);
  void start_draining() noexcept { draining_.store(true); }
  bool draining() const noexcept { return draining_.load(); }

  struct Report {
    bool ok = true;
    std::vector<std::string> failing;  ///< Names, in the order of their creation.
  };
  Report liveness(SteadyTime now) const;
  Report readiness() const;

 private:
  mutable std::mutex mutex_;
  std::deque<Heartbeat> heartbeats_;
  std::deque<Condition> conditions_;
  std::atomic<bool> draining_{false};
};

}  // namespace paidan::runtime
