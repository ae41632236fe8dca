#include "paidan/domain/routing.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "src/routing_choice.hpp"

namespace paidan::domain {
namespace {

Index lookup(const NameIndex& index, const std::string& name) {
  const auto found = index.find(name);
  return found == index.end() ? no_index : found->second;
}

std::string name_of_choice(const Query& query, const Choice& choice) {
  if (choice.unit < 0) {
    return {};
  }
  if (choice.line >= 0) {
    return name_of_line(query.pack, query.pack.lines[static_cast<std::size_t>(choice.line)]);
  }
  const Category& category = query.pack.categories[static_cast<std::size_t>(query.category)];
  return choice.basis == AssignmentBasis::statutory
             ? "statutory department of " + category.id.get() + ", " + to_string(category.at)
             : "town of the place (no line, no department: gap in the lists)";
}

Text ground_of(AssignmentBasis basis, bool by_line) {
  switch (basis) {
    case AssignmentBasis::basic:
      return {"责任清单：基本，属地街镇主办", "responsibility list, 基本: the town leads"};
    case AssignmentBasis::cooperate:
      return {"责任清单：配合，条线部门主办、街镇配合",
              "responsibility list, 配合: the department leads, the town joins"};
    case AssignmentBasis::withdrawn:
      return {"责任清单：收回，条线部门主办", "responsibility list, 收回: the department alone"};
    case AssignmentBasis::fallback:
      return {"街镇托底（清单空白）", "the town of the place, as the lists have a gap"};
    case AssignmentBasis::designated:
      return {"渠道指定承办单位", "named by the channel"};
    default:
      return by_line ? Text{"责任清单指定主办", "responsibility list"}
                     : Text{"法定职责部门", "statutory department"};
  }
}

std::string area_test_of(const Query& query) {
  if (!query.request.area_test.empty()) {
    return std::string(query.request.area_test);
  }
  if (query.area < 0) {
    return "no area known";
  }
  const Area& area = query.pack.areas[static_cast<std::size_t>(query.area)];
  return "area " + area.code.get() + " " + area.name.en;
}

void add_unit(std::vector<UnitId>& units, const CityPack& pack, Index unit, const UnitId& lead) {
  if (unit < 0) {
    return;
  }
  const UnitId& id = agency(pack, unit).id;
  if (id != lead && std::find(units.begin(), units.end(), id) == units.end()) {
    units.push_back(id);
  }
}

void add_line_units(const Query& query, const ResponsibilityLine& line, Route& route) {
  if (line.queue) {
    const Index queue = resolve_unit(query.pack, *line.queue, query.area);
    if (queue >= 0) {
      route.queue_unit = agency(query.pack, queue).id;
    }
  }
  for (const UnitReference& reference : line.co_handlers) {
    add_unit(route.co_handlers, query.pack, resolve_unit(query.pack, reference, query.area),
             route.lead_unit);
  }
  if (line.duty == Duty::cooperate) {
    const UnitReference town{UnitReference::By::kind, no_index, UnitKind::town, {}};
    add_unit(route.co_handlers, query.pack, resolve_unit(query.pack, town, query.area),
             route.lead_unit);
  }
}

Route make_route(const Query& query, const Choice& choice, std::string rule,
                 std::string runner_up) {
  const Agency& lead = agency(query.pack, choice.unit);
  Route route;
  route.lead_unit = lead.id;
  route.queue_unit = lead.id;
  route.basis = choice.basis;
  route.gap_in_lists = choice.basis == AssignmentBasis::fallback;
  if (choice.line >= 0) {
    add_line_units(query, query.pack.lines[static_cast<std::size_t>(choice.line)], route);
  }
  const Text ground = ground_of(choice.basis, choice.line >= 0);
  route.why.rule = std::move(rule);
  route.why.rules_version = query.pack.rules_version;
  route.why.runner_up = std::move(runner_up);
  route.why.area_test = area_test_of(query);
  route.why.confidence = query.request.confidence;
  route.why.explanation = {ground.zh + "：" + lead.name.zh, ground.en + ": " + lead.name.en};
  return route;
}

/// 现场办公: the unit that a channel named, where the pack allows it.
Index designated_unit(const Query& query) {
  const UnitId& named = query.request.designated_unit;
  if (named.get().empty() || query.channel < 0 ||
      !query.pack.channels[static_cast<std::size_t>(query.channel)].may_designate) {
    return no_index;
  }
  const Index unit = lookup(query.pack.index.agencies, named.get());
  return unit >= 0 && !excluded(query, unit) ? unit : no_index;
}

}  // namespace

std::variant<Route, TriageReason> route(const CityPack& pack, const RoutingRequest& request) {
  const Query query{pack, request, lookup(pack.index.categories, request.category.get()),
                    lookup(pack.index.areas, request.area.get()),
                    lookup(pack.index.channels, request.channel.get())};
  const Index designated = designated_unit(query);
  if (designated >= 0) {
    return make_route(query, {designated, no_index, AssignmentBasis::designated},
                      "unit named by channel " + request.channel.get(), {});
  }
  if (query.category < 0) {
    return TriageReason::no_category;
  }
  const Choices choices = choose(query);
  const auto& [winner, runner_up] = choices.best;
  if (winner.unit < 0) {
    return query.area < 0 ? TriageReason::no_area : TriageReason::no_owner;
  }
  Route way =
      make_route(query, winner, name_of_choice(query, winner), name_of_choice(query, runner_up));
  way.why.beaten = beaten_by(query, choices);
  return way;
}

}  // namespace paidan::domain
