#include "paidan/rpc/server.hpp"

#include <grpc/grpc.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "grpc/health/v1/health.pb.h"
#include "paidan/base/assert.hpp"

namespace paidan::rpc {
namespace {

// Both are switches of the whole process and must be set before a server is built.
void enable_plugins() {
  static const bool done = [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    // Naming it keeps the descriptor in the program, where reflection finds it (gRPC issue 36665).
    return grpc::health::v1::HealthCheckRequest::descriptor() != nullptr;
  }();
  PAIDAN_ASSERT(done, "the health service has a descriptor");
}

void set_limits(grpc::ServerBuilder& builder, const ServerOptions& options) {
  builder.SetMaxReceiveMessageSize(options.receive_max_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, options.metadata_max_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.streams_max);
  // Two processes on one port would each get half of the calls; a taken port must be an error.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // A client that is gone without a word is noticed within half a minute.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 5'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  if (options.connection_age_max.count() > 0) {
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS,
                               static_cast<int>(options.connection_age_max.count()));
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 30'000);
  }
}

// Waits without being called: nothing but time ends it.
void wait_until(std::chrono::steady_clock::time_point until) {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  never.wait_until(lock, until, [] { return false; });
}

}  // namespace

Server::Server(std::unique_ptr<grpc::Server> server, std::vector<std::string> names, int port,
               Milliseconds drain)
    : server_(std::move(server)), names_(std::move(names)), port_(port), drain_(drain) {}

Result<std::unique_ptr<Server>, ServerError> Server::start(
    const ServerOptions& options, const std::vector<grpc::Service*>& services,
    const std::vector<std::string>& service_names) {
  enable_plugins();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(), &port);
  set_limits(builder, options);
  for (grpc::Service* service : services) builder.RegisterService(service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return ServerError{"cannot listen on " + options.listen +
                       " (taken, or no such address); choose another with --grpc.listen"};
  }
  auto started =
      std::unique_ptr<Server>(new Server(std::move(server), service_names, port, options.drain));
  started->set_serving(false);
  return started;
}

Server::~Server() { stop(std::chrono::steady_clock::now()); }

void Server::set_serving(bool serving) {
  auto* health = server_->GetHealthCheckService();
  health->SetServingStatus(serving);
  for (const std::string& name : names_) health->SetServingStatus(name, serving);
}

void Server::stop(std::chrono::steady_clock::time_point deadline) {
  if (stopped_) return;
  stopped_ = true;
  const auto now = std::chrono::steady_clock::now();
  server_->GetHealthCheckService()->Shutdown();  // NOT_SERVING for good
  const auto drained = std::min(deadline, now + drain_);
  wait_until(drained);
  const auto left = std::max(deadline - drained, std::chrono::steady_clock::duration{0});
  server_->Shutdown(std::chrono::system_clock::now() + left);
  server_->Wait();
}

}  // namespace paidan::rpc
