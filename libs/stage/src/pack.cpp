#include "paidan/stage/pack.hpp"

#include <array>
#include <utility>

#include "paidan/citypack/load.hpp"

namespace paidan::stage {

namespace fs = std::filesystem;

Result<fs::path, PackTrouble> find_pack(const std::string& name) {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const std::array<fs::path, 2> roots{fs::current_path(ignored), program.parent_path()};
  auto found = citypack::find_pack(name, roots);
  if (!found) return PackTrouble{citypack::to_string(found.error())};
  return std::move(found).value();
}

Result<domain::CityPack, PackTrouble> load_pack(const std::string& name) {
  auto folder = find_pack(name);
  if (!folder) return folder.error();
  auto pack = citypack::load(*folder);
  if (pack) return std::move(pack).value();
  std::string what;
  for (const auto& error : pack.error()) {
    if (!what.empty()) what += '\n';
    what += (*folder / citypack::to_string(error)).string();
  }
  return PackTrouble{what};
}

}  // namespace paidan::stage
