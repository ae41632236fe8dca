#include "paidan/domain/routing.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "src/pack_keys.hpp"

namespace paidan::domain {
namespace {

/// Deepest tree of areas that the loader admits.
constexpr std::size_t area_depth_max = 8;

struct AreaSelector {
  Index area = no_index;
  Index area_class = no_index;
};

/// The areas that a line may name for one place, most exact first: the place itself and what lies
/// below the town; the class of the town within each larger area, then anywhere; the larger areas;
/// no area.
class AreaSelectors {
 public:
  AreaSelectors(const CityPack& pack, Index area) {
    const auto node = [&](Index index) -> const Area& {
      return pack.areas[static_cast<std::size_t>(index)];
    };
    Index classed = area;
    while (classed >= 0 && node(classed).area_class < 0) {
      classed = node(classed).parent;
    }
    Index at = area;
    if (classed >= 0) {
      const Index area_class = node(classed).area_class;
      for (; at >= 0 && at != node(classed).parent; at = node(at).parent) {
        push({at, no_index});
      }
      for (Index within = at; within >= 0; within = node(within).parent) {
        push({within, area_class});
      }
      push({no_index, area_class});
    }
    for (; at >= 0; at = node(at).parent) {
      push({at, no_index});
    }
    push({});
  }

  const AreaSelector* begin() const { return selectors_.data(); }
  const AreaSelector* end() const { return selectors_.data() + count_; }

 private:
  void push(AreaSelector selector) {
    if (count_ < selectors_.size()) {
      selectors_[count_++] = selector;
    }
  }
  std::array<AreaSelector, 2 * area_depth_max + 2> selectors_{};
  std::size_t count_ = 0;
};

/// The places of the request in the pack's tables.
struct Query {
  const CityPack& pack;
  const RoutingRequest& request;
  Index category = no_index;
  Index area = no_index;
  Index channel = no_index;
};

Index lookup(const NameIndex& index, const std::string& name) {
  const auto found = index.find(name);
  return found == index.end() ? no_index : found->second;
}

const Agency& agency(const CityPack& pack, Index unit) {
  return pack.agencies[static_cast<std::size_t>(unit)];
}

/// Calls `visit(line)` for each line that names this category, until it returns true.
template <class Visit>
bool visit_lines(const CityPack& pack, std::size_t slot, const AreaSelectors& selectors,
                 Index channel, Visit&& visit) {
  const auto& table = pack.index.lines[slot];
  const auto try_key = [&](std::uint64_t key) {
    const auto found = table.find(key);
    return found != table.end() && visit(found->second);
  };
  if (table.empty()) {
    return false;
  }
  for (const AreaSelector& selector : selectors) {
    const bool done =
        (channel >= 0 && try_key(line_key(selector.area, selector.area_class, channel))) ||
        try_key(line_key(selector.area, selector.area_class, no_index));
    if (done) {
      return true;
    }
  }
  return false;
}

/// All lines that apply, most exact first, until `visit` returns true.
template <class Visit>
void visit_matching(const CityPack& pack, Index category, Index area, Index channel,
                    Visit&& visit) {
  const AreaSelectors selectors(pack, area);
  for (Index at = category; at >= 0; at = pack.categories[static_cast<std::size_t>(at)].parent) {
    if (visit_lines(pack, static_cast<std::size_t>(at), selectors, channel, visit)) {
      return;
    }
  }
  (void)visit_lines(pack, pack.categories.size(), selectors, channel, visit);
}

bool excluded(const Query& query, Index unit) {
  const auto& units = query.request.excluded_units;
  return std::find(units.begin(), units.end(), agency(query.pack, unit).id) != units.end();
}

/// The unit, or no_index when there is none or it has been excluded.
Index usable_unit(const Query& query, const UnitReference& reference) {
  const Index unit = resolve_unit(query.pack, reference, query.area);
  return unit >= 0 && !excluded(query, unit) ? unit : no_index;
}

struct Choice {
  Index unit = no_index;
  Index line = no_index;  ///< no_index: the statutory department or the town.
  AssignmentBasis basis = AssignmentBasis::none;
};

AssignmentBasis basis_of(Duty duty) {
  switch (duty) {
    case Duty::basic:
      return AssignmentBasis::basic;
    case Duty::cooperate:
      return AssignmentBasis::cooperate;
    case Duty::withdrawn:
      return AssignmentBasis::withdrawn;
    default:
      return AssignmentBasis::statutory;
  }
}

/// The winner and the runner-up among the steps of the header.
std::array<Choice, 2> choose(const Query& query) {
  std::array<Choice, 2> best{};
  std::size_t count = 0;
  const CityPack& pack = query.pack;
  visit_matching(pack, query.category, query.area, query.channel, [&](Index line) {
    const ResponsibilityLine& rule = pack.lines[static_cast<std::size_t>(line)];
    const Index unit = usable_unit(query, rule.lead);
    if (unit >= 0) {
      best[count++] = {unit, line, basis_of(rule.duty)};
    }
    return count == best.size();
  });
  const Category& category = pack.categories[static_cast<std::size_t>(query.category)];
  if (count < best.size() && category.department) {
    const Index unit = usable_unit(query, *category.department);
    if (unit >= 0) {
      best[count++] = {unit, no_index, AssignmentBasis::statutory};
    }
  }
  const bool town_may =
      !category.department && !pack.index.withdrawn[static_cast<std::size_t>(query.category)];
  if (count == 0 && town_may) {
    const Index unit = usable_unit(query, {UnitReference::By::kind, no_index, UnitKind::town, {}});
    if (unit >= 0) {
      best[count++] = {unit, no_index, AssignmentBasis::fallback};
    }
  }
  return best;
}

std::string name_of_line(const CityPack& pack, const ResponsibilityLine& line) {
  std::string out = to_string(line.at);
  out += " (";
  out +=
      line.category < 0 ? "*" : pack.categories[static_cast<std::size_t>(line.category)].id.get();
  if (line.area >= 0) {
    out += ", area ";
    out += pack.areas[static_cast<std::size_t>(line.area)].code.get();
  }
  if (line.area_class >= 0) {
    out += ", class ";
    out += pack.area_classes[static_cast<std::size_t>(line.area_class)];
  }
  if (line.channel >= 0) {
    out += ", channel ";
    out += pack.channels[static_cast<std::size_t>(line.channel)].id.get();
  }
  out += ')';
  if (!line.source.empty()) {
    out += ' ';
    out += line.source;
  }
  return out;
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
  const std::array<Choice, 2> best = choose(query);
  if (best[0].unit < 0) {
    return query.area < 0 ? TriageReason::no_area : TriageReason::no_owner;
  }
  return make_route(query, best[0], name_of_choice(query, best[0]), name_of_choice(query, best[1]));
}

std::vector<Index> matching_lines(const CityPack& pack, Index category, Index area, Index channel) {
  std::vector<Index> lines;
  visit_matching(pack, category, area, channel, [&](Index line) {
    lines.push_back(line);
    return false;
  });
  return lines;
}

}  // namespace paidan::domain
