#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/testkit/child_process.hpp"

namespace paidan::testkit {

/// A private single-node Kafka (KRaft) on free loopback ports, in a directory of its own. Its jars
/// are looked for in $PAIDAN_KAFKA_LIBS, then in `.paidan/kafka/libs` of the source folder.
class KafkaServer {
 public:
  /// Running and answering, or a line that says what to do. `settings` are added to
  /// server.properties and win over ours.
  static Result<std::unique_ptr<KafkaServer>, Trouble> start_or_explain(
      const std::map<std::string, std::string>& settings = {});
  ~KafkaServer();
  KafkaServer(const KafkaServer&) = delete;
  KafkaServer& operator=(const KafkaServer&) = delete;

  std::string brokers() const { return "127.0.0.1:" + std::to_string(port_); }
  ChildProcess& process() { return *process_; }
  /// Kill -9; start_again() runs a new process on the same directory and ports.
  void kill();
  Result<Unit, Trouble> start_again();

 private:
  explicit KafkaServer(std::string classpath) : classpath_(std::move(classpath)) {}
  Result<Unit, Trouble> format(const std::map<std::string, std::string>& settings);
  Result<Unit, Trouble> run();

  std::string classpath_;
  TemporaryDirectory directory_;
  std::uint16_t port_ = 0;
  std::unique_ptr<ChildProcess> process_;
};

/// A private Redis on a unix socket, without persistence.
class RedisServer {
 public:
  static Result<std::unique_ptr<RedisServer>, Trouble> start_or_explain();
  ~RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  std::string socket() const { return (directory_.path() / "redis.sock").string(); }
  /// As the services' setting `redis.address` wants it.
  std::string address() const { return "unix:" + socket(); }
  ChildProcess& process() { return *process_; }
  /// Kill -9; start_again() runs an empty one on the same socket.
  void kill();
  Result<Unit, Trouble> start_again();

 private:
  RedisServer() = default;
  Result<Unit, Trouble> run();

  TemporaryDirectory directory_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace paidan::testkit
