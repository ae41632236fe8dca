#include "results.hpp"

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

namespace paidan::bench {

std::string flag(int argc, const char* const* argv, const std::string& name,
                 const std::string& fallback) {
  const std::string start = "--" + name + "=";
  for (int at = 1; at < argc; ++at) {
    const std::string argument(argv[at]);
    if (argument.starts_with(start)) return argument.substr(start.size());
  }
  return fallback;
}

int report(const std::vector<Result>& results, int argc, const char* const* argv) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Result& result : results) {
    std::printf("%-52s %14.2f %s\n", result.name.c_str(), result.value, result.unit.c_str());
    all.push_back({{"name", result.name},
                   {"run_type", "iteration"},
                   {"real_time", result.value},
                   {"cpu_time", result.value},
                   {"time_unit", result.unit}});
  }
  const std::string path = flag(argc, argv, "benchmark_out", "");
  if (path.empty()) return 0;
  std::ofstream out(path);
  out << nlohmann::ordered_json{{"benchmarks", all}}.dump(2) << "\n";
  out.flush();
  return out ? 0 : 1;
}

}  // namespace paidan::bench
