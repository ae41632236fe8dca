#include <array>
#include <map>

#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::Agency;
using domain::Index;
using domain::UnitKind;

constexpr std::array<std::string_view, 6> unit_kinds{"bureau",     "district", "town",
                                                     "department", "queue",    "section"};
/// City, district or department, 街镇, 科室/居村 (浦南办〔2024〕20号: "四级承办").
constexpr std::uint32_t levels_max = 4;

std::optional<UnitKind> read_unit_kind(const Place& place) {
  const std::string name = scalar(place, "kind");
  for (std::size_t i = 0; i < unit_kinds.size(); ++i) {
    if (unit_kinds[i] == name) {
      return static_cast<UnitKind>(i);
    }
  }
  place.fail("unit kind \"" + name +
             "\" is none of bureau, district, town, department, queue, section");
  return std::nullopt;
}

/// References to other units, which may stand further down.
struct Pending {
  Index unit;
  std::optional<Place> parent;
  std::optional<Place> host;
};

void check_place(Context& context, const Fields& fields, const Agency& agency) {
  const bool of_area = agency.kind == UnitKind::district || agency.kind == UnitKind::town;
  if (of_area && !fields.has("area")) {
    fields.fail("a district or town must name its \"area\"");
  }
  if (agency.kind == UnitKind::section && (fields.has("area") || fields.has("function"))) {
    fields.fail("a section has the area of its town; it takes no \"area\" and no \"function\"");
  }
  if (agency.function.empty()) {
    return;
  }
  if (!fields.has("area")) {
    fields.fail("a \"function\" needs the \"area\" that it is for");
  }
  if (!context.functions.find(agency.function)) {
    context.functions.add(agency.function, 0, fields.place(), "function");
  }
}

Pending read_agency(Context& context, const Place& place) {
  const Fields fields(place, "unit",
                      {"id", "kind", "area", "function", "parent", "host", "zh", "en"});
  Agency agency;
  agency.id = domain::UnitId{fields.id()};
  agency.name = fields.names(agency.id.get());
  agency.function = fields.text("function");
  agency.at = place.source();
  if (const auto kind = fields.required("kind")) {
    agency.kind = read_unit_kind(*kind).value_or(UnitKind::department);
  }
  if (const auto area = fields.optional("area")) {
    agency.area = known(context.areas, *area, "area");
  }
  check_place(context, fields, agency);
  const auto index = static_cast<Index>(context.pack.agencies.size());
  context.agencies.add(agency.id.get(), index, place, "unit");
  context.pack.agencies.push_back(std::move(agency));
  return {index, fields.optional("parent"), fields.optional("host")};
}

Agency& agency_at(Context& context, Index index) {
  return context.pack.agencies[static_cast<std::size_t>(index)];
}

/// Follows `next` from each unit; a way that does not end is a cycle.
template <class Next>
void check_cycle(Context& context, std::string_view what, Next next) {
  for (std::size_t i = 0; i < context.pack.agencies.size(); ++i) {
    const Agency& agency = context.pack.agencies[i];
    std::size_t steps = 0;
    for (Index at = next(agency); at >= 0; at = next(agency_at(context, at))) {
      if (++steps > depth_max) {
        context.errors.add(agency.at.file, agency.at.line,
                           "unit: the chain of " + std::string(what) + " of \"" + agency.id.get() +
                               "\" is a cycle or longer than " + std::to_string(depth_max));
        return;
      }
    }
  }
}

/// City 1, district or bureau 2, 街镇 or a district's department 3, section or 居村 4
/// (浦南办〔2024〕 20号: 三级, 四级承办单位). The city itself is the office, which is no unit of
/// the lists.
std::uint32_t level_of(const Context& context, const Agency& agency) {
  const auto& agencies = context.pack.agencies;
  const Agency* parent =
      agency.parent < 0 ? nullptr : &agencies[static_cast<std::size_t>(agency.parent)];
  switch (agency.kind) {
    case UnitKind::bureau:
    case UnitKind::district:
      return 2;
    case UnitKind::town:
      return 3;
    case UnitKind::department:
      return parent == nullptr ? 2 : 3;
    case UnitKind::section:
      return levels_max;
    case UnitKind::queue:
      return parent == nullptr ? 2 : level_of(context, *parent) + 1;
  }
  return 2;
}

/// One unit for a kind and area, or for a function and area: else a reference has two answers.
void check_unique_places(Context& context) {
  std::map<std::tuple<int, std::string, Index>, const Agency*> seen;
  for (const Agency& agency : context.pack.agencies) {
    const bool of_area = agency.kind == UnitKind::district || agency.kind == UnitKind::town;
    if (agency.area < 0 || (agency.function.empty() && !of_area)) {
      continue;
    }
    const int kind = agency.function.empty() ? static_cast<int>(agency.kind) : -1;
    const auto [known, fresh] =
        seen.emplace(std::tuple(kind, agency.function, agency.area), &agency);
    if (!fresh) {
      context.errors.add(agency.at.file, agency.at.line,
                         "unit: \"" + agency.id.get() + "\" and \"" + known->second->id.get() +
                             "\" (line " + std::to_string(known->second->at.line) +
                             ") are the same for their area");
    }
  }
}

/// A unit is replaced by its host once, so the host must answer itself.
void check_host(Context& context, const Agency& agency) {
  if (agency.host < 0 || agency_at(context, agency.host).host < 0) {
    return;
  }
  const Agency& host = agency_at(context, agency.host);
  context.errors.add(agency.at.file, agency.at.line,
                     "unit: the host \"" + host.id.get() + "\" of \"" + agency.id.get() +
                         "\" has a host itself, \"" + agency_at(context, host.host).id.get() +
                         "\"");
}

/// 二次派单 goes down the chain of parents, so each parent must stand on a higher level.
void check_level(Context& context, const Agency& agency) {
  const auto fail = [&](const std::string& why) {
    context.errors.add(agency.at.file, agency.at.line, "unit: \"" + agency.id.get() + "\" " + why);
  };
  const Agency* parent = agency.parent < 0 ? nullptr : &agency_at(context, agency.parent);
  if (agency.kind == UnitKind::section && (parent == nullptr || parent->kind != UnitKind::town)) {
    fail("is a section: its \"parent\" must be a town");
  } else if (parent != nullptr && parent->level >= agency.level) {
    fail("(level " + std::to_string(agency.level) + ") cannot stand below \"" + parent->id.get() +
         "\" (level " + std::to_string(parent->level) + ")");
  } else if (agency.level > levels_max) {
    fail("stands on level " + std::to_string(agency.level) + "; there are " +
         std::to_string(levels_max));
  }
}

}  // namespace

void read_agencies(Context& context, const Place& document) {
  const Fields fields(document, "agencies.yaml", {"units"});
  std::vector<Pending> pending;
  for (const Place& place : fields.list("units")) {
    if (context.pack.agencies.size() >= things_max) {
      fields.fail("more than " + std::to_string(things_max) + " units");
      break;
    }
    pending.push_back(read_agency(context, place));
  }
  for (const Pending& unit : pending) {
    if (unit.parent) {
      agency_at(context, unit.unit).parent = known(context.agencies, *unit.parent, "unit");
    }
    if (unit.host) {
      agency_at(context, unit.unit).host = known(context.agencies, *unit.host, "unit");
    }
  }
  check_cycle(context, "parents", [](const Agency& agency) { return agency.parent; });
  check_cycle(context, "hosts", [](const Agency& agency) { return agency.host; });
  check_unique_places(context);
  if (!context.errors.empty()) {
    return;  // levels follow parents, which may be a cycle
  }
  for (Agency& agency : context.pack.agencies) {
    agency.level = level_of(context, agency);
  }
  for (const Agency& agency : context.pack.agencies) {
    check_level(context, agency);
    check_host(context, agency);
  }
}

std::optional<domain::UnitReference> read_unit(Context& context, const Place& place) {
  domain::UnitReference reference;
  if (place.node.IsScalar()) {
    reference.unit = known(context.agencies, place, "unit");
    return reference.unit < 0 ? std::nullopt : std::optional(reference);
  }
  const Fields fields(place, "unit reference", {"kind", "function", "of"});
  const auto kind = fields.optional("kind");
  const auto function = fields.optional("function");
  if (kind.has_value() == function.has_value()) {
    fields.fail("must be an id, or have either \"kind\" or \"function\"");
    return std::nullopt;
  }
  if (kind) {
    reference.by = domain::UnitReference::By::kind;
    reference.kind = read_unit_kind(*kind).value_or(UnitKind::town);
    if (reference.kind != UnitKind::town && reference.kind != UnitKind::district) {
      kind->fail("unit reference: only a town or a district is found from the place by its kind");
    }
    return reference;
  }
  reference.by = domain::UnitReference::By::function;
  reference.function = scalar(*function, "function");
  if (!context.functions.find(reference.function)) {
    function->fail("unit reference: no unit has the function \"" + reference.function + "\"");
    return std::nullopt;
  }
  if (const auto of = fields.required("of")) {
    reference.area_kind = known(context.area_kinds, *of, "area kind");
  }
  return reference.area_kind < 0 ? std::nullopt : std::optional(reference);
}

}  // namespace paidan::citypack
