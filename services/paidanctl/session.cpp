#include "paidanctl/session.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>

#include "paidan/contract/topics.hpp"
#include "paidan/runtime/properties.hpp"
#include "paidan/runtime/secret.hpp"
#include "paidan/system/environment.hpp"

namespace paidan::ctl {

namespace {

namespace properties = runtime::properties;

/// Where the launcher leaves the settings of a running deployment.
constexpr std::array<const char*, 2> deployment_files{".paidan/config/paidanctl.yaml",
                                                      ".paidan/demo/config/paidanctl.yaml"};

runtime::Property peers_intake() {
  return {.name = "peers.intake",
          .help = "intake's gRPC address, host:port",
          .default_value = "127.0.0.1:7001",
          .check = runtime::check_host_port};
}

runtime::Property tokens_dir() {
  return {.name = "tokens_dir",
          .help = "folder of token files, <name>.token; empty: <secrets_dir>/tokens",
          .default_value = ""};
}

runtime::PropertyTable property_table() {
  return {properties::kafka_brokers(),        properties::kafka_topic_prefix(),
          properties::kafka_partitions(),     peers_intake(),
          properties::peers_classification(), properties::peers_dispatch(),
          properties::peers_sla_monitor(),    properties::pack(),
          properties::secrets_dir(),          tokens_dir()};
}

std::string found_file() {
  for (const char* path : deployment_files) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path, ignored)) return path;
  }
  return {};
}

}  // namespace

void Session::add_options(CLI::App& app) {
  app.add_option("--config", file_,
                 "settings of a deployment; default: .paidan/config/paidanctl.yaml, when there");
  app.add_option("--token-file", token_file_, "the bearer token to call with; default: by role");
  for (const runtime::Property& property : property_table()) {
    const std::string name(property.name);
    const std::string flags = name == "kafka.brokers" ? "--brokers,--kafka.brokers" : "--" + name;
    app.add_option_function<std::string>(
           flags, [this, name](const std::string& value) { flags_[name] = value; },
           std::string(property.help) + " [" + runtime::environment_name(name) + "]")
        ->group("Deployment");
  }
}

Result<Unit, Trouble> Session::load() {
  const std::string file = file_.empty() ? found_file() : file_;
  auto config = runtime::Config::load(
      property_table(), {.file = file, .environment = system::environment, .flags = flags_});
  if (!config) return Trouble{config.error().what};
  config_ = std::make_unique<runtime::Config>(std::move(config).value());
  return Unit{};
}

kafka::Connection Session::connection(std::string_view client_id) const {
  return {.brokers = config_->text("kafka.brokers"),
          .client_id = std::string(client_id),
          .topic_prefix = config_->text("kafka.topic_prefix"),
          .topics = contract::topic_names(),
          .record_bytes_max = contract::record_bytes_max};
}

std::shared_ptr<grpc::Channel> Session::new_channel(const std::string& peer) const {
  return rpc::make_channel({.target = config_->text("peers." + peer)});
}

Result<std::string, Trouble> Session::token(const std::string& name) const {
  std::string path = token_file_;
  if (path.empty()) {
    std::string folder = config_->text("tokens_dir");
    if (folder.empty()) folder = config_->text("secrets_dir") + "/tokens";
    path = folder + "/" + name + ".token";
  }
  auto token = runtime::read_token(path);
  if (!token) return Trouble{token.error().what};
  return std::move(token).value();
}

}  // namespace paidan::ctl
