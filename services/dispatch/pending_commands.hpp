#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "paidan/domain/facts.hpp"

namespace paidan::dispatch {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Whether a command was taken is not known: its caller repeats it with the same command id.
struct Unknown {
  enum class Why { deadline, not_delivered, shutting_down } why;
};
using CommandAnswer = std::variant<domain::Accepted, domain::Refused, Unknown>;
/// Called exactly once, on a thread that must not be blocked.
using OnAnswer = std::function<void(const CommandAnswer&)>;

/// The commands for which this process waits. Thread-safe; calls back without holding its lock.
class PendingCommands {
 public:
  explicit PendingCommands(std::size_t pending_max) : pending_max_(pending_max) {}

  /// False when as many wait as may, or after close(): then `on_answer` is not called.
  [[nodiscard]] bool add(const std::string& correlation, SteadyTime deadline, OnAnswer on_answer);
  /// An answer that nobody waits for (any more) is passed over.
  void answer(std::string_view correlation, const CommandAnswer& answer);
  /// Forgets it without an answer: it was never sent. False if it has been answered meanwhile.
  bool forget(std::string_view correlation);
  /// Answers those whose deadline has come with Unknown.
  void expire(SteadyTime now);
  /// Answers all with Unknown and takes no more.
  void close();
  std::size_t size() const;

 private:
  struct Waiting {
    SteadyTime deadline;
    OnAnswer on_answer;
  };
  using ByCorrelation = std::map<std::string, Waiting, std::less<>>;
  std::optional<OnAnswer> take(std::string_view correlation);

  const std::size_t pending_max_;
  mutable std::mutex mutex_;
  ByCorrelation waiting_;
  std::multimap<SteadyTime, std::string> by_deadline_;
  bool closed_ = false;
};

}  // namespace paidan::dispatch
