#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "paidanctl/replay/report.hpp"

namespace paidan::ctl {

namespace {

Counts figures(const ReplayReport& report) {
  Counts counts = report.mechanisms;
  counts["cases"] = report.cases;
  counts["submitted"] = report.submitted;
  counts["lost"] = report.lost;
  counts["doubled"] = report.doubled;
  counts["deadletters"] = report.dead_letters;
  counts["steps_unexpected"] = report.steps_unexpected;
  return counts;
}

std::uint64_t of(const Counts& counts, const std::string& name) {
  const auto found = counts.find(name);
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

std::string expected_json(const ReplayReport& report) {
  return nlohmann::ordered_json(figures(report)).dump(2) + "\n";
}

Result<std::vector<std::string>, Trouble> differences_from(const std::string& path,
                                                           const ReplayReport& report) {
  std::ifstream file(path);
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (!json.is_object()) return Trouble{path + ": is not a JSON object of counts"};
  Counts expected;
  for (const auto& [name, count] : json.items()) {
    if (!count.is_number_unsigned()) return Trouble{path + ": " + name + " is not a count"};
    expected[name] = count.get<std::uint64_t>();
  }
  const Counts found = figures(report);
  Counts names = found;
  names.insert(expected.begin(), expected.end());
  std::vector<std::string> lines;
  for (const auto& [name, any] : names) {
    if (of(expected, name) == of(found, name)) continue;
    lines.push_back(
        fmt::format("{}: expected {}, came out as {}", name, of(expected, name), of(found, name)));
  }
  return lines;
}

}  // namespace paidan::ctl
