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

class Checker {
 public:
  Checker(const CityPack& pack, Errors& errors) : pack_(pack), errors_(errors) {}

  void run() {
    check_owners();
    check_overlaps();
    check_clocks();
  }

 private:
  void fail(const domain::SourceLine& at, std::string message) {
    errors_.add(at.file, at.line, std::move(message));
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

  using Codes = std::map<std::string, std::string>;

  /// Each choice of one code of every kind that the area names.
  std::vector<Codes> combinations_of(const Area& one) {
    std::vector<Codes> combinations{{}};
    for (const auto& [kind, values] : one.codes) {
      std::vector<Codes> longer;
      for (const Codes& combination : combinations) {
        for (const std::string& value : values) {
          longer.push_back(combination);
          longer.back()[kind] = value;
        }
      }
      combinations = std::move(longer);
      if (combinations.size() > 1'000) {
        fail(one.at, "area: more than 1000 combinations of codes");
        return {};
      }
    }
    return one.codes.empty() ? std::vector<Codes>{} : combinations;
  }

  bool lies_in(std::size_t inner, std::size_t outer) const {
    for (auto at = static_cast<Index>(inner); at >= 0;
         at = pack_.areas[static_cast<std::size_t>(at)].parent) {
      if (static_cast<std::size_t>(at) == outer) {
        return true;
      }
    }
    return false;
  }

  void overlap(std::size_t one, std::size_t other, const std::string& why) {
    fail(pack_.areas[one].at,
         "area: overlaps with \"" + pack_.areas[other].code.get() + "\": " + why);
  }

  /// An area with fewer codes, outside this one, would lose places to it.
  void check_part(std::size_t i, const Codes& codes, const std::map<Codes, std::size_t>& seen) {
    for (const auto& [kind, value] : codes) {
      Codes fewer = codes;
      fewer.erase(kind);
      const auto known = seen.find(fewer);
      if (known != seen.end() && !lies_in(i, known->second)) {
        overlap(i, known->second, "its codes are among those of this one");
        return;
      }
    }
  }

  void check_overlaps() {
    std::map<std::pair<Index, std::string>, std::size_t> names;
    std::map<Codes, std::size_t> codes;
    std::vector<std::pair<std::size_t, Codes>> combinations;
    for (std::size_t i = 0; i < pack_.areas.size(); ++i) {
      check_names(i, names);
      for (Codes& combination : combinations_of(pack_.areas[i])) {
        const auto [known, fresh] = codes.emplace(combination, i);
        if (!fresh && known->second != i) {
          overlap(i, known->second, "both have the same codes");
        }
        combinations.emplace_back(i, std::move(combination));
      }
    }
    for (const auto& [i, combination] : combinations) {
      check_part(i, combination, codes);
    }
  }

  void check_clocks() {
    if (pack_.calendar.first_year <= pack_.calendar.last_year) {
      return;
    }
    const std::string uncovered = " counts working time, but calendar.yaml covers no year";
    for (const domain::ClockDefinition& clock : pack_.clocks) {
      for (const domain::Term& term : clock.terms) {
        if (term.measure == domain::Term::Measure::working_days ||
            term.measure == domain::Term::Measure::working_hours) {
          fail(term.at, "clock: \"" + clock.name + "\"" + uncovered);
        }
      }
    }
    for (const domain::Ladder& ladder : pack_.ladders) {
      if (!ladder.steps.empty()) {
        fail(ladder.at, "ladder:" + uncovered);
      }
    }
    if (!pack_.extension.clocks.empty()) {
      fail(pack_.extension.at, "extension:" + uncovered);
    }
  }

  const CityPack& pack_;
  Errors& errors_;
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

void check_whole(const CityPack& pack, Errors& errors) {
  check_lines(pack, errors);
  Checker(pack, errors).run();
}

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
