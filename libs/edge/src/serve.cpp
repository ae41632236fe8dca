#include "paidan/edge/serve.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

#include "paidan/crypto/hash.hpp"
#include "paidan/rpc/log_sink.hpp"
#include "paidan/rpc/server.hpp"
#include "paidan/runtime/log.hpp"
#include "paidan/runtime/properties.hpp"
#include "paidan/runtime/worker.hpp"

namespace paidan::edge {
namespace {

namespace log = runtime::log;
constexpr std::chrono::milliseconds look_interval{200};
constexpr int looks_per_reload = 25;

rpc::TokenCrypto token_crypto() {
  rpc::TokenCrypto crypto;
  crypto.blake2b_256_hex = [](std::string_view token) {
    return crypto::to_hex(crypto::blake2b_256(token));
  };
  crypto.equal_in_constant_time = [](std::string_view left, std::string_view right) {
    return crypto::equal_in_constant_time(left, right);
  };
  return crypto;
}

void warn_of(const rpc::TokenError& error) {
  log::warn("tokens", "the token file cannot be read; the last good one stays in force",
            {log::text("why", error.what)});
}

void pause(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, look_interval, [] { return false; });
}

struct Door {
  std::unique_ptr<rpc::Server> server;
};

runtime::WorkerLoop watch(std::shared_ptr<Door> door, const runtime::Health& health,
                          std::shared_ptr<rpc::TokenStore> tokens) {
  return [door = std::move(door), &health, tokens = std::move(tokens)](
             const std::stop_token& stop, runtime::Heartbeat& heartbeat) {
    for (int looks = 1; !stop.stop_requested(); ++looks) {
      heartbeat.tick();
      door->server->set_serving(health.readiness().ok);
      if (looks % looks_per_reload == 0) {
        const auto read = tokens->reload_if_changed();
        if (!read) warn_of(read.error());
      }
      pause(stop);
    }
    return runtime::WorkerEnd::stop;
  };
}

}  // namespace

runtime::PropertyTable edge_properties(std::string_view listen_default) {
  using namespace runtime::properties;
  return {runtime::with_default(grpc_listen(), listen_default), grpc_drain_ms(), secrets_dir(),
          tokens_file()};
}

Result<std::shared_ptr<rpc::TokenStore>, runtime::StartError> open_tokens(
    runtime::Service& service) {
  auto tokens = std::make_shared<rpc::TokenStore>(runtime::properties::tokens_path(service.config),
                                                  token_crypto());
  const auto read = tokens->reload();
  if (!read) return runtime::StartError{read.error().what};
  service.lifecycle.on_reload([tokens] {
    const auto again = tokens->reload();
    if (!again) warn_of(again.error());
  });
  return tokens;
}

void add_server(runtime::Service& service, std::vector<grpc::Service*> services,
                std::vector<std::string> names, std::shared_ptr<rpc::TokenStore> tokens) {
  rpc::set_log_sink([](bool is_error, std::string_view message) {
    is_error ? log::error("grpc", message) : log::info("grpc", message);
  });
  rpc::ServerOptions options;
  options.listen = service.config.text("grpc.listen");
  options.drain = service.config.milliseconds("grpc.drain_ms");
  auto door = std::make_shared<Door>();
  runtime::Component component;
  component.name = "grpc";
  component.start = [door, options, services = std::move(services),
                     names = std::move(names)]() -> Result<Unit, runtime::StartError> {
    auto started = rpc::Server::start(options, services, names);
    if (!started) return runtime::StartError{started.error().what};
    door->server = std::move(started).value();
    return Unit{};
  };
  component.stop = [door](runtime::SteadyTime deadline) { door->server->stop(deadline); };
  service.lifecycle.add(std::move(component));
  runtime::Supervised::add("grpc-health", watch(door, service.health, std::move(tokens)),
                           service.lifecycle, service.health);
}

}  // namespace paidan::edge
