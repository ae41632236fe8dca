#include "config_file.hpp"

#include <yaml-cpp/yaml.h>

#include <fstream>
#include <optional>

namespace paidan::runtime {
namespace {

using Values = std::map<std::string, FileValue>;
constexpr std::streamsize file_max_bytes = 1 << 20;
constexpr int depth_max = 8;

std::string at(const std::string& path, const YAML::Mark& mark) {
  return path + ":" + std::to_string(mark.line + 1);
}

std::optional<ConfigError> flatten(const YAML::Node& node, const std::string& path,
                                   const std::string& prefix, int depth, Values& out) {
  if (depth > depth_max) return ConfigError{at(path, node.Mark()) + ": nested too deeply"};
  for (const auto& item : node) {
    const std::string where = at(path, item.first.Mark());
    if (!item.first.IsScalar()) return ConfigError{where + ": a key must be a name"};
    const std::string name = prefix + item.first.Scalar();
    if (item.second.IsMap()) {
      if (auto wrong = flatten(item.second, path, name + ".", depth + 1, out)) return wrong;
      continue;
    }
    if (item.second.IsSequence()) return ConfigError{where + ": " + name + ": must be one value"};
    const std::string value = item.second.IsNull() ? "" : item.second.Scalar();
    if (!out.try_emplace(name, FileValue{value, where}).second) {
      return ConfigError{where + ": " + name + " is set twice, first at " + out[name].where};
    }
  }
  return std::nullopt;
}

Result<std::string, ConfigError> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return ConfigError{path + ": cannot be read"};
  std::string text(static_cast<std::size_t>(file_max_bytes) + 1, '\0');
  file.read(text.data(), file_max_bytes + 1);
  if (file.bad()) return ConfigError{path + ": cannot be read"};
  if (file.gcount() > file_max_bytes) return ConfigError{path + ": is larger than 1 MB"};
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

Result<Values, ConfigError> read_config_file(const std::string& path) {
  const auto text = read_text(path);
  if (!text) return text.error();
  try {
    const YAML::Node root = YAML::Load(*text);
    Values values;
    if (root.IsNull()) return values;
    if (!root.IsMap()) return ConfigError{path + ":1: must be a map of settings"};
    if (auto wrong = flatten(root, path, "", 0, values)) return *wrong;
    return values;
  } catch (const YAML::Exception& error) {
    return ConfigError{at(path, error.mark) + ": " + error.msg};
  }
}

}  // namespace paidan::runtime
