#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::Category;
using domain::Index;
using domain::Urgency;

void read_demand_kinds(Context& context, const Fields& fields) {
  for (const Place& place : fields.list("demand_kinds")) {
    const Fields kind(place, "demand kind", {"id", "zh", "en", "keywords", "call_back"});
    domain::DemandKind read;
    read.id = kind.id();
    read.name = kind.names(read.id);
    read.keywords = kind.texts("keywords");
    read.call_back = kind.flag("call_back", true);
    context.demand_kinds.add(read.id, static_cast<Index>(context.pack.demand_kinds.size()), place,
                             "demand kind");
    context.pack.demand_kinds.push_back(std::move(read));
  }
  if (const auto place = fields.required("default_demand_kind")) {
    (void)known(context.demand_kinds, *place, "demand kind");
    context.pack.default_demand_kind = scalar(*place, "default_demand_kind");
  }
}

void read_words(Context& context, const Fields& fields) {
  if (const auto place = fields.optional("urgency")) {
    const Fields urgency(*place, "urgency", {"critical", "urgent"});
    context.pack.critical_words = urgency.texts("critical");
    context.pack.urgent_words = urgency.texts("urgent");
  }
  context.pack.life_safety_words = fields.texts("life_safety");
}

std::vector<domain::Keyword> read_keywords(const Fields& fields) {
  std::vector<domain::Keyword> keywords;
  if (!fields.has("keywords")) {
    return keywords;
  }
  for (const Place& place : fields.list("keywords")) {
    domain::Keyword keyword;
    if (place.node.IsScalar()) {
      keyword.phrase = scalar(place, "keyword");
    } else {
      const Fields weighted(place, "keyword", {"phrase", "weight"});
      if (const auto phrase = weighted.required("phrase")) {
        keyword.phrase = scalar(*phrase, "phrase");
      }
      keyword.weight = weighted.number("weight", 0.1, 10).value_or(1);
    }
    if (keyword.phrase.empty()) {
      place.fail("keyword: must not be empty");
    }
    keywords.push_back(std::move(keyword));
  }
  return keywords;
}

/// What a branch says for those below it.
void inherit(const Context& context, Category& category) {
  if (category.parent < 0) {
    return;
  }
  const Category& parent = context.pack.categories[static_cast<std::size_t>(category.parent)];
  category.department = parent.department;
  category.demand_kind = parent.demand_kind;
  category.urgency = parent.urgency;
}

void read_category(Context& context, const Place& place, Index parent, std::uint32_t depth);

void read_children(Context& context, const Fields& fields, Index parent, std::uint32_t depth) {
  if (!fields.has("children")) {
    return;
  }
  if (depth >= depth_max) {
    fields.fail("categories lie deeper than " + std::to_string(depth_max) + " levels");
    return;
  }
  for (const Place& child : fields.list("children")) {
    read_category(context, child, parent, depth);
  }
}

void read_duties(Context& context, const Fields& fields, Category& category) {
  if (const auto department = fields.optional("department")) {
    category.department = read_unit(context, *department);
  }
  if (const auto kind = fields.optional("demand_kind")) {
    (void)known(context.demand_kinds, *kind, "demand kind");
    category.demand_kind = scalar(*kind, "demand_kind");
  }
  if (const auto urgency = fields.optional("urgency")) {
    category.urgency = read_urgency(*urgency).value_or(Urgency::normal);
  }
}

void read_category(Context& context, const Place& place, Index parent, std::uint32_t depth) {
  const Fields fields(place, "category",
                      {"id", "zh", "en", "code", "aliases", "keywords", "exclude", "demand_kind",
                       "urgency", "department", "children"});
  if (context.pack.categories.size() >= things_max) {
    return;
  }
  Category category;
  category.parent = parent;
  category.depth = depth;
  inherit(context, category);
  const std::string id = fields.id();
  const std::string path =
      parent < 0 ? id
                 : context.pack.categories[static_cast<std::size_t>(parent)].id.get() + "/" + id;
  category.id = domain::CategoryId{path};
  category.name = fields.names(id);
  category.code = fields.text("code");
  category.aliases = fields.texts("aliases");
  category.keywords = read_keywords(fields);
  category.exclude = fields.texts("exclude");
  category.at = place.source();
  read_duties(context, fields, category);
  const auto index = static_cast<Index>(context.pack.categories.size());
  context.categories.add(path, index, place, "category");
  context.pack.categories.push_back(std::move(category));
  read_children(context, fields, index, depth + 1);
}

}  // namespace

std::optional<Urgency> read_urgency(const Place& place) {
  const std::string name = scalar(place, "urgency");
  if (name == "normal" || name == "一般") {
    return Urgency::normal;
  }
  if (name == "urgent" || name == "紧急") {
    return Urgency::urgent;
  }
  if (name == "critical" || name == "特急") {
    return Urgency::critical;
  }
  place.fail("urgency \"" + name + "\" is none of normal, urgent, critical");
  return std::nullopt;
}

void read_taxonomy(Context& context, const Place& document) {
  const Fields fields(document, "taxonomy.yaml",
                      {"demand_kinds", "default_demand_kind", "unknown_category", "urgency",
                       "life_safety", "categories"});
  read_demand_kinds(context, fields);
  read_words(context, fields);
  for (const Place& place : fields.list("categories")) {
    read_category(context, place, domain::no_index, 0);
  }
  if (context.pack.categories.size() >= things_max) {
    fields.fail("more than " + std::to_string(things_max) + " categories");
  }
  if (const auto unknown = fields.optional("unknown_category")) {
    context.pack.unknown_category = known(context.categories, *unknown, "category");
  }
}

}  // namespace paidan::citypack
