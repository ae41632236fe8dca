#include "paidan/domain/pack.hpp"

#include "paidan/base/assert.hpp"
#include "src/pack_keys.hpp"

namespace paidan::domain {
namespace {

template <class Items, class Key>
NameIndex index_by(const Items& items, Key key) {
  NameIndex index;
  index.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool fresh = index.emplace(key(items[i]), static_cast<Index>(i)).second;
    PAIDAN_ASSERT(fresh, "two things of the pack have one name");
  }
  return index;
}

Index lookup(const NameIndex& index, std::string_view name) {
  const auto found = index.find(name);
  return found == index.end() ? no_index : found->second;
}

template <class Item>
const Item* at(const std::vector<Item>& items, Index index) {
  return index < 0 ? nullptr : &items[static_cast<std::size_t>(index)];
}

void index_agencies(CityPack& pack) {
  PackIndex& index = pack.index;
  for (std::size_t i = 0; i < pack.agencies.size(); ++i) {
    const Agency& agency = pack.agencies[i];
    if (agency.area < 0) {
      continue;
    }
    if (agency.function.empty()) {
      index.unit_of_area.emplace(unit_key(static_cast<Index>(agency.kind), agency.area),
                                 static_cast<Index>(i));
      continue;
    }
    const auto number = static_cast<Index>(index.functions.size());
    const Index function = index.functions.emplace(agency.function, number).first->second;
    index.unit_of_function.emplace(unit_key(function, agency.area), static_cast<Index>(i));
  }
}

void index_lines(CityPack& pack) {
  PackIndex& index = pack.index;
  const std::size_t every_category = pack.categories.size();
  index.lines.resize(every_category + 1);
  index.withdrawn.assign(every_category + 1, false);
  for (std::size_t i = 0; i < pack.lines.size(); ++i) {
    const ResponsibilityLine& line = pack.lines[i];
    const std::size_t slot =
        line.category < 0 ? every_category : static_cast<std::size_t>(line.category);
    index.lines[slot].emplace(line_key(line.area, line.area_class, line.channel),
                              static_cast<Index>(i));
    index.withdrawn[slot] = index.withdrawn[slot] || line.duty == Duty::withdrawn;
  }
  for (std::size_t i = 0; i < every_category; ++i) {
    const Index parent = pack.categories[i].parent;
    PAIDAN_ASSERT(parent < static_cast<Index>(i), "parents stand before children");
    const std::size_t above = parent < 0 ? every_category : static_cast<std::size_t>(parent);
    index.withdrawn[i] = index.withdrawn[i] || index.withdrawn[above];
  }
}

void index_proposals(CityPack& pack) {
  PackIndex& index = pack.index;
  const std::size_t every_category = pack.categories.size();
  for (std::size_t i = 0; i < pack.proposed_lines.size(); ++i) {
    if (pack.proposed_lines[i].status != ProposedLine::Status::open) {
      continue;
    }
    const ResponsibilityLine& line = pack.proposed_lines[i].line;
    index.proposals.resize(every_category + 1);
    const std::size_t slot =
        line.category < 0 ? every_category : static_cast<std::size_t>(line.category);
    index.proposals[slot].emplace(line_key(line.area, line.area_class, line.channel),
                                  static_cast<Index>(i));
  }
}

Index unit_by_kind(const CityPack& pack, UnitKind kind, Index area) {
  for (; area >= 0; area = pack.areas[static_cast<std::size_t>(area)].parent) {
    const auto found = pack.index.unit_of_area.find(unit_key(static_cast<Index>(kind), area));
    if (found != pack.index.unit_of_area.end()) {
      return found->second;
    }
  }
  return no_index;
}

Index unit_by_function(const CityPack& pack, const UnitReference& reference, Index area) {
  const Index function = lookup(pack.index.functions, reference.function);
  for (; function >= 0 && area >= 0; area = pack.areas[static_cast<std::size_t>(area)].parent) {
    if (pack.areas[static_cast<std::size_t>(area)].kind == reference.area_kind) {
      const auto found = pack.index.unit_of_function.find(unit_key(function, area));
      return found == pack.index.unit_of_function.end() ? no_index : found->second;
    }
  }
  return no_index;
}

}  // namespace

std::string to_string(const SourceLine& source) {
  return source.file + ":" + std::to_string(source.line);
}

CityPack build_index(CityPack pack) {
  pack.index = PackIndex{};
  PackIndex& index = pack.index;
  index.categories = index_by(pack.categories, [](const Category& c) { return c.id.get(); });
  index.areas = index_by(pack.areas, [](const Area& a) { return a.code.get(); });
  index.agencies = index_by(pack.agencies, [](const Agency& a) { return a.id.get(); });
  index.channels = index_by(pack.channels, [](const Channel& c) { return c.id.get(); });
  index.demand_kinds = index_by(pack.demand_kinds, [](const DemandKind& k) { return k.id; });
  index.clocks = index_by(pack.clocks, [](const ClockDefinition& c) { return c.name; });
  for (std::size_t i = 0; i < pack.ladders.size(); ++i) {
    for (const std::string& clock : pack.ladders[i].clocks) {
      index.ladders.emplace(clock, static_cast<Index>(i));
    }
  }
  index_agencies(pack);
  index_lines(pack);
  index_proposals(pack);
  return pack;
}

const Category* find_category(const CityPack& pack, const CategoryId& id) {
  return at(pack.categories, lookup(pack.index.categories, id.get()));
}
const Area* find_area(const CityPack& pack, const AreaId& code) {
  return at(pack.areas, lookup(pack.index.areas, code.get()));
}
const Agency* find_agency(const CityPack& pack, const UnitId& id) {
  return at(pack.agencies, lookup(pack.index.agencies, id.get()));
}
const Channel* find_channel(const CityPack& pack, const ChannelId& id) {
  return at(pack.channels, lookup(pack.index.channels, id.get()));
}
const DemandKind* find_demand_kind(const CityPack& pack, std::string_view id) {
  return at(pack.demand_kinds, lookup(pack.index.demand_kinds, id));
}
const ClockDefinition* find_clock(const CityPack& pack, std::string_view name) {
  return at(pack.clocks, lookup(pack.index.clocks, name));
}
const Ladder* find_ladder(const CityPack& pack, std::string_view clock) {
  return at(pack.ladders, lookup(pack.index.ladders, clock));
}

Index resolve_unit(const CityPack& pack, const UnitReference& reference, Index area) {
  Index unit = reference.unit;
  if (reference.by == UnitReference::By::kind) {
    unit = unit_by_kind(pack, reference.kind, area);
  } else if (reference.by == UnitReference::By::function) {
    unit = unit_by_function(pack, reference, area);
  }
  if (unit < 0) {
    return no_index;
  }
  const Index host = pack.agencies[static_cast<std::size_t>(unit)].host;
  return host < 0 ? unit : host;
}

}  // namespace paidan::domain
