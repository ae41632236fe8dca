#include <algorithm>
#include <set>

#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::Index;

void read_kinds(Context& context, const Fields& fields) {
  for (const Place& place : fields.list("kinds")) {
    const std::string kind = scalar(place, "kind");
    context.area_kinds.add(kind, static_cast<Index>(context.pack.area_kinds.size()), place, "kind");
    context.pack.area_kinds.push_back(kind);
  }
  if (!fields.has("classes")) {
    return;
  }
  for (const Place& place : fields.list("classes")) {
    const std::string name = scalar(place, "class");
    context.area_classes.add(name, static_cast<Index>(context.pack.area_classes.size()), place,
                             "class");
    context.pack.area_classes.push_back(name);
  }
  if (context.pack.area_classes.size() > few_max) {
    fields.fail("more than " + std::to_string(few_max) + " classes");
  }
}

void read_codes(const Fields& fields, domain::Area& area) {
  const auto codes = fields.optional("codes");
  if (!codes) {
    return;
  }
  if (!codes->node.IsMap()) {
    codes->fail("area: \"codes\" must be a map of code kinds");
    return;
  }
  std::set<std::string> seen;
  for (const auto& entry : codes->node) {
    const std::string kind = scalar(codes->with(entry.first), "a kind of code");
    if (!seen.insert(kind).second) {
      codes->with(entry.first).fail("area: code kind \"" + kind + "\" stands twice");
    }
    std::vector<std::string> values;
    for (const Place& value : items(codes->with(entry.second), "codes of " + kind)) {
      values.push_back(scalar(value, "code"));
    }
    area.codes.emplace_back(kind, std::move(values));
  }
}

/// The lists of children on the way down; an alias of YAML can lead back into one of them.
using Above = std::vector<YAML::Node>;

void read_area(Context& context, const Place& place, Index parent, std::uint32_t depth,
               const Above& above);

void read_children(Context& context, const Fields& fields, Index parent, std::uint32_t depth,
                   const Above& above) {
  const auto children = fields.optional("children");
  if (!children) {
    return;
  }
  Above way = above;
  way.push_back(children->node);
  if (std::any_of(above.begin(), above.end(),
                  [&](const YAML::Node& list) { return list.is(children->node); })) {
    fields.fail("lies within itself");
    return;
  }
  if (depth >= depth_max) {
    fields.fail("areas lie deeper than " + std::to_string(depth_max) + " levels");
    return;
  }
  for (const Place& child : fields.list("children")) {
    read_area(context, child, parent, depth, way);
  }
}

void check_kind(Context& context, const Fields& fields, const domain::Area& area) {
  if (area.parent < 0 || area.kind < 0) {
    return;
  }
  const domain::Area& parent = context.pack.areas[static_cast<std::size_t>(area.parent)];
  if (area.kind <= parent.kind) {
    fields.fail("kind \"" + context.pack.area_kinds[static_cast<std::size_t>(area.kind)] +
                "\" cannot lie within \"" +
                context.pack.area_kinds[static_cast<std::size_t>(parent.kind)] + "\"");
  }
}

void read_area(Context& context, const Place& place, Index parent, std::uint32_t depth,
               const Above& above) {
  const Fields fields(place, "area",
                      {"code", "kind", "class", "zh", "en", "aliases", "codes", "children"});
  if (context.pack.areas.size() >= things_max) {
    return;
  }
  domain::Area area;
  area.code = domain::AreaId{fields.id("code")};
  area.name = fields.names(area.code.get());
  area.aliases = fields.texts("aliases");
  area.parent = parent;
  area.depth = depth;
  area.at = place.source();
  if (const auto kind = fields.required("kind")) {
    area.kind = known(context.area_kinds, *kind, "area kind");
  }
  if (const auto area_class = fields.optional("class")) {
    area.area_class = known(context.area_classes, *area_class, "area class");
  }
  read_codes(fields, area);
  check_kind(context, fields, area);
  const auto index = static_cast<Index>(context.pack.areas.size());
  context.areas.add(area.code.get(), index, place, "area");
  context.pack.areas.push_back(std::move(area));
  read_children(context, fields, index, depth + 1, above);
}

}  // namespace

void read_areas(Context& context, const Place& document) {
  const Fields fields(document, "areas.yaml", {"kinds", "classes", "areas"});
  read_kinds(context, fields);
  const std::vector<Place> roots = fields.list("areas");
  if (roots.size() != 1) {
    fields.fail("\"areas\" must have exactly one root, the city");
  }
  for (const Place& root : roots) {
    read_area(context, root, domain::no_index, 0, {});
  }
  if (context.pack.areas.size() >= things_max) {
    fields.fail("more than " + std::to_string(things_max) + " areas");
  }
}

}  // namespace paidan::citypack
