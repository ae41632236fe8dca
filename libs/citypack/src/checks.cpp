#include <algorithm>
#include <map>
#include <set>

#include "paidan/domain/routing.hpp"
#include "src/context.hpp"

/// What only the whole pack can tell.
namespace paidan::citypack {
namespace {

using domain::Area;
using domain::Category;
using domain::CityPack;
using domain::Index;
using domain::ResponsibilityLine;
using domain::UnitReference;

template <class Items>
std::vector<bool> have_children(const Items& items) {
  std::vector<bool> parents(items.size(), false);
  for (const auto& item : items) {
    if (item.parent >= 0) {
      parents[static_cast<std::size_t>(item.parent)] = true;
    }
  }
  return parents;
}

class Checker {
 public:
  Checker(const CityPack& pack, Errors& errors)
      : pack_(pack), errors_(errors), has_areas_below_(have_children(pack.areas)) {}

  void run() {
    for (const ResponsibilityLine& line : pack_.lines) {
      check_line(line);
    }
    check_owners();
    check_overlaps();
    check_clocks();
  }

 private:
  void fail(const domain::SourceLine& at, std::string message) {
    errors_.add(at.file, at.line, std::move(message));
  }
  const Area& area(Index index) const { return pack_.areas[static_cast<std::size_t>(index)]; }

  Index class_of(Index index) const {
    for (; index >= 0; index = area(index).parent) {
      if (area(index).area_class >= 0) {
        return area(index).area_class;
      }
    }
    return domain::no_index;
  }

  bool within(Index index, Index scope) const {
    for (; index >= 0; index = area(index).parent) {
      if (index == scope) {
        return true;
      }
    }
    return scope < 0;
  }

  /// The smallest areas for which the line holds.
  std::vector<Index> areas_of(const ResponsibilityLine& line) const {
    std::vector<Index> found;
    for (std::size_t i = 0; i < pack_.areas.size(); ++i) {
      const auto index = static_cast<Index>(i);
      const bool wanted = !has_areas_below_[i] && within(index, line.area) &&
                          (line.area_class < 0 || class_of(index) == line.area_class);
      if (wanted) {
        found.push_back(index);
      }
    }
    return found;
  }

  void check_line(const ResponsibilityLine& line) {
    const auto key = std::pair(line.area, line.area_class);
    auto known = scopes_.find(key);
    if (known == scopes_.end()) {
      known = scopes_.emplace(key, areas_of(line)).first;
    }
    const std::vector<Index>& areas = known->second;
    if (areas.empty()) {
      fail(line.at, "line: can never match: no area of this class lies there");
      return;
    }
    check_reference(line, line.lead, "lead", areas);
    if (line.queue) {
      check_reference(line, *line.queue, "queue", areas);
    }
    for (const UnitReference& unit : line.co_handlers) {
      check_reference(line, unit, "co_handlers", areas);
    }
    if (line.area_class >= 0 && std::all_of(areas.begin(), areas.end(), [&](Index index) {
          return has_own_line(line, index);
        })) {
      fail(line.at, "line: can never match: each area of this class has a line of its own");
    }
  }

  void check_reference(const ResponsibilityLine& line, const UnitReference& reference,
                       std::string_view key, const std::vector<Index>& areas) {
    if (reference.by == UnitReference::By::unit) {
      return;
    }
    for (const Index index : areas) {
      if (resolve_unit(pack_, reference, index) >= 0) {
        continue;
      }
      const std::string what = reference.by == UnitReference::By::function
                                   ? "function " + reference.function
                                   : std::string("town or district");
      fail(line.at, "line: " + std::string(key) + ": no unit of " + what + " for area \"" +
                        area(index).code.get() + "\" (" + area(index).name.zh + ")");
      return;
    }
  }

  /// A line for the same category and exactly this area, or one above it below the class.
  bool has_own_line(const ResponsibilityLine& line, Index index) const {
    return std::any_of(pack_.lines.begin(), pack_.lines.end(), [&](const auto& other) {
      return other.category == line.category && other.area == index && other.area_class < 0 &&
             (other.channel < 0 || other.channel == line.channel);
    });
  }

  bool has_line(std::size_t category) const {
    if (!pack_.index.lines.back().empty()) {
      return true;
    }
    for (Index at = static_cast<Index>(category); at >= 0;
         at = pack_.categories[static_cast<std::size_t>(at)].parent) {
      if (!pack_.index.lines[static_cast<std::size_t>(at)].empty()) {
        return true;
      }
    }
    return false;
  }

  void check_owners() {
    const bool towns = std::any_of(
        pack_.agencies.begin(), pack_.agencies.end(),
        [](const domain::Agency& agency) { return agency.kind == domain::UnitKind::town; });
    const std::vector<bool> inner = have_children(pack_.categories);
    for (std::size_t i = 0; i < pack_.categories.size(); ++i) {
      const Category& category = pack_.categories[i];
      const bool town_may = towns && !pack_.index.withdrawn[i];
      if (!inner[i] && !has_line(i) && !category.department && !town_may) {
        fail(category.at, "category: \"" + category.id.get() +
                              "\" has no owner: no line, no department and no town");
      }
    }
  }

  void check_names(std::size_t i, std::map<std::pair<Index, std::string>, std::size_t>& seen) {
    const Area& one = pack_.areas[i];
    std::set<std::string> names(one.aliases.begin(), one.aliases.end());
    names.insert(one.name.zh);
    names.insert(one.name.en);
    for (const std::string& name : names) {
      const auto [known, fresh] = seen.emplace(std::pair(one.parent, name), i);
      if (!fresh) {
        fail(one.at, "area: overlaps with \"" + pack_.areas[known->second].code.get() +
                         "\": both are called \"" + name + "\"");
      }
    }
  }

  void check_overlaps() {
    std::map<std::pair<Index, std::string>, std::size_t> names;
    std::map<std::map<std::string, std::string>, std::size_t> codes;
    for (std::size_t i = 0; i < pack_.areas.size(); ++i) {
      check_names(i, names);
      std::vector<std::map<std::string, std::string>> combinations{{}};
      for (const auto& [kind, values] : pack_.areas[i].codes) {
        std::vector<std::map<std::string, std::string>> longer;
        for (const auto& combination : combinations) {
          for (const std::string& value : values) {
            longer.push_back(combination);
            longer.back()[kind] = value;
          }
        }
        combinations = std::move(longer);
        if (combinations.size() > 1'000) {
          fail(pack_.areas[i].at, "area: more than 1000 combinations of codes");
          return;
        }
      }
      for (const auto& combination : combinations) {
        const auto [known, fresh] = codes.emplace(combination, i);
        if (!fresh && !combination.empty()) {
          fail(pack_.areas[i].at, "area: overlaps with \"" + pack_.areas[known->second].code.get() +
                                      "\": both have the same codes");
        }
      }
    }
  }

  void check_clocks() {
    for (const domain::ClockDefinition& clock : pack_.clocks) {
      for (const domain::Term& term : clock.terms) {
        const bool working = term.measure == domain::Term::Measure::working_days ||
                             term.measure == domain::Term::Measure::working_hours;
        if (working && pack_.calendar.last_year < pack_.calendar.first_year) {
          fail(term.at, "clock: \"" + clock.name +
                            "\" counts working time, but calendar.yaml covers no year");
        }
      }
    }
  }

  const CityPack& pack_;
  Errors& errors_;
  std::vector<bool> has_areas_below_;
  std::map<std::pair<Index, Index>, std::vector<Index>> scopes_;
};

/// How many of the smallest areas leave this category to the town, or to nobody.
std::size_t areas_without_rule(const CityPack& pack, const Category& category,
                               const std::vector<bool>& inner, std::size_t& areas) {
  std::size_t missing = 0;
  areas = 0;
  for (std::size_t i = 0; i < pack.areas.size(); ++i) {
    if (inner[i]) {
      continue;
    }
    ++areas;
    const auto routed = domain::route(pack, {category.id, pack.areas[i].code, {}, {}});
    const auto* found = std::get_if<domain::Route>(&routed);
    missing += found == nullptr || found->gap_in_lists ? 1 : 0;
  }
  return missing;
}

}  // namespace

void check_whole(const CityPack& pack, Errors& errors) { Checker(pack, errors).run(); }

PackErrors find_gaps(const CityPack& pack) {
  PackErrors gaps;
  const std::vector<bool> inner_areas = have_children(pack.areas);
  const std::vector<bool> inner = have_children(pack.categories);
  for (std::size_t i = 0; i < pack.categories.size(); ++i) {
    const Category& category = pack.categories[i];
    std::size_t areas = 0;
    const std::size_t missing =
        inner[i] ? 0 : areas_without_rule(pack, category, inner_areas, areas);
    if (missing > 0) {
      gaps.push_back({category.at.file, category.at.line,
                      "category: \"" + category.id.get() + "\" has no line and no department in " +
                          std::to_string(missing) + " of " + std::to_string(areas) + " areas"});
    }
  }
  const bool calls_back = std::any_of(pack.channels.begin(), pack.channels.end(),
                                      [](const auto& channel) { return channel.call_back; });
  if (calls_back && domain::find_clock(pack, "call_back") == nullptr) {
    gaps.push_back({"clocks.yaml", 0, "no clock \"call_back\": unrated tickets are never closed"});
  }
  return gaps;
}

}  // namespace paidan::citypack
