#pragma once
#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace paidan::rpc {

/// Bounds how many of something (streams, waiting commands) are open at once. Thread-safe.
class Limit {
 public:
  explicit Limit(int max) : state_(std::make_shared<State>(max)) {}

  /// A taken place; given back when destroyed. May outlive the Limit.
  class Place {
   public:
    Place(Place&&) noexcept = default;
    Place& operator=(Place&&) noexcept = default;

   private:
    friend class Limit;
    Place(std::shared_ptr<void> owner) : owner_(std::move(owner)) {}
    std::shared_ptr<void> owner_;
  };

  /// Nothing when all are taken: answer `overloaded`.
  std::optional<Place> take();
  int open() const { return state_->open.load(); }
  int max() const { return state_->max; }

 private:
  struct State {
    explicit State(int limit) : max(limit) {}
    const int max;
    std::atomic<int> open{0};
  };
  std::shared_ptr<State> state_;
};

}  // namespace paidan::rpc
