#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/kafka/connection.hpp"
#include "paidan/rpc/client.hpp"
#include "paidan/runtime/config.hpp"
#include "paidanctl/trouble.hpp"

namespace CLI {
class App;
}

namespace paidan::ctl {

/// What every subcommand needs to know of a deployment, read once. Precedence as in the services:
/// flag > environment > file > default; without `--config`, the file of the deployment that
/// `./paidan up` or `./paidan demo --keep` runs in the working directory, when there is one.
class Session {
 public:
  /// Adds the global options to the command line.
  void add_options(CLI::App& app);
  /// Reads the settings.
  Result<Unit, Trouble> load();

  const runtime::Config& config() const { return *config_; }
  kafka::Connection connection(std::string_view client_id) const;
  /// `peer`: intake, classification, dispatch or sla_monitor. Each call makes a connection of its
  /// own.
  std::shared_ptr<grpc::Channel> new_channel(const std::string& peer) const;
  /// The token of that name under `tokens_dir`, or of `--token-file`.
  Result<std::string, Trouble> token(const std::string& name) const;

 private:
  std::string file_;
  std::string token_file_;
  std::map<std::string, std::string> flags_;
  std::unique_ptr<runtime::Config> config_;
};

}  // namespace paidan::ctl
