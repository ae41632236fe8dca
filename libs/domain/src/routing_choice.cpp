#include "src/routing_choice.hpp"

#include <algorithm>

#include "src/visit_lines.hpp"

namespace paidan::domain {
namespace {

/// The unit, or no_index when there is none or it has been excluded.
Index usable_unit(const Query& query, const UnitReference& reference) {
  const Index unit = resolve_unit(query.pack, reference, query.area);
  return unit >= 0 && !excluded(query, unit) ? unit : no_index;
}

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

/// Takes the lines that apply, the most exact first.
class LineChooser {
 public:
  LineChooser(const Query& query, Choices& choices) : query_(query), choices_(choices) {}

  /// True when nothing more is wanted.
  bool take(Index line, std::uint32_t exactness) {
    const auto& rule = query_.pack.lines[static_cast<std::size_t>(line)];
    const Index unit = resolve_unit(query_.pack, rule.lead, query_.area);
    if (unit >= 0 && may_lead(unit)) {
      choices_.exactness = choices_.count == 0 ? exactness : choices_.exactness;
      choices_.add({unit, line, basis_of(rule.duty)});
    }
    withdrawn_ = withdrawn_ || rule.duty == Duty::withdrawn;
    if (choices_.matched < choices_.matches.size()) {
      choices_.matches[choices_.matched++] = {line, unit};
    }
    return choices_.count == choices_.best.size() && choices_.matched == choices_.matches.size();
  }

 private:
  /// Where 收回 holds, the town is not what a wider line falls back to.
  bool may_lead(Index unit) const {
    const bool town = agency(query_.pack, unit).kind == UnitKind::town;
    return !(withdrawn_ && town) && !excluded(query_, unit);
  }

  const Query& query_;
  Choices& choices_;
  bool withdrawn_ = false;
};

}  // namespace

bool excluded(const Query& query, Index unit) {
  const auto& units = query.request.excluded_units;
  return std::find(units.begin(), units.end(), agency(query.pack, unit).id) != units.end();
}

Choices choose(const Query& query) {
  Choices choices;
  LineChooser lines(query, choices);
  visit_matching(query.pack, query.pack.index.lines, query.category, query.area, query.channel,
                 [&](Index line, std::uint32_t exactness) { return lines.take(line, exactness); });
  const Category& category = query.pack.categories[static_cast<std::size_t>(query.category)];
  if (choices.count < choices.best.size() && category.department) {
    const Index unit = usable_unit(query, *category.department);
    if (unit >= 0) {
      choices.add({unit, no_index, AssignmentBasis::statutory});
    }
  }
  const bool town_may =
      !category.department && !query.pack.index.withdrawn[static_cast<std::size_t>(query.category)];
  if (choices.count == 0 && town_may) {
    const Index unit = usable_unit(query, {UnitReference::By::kind, no_index, UnitKind::town, {}});
    if (unit >= 0) {
      choices.add({unit, no_index, AssignmentBasis::fallback});
    }
  }
  return choices;
}

std::vector<Index> matching_lines(const CityPack& pack, Index category, Index area, Index channel) {
  std::vector<Index> lines;
  visit_matching(pack, pack.index.lines, category, area, channel,
                 [&](Index line, std::uint32_t /*exactness*/) {
                   lines.push_back(line);
                   return false;
                 });
  return lines;
}

}  // namespace paidan::domain
