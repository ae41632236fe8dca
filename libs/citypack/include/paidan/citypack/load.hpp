#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/domain/pack.hpp"

/// Reads a city pack (README.md beside this folder has the format), checks it whole, and gives it
/// as a domain value. Reads files and nothing else; safe from any thread.
namespace paidan::citypack {

/// One thing that is wrong, at its place. Line 0: the file as a whole.
struct PackError {
  std::string file;  ///< Relative to the pack.
  std::uint32_t line = 0;
  std::string message;
  friend bool operator==(const PackError&, const PackError&) = default;
};
/// "areas.yaml:12: ..."
std::string to_string(const PackError& error);

using PackErrors = std::vector<PackError>;

/// All errors are reported at once, in the order of files and lines; a pack with an error is not
/// given. At most `errors_max` of them.
Result<domain::CityPack, PackErrors> load(const std::filesystem::path& folder);
inline constexpr std::size_t errors_max = 200;

/// The same with other bytes for some of its files, by name: what an edit would give.
Result<domain::CityPack, PackErrors> load(const std::filesystem::path& folder,
                                          const std::map<std::string, std::string>& instead);

/// What is allowed but should be known: categories without a line or a department, whose tickets
/// fall to the town of the place (街镇托底) or to triage.
PackErrors find_gaps(const domain::CityPack& pack);

/// A name with "/" is a path. Another is looked for as `deploy/cities/<name>` in each root and the
/// folders above it, in order. The error says where it was looked for.
Result<std::filesystem::path, PackError> find_pack(std::string_view name,
                                                   std::span<const std::filesystem::path> roots);

}  // namespace paidan::citypack
