#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "paidan/citypack/load.hpp"
#include "player.hpp"

/// Whole tickets as text. `paidan_scenario_test --rewrite` accepts what the domain says now.
namespace paidan::scenario {
namespace {

namespace fs = std::filesystem;

bool rewrite = false;
const fs::path source_dir = PAIDAN_SOURCE_DIR;

const domain::CityPack& pack_named(const std::string& name) {
  static std::map<std::string, domain::CityPack> packs;
  const auto known = packs.find(name);
  if (known != packs.end()) {
    return known->second;
  }
  auto loaded = citypack::load(source_dir / "tests/data/packs" / name);
  EXPECT_TRUE(loaded.has_value()) << (loaded ? "" : to_string(loaded.error().front()));
  return packs.emplace(name, std::move(loaded).value()).first->second;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(source_dir / "tests/scenario")) {
    if (entry.path().extension() == ".txt" && entry.path().filename() != "CMakeLists.txt") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Scenario : public ::testing::TestWithParam<std::string> {};

TEST_P(Scenario, ComesOutAsWritten) {
  const fs::path path = source_dir / "tests/scenario" / (GetParam() + ".txt");
  const std::string written = read_file(path);
  std::string error;
  const auto script = parse_script(written, error);
  ASSERT_TRUE(script.has_value()) << error;
  Player player(pack_named(script->pack));
  std::vector<std::vector<std::string>> outputs;
  outputs.reserve(script->steps.size());
  for (const Step& step : script->steps) {
    outputs.push_back(player.play(step));
  }
  const std::string said = render_script(*script, outputs);
  if (rewrite && said != written) {
    std::ofstream(path) << said;
  } else {
    EXPECT_EQ(said, written) << "if that is right now: paidan_scenario_test --rewrite";
  }
  EXPECT_EQ(player.broken_invariants(), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Tickets, Scenario, ::testing::ValuesIn(scenario_names()),
                         [](const auto& param) { return param.param; });

}  // namespace
}  // namespace paidan::scenario

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    paidan::scenario::rewrite =
        paidan::scenario::rewrite || std::string_view(argv[i]) == "--rewrite";
  }
  return RUN_ALL_TESTS();
}
