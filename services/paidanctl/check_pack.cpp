#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "paidan/stage/pack.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

namespace {

int check_pack(const std::string& name) {
  const auto pack = stage::load_pack(name);
  if (!pack) return fail(pack.error().what);
  std::printf(
      "%s: rules version %s: %zu categories, %zu areas, %zu units, %zu responsibility lines, "
      "%zu clocks, %zu channels\n",
      pack->name.c_str(), pack->rules_version.c_str(), pack->categories.size(), pack->areas.size(),
      pack->agencies.size(), pack->lines.size(), pack->clocks.size(), pack->channels.size());
  return 0;
}

}  // namespace

void add_check_pack(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "check-pack", "load a city pack and name every error with file and line / 检查城市规则包");
  auto name = std::make_shared<std::string>();
  command->add_option("pack", *name, "name, or path with /; default: the setting `pack`");
  command->callback([&session, &action, name] {
    action = [&session, name] {
      return check_pack(name->empty() ? session.config().text("pack") : *name);
    };
  });
}

}  // namespace paidan::ctl
