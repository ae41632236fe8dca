#pragma once
#include <array>

#include "paidan/domain/routing.hpp"
#include "src/pack_keys.hpp"

/// Walks the tables of lines from the most exact to the least.
namespace paidan::domain {

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

using LineTables = std::vector<std::unordered_map<std::uint64_t, Index>>;

/// Calls `visit(line, exactness)` for each line that names this category, until it returns true.
/// A smaller exactness is a more exact line.
template <class Visit>
bool visit_lines(const LineTables& tables, std::size_t slot, const AreaSelectors& selectors,
                 Index channel, std::uint32_t exactness, Visit&& visit) {
  const auto& table = tables[slot];
  const auto try_key = [&](std::uint64_t key) {
    const auto found = table.find(key);
    return found != table.end() && visit(found->second, exactness);
  };
  if (table.empty()) {
    return false;
  }
  for (const AreaSelector& selector : selectors) {
    if (channel >= 0 && try_key(line_key(selector.area, selector.area_class, channel))) {
      return true;
    }
    ++exactness;
    if (try_key(line_key(selector.area, selector.area_class, no_index))) {
      return true;
    }
    ++exactness;
  }
  return false;
}

/// All lines that apply, most exact first, until `visit` returns true.
template <class Visit>
void visit_matching(const CityPack& pack, const LineTables& tables, Index category, Index area,
                    Index channel, Visit&& visit) {
  constexpr std::uint32_t exactness_per_category = 100;  // more than the selectors give
  const AreaSelectors selectors(pack, area);
  std::uint32_t exactness = 0;
  for (Index at = category; at >= 0; at = pack.categories[static_cast<std::size_t>(at)].parent) {
    if (visit_lines(tables, static_cast<std::size_t>(at), selectors, channel, exactness, visit)) {
      return;
    }
    exactness += exactness_per_category;
  }
  (void)visit_lines(tables, pack.categories.size(), selectors, channel, exactness, visit);
}

}  // namespace paidan::domain
