#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "paidan/redis/connection.hpp"

namespace paidan::intake {

/// Remembers for a while which content a ticket id was accepted with. It only speeds things up:
/// what it does not know is decided by the log. A port, so that tests can do without a Redis.
class Memory {
 public:
  using OnRecalled = std::function<void(const std::optional<std::string>& content_hash)>;
  using OnRemembered = std::function<void()>;

  Memory() = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  virtual ~Memory() = default;

  /// Calls back exactly once, on any thread, with nothing when it does not know.
  virtual void recall(const std::string& ticket_id, OnRecalled on_recalled) = 0;
  /// Calls back exactly once, whether it could be kept or not. Only for what the log has.
  virtual void remember(const std::string& ticket_id, const std::string& content_hash,
                        OnRemembered on_remembered) = 0;
};

struct RedisMemoryOptions {
  redis::Options redis;
  std::string key_prefix;  ///< E.g. "paidan.submission:"
  std::chrono::seconds kept{24 * 60 * 60};
  std::size_t waiting_max = 8'192;  ///< Beyond it, nothing is asked and nothing kept.
  std::size_t batch_max = 512;      ///< Commands per round trip.
};

/// In Redis, one round trip for all that waits. Callbacks run on its own thread: be quick there.
/// Thread-safe.
class RedisMemory final : public Memory {
 public:
  explicit RedisMemory(RedisMemoryOptions options);
  /// Calls back what still waits, with nothing.
  ~RedisMemory() override;

  void recall(const std::string& ticket_id, OnRecalled on_recalled) override;
  void remember(const std::string& ticket_id, const std::string& content_hash,
                OnRemembered on_remembered) override;

 private:
  struct Wish {
    std::string key;
    std::string content_hash;  ///< Empty: recall.
    OnRecalled on_recalled;
    OnRemembered on_remembered;
  };
  void add(Wish wish);
  static void answer(const Wish& wish, const std::optional<std::string>& content_hash);
  void run();
  void serve(const std::vector<Wish>& wishes);

  RedisMemoryOptions options_;
  redis::Connection connection_;
  std::string kept_s_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Wish> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace paidan::intake
