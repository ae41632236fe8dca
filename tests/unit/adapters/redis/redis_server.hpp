#pragma once
#include <sys/types.h>

#include <string>

namespace paidan::redis::test {

/// A Redis of its own on a unix socket in a folder of its own; gone with the object.
class RedisServer {
 public:
  RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;
  ~RedisServer();

  std::string address() const { return "unix:" + socket_; }
  /// Starts it (again) and waits until it answers.
  void start();
  void kill();      ///< SIGKILL; waits for its end.
  void freeze();    ///< SIGSTOP: connected, but silent.
  void unfreeze();  ///< SIGCONT.

 private:
  std::string folder_;
  std::string socket_;
  pid_t pid_ = -1;
};

}  // namespace paidan::redis::test
