#pragma once
#include <span>
#include <variant>

#include "paidan/domain/facts.hpp"
#include "paidan/domain/pack.hpp"

/// Finds the unit that must answer, through the responsibility lists.
/// Order (条块结合、以条为主、街镇托底, 杨府办发〔2014〕98号; DESIGN section 3): (0) the unit that
/// a channel may name (现场办公); (1) the most exact line; (2) the category's statutory department;
/// (3) only if none is named, the town of the place, reported as a gap; (4) triage. Exact means:
/// deepest category, then deepest area, then a line for the channel. A town is never the fallback
/// of a 收回 category.
///
/// `Why::beaten` names the other lines that applied, most exact first, each with its place, its
/// duty and the unit that it would have given; before them the lines that a town has proposed and
/// the office has not decided, where they would have won (自下而上). A proposal is never applied.
namespace paidan::domain {

struct RoutingRequest {
  CategoryId category;
  AreaId area;
  ChannelId channel;
  UnitId designated_unit;                    ///< Obeyed only where the channel may designate.
  std::span<const UnitId> excluded_units{};  ///< Units whose return was granted.
  double confidence = 1;
  std::string_view area_test{};  ///< How the area was found, if the caller knows.
};

struct Route {
  UnitId lead_unit;
  UnitId queue_unit;
  std::vector<UnitId> co_handlers;
  AssignmentBasis basis = AssignmentBasis::none;
  Why why;
  bool gap_in_lists = false;  ///< Fallback to the town: reported.
};

/// Pure and total; at most a microsecond by design (hash lookups only).
std::variant<Route, TriageReason> route(const CityPack& pack, const RoutingRequest& request);

/// For `paidanctl`, and for checks: the lines that apply, most exact first.
std::vector<Index> matching_lines(const CityPack& pack, Index category, Index area, Index channel);

}  // namespace paidan::domain
