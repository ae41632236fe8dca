#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace paidan::view_reader {

/// Threads for calls that block on Redis, so that gRPC's own few threads never do. Thread-safe.
class ReadPool {
 public:
  /// At most `waiting_max` jobs wait for one of the `threads`.
  ReadPool(std::size_t threads, std::size_t waiting_max);
  ReadPool(const ReadPool&) = delete;
  ReadPool& operator=(const ReadPool&) = delete;
  /// Runs what was taken, then ends. No run() may come any more.
  ~ReadPool();

  /// Runs `job` soon on one of the threads. False, and nothing happens, when too many wait: answer
  /// RESOURCE_EXHAUSTED.
  [[nodiscard]] bool run(std::function<void()> job);

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  std::size_t waiting_max_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace paidan::view_reader
