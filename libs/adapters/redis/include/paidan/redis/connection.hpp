#pragma once
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/redis/reply.hpp"

struct redisContext;

namespace paidan::redis {

struct Options {
  std::string address;  ///< `unix:/path/to.sock` or `host:port`.
  Milliseconds connect_timeout{500};
  Milliseconds command_timeout{1000};
  Milliseconds backoff_min{20};    ///< After the first failed connection attempt; then doubled ...
  Milliseconds backoff_max{2000};  ///< ... up to this. Meanwhile calls fail at once.
};

/// The words of one command, binary-safe. Views: they must live until the call returns.
using Command = std::vector<std::string_view>;

/// A Lua script, loaded once per connection and then run by its hash. Give it a first line `#!lua`,
/// so that a server without memory refuses it before it starts. Immutable.
class Script {
 public:
  explicit Script(std::string source) : source_(std::move(source)) {}
  const std::string& source() const { return source_; }

 private:
  std::string source_;
};

/// One connection, opened at the first use and again after it broke. Never throws, never retries a
/// command by itself: its caller knows whether that is safe. Not thread-safe. Connecting makes the
/// process ignore SIGPIPE, unless it handles it.
class Connection {
 public:
  explicit Connection(Options options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// A refusal by the server is an error of kind `refused`.
  RedisResult<Reply> command(const Command& words);
  /// Sends all and then reads all. A refusal of one is a Reply::Refused at its place; the others
  /// count.
  RedisResult<std::vector<Reply>> pipeline(std::span<const Command> commands);
  RedisResult<Reply> eval(const Script& script, const std::vector<std::string_view>& keys,
                          const std::vector<std::string_view>& arguments);
  /// PING: for readiness.
  bool reachable();
  bool connected() const { return context_ != nullptr; }

 private:
  struct Closer {
    void operator()(redisContext* context) const;
  };
  std::optional<Error> ensure_connected();
  std::optional<Error> open();
  std::optional<Error> append(const Command& words);
  RedisResult<Reply> read();
  Error broken();
  RedisResult<std::string> load(const Script& script);

  Options options_;
  std::unique_ptr<redisContext, Closer> context_;
  Milliseconds backoff_{0};
  std::chrono::steady_clock::time_point next_attempt_;
  std::map<std::string, std::string> loaded_;  ///< Source -> hash, of this connection's server.
};

}  // namespace paidan::redis
