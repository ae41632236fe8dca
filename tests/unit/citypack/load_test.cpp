#include "paidan/citypack/load.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "spoilt_pack.hpp"

namespace paidan::citypack {
namespace {

TEST(Load, GivesAPackThatIsSound) {
  const auto loaded = load(source_dir / "tests/data/packs/small");
  ASSERT_TRUE(loaded.has_value()) << to_string(loaded.error().front());
  EXPECT_EQ(loaded->name, "small");
  EXPECT_EQ(loaded->rules_version.size(), 32U);
  EXPECT_EQ(loaded->calendar.first_year, 2025);
  EXPECT_EQ(loaded->calendar.last_year, 2026);
  EXPECT_EQ(loaded->calendar.zone.name, "Asia/Shanghai");
  const domain::Category* noise =
      domain::find_category(*loaded, domain::CategoryId{"环境/噪声/工地噪声"});
  ASSERT_NE(noise, nullptr);
  EXPECT_TRUE(noise->department.has_value()) << "inherited";
  EXPECT_EQ(noise->demand_kind, "投诉") << "inherited";
  EXPECT_EQ(domain::find_agency(*loaded, domain::UnitId{"water-1"})->level, 3U);
  EXPECT_EQ(domain::find_agency(*loaded, domain::UnitId{"t-310101"})->level, 3U);
}

const Fault faults[] = {
    {"an unknown key", "areas.yaml", "kind: city\n", "kind: city\n    colour: red\n",
     "areas.yaml:6: area: unknown key \"colour\""},
    {"a key that stands twice", "areas.yaml", "kind: city\n", "kind: city\n    kind: town\n",
     "areas.yaml:6: area: key \"kind\" stands twice"},
    {"a missing key", "agencies.yaml", "id: water, kind: bureau, ", "id: water, ",
     "agencies.yaml:2: unit: key \"kind\" is missing"},
    {"no YAML at all", "channels.yaml", "channels:", "channels: [", "channels.yaml:"},
    {"a list that is none", "channels.yaml", "channels:\n", "channels: 7\nx:\n",
     "channels.yaml:2: channels.yaml: unknown key \"x\""},
    {"an id with a slash", "agencies.yaml", "id: gas,", "id: g/as,", "agencies.yaml:4: unit: id"},
    {"an empty id", "agencies.yaml", "id: gas,", "id: \"\",", "agencies.yaml:4: unit: id"},
    {"two units with one id", "agencies.yaml", "id: gas,", "id: water,",
     "agencies.yaml:4: unit: \"water\" stands at agencies.yaml:2 already"},
    {"an unknown kind of unit", "agencies.yaml", "id: gas, kind: bureau", "id: gas, kind: club",
     "agencies.yaml:4: unit kind \"club\""},
    {"an unknown parent", "agencies.yaml", "parent: water,", "parent: fire,",
     "agencies.yaml:3: unknown unit \"fire\""},
    {"a cycle of parents", "agencies.yaml", "{id: water, kind: bureau,",
     "{id: water, kind: bureau, parent: water-1,", "is a cycle"},
    {"an unknown area of a unit", "agencies.yaml", "area: \"3101\", zh: 黄浦区政府",
     "area: \"9\", zh: 黄浦区政府", "agencies.yaml:6: unknown area \"9\""},
    {"two towns for one area", "agencies.yaml", "area: \"310102\"", "area: \"310101\"",
     "are the same for their area"},
    {"an unknown category in a line", "responsibility.yaml", "category: 市容/违法搭建",
     "category: 市容/没有", "responsibility.yaml:19: unknown category \"市容/没有\""},
    {"an unknown unit in a line", "responsibility.yaml", "lead: lights", "lead: dark",
     "responsibility.yaml:24: unknown unit \"dark\""},
    {"an unknown area in a line", "responsibility.yaml", "area: \"311502\"", "area: \"31x\"",
     "responsibility.yaml:13: unknown area \"31x\""},
    {"an unknown channel in a line", "responsibility.yaml", "channel: media", "channel: radio",
     "responsibility.yaml:17: unknown channel \"radio\""},
    {"an unknown function", "responsibility.yaml", "lead: {function: 生态环境, of: district}",
     "lead: {function: 宇航, of: district}",
     "responsibility.yaml:4: unit reference: no unit has the function \"宇航\""},
    {"two leads for one category", "responsibility.yaml",
     "  - {category: Street Light, lead: lights}",
     "  - {category: Street Light, lead: lights}\n  - {category: Street Light, lead: gas}",
     "responsibility.yaml:25: line: two leads: the line at responsibility.yaml:24"},
    {"a line without a lead", "responsibility.yaml", "{category: Street Light, lead: lights}",
     "{category: Street Light}", "responsibility.yaml:24: line: key \"lead\" is missing"},
    {"an unknown duty", "responsibility.yaml", "duty: 基本", "duty: 随便",
     "responsibility.yaml:7: line: duty \"随便\""},
    {"a class that lies nowhere there", "responsibility.yaml", "{class: 镇, of: \"3115\"}",
     "{class: 镇, of: \"3101\"}", "line: can never match: no area of this class lies there"},
    {"a class each area of which has its own line", "responsibility.yaml", "    area: \"311502\"\n",
     "    area: [\"311502\", \"311501\"]\n",
     "line: can never match: more exact lines hold wherever it does, one at "
     "responsibility.yaml:12"},
    {"a district without that department", "agencies.yaml",
     "  - {id: cg-3115, kind: department, area: \"3115\", function: 城管执法, parent: d-3115, "
     "zh: 浦东新区城管执法局, en: Pudong Urban Enforcement}\n",
     "", "line: lead: no unit of function 城管执法 for area \"311501\" (川沙新镇)"},
    {"two areas of one name", "areas.yaml", "zh: 北蔡镇", "zh: 川沙新镇",
     "areas.yaml:23: area: overlaps with \"311501\": both are called \"川沙新镇\""},
    {"two areas of the same codes", "areas.yaml", "class: 街道, zh: 外滩街道,",
     "class: 街道, zh: 外滩街道, codes: {ward: [\"17\"], district_no: [\"01\"]},",
     "areas.yaml:16: area: overlaps with \"310101\": both have the same codes"},
    {"a town within a town", "areas.yaml", "kind: town, zh: 张江园区}",
     "kind: town, zh: 张江园区, children: [{code: a, kind: district}]}",
     "area: kind \"district\" cannot lie within \"town\""},
    {"an unknown class", "areas.yaml", "class: 镇, zh: 北蔡镇", "class: 乡, zh: 北蔡镇",
     "areas.yaml:23: unknown area class \"乡\""},
    {"an unknown demand kind", "taxonomy.yaml", "default_demand_kind: 求助",
     "default_demand_kind: 打听", "taxonomy.yaml:7: unknown demand kind \"打听\""},
    {"an unknown department", "taxonomy.yaml", "department: {function: 生态环境, of: district}",
     "department: nobody", "taxonomy.yaml:18: unknown unit \"nobody\""},
    {"two categories of one path", "taxonomy.yaml", "{id: 乱张贴,", "{id: 违法搭建,",
     "category: \"市容/违法搭建\" stands at taxonomy.yaml:32 already"},
    {"a weight out of bounds", "taxonomy.yaml", "weight: 3", "weight: 300",
     "keyword: \"weight\" must be a number from"},
    {"an unknown urgency", "taxonomy.yaml", "urgency: urgent", "urgency: soon",
     "taxonomy.yaml:37: urgency \"soon\""},
    {"an unknown clock", "clocks.yaml", "name: redo", "name: lunch",
     "clocks.yaml:48: clock: there is no clock \"lunch\""},
    {"a term of two measures", "clocks.yaml", "{working_hours: 4}", "{working_hours: 4, hours: 4}",
     "clocks.yaml:17: term: must have exactly one of"},
    {"a term without a measure", "clocks.yaml", "{working_hours: 4}", "{policy: true}",
     "must have exactly one of"},
    {"a term after one that always fits", "clocks.yaml", "[{working_hours: 4}]",
     "[{working_hours: 4}, {hours: 2}]", "term at line 17 can never apply"},
    {"a term for an unknown kind", "clocks.yaml", "kinds: [表扬]", "kinds: [批评]",
     "clocks.yaml:8: unknown demand kind \"批评\""},
    {"a term that is too long", "clocks.yaml", "{working_hours: 4}", "{working_days: 4000}",
     "term: \"working_days\" must be a whole number from 1 to 400"},
    {"a warning beyond the end", "clocks.yaml", "warn_at: 0.8", "warn_at: 1.5",
     "clock: \"warn_at\" must be a number"},
    {"a co-handler's clock by the hour", "clocks.yaml",
     "    en: co-handling\n    policy: true\n    terms: [{working_days: 1}]",
     "    en: co-handling\n    policy: true\n    terms: [{hours: 1}]", "co_handle is counted back"},
    {"an unknown time zone", "calendar.yaml", "Asia/Shanghai", "Asia/Atlantis",
     "calendar.yaml:1: there is no time zone \"Asia/Atlantis\""},
    {"hours that overlap", "calendar.yaml", "[\"09:00-17:30\"]",
     "[\"09:00-17:30\", \"12:00-13:00\"]", "calendar.yaml:3: working_hours must follow each other"},
    {"hours that end before they begin", "calendar.yaml", "09:00-17:30", "19:00-17:30",
     "is no HH:MM-HH:MM"},
    {"a week without work", "calendar.yaml", "[mon, tue, wed, thu, fri]", "[]",
     "\"week\" has no working day"},
    {"a gap between covered years", "calendar.yaml",
     "holiday_files: [holidays/2025.json, holidays/2026.json]",
     "holiday_files: [holidays/2025.json, holidays/2026.json]\nyears: [{year: 2023, days: []}]",
     "year 2024 is missing between covered years"},
    {"a year that stands twice", "calendar.yaml",
     "holiday_files: [holidays/2025.json, holidays/2026.json]",
     "holiday_files: [holidays/2025.json, holidays/2026.json]\nyears: [{year: 2025, days: []}]",
     "year 2025 stands at"},
    {"a holiday file that nobody lists", "calendar.yaml", ", holidays/2026.json]", "]",
     "holidays/2026.json: is not listed in calendar.yaml"},
    {"a holiday file that is not there", "calendar.yaml", "holidays/2026.json",
     "holidays/2027.json", "there is no file \"holidays/2027.json\""},
    {"a day that is none", "holidays/2025.json", "2025-10-01", "2025-13-01",
     "date \"2025-13-01\" is no YYYY-MM-DD"},
    {"a day that stands twice", "holidays/2025.json", "2025-10-02", "2025-10-01",
     "the day stands at holidays/2025.json"},
    {"an unknown clock in a ladder", "ladder.yaml", "clocks: [citizen]", "clocks: [supervise]",
     "ladder.yaml:2: ladder: clocks.yaml has no clock \"supervise\""},
    {"steps that do not grow", "ladder.yaml", "after_working_days: 5", "after_working_days: 1",
     "ladder.yaml:7: ladder: each step must be later than the one before it"},
    {"a step without its day", "ladder.yaml", "after_working_days: 5, ", "",
     "key \"after_working_days\" is missing"},
    {"a clock in two ladders", "ladder.yaml", "ladders:\n", "ladders:\n  - {clocks: [citizen]}\n",
     "ladder of clock: \"citizen\" stands at"},
    {"a due rule that is none", "channels.yaml", "call_back: false", "call_back: false, due: soon",
     "channels.yaml:4: channel: \"due\" must be given or computed"},
    {"a flag that is none", "channels.yaml", "may_designate: true", "may_designate: perhaps",
     "channels.yaml:5: channel: \"may_designate\" must be true or false"},
};

TEST(Load, NamesFileAndLineOfEachFault) { expect_each_found(faults); }

TEST(Load, ReportsAllFaultsAtOnceInOrder) {
  const SpoiltPack pack;
  pack.replace("ladder.yaml", "clocks: [citizen]", "clocks: [supervise]");
  pack.replace("agencies.yaml", "parent: water,", "parent: fire,");
  pack.replace("channels.yaml", "demand_kind: 投诉", "demand_kind: 打听");
  EXPECT_EQ(errors_of(pack.path()),
            "agencies.yaml:3: unknown unit \"fire\"\n"
            "channels.yaml:3: unknown demand kind \"打听\"\n"
            "ladder.yaml:2: ladder: clocks.yaml has no clock \"supervise\"\n");
}

TEST(Load, KnowsMissingAndMisplacedFiles) {
  const SpoiltPack pack;
  fs::remove(pack.path() / "ladder.yaml");
  pack.write("laddder.yaml", "ladders: []\n");
  pack.write("notes.txt", "not read");
  EXPECT_EQ(errors_of(pack.path()),
            "laddder.yaml: is not a file of a city pack\nladder.yaml: is missing\n");
  EXPECT_NE(errors_of(pack.path() / "nowhere").find("cannot be read as a city pack"),
            std::string::npos);
}

TEST(Load, SurvivesBytesThatAreNoPack) {
  const SpoiltPack pack;
  const std::string wild[] = {"\xff\xfe\x00\x01",        "[[[[[[",  "a: *b",
                              std::string(100'000, '['), "- - - -", "? {a: b} : c",
                              "lines: {a: 1}",           ""};
  for (const std::string& bytes : wild) {
    pack.write("responsibility.yaml", bytes);
    EXPECT_NE(errors_of(pack.path()), "loads");
  }
}

TEST(Load, GivesEachContentItsOwnVersion) {
  const SpoiltPack pack;
  const std::string before = load(pack.path())->rules_version;
  EXPECT_EQ(load(pack.path())->rules_version, before);
  pack.replace("responsibility.yaml", "区责任清单第 12 条", "区责任清单第 13 条");
  EXPECT_NE(load(pack.path())->rules_version, before);
  pack.replace("responsibility.yaml", "区责任清单第 13 条", "区责任清单第 12 条");
  EXPECT_EQ(load(pack.path())->rules_version, before);
  pack.write("README.md", "other words");
  EXPECT_EQ(load(pack.path())->rules_version, before) << "words for people are no rules";
}

TEST(FindPack, LooksInAndAboveTheRoots) {
  const fs::path roots[] = {source_dir / "libs" / "citypack"};
  const auto found = find_pack("boston", roots);
  ASSERT_TRUE(found.has_value()) << to_string(found.error());
  EXPECT_EQ(*found, fs::canonical(source_dir / "deploy/cities/boston"));
  EXPECT_NE(to_string(find_pack("atlantis", roots).error()).find("no deploy/cities/atlantis"),
            std::string::npos);
  EXPECT_FALSE(find_pack("", roots).has_value());
}

TEST(FindPack, TakesANameWithASlashAsAPath) {
  const std::string path = (source_dir / "tests/data/packs/given").string();
  EXPECT_EQ(find_pack(path, {})->string(), path);
  EXPECT_FALSE(find_pack("./no/such/folder", {}).has_value());
}

TEST(FindGaps, NamesCategoriesThatFallToTheTown) {
  const auto pack = load(source_dir / "tests/data/packs/small");
  std::string gaps;
  for (const PackError& gap : find_gaps(*pack)) {
    gaps += to_string(gap) + "\n";
  }
  EXPECT_EQ(gaps,
            "taxonomy.yaml:31: category: \"市容/垃圾清运\" has no line and no department in 5 of 5 "
            "areas\n"
            "taxonomy.yaml:33: category: \"市容/乱张贴\" has no line and no department in 5 of 5 "
            "areas\n");
}

}  // namespace
}  // namespace paidan::citypack
