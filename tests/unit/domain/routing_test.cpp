#include "paidan/domain/routing.hpp"

#include <gtest/gtest.h>

#include "helpers.hpp"

namespace paidan::domain {
namespace {

std::string routed(const CityPack& pack, const RoutingRequest& request) {
  const auto found = route(pack, request);
  if (const auto* reason = std::get_if<TriageReason>(&found)) {
    static constexpr std::array<const char*, 4> names{"none", "no category", "no area", "no owner"};
    return std::string("triage: ") + names[static_cast<std::size_t>(*reason)];
  }
  const Route& way = std::get<Route>(found);
  std::string out = way.lead_unit.get();
  out += way.queue_unit == way.lead_unit ? "" : " / " + way.queue_unit.get();
  for (const UnitId& unit : way.co_handlers) {
    out += " + " + unit.get();
  }
  return out;
}

struct Case {
  const char* what;
  const char* category;
  const char* area;
  const char* channel;
  const char* unit;
};

TEST(Routing, FollowsTheMostExactLine) {
  const Case cases[] = {
      {"配合: the town joins", "环境/噪声", "310101", "hotline", "hb-3101 + t-310101"},
      {"lines cover what is below them", "环境/噪声/工地噪声", "310101", "hotline",
       "hb-3101 + t-310101"},
      {"a deeper category beats a wider one", "环境/噪声/广场舞", "310101", "hotline", "t-310101"},
      {"a class of towns within a district", "环境/噪声/工地噪声", "311501", "hotline", "cg-3115"},
      {"one town beats its class", "环境/噪声/工地噪声", "311502", "hotline", "t-311502"},
      {"a park has no class", "环境/噪声/工地噪声", "311503", "hotline", "hb-3115 + t-311502"},
      {"a line for a channel", "环境/噪声/工地噪声", "310101", "media", "d-3101"},
      {"收回: the department alone", "市容/违法搭建", "310101", "hotline", "cg-3101"},
      {"a queue of level 2", "供水", "310101", "hotline", "water / water-1"},
      {"and where no area is known", "供水", "", "hotline", "water / water-1"},
      {"co-handlers of the line", "燃气", "310102", "hotline", "gas + t-310102"},
      {"who are left out without an area", "燃气", "", "hotline", "gas"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(routed(small_pack(),
                     {CategoryId{c.category}, AreaId{c.area}, ChannelId{c.channel}, UnitId{}}),
              c.unit)
        << c.what;
  }
}

TEST(Routing, TakesTheDepartmentThenTheTownThenAsksTheOffice) {
  const Case cases[] = {
      {"statutory department at the district", "环境/油烟", "310101", "hotline", "hb-3101"},
      {"of the right district", "环境/油烟", "311501", "hotline", "hb-3115"},
      {"街镇托底", "市容/乱张贴", "310101", "hotline", "t-310101"},
      {"the host of a park", "市容/乱张贴", "311503", "hotline", "t-311502"},
      {"no town known", "市容/乱张贴", "3101", "hotline", "triage: no owner"},
      {"no area", "市容/乱张贴", "", "hotline", "triage: no area"},
      {"an area that the pack does not know", "市容/乱张贴", "9999", "hotline", "triage: no area"},
      {"no category", "", "310101", "hotline", "triage: no category"},
      {"an unknown one", "没有", "310101", "hotline", "triage: no category"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(routed(small_pack(),
                     {CategoryId{c.category}, AreaId{c.area}, ChannelId{c.channel}, UnitId{}}),
              c.unit)
        << c.what;
  }
}

TEST(Routing, TakesTheNextStepWhenAUnitIsExcluded) {
  RoutingRequest request{
      CategoryId{"环境/噪声/工地噪声"}, AreaId{"310101"}, ChannelId{"media"}, {}};
  std::vector<UnitId> excluded;
  std::string way;
  for (int step = 0; step < 4; ++step) {
    request.excluded_units = excluded;
    const std::string unit = routed(small_pack(), request);
    way += unit + "; ";
    excluded.emplace_back(unit.substr(0, unit.find(' ')));
  }
  EXPECT_EQ(way, "d-3101; hb-3101 + t-310101; triage: no owner; triage: no owner; ");
}

TEST(Routing, NeverFallsBackToTheTownForAWithdrawnDuty) {
  const std::vector<UnitId> excluded{UnitId{"cg-3101"}};
  EXPECT_EQ(
      routed(small_pack(),
             {CategoryId{"市容/违法搭建"}, AreaId{"310101"}, ChannelId{"hotline"}, {}, excluded}),
      "triage: no owner");
}

/// The small pack with one line more, at responsibility.yaml:100 and after.
CityPack with_lines(std::vector<ResponsibilityLine> lines) {
  CityPack pack = small_pack();
  for (ResponsibilityLine& line : lines) {
    line.at = {"responsibility.yaml", static_cast<std::uint32_t>(100 + pack.lines.size())};
    pack.lines.push_back(std::move(line));
  }
  return build_index(std::move(pack));
}

Index category_of(const char* id) { return small_pack().index.categories.find(id)->second; }
Index area_of(const char* code) { return small_pack().index.areas.find(code)->second; }

const UnitReference the_town{UnitReference::By::kind, no_index, UnitKind::town, {}};

TEST(Routing, GoesDownTheStepsOneByOne) {
  // 基本 for one town, then 配合 for its class, then 配合 for all, then the statutory department.
  const CityPack pack =
      with_lines({{.category = category_of("环境/油烟"),
                   .area = area_of("311502"),
                   .duty = Duty::basic,
                   .lead = the_town},
                  {.category = category_of("环境/油烟"),
                   .area_class = 1,
                   .duty = Duty::cooperate,
                   .lead = {UnitReference::By::function, no_index, UnitKind::town, "城管执法", 1}},
                  {.category = category_of("环境"), .duty = Duty::cooperate, .lead = {.unit = 1}}});
  RoutingRequest request{CategoryId{"环境/油烟"}, AreaId{"311502"}, ChannelId{"hotline"}, {}};
  std::vector<UnitId> excluded;
  std::string way;
  for (int step = 0; step < 5; ++step) {
    request.excluded_units = excluded;
    const std::string unit = routed(pack, request);
    way += unit + "; ";
    excluded.emplace_back(unit.substr(0, unit.find(' ')));
  }
  EXPECT_EQ(way, "t-311502; cg-3115 + t-311502; water-1 + t-311502; hb-3115; triage: no owner; ");
}

TEST(Routing, DoesNotFallToTheTownBehindAWithdrawnLineEvenByAWiderLine) {
  // 收回 for 3101 only; elsewhere, and in the whole city, the town leads.
  const CityPack pack =
      with_lines({{.category = category_of("市容/乱张贴"),
                   .area = area_of("3101"),
                   .duty = Duty::withdrawn,
                   .lead = {UnitReference::By::function, no_index, UnitKind::town, "城管执法", 1}},
                  {.category = category_of("市容/乱张贴"), .duty = Duty::basic, .lead = the_town}});
  RoutingRequest request{CategoryId{"市容/乱张贴"}, AreaId{"310101"}, ChannelId{"hotline"}, {}};
  EXPECT_EQ(routed(pack, request), "cg-3101");
  const std::vector<UnitId> returned{UnitId{"cg-3101"}};
  request.excluded_units = returned;
  EXPECT_EQ(routed(pack, request), "triage: no owner");
  request.area = AreaId{"311501"};
  EXPECT_EQ(routed(pack, request), "t-311501");
}

std::vector<std::string> beaten_in(const CityPack& pack, const RoutingRequest& request) {
  const auto found = route(pack, request);
  return std::get<Route>(found).why.beaten;
}

TEST(Routing, NamesTheLinesThatWereBeaten) {
  using Names = std::vector<std::string>;
  RoutingRequest request{
      CategoryId{"环境/噪声/工地噪声"}, AreaId{"311502"}, ChannelId{"hotline"}, {}};
  EXPECT_EQ(beaten_in(small_pack(), request),
            (Names{"responsibility.yaml:8 (环境/噪声/工地噪声, area 3115, class 镇) 收回: cg-3115",
                   "responsibility.yaml:2 (环境/噪声) 配合: hb-3115"}));
  const std::vector<UnitId> returned{UnitId{"t-311502"}};
  request.excluded_units = returned;
  EXPECT_EQ(beaten_in(small_pack(), request),
            (Names{"responsibility.yaml:12 (环境/噪声/工地噪声, area 311502) 基本: t-311502, whose "
                   "return was granted",
                   "responsibility.yaml:2 (环境/噪声) 配合: hb-3115"}))
      << "a line that was passed over is among them";
  EXPECT_EQ(beaten_in(small_pack(), {CategoryId{"供水"}, AreaId{}, ChannelId{}, {}}), Names{})
      << "nothing else applied";
}

TEST(Routing, NamesAtMostEightBeatenLines) {
  std::vector<ResponsibilityLine> lines;
  for (Index area : {area_of("31"), area_of("3101"), area_of("310101")}) {
    for (const char* category : {"环境", "环境/噪声", "环境/噪声/工地噪声"}) {
      lines.push_back({.category = category_of(category), .area = area, .lead = {.unit = 1}});
    }
  }
  const auto beaten = beaten_in(
      with_lines(lines), {CategoryId{"环境/噪声/工地噪声"}, AreaId{"310101"}, ChannelId{}, {}});
  EXPECT_EQ(beaten.size(), Why::beaten_max);
}

TEST(Routing, SaysWhatATownHasProposedAndNeverAppliesIt) {
  using Status = ProposedLine::Status;
  const ResponsibilityLine wanted{.category = category_of("市容/违法搭建"),
                                  .area = area_of("310101"),
                                  .duty = Duty::basic,
                                  .lead = the_town,
                                  .proposed_by = UnitId{"t-310101"},
                                  .at = {"responsibility.yaml", 99}};
  const RoutingRequest request{
      CategoryId{"市容/违法搭建"}, AreaId{"310101"}, ChannelId{"hotline"}, {}};
  CityPack pack = small_pack();
  pack.proposed_lines = {{wanted, Status::open, "就近", {}}};
  pack = build_index(std::move(pack));
  EXPECT_EQ(routed(pack, request), "cg-3101");
  EXPECT_EQ(beaten_in(pack, request),
            std::vector<std::string>{"proposed by t-310101, not decided: responsibility.yaml:99 "
                                     "(市容/违法搭建, area 310101) 基本 would give t-310101"});
  EXPECT_TRUE(
      beaten_in(pack, {CategoryId{"市容/违法搭建"}, AreaId{"310102"}, ChannelId{}, {}}).empty())
      << "it is for another place";
  pack.proposed_lines[0].status = Status::refused;
  pack = build_index(std::move(pack));
  EXPECT_TRUE(beaten_in(pack, request).empty()) << "refused is decided";
  pack.proposed_lines[0] = {wanted, Status::open, "就近", {}};
  pack.proposed_lines[0].line.area = no_index;
  pack.proposed_lines[0].line.category = category_of("市容");
  pack = build_index(std::move(pack));
  EXPECT_TRUE(beaten_in(pack, request).empty()) << "it would not have won";
}

TEST(Routing, ObeysAChannelThatMayDesignate) {
  RoutingRequest request{CategoryId{"环境/油烟"}, AreaId{"310101"}, ChannelId{"reception"},
                         UnitId{"gas"}};
  EXPECT_EQ(routed(small_pack(), request), "gas");
  request.channel = ChannelId{"hotline"};
  EXPECT_EQ(routed(small_pack(), request), "hb-3101");
  request.channel = ChannelId{"reception"};
  request.designated_unit = UnitId{"nobody"};
  EXPECT_EQ(routed(small_pack(), request), "hb-3101");
}

TEST(Routing, SaysWhy) {
  const auto found = route(
      small_pack(),
      {CategoryId{"环境/噪声/工地噪声"}, AreaId{"311502"}, ChannelId{"hotline"}, {}, {}, 0.75});
  const Route& way = std::get<Route>(found);
  EXPECT_EQ(way.basis, AssignmentBasis::basic);
  EXPECT_EQ(way.why.rule, "responsibility.yaml:12 (环境/噪声/工地噪声, area 311502)");
  EXPECT_EQ(way.why.runner_up, "responsibility.yaml:8 (环境/噪声/工地噪声, area 3115, class 镇)");
  EXPECT_EQ(way.why.area_test, "area 311502 北蔡镇");
  EXPECT_EQ(way.why.confidence, 0.75);
  EXPECT_EQ(way.why.rules_version, small_pack().rules_version);
  EXPECT_EQ(way.why.explanation.zh, "责任清单：基本，属地街镇主办：北蔡镇政府");
  EXPECT_EQ(way.why.explanation.en, "responsibility list, 基本: the town leads: Beicai Town");
  const auto gap = route(small_pack(), {CategoryId{"市容/乱张贴"}, AreaId{"310101"}, {}, {}});
  EXPECT_TRUE(std::get<Route>(gap).gap_in_lists);
}

TEST(Routing, ListsTheLinesThatApply) {
  const auto index_of = [](const NameIndex& names, const char* name) {
    return names.find(name)->second;
  };
  const PackIndex& index = small_pack().index;
  std::string lines;
  for (const Index line :
       matching_lines(small_pack(), index_of(index.categories, "环境/噪声/工地噪声"),
                      index_of(index.areas, "311502"), index_of(index.channels, "hotline"))) {
    lines += std::to_string(small_pack().lines[static_cast<std::size_t>(line)].at.line) + " ";
  }
  EXPECT_EQ(lines, "12 8 2 ");
}

}  // namespace
}  // namespace paidan::domain
