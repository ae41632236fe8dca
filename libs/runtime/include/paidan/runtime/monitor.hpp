#pragma once
#include <functional>
#include <memory>
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/runtime/health.hpp"
#include "paidan/runtime/lifecycle.hpp"

namespace paidan::runtime {

/// What the monitor port shows. The functions are called on its threads, many at a time.
struct MonitorContent {
  std::function<std::string()> metrics;  ///< Prometheus text; null: 404.
  std::string metrics_type = "text/plain; version=0.0.4; charset=utf-8";
  std::function<std::string()> config;  ///< Effective settings, secrets masked.
};

/// The second port of every process: GET /metrics /healthz /readyz /config, GET and PUT /loglevel.
/// Without authentication, so it belongs on loopback or a private network.
class MonitorServer {
 public:
  MonitorServer(std::string listen, const Health& health, MonitorContent content);
  MonitorServer(const MonitorServer&) = delete;
  MonitorServer& operator=(const MonitorServer&) = delete;
  ~MonitorServer();

  /// A taken port is one clear line.
  Result<Unit, StartError> start();
  void stop();
  int port() const;  ///< As bound; useful with `:0`.

 private:
  struct Server;
  std::unique_ptr<Server> server_;
};

/// The pieces of `host:port`; `text` passed check_host_port.
std::string host_of(const std::string& text);
int port_of(const std::string& text);

}  // namespace paidan::runtime
