#include "paidan/runtime/monitor.hpp"

#include <httplib.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>
#include <thread>

#include "paidan/base/assert.hpp"
#include "paidan/runtime/config.hpp"
#include "paidan/runtime/log.hpp"

namespace paidan::runtime {
namespace {

constexpr const char* plain = "text/plain; charset=utf-8";

void answer(httplib::Response& response, const Health::Report& report) {
  nlohmann::json body{{"status", report.ok ? "ok" : "failing"}};
  if (!report.ok) body["failing"] = report.failing;
  response.status = report.ok ? 200 : 503;
  response.set_content(body.dump() + "\n", "application/json");
}

void put_level(const httplib::Request& request, httplib::Response& response) {
  std::string name = request.body;
  while (!name.empty() && (name.back() == '\n' || name.back() == '\r')) name.pop_back();
  const auto level = log::level_of(name);
  if (!level) {
    response.status = 400;
    response.set_content("must be one of: trace, debug, info, warn, error, critical, off\n", plain);
    return;
  }
  log::set_level(*level);
  log::info("monitor", "log level changed", {log::text("to", name)});
  response.set_content(name + "\n", plain);
}

// The library's default shares a taken port silently (SO_REUSEPORT).
void reuse_address_only(socket_t socket) {
  const int on = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

}  // namespace

std::string host_of(const std::string& text) { return text.substr(0, text.rfind(':')); }

int port_of(const std::string& text) {
  const std::string_view digits = std::string_view(text).substr(text.rfind(':') + 1);
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  PAIDAN_ASSERT(error == std::errc() && end == digits.data() + digits.size(), "was checked");
  return port;
}

struct MonitorServer::Server {
  Server(std::string address, const Health& reported, MonitorContent shown)
      : listen(std::move(address)), health(reported), content(std::move(shown)) {}

  std::string listen;
  const Health& health;
  MonitorContent content;
  httplib::Server http;
  int port = 0;
  std::atomic<bool> ended{false};
  std::thread thread;

  void set_up() {
    http.new_task_queue = [] { return new httplib::ThreadPool(16); };
    http.set_keep_alive_max_count(1);  // A kept connection would hold a thread of the pool.
    http.set_read_timeout(5);
    http.set_write_timeout(5);
    http.set_payload_max_length(1024);
    http.set_socket_options(reuse_address_only);
    using Request = httplib::Request;
    using Response = httplib::Response;
    http.Get("/healthz", [this](const Request&, Response& response) {
      answer(response, health.liveness(std::chrono::steady_clock::now()));
    });
    http.Get("/readyz",
             [this](const Request&, Response& response) { answer(response, health.readiness()); });
    http.Get("/config", [this](const Request&, Response& response) {
      response.set_content(content.config ? content.config() : "", "application/yaml");
    });
    http.Get("/loglevel", [](const Request&, Response& response) {
      response.set_content(std::string(log::to_string(log::level())) + "\n", plain);
    });
    http.Put("/loglevel", put_level);
    if (!content.metrics) return;
    http.Get("/metrics", [this](const Request&, Response& response) {
      response.set_content(content.metrics(), content.metrics_type);
    });
  }
};

MonitorServer::MonitorServer(std::string listen, const Health& health, MonitorContent content)
    : server_(std::make_unique<Server>(std::move(listen), health, std::move(content))) {
  server_->set_up();
}

MonitorServer::~MonitorServer() { stop(); }

Result<Unit, StartError> MonitorServer::start() {
  Server& server = *server_;
  const std::string host = host_of(server.listen);
  const int wanted = port_of(server.listen);
  errno = 0;
  const bool bound = wanted == 0 ? (server.port = server.http.bind_to_any_port(host)) > 0
                                 : server.http.bind_to_port(host, wanted);
  if (!bound) {
    const std::string why = errno == 0 ? "no such address" : std::strerror(errno);
    return StartError{"cannot listen on " + server.listen + " (" + why +
                      "); choose another with --monitor.listen"};
  }
  if (wanted != 0) server.port = wanted;
  server.thread = std::thread([&server] {
    server.http.listen_after_bind();
    server.ended = true;
  });
  // A stop() before the loop runs would be lost.
  while (!server.http.is_running() && !server.ended) std::this_thread::yield();
  return Unit{};
}

void MonitorServer::stop() {
  if (!server_->thread.joinable()) return;
  server_->http.stop();
  server_->thread.join();
}

int MonitorServer::port() const { return server_->port; }

}  // namespace paidan::runtime
