#include <algorithm>
#include <map>

#include "paidan/domain/routing.hpp"
#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::Agency;
using domain::Area;
using domain::CityPack;
using domain::Duty;
using domain::Index;
using domain::ResponsibilityLine;
using domain::UnitKind;
using domain::UnitReference;

const Agency* named_unit(const CityPack& pack, const UnitReference& reference) {
  return reference.by == UnitReference::By::unit
             ? &pack.agencies[static_cast<std::size_t>(reference.unit)]
             : nullptr;
}

bool is_town(const CityPack& pack, const UnitReference& reference) {
  const Agency* unit = named_unit(pack, reference);
  return unit != nullptr
             ? unit->kind == UnitKind::town
             : reference.by == UnitReference::By::kind && reference.kind == UnitKind::town;
}

/// What a line's duty and lead say against each other; empty: nothing.
std::string duty_contradiction(Duty duty, bool town_leads) {
  if (duty == Duty::basic && !town_leads) {
    return "基本 means that the town leads, but \"lead\" is no town";
  }
  if (duty == Duty::cooperate && town_leads) {
    return "配合 means that a department leads, but \"lead\" is a town";
  }
  if (duty == Duty::withdrawn && town_leads) {
    return "收回 means that a department leads, but \"lead\" is a town";
  }
  return {};
}

/// What a line says against itself; empty: nothing.
std::string contradiction(const CityPack& pack, const ResponsibilityLine& line) {
  if (std::string why = duty_contradiction(line.duty, is_town(pack, line.lead)); !why.empty()) {
    return why;
  }
  const bool town_helps =
      std::any_of(line.co_handlers.begin(), line.co_handlers.end(),
                  [&](const UnitReference& unit) { return is_town(pack, unit); });
  if (line.duty == Duty::withdrawn && town_helps) {
    return "收回 leaves the town out, but \"co_handlers\" has one";
  }
  const Agency* lead = named_unit(pack, line.lead);
  if (lead != nullptr && lead->kind == UnitKind::section) {
    return "lead: \"" + lead->id.get() + "\" is a section, which gets tickets from its town alone";
  }
  return {};
}

class LineChecker {
 public:
  /// `trial` has the open proposals behind the lines of the pack, as if they were decided.
  LineChecker(const CityPack& pack, const CityPack& trial, Errors& errors)
      : pack_(pack), trial_(trial), errors_(errors), inner_(have_children(pack.areas)) {
    for (const ResponsibilityLine& line : trial.lines) {
      ++of_category_[line.category];
    }
  }

  void run() {
    for (std::size_t i = 0; i < trial_.lines.size(); ++i) {
      what_ = i < pack_.lines.size() ? "line: " : "proposal: ";
      check(static_cast<Index>(i));
    }
  }

 private:
  void fail(const ResponsibilityLine& line, const std::string& why) {
    errors_.add(line.at.file, line.at.line, what_ + why);
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

  bool holds_at(const ResponsibilityLine& line, Index index) const {
    return within(index, line.area) && (line.area_class < 0 || class_of(index) == line.area_class);
  }

  /// The smallest areas for which the line holds.
  const std::vector<Index>& areas_of(const ResponsibilityLine& line) {
    const auto [known, fresh] = scopes_.try_emplace(std::pair(line.area, line.area_class));
    for (std::size_t i = 0; fresh && i < pack_.areas.size(); ++i) {
      if (!inner_[i] && holds_at(line, static_cast<Index>(i))) {
        known->second.push_back(static_cast<Index>(i));
      }
    }
    return known->second;
  }

  void check(Index index) {
    const ResponsibilityLine& line = trial_.lines[static_cast<std::size_t>(index)];
    const std::vector<Index>& areas = areas_of(line);
    if (areas.empty()) {
      fail(line, "can never match: no area of this class lies there");
      return;
    }
    const std::size_t before = errors_.count();
    if (const std::string why = contradiction(pack_, line); !why.empty()) {
      fail(line, why);
    }
    check_reference(line, line.lead, "lead", areas);
    if (line.queue) {
      check_reference(line, *line.queue, "queue", areas);
      check_queue(line);
    }
    for (const UnitReference& unit : line.co_handlers) {
      check_reference(line, unit, "co_handlers", areas);
    }
    if (index >= static_cast<Index>(pack_.lines.size())) {
      check_proposal(line);
    }
    if (errors_.count() == before) {
      check_reach(index, line);
    }
  }

  void check_reference(const ResponsibilityLine& line, const UnitReference& reference,
                       std::string_view key, const std::vector<Index>& areas) {
    if (const Agency* unit = named_unit(pack_, reference); unit != nullptr) {
      check_home(line, *unit, key, areas);
      return;
    }
    for (const Index index : areas) {
      if (resolve_unit(pack_, reference, index) >= 0) {
        continue;
      }
      const std::string what = reference.by == UnitReference::By::function
                                   ? "function " + reference.function
                                   : std::string("town or district");
      fail(line, std::string(key) + ": no unit of " + what + " for area \"" +
                     area(index).code.get() + "\" (" + area(index).name.zh + ")");
      return;
    }
  }

  /// A department of another district cannot be meant. A town may: it answers for a park.
  void check_home(const ResponsibilityLine& line, const Agency& unit, std::string_view key,
                  const std::vector<Index>& areas) {
    const bool elsewhere = unit.area >= 0 && unit.kind != UnitKind::town &&
                           std::none_of(areas.begin(), areas.end(),
                                        [&](Index index) { return within(index, unit.area); });
    if (elsewhere) {
      fail(line, std::string(key) + ": \"" + unit.id.get() + "\" answers for area \"" +
                     area(unit.area).code.get() + "\", where the line holds nowhere");
    }
  }

  void check_queue(const ResponsibilityLine& line) {
    const Agency* queue = named_unit(pack_, *line.queue);
    if (queue == nullptr || line.lead.by != UnitReference::By::unit) {
      return;
    }
    Index at = line.queue->unit;
    while (at >= 0 && at != line.lead.unit) {
      at = pack_.agencies[static_cast<std::size_t>(at)].parent;
    }
    if (at < 0) {
      fail(line, "queue: \"" + queue->id.get() + "\" does not stand below the lead \"" +
                     named_unit(pack_, line.lead)->id.get() + "\"");
    }
  }

  /// 自下而上: a town speaks for places among which it is, and for what no line says already.
  void check_proposal(const ResponsibilityLine& line) {
    const Agency* town = domain::find_agency(pack_, line.proposed_by);
    if (!holds_at(line, town->area)) {
      fail(line, "\"" + town->id.get() + "\" proposes it for places that it does not belong to");
    }
    for (const ResponsibilityLine& other : pack_.lines) {
      if (std::tie(other.category, other.area, other.area_class, other.channel) ==
          std::tie(line.category, line.area, line.area_class, line.channel)) {
        fail(line, "can never match: the line at " + domain::to_string(other.at) +
                       " holds for the same category, area and channel");
      }
    }
  }

  /// The line before which this one never comes; no_index: somewhere this one is first.
  Index shadow_of(Index index, const ResponsibilityLine& line) const {
    Index shadow = domain::no_index;
    for (Index at = domain::no_index; at < static_cast<Index>(pack_.areas.size()); ++at) {
      if (!holds_at(line, at) || resolve_unit(pack_, line.lead, at) < 0) {
        continue;
      }
      for (Index channel = 0; channel < static_cast<Index>(pack_.channels.size()); ++channel) {
        if (line.channel >= 0 && channel != line.channel) {
          continue;
        }
        shadow = first_at(index, line.category, at, channel);
        if (shadow == index) {
          return domain::no_index;
        }
      }
    }
    return shadow;
  }

  /// The most exact line that names a unit here; other proposals do not count.
  Index first_at(Index index, Index category, Index at, Index channel) const {
    for (const Index match : domain::matching_lines(trial_, category, at, channel)) {
      const bool decided = match < static_cast<Index>(pack_.lines.size());
      const auto& line = trial_.lines[static_cast<std::size_t>(match)];
      if ((decided || match == index) && resolve_unit(pack_, line.lead, at) >= 0) {
        return match;
      }
    }
    return index;
  }

  void check_reach(Index index, const ResponsibilityLine& line) {
    if (of_category_[line.category] == 1) {
      return;  // only a line for the same category is more exact everywhere
    }
    if (const Index shadow = shadow_of(index, line); shadow >= 0) {
      fail(line, "can never match: more exact lines hold wherever it does, one at " +
                     domain::to_string(trial_.lines[static_cast<std::size_t>(shadow)].at));
    }
  }

  const CityPack& pack_;
  const CityPack& trial_;
  Errors& errors_;
  std::string what_;
  std::vector<bool> inner_;
  std::map<std::pair<Index, Index>, std::vector<Index>> scopes_;
  std::map<Index, std::size_t> of_category_;
};

}  // namespace

void check_lines(const CityPack& pack, Errors& errors) {
  std::vector<ResponsibilityLine> proposals;
  for (const domain::ProposedLine& proposed : pack.proposed_lines) {
    if (proposed.status == domain::ProposedLine::Status::open) {
      proposals.push_back(proposed.line);
    }
  }
  if (proposals.empty()) {
    LineChecker(pack, pack, errors).run();
    return;
  }
  CityPack trial = pack;
  trial.lines.insert(trial.lines.end(), proposals.begin(), proposals.end());
  LineChecker(pack, domain::build_index(std::move(trial)), errors).run();
}

}  // namespace paidan::citypack
