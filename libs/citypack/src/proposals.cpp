#include "paidan/citypack/proposals.hpp"

#include <algorithm>
#include <variant>

#include "paidan/domain/routing.hpp"
#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::CityPack;
using domain::Index;
using domain::ProposedLine;
using domain::ResponsibilityLine;

template <class Items>
bool lies_under(const Items& items, Index index, Index scope) {
  for (; index >= 0; index = items[static_cast<std::size_t>(index)].parent) {
    if (index == scope) {
      return true;
    }
  }
  return scope < 0;
}

template <class Items>
std::vector<Index> leaves_under(const Items& items, Index scope) {
  const std::vector<bool> inner = have_children(items);
  std::vector<Index> leaves;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!inner[i] && lies_under(items, static_cast<Index>(i), scope)) {
      leaves.push_back(static_cast<Index>(i));
    }
  }
  return leaves;
}

std::vector<Index> areas_of(const CityPack& pack, const ResponsibilityLine& line) {
  std::vector<Index> areas = leaves_under(pack.areas, line.area);
  std::erase_if(areas, [&](Index area) {
    const auto class_at = [&](Index at) {
      return pack.areas[static_cast<std::size_t>(at)].area_class;
    };
    Index at = area;
    while (at >= 0 && class_at(at) < 0) {
      at = pack.areas[static_cast<std::size_t>(at)].parent;
    }
    return line.area_class >= 0 && (at < 0 || class_at(at) != line.area_class);
  });
  return areas;
}

std::string scope_of(const CityPack& pack, const ResponsibilityLine& line) {
  std::string scope =
      line.category < 0 ? "*" : pack.categories[static_cast<std::size_t>(line.category)].id.get();
  if (line.area >= 0) {
    scope += ", area " + pack.areas[static_cast<std::size_t>(line.area)].code.get();
  }
  if (line.area_class >= 0) {
    scope += ", class " + pack.area_classes[static_cast<std::size_t>(line.area_class)];
  }
  if (line.channel >= 0) {
    scope += ", channel " + pack.channels[static_cast<std::size_t>(line.channel)].id.get();
  }
  return scope;
}

std::string lead_of(const CityPack& pack, const domain::RoutingRequest& request) {
  const auto routed = domain::route(pack, request);
  const auto* way = std::get_if<domain::Route>(&routed);
  return way == nullptr ? "triage" : way->lead_unit.get();
}

void compare(const CityPack& pack, const CityPack& trial, const ResponsibilityLine& line,
             OpenProposal& proposal) {
  const domain::ChannelId channel = line.channel < 0
                                        ? domain::ChannelId{}
                                        : pack.channels[static_cast<std::size_t>(line.channel)].id;
  const std::vector<Index> areas = areas_of(pack, line);
  for (const Index category : leaves_under(pack.categories, line.category)) {
    for (const Index index : areas) {
      const domain::Area& area = pack.areas[static_cast<std::size_t>(index)];
      const domain::CategoryId& id = pack.categories[static_cast<std::size_t>(category)].id;
      const domain::RoutingRequest request{id, area.code, channel, {}};
      ++proposal.pairs;
      const std::string before = lead_of(pack, request);
      const std::string after = lead_of(trial, request);
      if (before == after) {
        continue;
      }
      ++proposal.changed;
      if (proposal.examples.size() < OpenProposal::examples_max) {
        std::string example = id.get();
        example.append(" at ").append(area.code.get()).append(" ").append(area.name.zh);
        example.append(": ").append(before).append(" -> ").append(after);
        proposal.examples.push_back(std::move(example));
      }
    }
  }
}

}  // namespace

std::vector<OpenProposal> open_proposals(const CityPack& pack) {
  std::vector<OpenProposal> found;
  const auto& proposed = pack.proposed_lines;
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    const ResponsibilityLine& line = proposed[i].line;
    const bool written_out = i > 0 && proposed[i - 1].line.at == line.at;
    if (proposed[i].status != ProposedLine::Status::open || written_out) {
      continue;
    }
    OpenProposal proposal{.at = line.at,
                          .proposed_by = line.proposed_by,
                          .scope = scope_of(pack, line),
                          .reason = proposed[i].reason};
    CityPack trial = pack;
    std::size_t end = i;
    for (; end < proposed.size() && proposed[end].line.at == line.at; ++end) {
      trial.lines.push_back(proposed[end].line);
    }
    trial = domain::build_index(std::move(trial));
    for (std::size_t at = i; at < end; ++at) {
      compare(pack, trial, proposed[at].line, proposal);
    }
    if (end - i > 1) {
      proposal.scope += " and " + std::to_string(end - i - 1) + " more";
    }
    found.push_back(std::move(proposal));
  }
  return found;
}

}  // namespace paidan::citypack
