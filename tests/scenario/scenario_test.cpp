#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "packs.hpp"
#include "player.hpp"

/// Whole tickets as text. `paidan_scenario_test --rewrite` accepts what the domain says now.
namespace paidan::scenario {
namespace {

namespace fs = std::filesystem;

bool rewrite = false;
const fs::path folder = fs::path(PAIDAN_SOURCE_DIR) / "tests/scenario";

std::string read_file(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt" && entry.path().filename() != "CMakeLists.txt") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool has_several_tickets(const Script& script) {
  return std::any_of(script.steps.begin(), script.steps.end(),
                     [](const Step& step) { return ticket_of(step) != "A"; });
}

/// What came of each step of a written script, and what held not.
struct Played {
  std::string said;
  std::set<std::pair<domain::State, domain::Move>> taken;
  std::vector<std::string> broken;
};

Played play(const std::string& written) {
  std::string error;
  const auto script = parse_script(written, error);
  if (!script) {
    return {{}, {}, {error}};
  }
  const domain::CityPack* pack = pack_named(script->pack);
  if (pack == nullptr) {
    return {{}, {}, {"no such pack: " + script->pack}};
  }
  Player player(*pack, pack_named, has_several_tickets(*script));
  std::vector<std::vector<std::string>> outputs;
  outputs.reserve(script->steps.size());
  for (const Step& step : script->steps) {
    outputs.push_back(player.play(step));
  }
  return {render_script(*script, outputs), player.world().taken(), player.world().broken(true)};
}

class Scenario : public ::testing::TestWithParam<std::string> {};

TEST_P(Scenario, ComesOutAsWritten) {
  const fs::path path = folder / (GetParam() + ".txt");
  const std::string written = read_file(path);
  const Played played = play(written);
  if (rewrite && played.said != written && !played.said.empty()) {
    std::ofstream(path) << played.said;
  } else {
    EXPECT_EQ(played.said, written) << "if that is right now: paidan_scenario_test --rewrite";
  }
  EXPECT_EQ(played.broken, std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Tickets, Scenario, ::testing::ValuesIn(scenario_names()),
                         [](const auto& param) { return param.param; });

/// A row of the life cycle that no scenario takes is a rule that nobody has seen at work.
TEST(Scenarios, ExerciseEachTransitionOfTheLifeCycle) {
  std::set<std::pair<domain::State, domain::Move>> taken;
  for (const std::string& name : scenario_names()) {
    taken.merge(play(read_file(folder / (name + ".txt"))).taken);
  }
  std::size_t missing = 0;
  for (const domain::Transition& row : domain::transitions()) {
    if (!taken.contains({row.from, row.move})) {
      ++missing;
      ADD_FAILURE() << "no scenario takes " << code_of(row.from) << " x " << code_of(row.move);
    }
  }
  const std::size_t rows = domain::transitions().size();
  std::printf("transitions exercised: %zu of %zu\n", rows - missing, rows);
}

TEST(Scenarios, SayInTheirFirstLineWhatTheyShow) {
  for (const std::string& name : scenario_names()) {
    const std::string written = read_file(folder / (name + ".txt"));
    EXPECT_TRUE(written.starts_with("# ")) << name;
  }
}

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
