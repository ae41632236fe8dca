#include "packs.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "paidan/citypack/load.hpp"

namespace paidan::scenario {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

std::string read_file(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void lay_over(const fs::path& base, const fs::path& overlay, Files& instead) {
  constexpr std::string_view more = ".add.yaml";
  for (const auto& entry : fs::directory_iterator(overlay)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(more)) {
      instead[name] = read_file(entry.path());
      continue;
    }
    const std::string file = name.substr(0, name.size() - more.size()) + ".yaml";
    const auto [known, fresh] = instead.try_emplace(file);
    if (fresh) {
      known->second = read_file(base / file);
    }
    known->second += read_file(entry.path());
  }
}

}  // namespace

const domain::CityPack* pack_named(const std::string& name) {
  static std::map<std::string, domain::CityPack> packs;
  if (const auto known = packs.find(name); known != packs.end()) {
    return &known->second;
  }
  const fs::path tests = fs::path(PAIDAN_SOURCE_DIR) / "tests";
  std::istringstream words(name);
  std::string word;
  words >> word;
  const fs::path base = tests / "data/packs" / word;
  Files instead;
  while (words >> word) {
    if (word != "+") {
      lay_over(base, tests / "scenario/packs" / word, instead);
    }
  }
  auto loaded = citypack::load(base, instead);
  EXPECT_TRUE(loaded.has_value()) << name << ": "
                                  << (loaded ? "" : to_string(loaded.error().front()));
  if (!loaded) {
    return nullptr;
  }
  return &packs.emplace(name, std::move(loaded).value()).first->second;
}

}  // namespace paidan::scenario
