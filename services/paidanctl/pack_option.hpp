#pragma once
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/domain/pack.hpp"

namespace CLI {
class App;
}

namespace paidan::ctl {

class Session;

/// Why there is no pack, and the exit code for it: 2 when none is called so, 1 when it has errors.
struct NoPack {
  std::string what;
  int code = 1;
};

/// `--pack P`: a name, or a path with "/".
void add_pack_option(CLI::App& command, std::string& name);
/// The pack of that name; when empty, of the setting `pack`.
Result<domain::CityPack, NoPack> load_pack_of(const Session& session, const std::string& name);

}  // namespace paidan::ctl
