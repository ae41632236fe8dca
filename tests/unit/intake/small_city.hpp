#pragma once
#include "intake/logic.hpp"
#include "paidan/domain/pack.hpp"

/// A city with three channels, for the tests of the front door.
namespace paidan::intake::testing_city {

inline domain::CityPack small_city() {
  domain::CityPack pack;
  pack.name = "small";
  pack.rules_version = "rules-1";
  pack.demand_kinds = {{.id = "complaint", .name = {"投诉", "complaint"}}};
  pack.default_demand_kind = "complaint";
  pack.categories = {{.id = domain::CategoryId("lamp"), .code = "L1", .name = {"路灯", "lamp"}}};
  pack.area_kinds = {"city"};
  pack.areas = {{.code = domain::AreaId("310000"), .kind = 0, .name = {"上海市", "Shanghai"}}};
  pack.agencies = {{.id = domain::UnitId("lamps"), .name = {"路灯所", "lamps"}}};
  domain::Channel hotline{.id = domain::ChannelId("hotline"), .name = {"热线", "hotline"}};
  domain::Channel given{.id = domain::ChannelId("open311"), .name = {"开放", "open311"}};
  given.due_given = true;
  domain::Channel onsite{.id = domain::ChannelId("onsite"), .name = {"现场", "onsite"}};
  onsite.may_designate = true;
  pack.channels = {hotline, given, onsite};
  return domain::build_index(std::move(pack));
}

/// 2025-09-30T02:12:00Z
inline constexpr Instant noon = from_unix_ms(1'759'198'320'000);

inline Submission lamp() {
  Submission submission;
  submission.channel = "hotline";
  submission.external_id = "desk-2025-000117";
  submission.title = "路灯不亮";
  submission.text = "小区门口的路灯坏了三天";
  return submission;
}

}  // namespace paidan::intake::testing_city
