#include "paidanctl/replay/mapping.hpp"

#include <yaml-cpp/yaml.h>

#include <array>
#include <filesystem>
#include <set>
#include <string_view>

namespace paidan::ctl {

namespace {

constexpr std::array<std::string_view, 30> known_fields{"external_id",
                                                        "channel",
                                                        "title",
                                                        "text",
                                                        "category",
                                                        "demand_kind",
                                                        "address",
                                                        "postal_code",
                                                        "area",
                                                        "latitude",
                                                        "longitude",
                                                        "submitted_at",
                                                        "given_due_at",
                                                        "acknowledged_at",
                                                        "contacted_at",
                                                        "completed_at",
                                                        "return_requested_at",
                                                        "return_reason",
                                                        "return_granted",
                                                        "return_decided_at",
                                                        "rated_at",
                                                        "rated_solved",
                                                        "rated_satisfaction",
                                                        "name",
                                                        "phone",
                                                        "designated_unit",
                                                        "confidential",
                                                        "recorded_department",
                                                        "recorded_queue",
                                                        "recorded_verdict"};

std::string at(const std::string& path, const YAML::Node& node, const std::string& what) {
  return path + ":" + std::to_string(node.Mark().line + 1) + ": " + what;
}

std::optional<std::string> read_map(const std::string& path, const YAML::Node& node,
                                    const std::string& name,
                                    std::map<std::string, std::string>& into) {
  if (!node) return std::nullopt;
  if (!node.IsMap()) return at(path, node, name + " must be a map");
  for (const auto& entry : node) {
    if (entry.second.IsNull()) continue;  // named, but the file does not have it
    if (!entry.second.IsScalar()) return at(path, entry.second, name + " must map text to text");
    into[entry.first.Scalar()] = entry.second.Scalar();
  }
  return std::nullopt;
}

std::optional<std::string> check_columns(const std::string& path, const YAML::Node& root,
                                         const ReplayMapping& mapping) {
  const std::set<std::string_view> known(known_fields.begin(), known_fields.end());
  for (const auto& [field, column] : mapping.columns) {
    if (!known.contains(field)) return at(path, root["columns"], "unknown field " + field);
  }
  for (const std::string_view field : {"external_id", "channel", "title", "submitted_at"}) {
    if (!mapping.has(std::string(field))) {
      return at(path, root["columns"], "columns lacks " + std::string(field));
    }
  }
  return std::nullopt;
}

std::optional<std::string> read_window(const std::string& path, const YAML::Node& node,
                                       ReplayMapping& mapping) {
  constexpr std::int64_t hours_min = 6;
  if (!node) return std::nullopt;
  const std::int64_t hours = node.as<std::int64_t>(0);
  if (hours < hours_min || hours > mapping.window_hours_max) {
    return at(
        path, node,
        "window_hours_max must lie between 6 and " + std::to_string(mapping.window_hours_max));
  }
  mapping.window_hours_max = hours;
  return std::nullopt;
}

std::optional<std::string> read_scalars(const std::string& path, const YAML::Node& root,
                                        ReplayMapping& mapping) {
  const std::map<std::string, std::string*> scalars{
      {"input", &mapping.input},
      {"events", &mapping.events},
      {"expected", &mapping.expected},
      {"time_zone", &mapping.time_zone},
      {"time_format", &mapping.time_format},
      {"final_mark_not_before", &mapping.final_mark_not_before}};
  for (const auto& entry : root) {
    const std::string key = entry.first.Scalar();
    if (key == "columns" || key == "codes" || key == "channels") continue;
    if (key == "window_hours_max") continue;
    const auto scalar = scalars.find(key);
    if (scalar == scalars.end()) return at(path, entry.first, "unknown key " + key);
    if (!entry.second.IsScalar()) return at(path, entry.second, key + " must be text");
    *scalar->second = entry.second.Scalar();
  }
  if (mapping.time_zone.empty()) return path + ": time_zone is missing";
  if (mapping.time_format.empty()) mapping.time_format = "%Y-%m-%d %H:%M:%S";
  return std::nullopt;
}

std::optional<std::string> read_all(const std::string& path, const YAML::Node& root,
                                    ReplayMapping& mapping) {
  if (!root.IsMap()) return path + ": must be a map";
  if (auto wrong = read_scalars(path, root, mapping)) return wrong;
  if (auto wrong = read_map(path, root["columns"], "columns", mapping.columns)) return wrong;
  if (auto wrong = read_map(path, root["codes"], "codes", mapping.codes)) return wrong;
  if (auto wrong = read_map(path, root["channels"], "channels", mapping.channels)) return wrong;
  if (auto wrong = read_window(path, root["window_hours_max"], mapping)) return wrong;
  return check_columns(path, root, mapping);
}

}  // namespace

Result<ReplayMapping, Trouble> load_mapping(const std::string& path) {
  ReplayMapping mapping;
  try {
    const YAML::Node root = YAML::LoadFile(path);
    if (auto wrong = read_all(path, root, mapping)) return Trouble{*wrong};
  } catch (const YAML::Exception& error) {  // the library's only way to say so
    return Trouble{path + ": " + error.what()};
  }
  const auto folder = std::filesystem::path(path).parent_path();
  for (std::string* file : {&mapping.input, &mapping.events, &mapping.expected}) {
    if (!file->empty()) *file = std::filesystem::weakly_canonical(folder / *file).string();
  }
  return mapping;
}

}  // namespace paidan::ctl
