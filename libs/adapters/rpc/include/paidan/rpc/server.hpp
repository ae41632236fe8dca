#pragma once
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"

namespace paidan::rpc {

struct ServerOptions {
  std::string listen;  ///< `host:port`; port 0: any free one.
  int receive_max_bytes = 256 * 1024;
  int metadata_max_bytes = 8 * 1024;
  int streams_max = 1000;              ///< Per connection, calls included.
  Milliseconds drain{500};             ///< From NOT_SERVING to refusing new calls.
  Milliseconds connection_age_max{0};  ///< 0: unlimited. Set it behind a balancer.
};

struct ServerError {
  std::string what;
};

/// A gRPC server with health (per service, NOT_SERVING while draining) and reflection (v1alpha,
/// health included). Start and stop from one thread.
class Server {
 public:
  /// `services` must outlive the server. They are SERVING once `set_serving(true)` was called.
  static Result<std::unique_ptr<Server>, ServerError> start(
      const ServerOptions& options, const std::vector<grpc::Service*>& services,
      const std::vector<std::string>& service_names);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// Health of every service and of the server as a whole (name ""). Thread-safe.
  void set_serving(bool serving);
  /// NOT_SERVING, then `drain`, then no new calls; open ones may end until `deadline`, and are
  /// cancelled then. Idempotent.
  void stop(std::chrono::steady_clock::time_point deadline);
  int port() const { return port_; }

 private:
  Server(std::unique_ptr<grpc::Server> server, std::vector<std::string> names, int port,
         Milliseconds drain);

  std::unique_ptr<grpc::Server> server_;
  std::vector<std::string> names_;
  int port_;
  Milliseconds drain_;
  bool stopped_ = false;
};

}  // namespace paidan::rpc
