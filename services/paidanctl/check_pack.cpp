#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "paidan/citypack/load.hpp"
#include "paidan/citypack/proposals.hpp"
#include "paidan/stage/pack.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

namespace {

void print_gaps(const domain::CityPack& pack) {
  for (const citypack::PackError& gap : citypack::find_gaps(pack)) {
    std::printf("gap: %s\n", citypack::to_string(gap).c_str());
  }
}

/// 自下而上: what the office has to decide, and what it would change.
void print_proposals(const domain::CityPack& pack) {
  for (const citypack::OpenProposal& open : citypack::open_proposals(pack)) {
    std::printf(
        "proposal: %s: %s asks for (%s): changes the lead of %zu of %zu category × area "
        "pairs; %s\n",
        domain::to_string(open.at).c_str(), open.proposed_by.get().c_str(), open.scope.c_str(),
        open.changed, open.pairs, open.reason.c_str());
    for (const std::string& example : open.examples) std::printf("  %s\n", example.c_str());
  }
}

int check_pack(const std::string& name) {
  const auto pack = stage::load_pack(name);
  if (!pack) return fail(pack.error().what);
  std::printf(
      "%s: rules version %s: %zu categories, %zu areas, %zu units, %zu responsibility lines, "
      "%zu proposed lines, %zu clocks, %zu channels\n",
      pack->name.c_str(), pack->rules_version.c_str(), pack->categories.size(), pack->areas.size(),
      pack->agencies.size(), pack->lines.size(), pack->proposed_lines.size(), pack->clocks.size(),
      pack->channels.size());
  print_gaps(*pack);
  print_proposals(*pack);
  return 0;
}

}  // namespace

void add_check_pack(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "check-pack",
      "load a city pack; name every error with file and line, gaps in the lists, and what open "
      "proposals would change / 检查城市规则包");
  auto name = std::make_shared<std::string>();
  command->add_option("pack", *name, "name, or path with /; default: the setting `pack`");
  command->callback([&session, &action, name] {
    action = [&session, name] {
      return check_pack(name->empty() ? session.config().text("pack") : *name);
    };
  });
}

}  // namespace paidan::ctl
