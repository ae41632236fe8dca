#pragma once
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "paidan/redis/connection.hpp"

namespace paidan::redis {

/// At most `size` connections to one server, lent to one thread at a time. Thread-safe.
class Pool {
 public:
  Pool(Options options, std::size_t size);

  /// A borrowed connection; goes back when destroyed. Must not outlive the pool.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection);
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();
    Connection* operator->() const { return connection_.get(); }
    Connection& operator*() const { return *connection_; }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  /// Waits at most `wait` for a free one; then an error of kind `unavailable`.
  RedisResult<Lease> borrow(Milliseconds wait);

  // Borrow, do, give back.
  RedisResult<Reply> command(const Command& words);
  RedisResult<std::vector<Reply>> pipeline(std::span<const Command> commands);
  RedisResult<Reply> eval(const Script& script, const std::vector<std::string_view>& keys,
                          const std::vector<std::string_view>& arguments);

 private:
  void give_back(std::unique_ptr<Connection> connection);

  Options options_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t unopened_;
};

}  // namespace paidan::redis
