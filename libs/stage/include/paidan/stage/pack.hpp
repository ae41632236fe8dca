#pragma once
#include <filesystem>
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/domain/pack.hpp"

namespace paidan::stage {

/// `what`: a line for each problem, with file and line.
struct PackTrouble {
  std::string what;
};

/// The folder of the pack `name` (or path, with "/"): looked for from the working directory and
/// from the folder of the running program upwards, as `deploy/cities/<name>`.
Result<std::filesystem::path, PackTrouble> find_pack(const std::string& name);

/// Finds and loads it, whole and checked.
Result<domain::CityPack, PackTrouble> load_pack(const std::string& name);

}  // namespace paidan::stage
