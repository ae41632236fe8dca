#include <algorithm>
#include <map>

#include "src/classifier_tables.hpp"

/// The area by a code, by other codes of the place, then by names.
namespace paidan::domain {
namespace {

const Area& at(const CityPack& pack, Index index) {
  return pack.areas[static_cast<std::size_t>(index)];
}

bool is_within(const CityPack& pack, Index area, Index branch) {
  for (; area >= 0; area = at(pack, area).parent) {
    if (area == branch) {
      return true;
    }
  }
  return branch < 0;
}

Index common_ancestor(const CityPack& pack, Index one, Index other) {
  while (one >= 0 && !is_within(pack, other, one)) {
    one = at(pack, one).parent;
  }
  return one;
}

/// What several equally good answers leave: the deepest of one line of areas, else what contains
/// all.
Index in_common(const CityPack& pack, const std::vector<Index>& areas) {
  Index deepest = no_index;
  Index common = no_index;
  bool one_line = true;
  for (const Index area : areas) {
    one_line = one_line &&
               (deepest < 0 || is_within(pack, area, deepest) || is_within(pack, deepest, area));
    common = common < 0 ? area : common_ancestor(pack, common, area);
    if (deepest < 0 || at(pack, area).depth > at(pack, deepest).depth) {
      deepest = area;
    }
  }
  return one_line ? deepest : common;
}

std::string described(const CityPack& pack, Index area) {
  return at(pack, area).code.get() + " " + at(pack, area).name.zh;
}

/// The deepest area all of whose kinds of code fit.
Index by_codes(const CityPack& pack, const Classifier::Tables& tables, const Place& place) {
  std::map<Index, std::size_t> fitting;
  for (const auto& [kind, value] : place.codes) {
    const auto found = tables.areas_by_code.find(code_key(kind, value));
    if (found == tables.areas_by_code.end()) {
      continue;
    }
    for (const Index area : found->second) {
      ++fitting[area];
    }
  }
  Index best = no_index;
  bool alone = true;
  const auto rank = [&](Index area) {
    return std::pair(at(pack, area).depth, at(pack, area).codes.size());
  };
  for (const auto& [area, kinds] : fitting) {
    if (kinds != at(pack, area).codes.size()) {
      continue;
    }
    if (best < 0 || rank(area) > rank(best)) {
      best = area;
      alone = true;
    } else if (rank(area) == rank(best)) {
      alone = false;
    }
  }
  return alone ? best : no_index;
}

/// Names that stand inside a longer name are no names: 黄浦 in 黄浦江路.
void drop_inner(std::vector<PhraseHit>& hits) {
  const std::vector<PhraseHit> all = hits;
  std::erase_if(hits, [&](const PhraseHit& hit) {
    return std::any_of(all.begin(), all.end(), [&](const PhraseHit& other) {
      const bool longer = other.end - other.begin > hit.end - hit.begin;
      return longer && other.begin <= hit.begin && other.end >= hit.end;
    });
  });
}

bool names_area(const Classifier::Tables& tables, PhraseId phrase) {
  return std::any_of(tables.owners[phrase].begin(), tables.owners[phrase].end(),
                     [](const Owner& owner) { return owner.role == Owner::Role::area; });
}

/// How many letters of the text speak for each area, within a branch.
std::map<Index, std::size_t> spoken_for(const CityPack& pack, const Classifier::Tables& tables,
                                        std::u32string_view text, Index branch) {
  std::vector<PhraseHit> hits = tables.phrases.find(text);
  std::erase_if(hits, [&](const PhraseHit& hit) { return !names_area(tables, hit.phrase); });
  drop_inner(hits);
  std::map<Index, std::size_t> letters;
  for (const PhraseHit& hit : hits) {
    for (const Owner& owner : tables.owners[hit.phrase]) {
      if (owner.role == Owner::Role::area && is_within(pack, owner.index, branch)) {
        std::size_t& best = letters[owner.index];
        best = std::max<std::size_t>(best, hit.end - hit.begin);
      }
    }
  }
  return letters;
}

/// The area that the text names: the one with the most letters on its line of areas, the deeper of
/// equals; two that are equal leave only what they have in common. The city itself is no answer.
Index by_names(const CityPack& pack, const Classifier::Tables& tables, std::u32string_view text,
               Index branch) {
  const auto letters = spoken_for(pack, tables, text, branch);
  std::vector<Index> best;
  std::size_t most = 0;
  for (const auto& [area, own] : letters) {
    std::size_t sum = 0;
    for (Index above = area; above >= 0; above = at(pack, above).parent) {
      const auto found = letters.find(above);
      sum += found == letters.end() ? 0 : found->second;
    }
    if (sum > most) {
      best.clear();
      most = sum;
    }
    if (sum == most) {
      best.push_back(area);
    }
  }
  const Index answer = in_common(pack, best);
  return answer > 0 ? answer : no_index;
}

}  // namespace

AreaFinding Classifier::find_area(const Place& place, std::string_view title,
                                  std::string_view text) const {
  if (const Area* given = domain::find_area(pack_, place.area)) {
    return {given->code,
            "area " + given->code.get() + " " + given->name.zh + ": given by the channel"};
  }
  Index found = by_codes(pack_, *tables_, place);
  std::string how = found < 0 ? "" : ": by codes of the place";
  const auto look = [&](const std::u32string& where, std::string_view called) {
    const Index named = by_names(pack_, *tables_, where, found);
    if (named >= 0 && named != found) {
      found = named;
      how +=
          (how.empty() ? ": by name in the " : ", refined by name in the ") + std::string(called);
    }
  };
  look(normalised(place.address), "address");
  look(normalised(std::string(title) + " " + std::string(text)), "text");
  if (found < 0) {
    return {{}, "area: none found in codes, address or text"};
  }
  return {at(pack_, found).code, "area " + described(pack_, found) + how};
}

}  // namespace paidan::domain
