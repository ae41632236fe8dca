#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>

#include "city.hpp"

namespace paidan::cities {

const domain::CityPack& pack_of(const std::string& city) {
  static std::map<std::string, domain::CityPack> packs;
  const auto known = packs.find(city);
  if (known != packs.end()) {
    return known->second;
  }
  auto loaded = citypack::load(std::string(PAIDAN_SOURCE_DIR) + "/deploy/cities/" + city);
  if (!loaded) {
    for (const citypack::PackError& error : loaded.error()) {
      std::fprintf(stderr, "%s: %s\n", city.c_str(), citypack::to_string(error).c_str());
    }
    std::abort();
  }
  return packs.emplace(city, std::move(loaded).value()).first->second;
}

Decision decide(const std::string& city, const domain::Submitted& submitted) {
  const domain::CityPack& pack = pack_of(city);
  const domain::Classified classified = domain::Classifier(pack).classify(submitted);
  Decision decision{.category = classified.category.get(),
                    .area = classified.area.get(),
                    .lead_unit = {},
                    .queue_unit = {},
                    .urgency = classified.urgency};
  const auto routed = domain::route(pack, {classified.category,
                                           classified.area,
                                           classified.channel,
                                           classified.designated_unit,
                                           {},
                                           classified.confidence,
                                           {}});
  if (const auto* route = std::get_if<domain::Route>(&routed)) {
    decision.lead_unit = route->lead_unit.get();
    decision.queue_unit = route->queue_unit.get();
    decision.basis = route->basis;
  }
  return decision;
}

namespace {

class EveryCity : public testing::TestWithParam<const char*> {};

TEST_P(EveryCity, LoadsWithoutAnError) { EXPECT_FALSE(pack_of(GetParam()).lines.empty()); }

TEST_P(EveryCity, LeavesNoCategoryWithoutAnOwnerAnywhere) {
  for (const citypack::PackError& gap : citypack::find_gaps(pack_of(GetParam()))) {
    ADD_FAILURE() << citypack::to_string(gap);
  }
}

TEST_P(EveryCity, HasOneDefaultRuleForEachClockOrSaysWhenItDoesNotRun) {
  for (const domain::ClockDefinition& clock : pack_of(GetParam()).clocks) {
    EXPECT_FALSE(clock.terms.empty()) << clock.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Packs, EveryCity, testing::Values("boston", "shanghai"));

}  // namespace
}  // namespace paidan::cities
