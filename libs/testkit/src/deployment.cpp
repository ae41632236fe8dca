#include "paidan/testkit/deployment.hpp"

#include <httplib.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <utility>

#include "paidan/testkit/wait.hpp"

namespace paidan::testkit {

namespace fs = std::filesystem;

namespace {

constexpr Milliseconds command_deadline{60'000};
constexpr std::chrono::seconds monitor_timeout{2};

std::string program_of(const std::string& service) {
  std::string name = "paidan-" + service;
  for (char& letter : name) {
    if (letter == '_') letter = '-';
  }
  return name;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Flat names as nested YAML: each name is a path, and sorted names keep a branch together.
std::string to_yaml(const std::map<std::string, std::string>& settings) {
  std::map<std::string, std::map<std::string, std::string>> branches;
  std::string text;
  for (const auto& [name, value] : settings) {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos)
      text += name + ": \"" + value + "\"\n";
    else
      branches[name.substr(0, dot)][name.substr(dot + 1)] = value;
  }
  for (const auto& [branch, leaves] : branches) {
    text += branch + ":\n";
    for (const auto& [leaf, value] : leaves) text += "  " + leaf + ": \"" + value + "\"\n";
  }
  return text;
}

}  // namespace

Result<std::unique_ptr<Deployment>, Trouble> Deployment::open(Options options) {
  std::unique_ptr<Deployment> deployment(new Deployment(std::move(options)));
  if (auto prepared = deployment->prepare(); !prepared) return prepared.error();
  return deployment;
}

Deployment::~Deployment() {
  for (auto& [service, process] : processes_) process->signal(SIGTERM);
  for (auto& [service, process] : processes_) process->stop(Milliseconds{10'000});
}

Result<Unit, Trouble> Deployment::prepare() {
  auto kafka = KafkaServer::start_or_explain(options_.kafka_settings);
  if (!kafka) return kafka.error();
  kafka_ = std::move(kafka).value();
  auto redis = RedisServer::start_or_explain();
  if (!redis) return redis.error();
  redis_ = std::move(redis).value();
  for (const std::string& service : all_services) {
    ports_[service + ".grpc"] = free_port();
    ports_[service + ".monitor"] = free_port();
  }
  std::ofstream(config_of("paidanctl")) << settings_text("paidanctl");
  const std::string secrets = (folder() / "secrets").string();
  if (auto made = paidanctl({"make-secrets", "--dir", secrets}); !made) return made.error();
  auto created =
      paidanctl({"topics", "create", "--partitions", std::to_string(options_.partitions)});
  if (!created) return created.error();
  return Unit{};
}

std::string Deployment::settings_text(const std::string& service) const {
  std::map<std::string, std::string> settings{
      {"kafka.brokers", kafka_->brokers()},
      {"kafka.partitions", std::to_string(options_.partitions)},
      {"redis.address", redis_->address()},
      {"pack", options_.city},
      {"secrets_dir", (folder() / "secrets").string()},
      {"tokens_file", (folder() / "secrets/tokens.yaml").string()},
      {"tokens_dir", (folder() / "secrets/tokens").string()},
      {"time.source", options_.time_source},
      {"grpc.listen", grpc_address(service)},
      {"monitor.listen", monitor_address(service)},
      {"peers.intake", grpc_address("intake")},
      {"peers.classification", grpc_address("classification")},
      {"peers.dispatch", grpc_address("dispatch")},
      {"peers.sla_monitor", grpc_address("sla_monitor")}};
  for (const auto& [name, value] : options_.settings) settings[name] = value;
  // What the service shows in --help is what it has.
  const fs::path program =
      options_.programs / (service == "paidanctl" ? service : program_of(service));
  auto help = ChildProcess::start(
      {.command = {program.string(), "--help"}, .output = folder() / (service + ".help")});
  if (help) (*help)->wait(command_deadline);
  const std::string known = read_file(folder() / (service + ".help"));
  std::erase_if(settings, [&](const auto& setting) {
    return known.find("--" + setting.first) == std::string::npos;
  });
  return to_yaml(settings);
}

std::string Deployment::grpc_address(const std::string& service) const {
  const auto port = ports_.find(service + ".grpc");
  return port == ports_.end() ? std::string() : "127.0.0.1:" + std::to_string(port->second);
}

std::string Deployment::monitor_address(const std::string& service) const {
  const auto port = ports_.find(service + ".monitor");
  return port == ports_.end() ? std::string() : "127.0.0.1:" + std::to_string(port->second);
}

fs::path Deployment::log_of(const std::string& service) const {
  return folder() / (service + ".log");
}

fs::path Deployment::config_of(const std::string& service) const {
  return folder() / (service + ".yaml");
}

std::string Deployment::token(const std::string& name) const {
  std::string token = read_file(folder() / "secrets/tokens" / (name + ".token"));
  while (token.ends_with('\n')) token.pop_back();
  return token;
}

Result<Unit, Trouble> Deployment::start(const std::string& service) {
  std::ofstream(config_of(service)) << settings_text(service);
  auto process =
      ChildProcess::start({.command = {(options_.programs / program_of(service)).string(),
                                       "--config", config_of(service).string()},
                           .output = log_of(service)});
  if (!process) return process.error();
  processes_[service] = std::move(process).value();
  return Unit{};
}

Result<Unit, Trouble> Deployment::start_and_wait(const std::vector<std::string>& services,
                                                 Milliseconds deadline) {
  for (const std::string& service : services) {
    if (auto started = start(service); !started) return started.error();
  }
  for (const std::string& service : services) {
    if (auto ready = wait_until_ready(service, deadline); !ready) return ready.error();
  }
  return Unit{};
}

std::string Deployment::monitor_get(const std::string& service, const std::string& path) const {
  const auto port = ports_.find(service + ".monitor");
  if (port == ports_.end()) return {};
  httplib::Client client("127.0.0.1", port->second);
  client.set_connection_timeout(monitor_timeout);
  client.set_read_timeout(monitor_timeout);
  const auto answer = client.Get(path.c_str());
  if (!answer || answer->status != 200) return {};
  return answer->body.empty() ? "200" : answer->body;
}

bool Deployment::is_ready(const std::string& service) const {
  return !monitor_get(service, "/readyz").empty();
}

Result<Unit, Trouble> Deployment::wait_until_ready(const std::string& service,
                                                   Milliseconds deadline) {
  const bool settled =
      eventually([&] { return is_ready(service) || !process(service).running(); }, deadline);
  if (settled && process(service).running()) return Unit{};
  return Trouble{service + (settled ? " ended: " : " is not ready: ") + tail_of(log_of(service))};
}

void Deployment::kill(const std::string& service) {
  process(service).signal(SIGKILL);
  process(service).wait(command_deadline);
}

void Deployment::stop(const std::string& service, Milliseconds patience) {
  process(service).stop(patience);
}

Result<std::string, Trouble> Deployment::paidanctl(const std::vector<std::string>& arguments,
                                                   Milliseconds deadline) const {
  const fs::path output = folder() / ("paidanctl-" + std::to_string(free_port()) + ".out");
  std::vector<std::string> command{(options_.programs / "paidanctl").string(), "--config",
                                   config_of("paidanctl").string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  auto process = ChildProcess::start({.command = std::move(command), .output = output});
  if (!process) return process.error();
  const auto status = (*process)->wait(deadline);
  std::string text = read_file(output);
  if (!status) return Trouble{"paidanctl " + arguments[0] + " did not end: " + text};
  if (*status != 0) return Trouble{"paidanctl " + arguments[0] + " failed: " + text};
  return text;
}

}  // namespace paidan::testkit
