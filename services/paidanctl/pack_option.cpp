#include "paidanctl/pack_option.hpp"

#include <CLI/CLI.hpp>
#include <utility>

#include "paidan/stage/pack.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

void add_pack_option(CLI::App& command, std::string& name) {
  command.add_option("--pack", name,
                     "a pack's name, or a path with /; default: the setting `pack`");
}

Result<domain::CityPack, NoPack> load_pack_of(const Session& session, const std::string& name) {
  const std::string wanted = name.empty() ? session.config().text("pack") : name;
  if (const auto found = stage::find_pack(wanted); !found) {
    return NoPack{"--pack " + found.error().what, 2};
  }
  auto pack = stage::load_pack(wanted);
  if (!pack) return NoPack{pack.error().what, 1};
  return std::move(pack).value();
}

}  // namespace paidan::ctl
