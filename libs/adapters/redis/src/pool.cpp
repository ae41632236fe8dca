#include "paidan/redis/pool.hpp"

#include <utility>

#include "paidan/base/assert.hpp"

namespace paidan::redis {

Pool::Pool(Options options, std::size_t size) : options_(std::move(options)), unopened_(size) {
  PAIDAN_ASSERT(size > 0, "a pool has connections");
}

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection)
    : pool_(&pool), connection_(std::move(connection)) {}

Pool::Lease::~Lease() {
  if (connection_ != nullptr) pool_->give_back(std::move(connection_));
}

RedisResult<Pool::Lease> Pool::borrow(Milliseconds wait) {
  std::unique_lock lock(mutex_);
  const auto free = [&] { return !idle_.empty() || unopened_ > 0; };
  if (!freed_.wait_for(lock, wait, free)) {
    return Error{ErrorKind::unavailable, "every connection is in use"};
  }
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return Lease(*this, std::move(connection));
  }
  --unopened_;
  return Lease(*this, std::make_unique<Connection>(options_));
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  freed_.notify_one();
}

RedisResult<Reply> Pool::command(const Command& words) {
  auto lease = borrow(options_.command_timeout);
  if (!lease) return std::move(lease).error();
  return (*lease)->command(words);
}

RedisResult<std::vector<Reply>> Pool::pipeline(std::span<const Command> commands) {
  auto lease = borrow(options_.command_timeout);
  if (!lease) return std::move(lease).error();
  return (*lease)->pipeline(commands);
}

RedisResult<Reply> Pool::eval(const Script& script, const std::vector<std::string_view>& keys,
                              const std::vector<std::string_view>& arguments) {
  auto lease = borrow(options_.command_timeout);
  if (!lease) return std::move(lease).error();
  return (*lease)->eval(script, keys, arguments);
}

}  // namespace paidan::redis
