#include "paidan/domain/return_figures.hpp"

#include <algorithm>
#include <cmath>

#include "paidan/domain/routing.hpp"
#include "src/overloaded.hpp"

namespace paidan::domain {
namespace {

/// Rules by which one ticket was returned and that still wait for their final taker.
constexpr std::size_t returned_from_max = 8;

bool is_by_rule(AssignmentBasis basis) {
  return basis == AssignmentBasis::basic || basis == AssignmentBasis::cooperate ||
         basis == AssignmentBasis::withdrawn || basis == AssignmentBasis::statutory ||
         basis == AssignmentBasis::fallback;
}

/// The rules could not place it, or placed it wrongly.
bool is_precedent(const ReturnTrail& trail, const ReturnSubject& before, const Assigned& fact) {
  if (fact.basis != AssignmentBasis::office || before.category.get().empty()) {
    return false;
  }
  return before.state == State::needs_triage || before.state == State::arbitration ||
         before.state == State::return_requested || trail.returns_granted > 0;
}

/// What each kind of fact changes.
struct Fold {
  ReturnTrail& trail;
  const ReturnSubject& before;
  Instant at;
  ReturnChanges& changes;

  void operator()(const Assigned& fact) const {
    if (is_precedent(trail, before, fact)) {
      changes.precedents.push_back({before.category, before.area, before.ticket, fact.lead_unit, at,
                                    fact.why.explanation.zh});
    }
    ReturnKey key;
    if (is_by_rule(fact.basis)) {
      key = {fact.why.rule, before.category, before.area};
    }
    const bool counts = key != trail.assigned_by || fact.lead_unit != before.lead_unit;
    trail.assigned_by = std::move(key);
    if (counts) {
      count(ReturnCounter::assigned);
    }
  }
  void operator()(const ReturnRequested&) const { count(ReturnCounter::requested); }
  void operator()(const ReturnDecided& fact) const {
    if (!fact.granted) {
      return;
    }
    count(ReturnCounter::granted);
    ++trail.returns_granted;
    auto& from = trail.returned_from;
    const bool known = std::find(from.begin(), from.end(), trail.assigned_by) != from.end();
    if (!trail.assigned_by.rule.empty() && !known && from.size() < returned_from_max) {
      from.push_back(trail.assigned_by);
    }
    trail.assigned_by = {};
  }
  void operator()(const Completed&) const {
    if (before.lead_unit.get().empty()) {
      return;
    }
    for (const ReturnKey& key : trail.returned_from) {
      ++changes.takers[{key, before.lead_unit}];
    }
    trail.returned_from.clear();
  }
  void operator()(const TriageRequested&) const { trail.assigned_by = {}; }
  void operator()(const ArbitrationRequested&) const { trail.assigned_by = {}; }
  void operator()(const DuplicateLinked&) const { trail.assigned_by = {}; }
  template <class Other>
  void operator()(const Other&) const {}

 private:
  void count(ReturnCounter counter) const {
    if (!trail.assigned_by.rule.empty()) {
      ++changes.counts[{trail.assigned_by, counter}];
    }
  }
};

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
    }
    out.push_back(c);
  }
  return out + "\"";
}

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + "%"; }

/// The taker that is clearly ahead; null when there is none, or the pack does not know it.
const Agency* likely_unit(const ReturnFigures& figures, const CityPack& pack) {
  const auto& takers = figures.takers;
  if (takers.empty() || (takers.size() > 1 && takers[0].count == takers[1].count)) {
    return nullptr;
  }
  return find_agency(pack, takers.front().unit);
}

/// The rules give such tickets to it already.
bool leads_already(const ReturnFigures& figures, const CityPack& pack, const Agency& unit) {
  const auto routed = route(pack, {figures.key.category, figures.key.area, {}, {}});
  const auto* found = std::get_if<Route>(&routed);
  return found != nullptr && found->lead_unit == unit.id;
}

/// A line that holds for exactly the same tickets, and that the new one must replace.
const ResponsibilityLine* same_place(const ReturnFigures& figures, const CityPack& pack) {
  for (const ResponsibilityLine& line : pack.lines) {
    const bool plain = line.area_class == no_index && line.channel == no_index;
    if (!plain || line.category == no_index) {
      continue;
    }
    const CategoryId& category = pack.categories[static_cast<std::size_t>(line.category)].id;
    const AreaId area =
        line.area == no_index ? AreaId{} : pack.areas[static_cast<std::size_t>(line.area)].code;
    if (category == figures.key.category && area == figures.key.area) {
      return &line;
    }
  }
  return nullptr;
}

std::string name_of_unit(const CityPack& pack, const UnitId& unit, bool zh) {
  const Agency* agency = find_agency(pack, unit);
  if (agency == nullptr) {
    return unit.get();
  }
  return zh ? agency->name.zh : agency->name.en;
}

}  // namespace

void fold_returns(ReturnTrail& trail, const ReturnSubject& before, const LifecycleFact& fact,
                  ReturnChanges& changes) {
  std::visit(Fold{trail, before, fact.happened_at, changes}, fact.body);
}

double granted_share(const ReturnFigures& figures) {
  return figures.assigned == 0 ? 0 : static_cast<double>(figures.granted) / figures.assigned;
}

bool often_returned(const ReturnFigures& figures, const ReturnPolicy& policy) {
  return figures.assigned >= policy.report_min && granted_share(figures) >= policy.report_share;
}

std::string proposed_line(const ReturnFigures& figures, const CityPack& pack) {
  const Agency* unit = likely_unit(figures, pack);
  const bool known = find_category(pack, figures.key.category) != nullptr;
  if (unit == nullptr || !known || !often_returned(figures, pack.returns) ||
      leads_already(figures, pack, *unit)) {
    return {};
  }
  std::string line;
  if (const ResponsibilityLine* old = same_place(figures, pack)) {
    line += "  # in place of " + to_string(old->at) + "\n";
  }
  line += "  - category: " + quoted(figures.key.category.get()) + "\n";
  if (!figures.key.area.get().empty()) {
    line += "    area: " + quoted(figures.key.area.get()) + "\n";
  }
  line += "    lead: " + quoted(unit->id.get()) + "\n";
  line += "    source: " +
          quoted("退单统计：" + figures.key.rule + " " + std::to_string(figures.granted) + "/" +
                 std::to_string(figures.assigned)) +
          "\n";
  return line;
}

Text explain_returns(const ReturnFigures& figures, const CityPack& pack) {
  const std::string share = percent(granted_share(figures));
  const std::string granted = std::to_string(figures.granted);
  const std::string assigned = std::to_string(figures.assigned);
  Text text{"按 " + figures.key.rule + " 派单 " + assigned + " 件，同意退单 " + granted + " 件（" +
                share + "）",
            figures.key.rule + ": " + assigned + " assigned, " + granted + " returns granted (" +
                share + ")"};
  if (!figures.takers.empty()) {
    const ReturnTaker& first = figures.takers.front();
    const std::string count = std::to_string(first.count);
    text.zh += "；退单后多由" + name_of_unit(pack, first.unit, true) + "办结（" + count + " 件）";
    text.en +=
        "; most often answered by " + name_of_unit(pack, first.unit, false) + " (" + count + ")";
  }
  return text;
}

}  // namespace paidan::domain
