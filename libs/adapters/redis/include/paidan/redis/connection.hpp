#pragma once
#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/redis/reply.hpp"

struct redisContext;
struct redisReply;

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

/// A Lua script, run by its SHA-1 and sent whole when the server does not know it. Give it a first
/// line `#!lua`, so that a server without memory refuses it before it starts. Immutable.
class Script {
 public:
  explicit Script(std::string source);
  const std::string& source() const { return source_; }
  const std::string& sha1_hex() const { return sha1_hex_; }

 private:
  std::string source_;
  std::string sha1_hex_;
};

/// One connection, opened at the first use and again after it broke. Never throws, never retries a
/// command by itself: its caller knows whether that is safe. Not thread-safe.
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

  Options options_;
  std::unique_ptr<redisContext, Closer> context_;
  Milliseconds backoff_{0};
  std::chrono::steady_clock::time_point next_attempt_{};
};

}  // namespace paidan::redis
