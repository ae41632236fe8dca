#include <map>

#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::Duty;
using domain::Index;
using domain::ResponsibilityLine;

/// One choice of a key that may be a list; no_index: it is not said.
std::vector<Index> read_choices(const Fields& fields, std::string_view key, const Names& names,
                                std::string_view what) {
  const auto place = fields.optional(key);
  if (!place) {
    return {domain::no_index};
  }
  if (place->node.IsScalar()) {
    return {known(names, *place, what)};
  }
  std::vector<Index> out;
  for (const Place& item : items(*place, key)) {
    out.push_back(known(names, item, what));
  }
  if (out.empty()) {
    place->fail(std::string(key) + ": the list is empty");
  }
  return out;
}

std::vector<Index> read_categories(Context& context, const Fields& fields) {
  const auto place = fields.required("category");
  if (!place || (place->node.IsScalar() && place->node.Scalar() == "*")) {
    return {domain::no_index};
  }
  return read_choices(fields, "category", context.categories, "category");
}

struct AreaChoice {
  Index area = domain::no_index;
  Index area_class = domain::no_index;
};

std::vector<AreaChoice> read_area_choices(Context& context, const Fields& fields) {
  const auto place = fields.optional("area");
  if (place && place->node.IsMap()) {
    const Fields by_class(*place, "area", {"class", "of"});
    AreaChoice choice;
    if (const auto name = by_class.required("class")) {
      choice.area_class = known(context.area_classes, *name, "area class");
    }
    if (const auto of = by_class.optional("of")) {
      choice.area = known(context.areas, *of, "area");
    }
    return {choice};
  }
  std::vector<AreaChoice> out;
  for (const Index area : read_choices(fields, "area", context.areas, "area")) {
    out.push_back({area, domain::no_index});
  }
  return out;
}

Duty read_duty(const Fields& fields) {
  const auto place = fields.optional("duty");
  if (!place) {
    return Duty::lead;
  }
  const std::string duty = scalar(*place, "duty");
  if (duty == "基本" || duty == "basic") {
    return Duty::basic;
  }
  if (duty == "配合" || duty == "cooperate") {
    return Duty::cooperate;
  }
  if (duty == "收回" || duty == "withdrawn") {
    return Duty::withdrawn;
  }
  place->fail("line: duty \"" + duty + "\" is none of 基本, 配合, 收回");
  return Duty::lead;
}

/// Everything of a line but where it holds.
std::optional<ResponsibilityLine> read_rule(Context& context, const Fields& fields,
                                            const Place& place) {
  ResponsibilityLine line;
  line.at = place.source();
  line.duty = read_duty(fields);
  line.source = fields.text("source");
  if (const auto lead = fields.optional("lead")) {
    const auto unit = read_unit(context, *lead);
    if (!unit) {
      return std::nullopt;
    }
    line.lead = *unit;
  } else if (line.duty == Duty::basic) {
    line.lead.by = domain::UnitReference::By::kind;
  } else {
    fields.fail("key \"lead\" is missing");
    return std::nullopt;
  }
  if (const auto queue = fields.optional("queue")) {
    line.queue = read_unit(context, *queue);
  }
  if (fields.has("co_handlers")) {
    for (const Place& unit : fields.list("co_handlers")) {
      if (auto read = read_unit(context, unit)) {
        line.co_handlers.push_back(*std::move(read));
      }
    }
  }
  return line;
}

/// Lines by where they hold: two of one exactness would have two leads.
using Seen = std::map<std::tuple<Index, Index, Index, Index>, domain::SourceLine>;

void add_line(Context& context, ResponsibilityLine line, const Fields& fields, Seen& seen) {
  const auto key = std::tuple(line.category, line.area, line.area_class, line.channel);
  const auto [known, fresh] = seen.emplace(key, line.at);
  if (!fresh) {
    fields.fail("two leads: the line at " + domain::to_string(known->second) +
                " holds for the same category, area and channel");
    return;
  }
  context.pack.lines.push_back(std::move(line));
}

void read_line(Context& context, const Place& place, Seen& seen) {
  const Fields fields(
      place, "line",
      {"category", "area", "channel", "duty", "lead", "queue", "co_handlers", "source"});
  const std::size_t errors_before = context.errors.count();
  const auto rule = read_rule(context, fields, place);
  const auto categories = read_categories(context, fields);
  const auto areas = read_area_choices(context, fields);
  const auto channels = read_choices(fields, "channel", context.channels, "channel");
  if (!rule || context.errors.count() != errors_before) {
    return;  // an unknown name is not "everywhere"
  }
  for (const Index category : categories) {
    for (const AreaChoice& area : areas) {
      for (const Index channel : channels) {
        ResponsibilityLine line = *rule;
        line.category = category;
        line.area = area.area;
        line.area_class = area.area_class;
        line.channel = channel;
        add_line(context, std::move(line), fields, seen);
      }
    }
  }
}

}  // namespace

void read_responsibility(Context& context, const Place& document) {
  const Fields fields(document, "responsibility.yaml", {"lines"});
  Seen seen;
  for (const Place& place : fields.list("lines")) {
    if (context.pack.lines.size() > lines_max) {
      fields.fail("more than " + std::to_string(lines_max) + " lines, written out");
      return;
    }
    read_line(context, place, seen);
  }
}

}  // namespace paidan::citypack
