#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "paidan/citypack/load.hpp"
#include "paidan/domain/clocks.hpp"

/// The packs that are shipped.
namespace paidan::citypack {
namespace {

namespace fs = std::filesystem;

const fs::path source_dir = PAIDAN_SOURCE_DIR;

TEST(Cities, LoadWithoutAnError) {
  int cities = 0;
  for (const auto& entry : fs::directory_iterator(source_dir / "deploy/cities")) {
    if (!entry.is_directory()) {
      continue;
    }
    ++cities;
    const auto loaded = load(entry.path());
    EXPECT_TRUE(loaded.has_value())
        << entry.path() << ": " << (loaded ? "" : to_string(loaded.error().front()));
  }
  EXPECT_GE(cities, 2);
}

TEST(Cities, HaveTheHolidaysOfTheStateCouncilDayByDay) {
  const auto pack = load(source_dir / "deploy/cities/shanghai");
  ASSERT_TRUE(pack.has_value());
  std::map<std::string, bool> off;  // "2025-10-01" -> a day off
  for (int year = 2019; year <= 2026; ++year) {
    std::ifstream in(source_dir / "tests/data/holidays" / (std::to_string(year) + ".json"));
    const nlohmann::json notice = nlohmann::json::parse(in);
    for (const auto& day : notice.at("days")) {
      off[day.at("date")] = day.at("isOffDay");
    }
  }
  using std::chrono::year;
  std::size_t days = 0;
  for (auto day = std::chrono::local_days{year{2019} / 1 / 1};
       day < std::chrono::local_days{year{2027} / 1 / 1}; day += std::chrono::days{1}) {
    const std::string date =
        domain::to_rfc3339(pack->calendar.zone, domain::to_instant(pack->calendar.zone, day))
            .substr(0, 10);
    const unsigned weekday = std::chrono::weekday{day}.iso_encoding();
    const auto known = off.find(date);
    const bool works = known == off.end() ? weekday <= 5 : !known->second;
    EXPECT_EQ(domain::is_working_day(pack->calendar, day), works) << date;
    EXPECT_TRUE(domain::day_info(pack->calendar, day).covered) << date;
    ++days;
  }
  EXPECT_EQ(days, 2'922U);
}

/// DESIGN section 3: terms that no published rule sets are policies of the pack and marked so.
TEST(Cities, GiveEachTermOfShanghaiASourceOrSayThatItIsAPolicy) {
  const auto pack = load(source_dir / "deploy/cities/shanghai");
  ASSERT_TRUE(pack.has_value());
  std::size_t published = 0;
  for (const domain::ClockDefinition& clock : pack->clocks) {
    for (const domain::Term& term : clock.terms) {
      const bool runs = term.measure != domain::Term::Measure::none;
      EXPECT_TRUE(!runs || term.policy != !term.source.empty())
          << to_string(term.at) << ": " << clock.name;
      published += term.source.empty() ? 0 : 1;
    }
  }
  EXPECT_GE(published, 8U);
  EXPECT_FALSE(pack->extension.source.empty());
  EXPECT_TRUE(pack->pause.states.empty()) << "no published rule pauses a clock";
}

TEST(Cities, HaveEveryClockOfTheDomainInShanghaiAndWhoIsToldWhenItRunsOut) {
  const auto pack = load(source_dir / "deploy/cities/shanghai");
  ASSERT_TRUE(pack.has_value());
  using Roles = std::vector<std::string>;
  const std::map<std::string, Roles> told = {
      {"citizen", {"lead_unit", "office"}},
      {"acknowledge", {"lead_unit", "office"}},
      {"contact", {"lead_unit", "office"}},
      {"handle", {"lead_unit", "office"}},
      {"redo", {"lead_unit", "office"}},
      {"supervise", {"lead_unit", "office"}},
      {"sub_handle", {"sub_unit", "lead_unit"}},
      {"co_handle", {"lead_unit", "co_handler"}},
      {"review", {"office"}},
      {"return_decision", {"office"}},
      {"extension_decision", {"office"}},
      {"unreasonable_decision", {"office"}},
      {"arbitration", {"office"}},
      {"return_request", {}},
      {"call_back", {}},
  };
  for (const std::string_view name : domain::clock_names) {
    EXPECT_NE(domain::find_clock(*pack, name), nullptr) << name;
    ASSERT_TRUE(told.contains(std::string(name))) << name;
    const domain::Ladder* ladder = domain::find_ladder(*pack, name);
    EXPECT_EQ(ladder == nullptr ? Roles{} : ladder->breach.notify, told.at(std::string(name)))
        << name;
  }
}

}  // namespace
}  // namespace paidan::citypack
