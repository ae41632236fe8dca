#include <gtest/gtest.h>

#include <map>
#include <set>

#include "city.hpp"
#include "paidan/citypack/proposals.hpp"

/// The responsibility lists of Shanghai: 182 leaves in 234 places by ten channels.
namespace paidan::cities {
namespace {

using domain::Agency;
using domain::Area;
using domain::AssignmentBasis;
using domain::Duty;
using domain::Index;
using domain::ResponsibilityLine;
using domain::UnitKind;

const domain::CityPack& pack() { return pack_of("shanghai"); }

template <class Items>
std::vector<Index> leaves(const Items& items) {
  std::set<Index> parents;
  for (const auto& item : items) {
    parents.insert(item.parent);
  }
  std::vector<Index> found;
  for (Index i = 0; i < static_cast<Index>(items.size()); ++i) {
    if (!parents.contains(i)) {
      found.push_back(i);
    }
  }
  return found;
}

const Area& area_at(Index index) { return pack().areas[static_cast<std::size_t>(index)]; }
const Agency& agency_at(Index index) { return pack().agencies[static_cast<std::size_t>(index)]; }

bool lies_in(Index area, Index outer) {
  for (; area >= 0; area = area_at(area).parent) {
    if (area == outer) {
      return true;
    }
  }
  return false;
}

/// A unit of the city, of the place, of its district, or the host of the place's own town.
bool answers_for(const Agency& unit, Index area) {
  return unit.area < 0 || lies_in(area, unit.area) ||
         area_at(unit.area).parent == area_at(area).parent;
}

domain::Route route_of(const char* category, const std::string& area,
                       const char* channel = "hotline") {
  const auto routed = domain::route(
      pack(), {domain::CategoryId{category}, domain::AreaId{area}, domain::ChannelId{channel}, {}});
  return std::get<domain::Route>(routed);
}

TEST(ShanghaiLists, EachCategoryHasOneOwnerInEachPlaceByEachChannel) {
  const std::vector<Index> categories = leaves(pack().categories);
  const std::vector<Index> areas = leaves(pack().areas);
  EXPECT_EQ(categories.size(), 182U);
  EXPECT_EQ(areas.size(), 234U);
  std::map<AssignmentBasis, std::size_t> ways;
  for (const Index category : categories) {
    for (const Index area : areas) {
      for (const domain::Channel& channel : pack().channels) {
        const auto& id = pack().categories[static_cast<std::size_t>(category)].id;
        const auto routed = domain::route(pack(), {id, area_at(area).code, channel.id, {}});
        const auto* way = std::get_if<domain::Route>(&routed);
        ASSERT_NE(way, nullptr) << id.get() << " at " << area_at(area).name.zh;
        ++ways[way->basis];
        const Agency& lead = *domain::find_agency(pack(), way->lead_unit);
        ASSERT_FALSE(way->gap_in_lists) << id.get() << " at " << area_at(area).name.zh;
        ASSERT_TRUE(answers_for(lead, area))
            << id.get() << " at " << area_at(area).name.zh << ": " << lead.id.get();
        ASSERT_NE(lead.kind, UnitKind::section) << lead.id.get();
      }
    }
  }
  EXPECT_GT(ways[AssignmentBasis::basic], 0U);
  EXPECT_GT(ways[AssignmentBasis::cooperate], 0U);
  EXPECT_GT(ways[AssignmentBasis::withdrawn], 0U);
  EXPECT_EQ(ways[AssignmentBasis::fallback], 0U) << "no gap is left to the towns";
}

std::string scope_of(const ResponsibilityLine& line) {
  if (line.area_class >= 0) {
    return line.area < 0 ? "class" : "class in a district";
  }
  if (line.area < 0) {
    return "all";
  }
  return pack().area_kinds[static_cast<std::size_t>(area_at(line.area).kind)];
}

TEST(ShanghaiLists, HoldForOneTownAClassADistrictAndAllWithEachDuty) {
  std::map<std::pair<std::string, Duty>, std::size_t> lines;
  for (const ResponsibilityLine& line : pack().lines) {
    ++lines[{scope_of(line), line.duty}];
  }
  for (const char* scope : {"town", "class in a district", "district", "all"}) {
    for (const Duty duty : {Duty::basic, Duty::cooperate, Duty::withdrawn}) {
      EXPECT_GT((lines[{scope, duty}]), 0U) << scope << ", duty " << static_cast<int>(duty);
    }
  }
}

TEST(ShanghaiLists, NameEachOfTheSixteenDistrictsInLinesOfTheirOwn) {
  std::map<std::string, std::set<Duty>> duties;
  for (const ResponsibilityLine& line : pack().lines) {
    Index at = line.area;
    while (at >= 0 && area_at(at).parent > 0) {
      at = area_at(at).parent;
    }
    if (at > 0) {
      duties[area_at(at).name.zh].insert(line.duty);
    }
  }
  EXPECT_EQ(duties.size(), 16U);
  for (const auto& [district, of_district] : duties) {
    EXPECT_GE(of_district.size(), 2U) << district;
  }
}

struct Exactness {
  const char* says;
  const char* category;
  const char* area;
  const char* lead;
  AssignmentBasis basis;
  std::size_t beaten;
};

TEST(ShanghaiLists, TheMostExactLineWins) {
  const Exactness rows[] = {
      {"all: a taxi is the city's", "交通运输/公共交通/出租网约车", "310101002", "jiaotong",
       AssignmentBasis::withdrawn, 0},
      {"one town: at the railway station it joins", "交通运输/公共交通/出租网约车", "310106015",
       "jiaotong", AssignmentBasis::cooperate, 1},
      {"a district: its towns join", "城乡建设/住房与物业/旧区改造", "310101019", "fg-310101",
       AssignmentBasis::cooperate, 1},
      {"a class in a district, over all", "城乡建设/城管执法/占道设摊", "310101019", "cg-310101",
       AssignmentBasis::cooperate, 1},
      {"one town, over its class and over all", "交通运输/公共交通/共享单车", "310101002",
       "jg-310101", AssignmentBasis::cooperate, 2},
      {"the class alone, for its neighbour", "交通运输/公共交通/共享单车", "310101013",
       "t-310101013", AssignmentBasis::basic, 1},
      {"a class, over the district and all", "交通运输/邮政物流/货运物流", "310113101", "jt-310113",
       AssignmentBasis::cooperate, 2},
      {"the district, where no class is named", "交通运输/邮政物流/货运物流", "310113003",
       "jt-310113", AssignmentBasis::cooperate, 1},
  };
  for (const Exactness& row : rows) {
    const domain::Route way = route_of(row.category, row.area);
    EXPECT_EQ(way.lead_unit.get(), row.lead) << row.says;
    EXPECT_EQ(way.basis, row.basis) << row.says;
    EXPECT_EQ(way.why.beaten.size(), row.beaten) << row.says;
  }
}

TEST(ShanghaiLists, AChannelMayHaveItsOwnLine) {
  const domain::Route petition = route_of("国土资源/土地管理/土地征收", "310118102", "petition");
  EXPECT_EQ(petition.lead_unit.get(), "gz-310118");
  ASSERT_EQ(petition.co_handlers.size(), 1U);
  EXPECT_EQ(petition.co_handlers[0].get(), "xb-310118");
  EXPECT_TRUE(route_of("国土资源/土地管理/土地征收", "310118102").co_handlers.empty());
}

TEST(ShanghaiLists, ParksAndFarmsAreAnsweredByTheirHostOrTheirCommittee) {
  std::size_t hosted = 0;
  std::size_t committees = 0;
  for (const Agency& agency : pack().agencies) {
    const bool park = agency.kind == UnitKind::town && agency.id.get().find_first_of("45", 8) == 8;
    if (!park) {
      continue;
    }
    const std::string code = agency.id.get().substr(2);
    const domain::Route town_leads = route_of("城乡建设/市容环卫/垃圾清运", code);
    const std::string answers = agency.host < 0 ? agency.id.get() : agency_at(agency.host).id.get();
    EXPECT_EQ(town_leads.lead_unit.get(), answers) << agency.name.zh;
    EXPECT_EQ(town_leads.basis, AssignmentBasis::basic) << agency.name.zh;
    const domain::Route alone = route_of("商贸旅游/消费维权/预付卡", code);
    EXPECT_EQ(alone.lead_unit.get(), "sw-" + code.substr(0, 6)) << agency.name.zh;
    EXPECT_TRUE(alone.co_handlers.empty()) << agency.name.zh;
    const domain::Route joined = route_of("环境保护/噪声/工地噪声", code);
    ASSERT_EQ(joined.co_handlers.size(), 1U) << agency.name.zh;
    EXPECT_EQ(joined.co_handlers[0].get(), answers) << agency.name.zh;
    (agency.host < 0 ? committees : hosted) += 1;
  }
  EXPECT_EQ(hosted, 14U);
  EXPECT_EQ(committees, 5U);
}

TEST(ShanghaiLevels, EachTownHasTwoSectionsBelowItAndItsDistrictAboveIt) {
  std::map<Index, std::size_t> sections;
  for (const Agency& agency : pack().agencies) {
    if (agency.kind != UnitKind::section) {
      continue;
    }
    EXPECT_EQ(agency.level, 4U) << agency.id.get();
    ++sections[agency.parent];
    const Agency& town = agency_at(agency.parent);
    EXPECT_EQ(town.level, 3U) << town.id.get();
    EXPECT_EQ(agency_at(town.parent).kind, UnitKind::district) << town.id.get();
  }
  EXPECT_EQ(sections.size(), 215U);
  for (const auto& [town, count] : sections) {
    EXPECT_EQ(count, 2U) << agency_at(town).id.get();
  }
}

TEST(ShanghaiProposals, AcceptedOnesHoldAndTheirTownIsKept) {
  const domain::Route way = route_of("商贸旅游/旅游/景区管理", "310118102");
  EXPECT_EQ(way.lead_unit.get(), "t-310118102");
  std::set<std::string> towns;
  for (const ResponsibilityLine& line : pack().lines) {
    towns.insert(line.proposed_by.get());
  }
  towns.erase("");
  EXPECT_EQ(towns, (std::set<std::string>{"t-310114102", "t-310118102", "t-310151102"}));
}

TEST(ShanghaiProposals, OpenOnesAreNamedAndNotApplied) {
  const domain::Route way = route_of("城乡建设/城管执法/违法搭建", "310112008");
  EXPECT_EQ(way.lead_unit.get(), "cg-310112");
  ASSERT_EQ(way.why.beaten.size(), 1U);
  EXPECT_EQ(way.why.beaten[0].find("proposed by t-310112008, not decided: responsibility.yaml:"),
            0U)
      << way.why.beaten[0];
  EXPECT_NE(way.why.beaten[0].find("would give t-310112008"), std::string::npos);
}

TEST(ShanghaiProposals, RefusedOnesAreKeptAndSilent) {
  std::size_t refused = 0;
  for (const domain::ProposedLine& proposed : pack().proposed_lines) {
    if (proposed.status == domain::ProposedLine::Status::refused) {
      ++refused;
      EXPECT_FALSE(proposed.decision.empty());
    }
  }
  EXPECT_GT(refused, 0U);
  EXPECT_TRUE(route_of("城乡建设/市容环卫/户外广告店招", "310115105").why.beaten.empty());
}

TEST(ShanghaiProposals, TellTheOfficeWhoseTicketsWouldMove) {
  std::map<std::string, std::string> effects;
  for (const citypack::OpenProposal& open : citypack::open_proposals(pack())) {
    effects[open.scope] = std::to_string(open.changed) + " of " + std::to_string(open.pairs);
  }
  EXPECT_EQ(effects, (std::map<std::string, std::string>{
                         {"交通运输/停车管理/停车收费, area 310112008", "0 of 1"},
                         {"交通运输/公共交通/共享单车, area 310117, class 镇", "11 of 11"},
                         {"城乡建设/城管执法/违法搭建, area 310112008", "1 of 1"}}));
}

TEST(ShanghaiPolicies, OfReturnsAndDuplicatesAreRead) {
  EXPECT_EQ(pack().returns.granted_max, 2U);
  EXPECT_EQ(pack().returns.report_min, 5U);
  EXPECT_EQ(pack().duplicates.same_caller, domain::DuplicatePolicy::Action::propose);
  EXPECT_EQ(pack().duplicates.window_days, 30U);
  EXPECT_EQ(pack().duplicates.category_levels, 0U);
}

}  // namespace
}  // namespace paidan::cities
