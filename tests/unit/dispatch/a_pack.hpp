#pragma once
#include <gtest/gtest.h>

#include <string>

#include "paidan/citypack/load.hpp"
#include "paidan/domain/facts.hpp"
#include "paidan/domain/routing.hpp"

namespace paidan::dispatch::tests {

/// The Boston pack, loaded once.
inline const domain::CityPack& a_pack() {
  static const domain::CityPack pack = [] {
    auto loaded = citypack::load(std::string(PAIDAN_SOURCE_DIR) + "/deploy/cities/boston");
    if (!loaded) {
      ADD_FAILURE() << citypack::to_string(loaded.error().front());
      return domain::CityPack{};
    }
    return std::move(loaded).value();
  }();
  return pack;
}

/// What classification says of a matter that the pack's rules give to a unit.
inline domain::Classified a_routable_case() {
  domain::Classified classified;
  const domain::CityPack& pack = a_pack();
  classified.channel = pack.channels.front().id;
  classified.external_id = "case-1";
  classified.title = "Pothole";
  classified.demand_kind = pack.default_demand_kind;
  classified.content_ref = {0, 7, std::string(32, 'h')};
  for (const domain::Category& category : pack.categories) {
    const auto found = domain::route(pack, {category.id, {}, classified.channel, {}, {}, 1, {}});
    if (!std::holds_alternative<domain::Route>(found)) continue;
    classified.category = category.id;
    return classified;
  }
  ADD_FAILURE() << "no category of the pack has an owner without a place";
  return classified;
}

}  // namespace paidan::dispatch::tests
