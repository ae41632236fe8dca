#include <map>
#include <tuple>

#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::Duty;
using domain::Index;
using domain::ResponsibilityLine;
using domain::UnitId;

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
using Where = std::tuple<Index, Index, Index, Index>;
struct Seen {
  std::map<Where, domain::SourceLine> lines;
  std::map<Where, domain::SourceLine> proposals;
};

Where where_of(const ResponsibilityLine& line) {
  return {line.category, line.area, line.area_class, line.channel};
}

void add_line(Context& context, ResponsibilityLine line, const Fields& fields, Seen& seen) {
  const auto [known, fresh] = seen.lines.emplace(where_of(line), line.at);
  if (!fresh) {
    fields.fail("two leads: the line at " + domain::to_string(known->second) +
                " holds for the same category, area and channel");
    return;
  }
  context.pack.lines.push_back(std::move(line));
}

void add_proposal(Context& context, domain::ProposedLine proposal, const Fields& fields,
                  Seen& seen) {
  if (proposal.status == domain::ProposedLine::Status::open) {
    const auto [known, fresh] = seen.proposals.emplace(where_of(proposal.line), proposal.line.at);
    if (!fresh) {
      fields.fail("the proposal at " + domain::to_string(known->second) +
                  " is for the same category, area and channel");
      return;
    }
  }
  context.pack.proposed_lines.push_back(std::move(proposal));
}

/// 自下而上: who asked for the line, and what became of it. Without `proposed` the line holds.
struct Proposal {
  std::optional<domain::ProposedLine::Status> status;
  UnitId by;
  std::string reason;
  std::string decision;
};

void check_proposal(const Fields& fields, const Proposal& proposal) {
  using Status = domain::ProposedLine::Status;
  for (const std::string_view key : {"proposed", "reason", "decision"}) {
    if (!fields.has("proposed_by") && fields.has(key)) {
      fields.fail("\"" + std::string(key) + "\" needs \"proposed_by\", the town that asked");
    }
  }
  if (proposal.status && proposal.reason.empty()) {
    fields.fail("a proposed line needs the \"reason\" of the town");
  }
  if (proposal.status == Status::refused && proposal.decision.empty()) {
    fields.fail("a refused line needs the \"decision\" of the office");
  }
  if (proposal.status == Status::open && fields.has("decision")) {
    fields.fail("an open proposal has no \"decision\" yet");
  }
}

Proposal read_proposal(Context& context, const Fields& fields) {
  Proposal proposal;
  proposal.reason = fields.text("reason");
  proposal.decision = fields.text("decision");
  if (const auto by = fields.optional("proposed_by")) {
    const Index unit = known(context.agencies, *by, "unit");
    if (unit >= 0) {
      const auto& agency = context.pack.agencies[static_cast<std::size_t>(unit)];
      proposal.by = agency.id;
      if (agency.kind != domain::UnitKind::town) {
        by->fail("line: only a town proposes a line, \"" + agency.id.get() + "\" is none");
      }
    }
  }
  if (const auto place = fields.optional("proposed")) {
    const std::string status = scalar(*place, "proposed");
    if (status == "open") {
      proposal.status = domain::ProposedLine::Status::open;
    } else if (status == "refused") {
      proposal.status = domain::ProposedLine::Status::refused;
    } else {
      place->fail("line: proposed \"" + status + "\" is none of open, refused");
    }
  }
  check_proposal(fields, proposal);
  return proposal;
}

/// The line written out for each category, area and channel that it names.
template <class Add>
void write_out(const ResponsibilityLine& rule, const std::vector<Index>& categories,
               const std::vector<AreaChoice>& areas, const std::vector<Index>& channels, Add add) {
  for (const Index category : categories) {
    for (const AreaChoice& area : areas) {
      for (const Index channel : channels) {
        ResponsibilityLine line = rule;
        line.category = category;
        line.area = area.area;
        line.area_class = area.area_class;
        line.channel = channel;
        add(std::move(line));
      }
    }
  }
}

void read_line(Context& context, const Place& place, Seen& seen) {
  const Fields fields(place, "line",
                      {"category", "area", "channel", "duty", "lead", "queue", "co_handlers",
                       "source", "proposed_by", "proposed", "reason", "decision"});
  const std::size_t errors_before = context.errors.count();
  auto rule = read_rule(context, fields, place);
  const Proposal proposal = read_proposal(context, fields);
  const auto categories = read_categories(context, fields);
  const auto areas = read_area_choices(context, fields);
  const auto channels = read_choices(fields, "channel", context.channels, "channel");
  if (!rule || context.errors.count() != errors_before) {
    return;  // an unknown name is not "everywhere"
  }
  rule->proposed_by = proposal.by;
  write_out(*rule, categories, areas, channels, [&](ResponsibilityLine line) {
    if (!proposal.status) {
      add_line(context, std::move(line), fields, seen);
      return;
    }
    add_proposal(context, {std::move(line), *proposal.status, proposal.reason, proposal.decision},
                 fields, seen);
  });
}

void read_returns(Context& context, const Fields& fields) {
  const auto place = fields.optional("returns");
  if (!place) {
    return;
  }
  const Fields returns(*place, "returns", {"granted_max", "report_share", "report_min"});
  domain::ReturnPolicy& policy = context.pack.returns;
  policy.granted_max = returns.integer("granted_max", 1, 10).value_or(policy.granted_max);
  policy.report_share = returns.number("report_share", 0.01, 1).value_or(policy.report_share);
  policy.report_min = returns.integer("report_min", 1, 100'000).value_or(policy.report_min);
  policy.at = place->source();
}

}  // namespace

void read_responsibility(Context& context, const Place& document) {
  const Fields fields(document, "responsibility.yaml", {"returns", "lines"});
  read_returns(context, fields);
  Seen seen;
  for (const Place& place : fields.list("lines")) {
    if (context.pack.lines.size() + context.pack.proposed_lines.size() > lines_max) {
      fields.fail("more than " + std::to_string(lines_max) + " lines, written out");
      return;
    }
    read_line(context, place, seen);
  }
}

}  // namespace paidan::citypack
