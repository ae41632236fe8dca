#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/testkit/child_process.hpp"
#include "paidan/testkit/servers.hpp"

namespace paidan::testkit {

/// A whole deployment of real processes on free loopback ports, in a directory of its own: Kafka,
/// Redis, secrets, topics, and the services that are started. All end with this object. The
/// programs are those of the build folder given. Not thread-safe.
class Deployment {
 public:
  struct Options {
    std::filesystem::path programs;  ///< Folder of paidan-intake ... paidanctl.
    std::string city = "boston";
    std::string time_source = "live";  ///< live or replay.
    std::int32_t partitions = 4;
    /// Settings of every service that has them, by flat name, e.g. {"workers", "2"}.
    std::map<std::string, std::string> settings;
    std::map<std::string, std::string> kafka_settings;
  };
  inline static const std::vector<std::string> all_services{"classification", "dispatch",
                                                            "sla_monitor", "views", "intake"};

  /// Kafka, Redis, secrets and topics; no service yet.
  static Result<std::unique_ptr<Deployment>, Trouble> open(Options options);
  Deployment(const Deployment&) = delete;
  Deployment& operator=(const Deployment&) = delete;
  ~Deployment();

  /// Starts a process without waiting for it.
  Result<Unit, Trouble> start(const std::string& service);
  /// Starts them all and waits until each is ready.
  Result<Unit, Trouble> start_and_wait(const std::vector<std::string>& services,
                                       Milliseconds deadline = Milliseconds{60'000});
  /// 200 from /readyz.
  bool is_ready(const std::string& service) const;
  Result<Unit, Trouble> wait_until_ready(const std::string& service, Milliseconds deadline);
  void kill(const std::string& service);                         ///< SIGKILL.
  void stop(const std::string& service, Milliseconds patience);  ///< SIGTERM, then SIGKILL.
  ChildProcess& process(const std::string& service) { return *processes_.at(service); }

  KafkaServer& kafka() { return *kafka_; }
  RedisServer& redis() { return *redis_; }
  std::string grpc_address(const std::string& service) const;
  std::string monitor_address(const std::string& service) const;
  std::string token(const std::string& name) const;  ///< Empty: there is none.
  std::filesystem::path folder() const { return directory_.path(); }
  std::filesystem::path log_of(const std::string& service) const;
  std::filesystem::path config_of(const std::string& service) const;
  /// Of `GET path` at the monitor port: the body, or empty when it does not answer 200.
  std::string monitor_get(const std::string& service, const std::string& path) const;
  /// Runs paidanctl with these arguments against this deployment; its standard output.
  Result<std::string, Trouble> paidanctl(const std::vector<std::string>& arguments,
                                         Milliseconds deadline = Milliseconds{60'000}) const;

 private:
  explicit Deployment(Options options) : options_(std::move(options)) {}
  Result<Unit, Trouble> prepare();
  std::string settings_text(const std::string& service) const;

  const Options options_;
  TemporaryDirectory directory_;
  std::unique_ptr<KafkaServer> kafka_;
  std::unique_ptr<RedisServer> redis_;
  std::map<std::string, std::uint16_t> ports_;  ///< `<service>.grpc`, `<service>.monitor`
  std::map<std::string, std::unique_ptr<ChildProcess>> processes_;
};

}  // namespace paidan::testkit
