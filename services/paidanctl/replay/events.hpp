#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "paidan/base/time.hpp"
#include "paidanctl/replay/observer.hpp"

namespace paidan::ctl {

/// A submission was answered. `code` is a gRPC status code.
struct SubmissionAnswered {
  std::uint64_t line = 0;  ///< As given to the channel client.
  int code = 0;
  std::string ticket_id;
  std::string why;
};
/// A unit's subscription told that it is in charge.
struct UnitInCharge {
  std::string ticket_id;
  std::string lead_unit;
  std::uint32_t assign_epoch = 0;
};
/// A command or a call about case `index` was answered.
struct StepAnswered {
  std::size_t index = 0;
  int code = 0;
  std::string reason;  ///< A refusal's, for programs: `return_not_allowed`.
  std::string why;
};
/// A client cannot go on.
struct ClientFailed {
  std::string why;
};

using ReplayEvent =
    std::variant<SubmissionAnswered, UnitInCharge, StepAnswered, Notice, ClientFailed>;

/// Many threads put, one takes. Unbounded by itself: its writers bound what they have in flight.
class EventQueue {
 public:
  void put(ReplayEvent event) {
    {
      const std::scoped_lock lock(mutex_);
      events_.push_back(std::move(event));
    }
    arrived_.notify_one();
  }
  /// The oldest event, or nothing when none came in time.
  std::optional<ReplayEvent> take(Milliseconds wait) {
    std::unique_lock lock(mutex_);
    if (!arrived_.wait_for(lock, wait, [this] { return !events_.empty(); })) return std::nullopt;
    ReplayEvent event = std::move(events_.front());
    events_.pop_front();
    return event;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<ReplayEvent> events_;
};

}  // namespace paidan::ctl
