#include "paidan/runtime/service.hpp"

#include <sys/prctl.h>

#include <cstdio>
#include <exception>
#include <utility>

#include "paidan/runtime/command_line.hpp"
#include "paidan/runtime/log.hpp"

namespace paidan::runtime {
namespace {

void print(std::FILE* out, const std::string& text) { std::fputs(text.c_str(), out); }

int usage_error(const ServiceInfo& info, const std::string& what) {
  print(stderr, std::string(info.binary) + ": " + what + "\n");
  return exit_usage;
}

void add_monitor(Lifecycle& lifecycle, const Config& config, const Health& health,
                 const MonitorContent& content, std::unique_ptr<MonitorServer>& server) {
  lifecycle.add({"monitor",
                 [&]() -> Result<Unit, StartError> {
                   server = std::make_unique<MonitorServer>(config.text("monitor.listen"), health,
                                                            content);
                   return server->start();
                 },
                 [&server](SteadyTime) { server->stop(); }});
}

int run(const ServiceInfo& info, const Config& config) {
  log::start({std::string(info.name), std::string(version())},
             log::level_of(config.text("log.level")).value());
  prctl(PR_SET_DUMPABLE, 0);
  Health health;
  Lifecycle lifecycle(health);
  MonitorContent content;
  content.config = [&config] { return config.print(); };
  std::unique_ptr<MonitorServer> monitor;
  add_monitor(lifecycle, config, health, content, monitor);
  Service service{
      config, health, lifecycle, content,
      std::string(info.name) + "-" + std::to_string(config.integer("instance.ordinal"))};
  const auto owner = info.wire(service);
  if (!owner) {
    log::error("service", owner.error().what);
    return exit_failed;
  }
  return lifecycle.run();
}

}  // namespace

std::string_view version() { return PAIDAN_VERSION; }

int service_main(int argc, const char* const* argv, const ServiceInfo& info) try {
  auto line = parse_command_line(argc, argv, info.binary, info.summary, version(), info.properties);
  if (!line) {
    print(line.error().code == exit_ok ? stdout : stderr, line.error().text);
    return line.error().code;
  }
  const auto config = Config::load(info.properties, line->inputs);
  if (!config) return usage_error(info, config.error().what);
  if (info.check) {
    if (const auto wrong = info.check(*config)) return usage_error(info, *wrong);
  }
  if (line->print_config) print(stdout, config->print());
  if (line->check_config) print(stdout, "# the settings are valid\n");
  if (line->print_config || line->check_config) return exit_ok;
  return run(info, *config);
} catch (const std::exception& error) {
  print(stderr, std::string(info.binary) + ": " + error.what() + "\n");
  return exit_failed;
}

}  // namespace paidan::runtime
