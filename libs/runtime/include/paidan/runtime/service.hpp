#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/runtime/config.hpp"
#include "paidan/runtime/health.hpp"
#include "paidan/runtime/lifecycle.hpp"
#include "paidan/runtime/monitor.hpp"

namespace paidan::runtime {

/// What wiring gets to build a process from.
struct Service {
  const Config& config;
  Health& health;
  Lifecycle& lifecycle;
  /// Wiring sets `monitor.metrics`; the monitor server starts first and stops last.
  MonitorContent& monitor;
  std::string instance;  ///< `<service>-<ordinal>`, e.g. for `transactional.id`.
};

/// The project's version, as built.
std::string_view version();

struct ServiceInfo {
  std::string_view name;     ///< As in configuration and metrics: `sla_monitor`.
  std::string_view binary;   ///< `paidan-sla-monitor`.
  std::string_view summary;  ///< One line for --help.
  PropertyTable properties;
  /// More than one property can tell, e.g. that the pack loads. Run by --check-config too.
  std::function<std::optional<std::string>(const Config&)> check;
  /// Builds the parts and adds them to the life cycle. The owner is destroyed after the last stop.
  std::function<Result<std::shared_ptr<void>, StartError>(Service&)> wire;
};

/// A service's whole main(): flags (--config, --check-config, --print-config, --version, --help
/// and one per property), logging, monitor port, life cycle. Returns the exit code.
/// Core dumps are switched off, as memory may hold what a citizen said.
int service_main(int argc, const char* const* argv, const ServiceInfo& info);

}  // namespace paidan::runtime
