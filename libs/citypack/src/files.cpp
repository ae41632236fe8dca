#include "src/files.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <system_error>

namespace paidan::citypack {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t file_bytes_max = 16U << 20U;
constexpr auto wanted = std::to_array<std::string_view>(
    {"taxonomy.yaml", "areas.yaml", "agencies.yaml", "responsibility.yaml", "clocks.yaml",
     "calendar.yaml", "channels.yaml", "ladder.yaml"});

bool is_wanted(const std::string& name) {
  for (const std::string_view file : wanted) {
    if (name == file) {
      return true;
    }
  }
  return name.starts_with("holidays/") && name.ends_with(".json");
}

/// A misspelt name would silently drop rules; how a demo feeds the pack is no rule.
bool is_misplaced(const std::string& name) {
  const bool yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  return yaml && name.find('/') == std::string::npos && name != "replay.yaml";
}

void read_file(const fs::path& path, const std::string& name, Files& files, Errors& errors) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error || size > file_bytes_max) {
    errors.add(name, 0, error ? error.message() : "is larger than 16 MiB");
    return;
  }
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) {
    errors.add(name, 0, "cannot be read");
    return;
  }
  files.emplace(name, std::move(bytes));
}

}  // namespace

Files read_files(const fs::path& folder, Errors& errors) {
  Files files;
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, error);
  if (error) {
    errors.add(folder.string(), 0, "cannot be read as a city pack: " + error.message());
    return files;
  }
  for (const fs::directory_entry& entry : entries) {
    if (!entry.is_regular_file(error)) {
      continue;
    }
    const std::string name = fs::relative(entry.path(), folder, error).generic_string();
    if (is_wanted(name)) {
      read_file(entry.path(), name, files, errors);
    } else if (is_misplaced(name)) {
      errors.add(name, 0, "is not a file of a city pack");
    }
  }
  for (const std::string_view name : wanted) {
    if (!files.contains(std::string(name))) {
      errors.add(std::string(name), 0, "is missing");
    }
  }
  return files;
}

std::optional<Place> parse(const Files& files, const std::string& name, Errors& errors) {
  const auto file = files.find(name);
  if (file == files.end()) {
    return std::nullopt;  // reported by read_files
  }
  try {
    return Place{file->first, YAML::Load(file->second), &errors};
  } catch (const YAML::Exception& error) {
    errors.add(name, static_cast<std::uint32_t>(error.mark.line + 1),
               "no valid YAML: " + error.msg);
    return std::nullopt;
  }
}

}  // namespace paidan::citypack
