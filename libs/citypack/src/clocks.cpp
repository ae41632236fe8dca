#include "paidan/domain/clocks.hpp"

#include <algorithm>

#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::Term;
using domain::Urgency;

constexpr std::uint32_t working_days_max = 400;
constexpr std::uint32_t hours_max = 24 * 400;
constexpr std::uint32_t minutes_max = 60 * hours_max;

void read_conditions(Context& context, const Fields& fields, Term& term) {
  for (const std::string_view key : {"kinds", "channels"}) {
    if (!fields.has(key)) {
      continue;
    }
    for (const Place& place : fields.list(key)) {
      const bool kind = key == "kinds";
      (void)known(kind ? context.demand_kinds : context.channels, place,
                  kind ? "demand kind" : "channel");
      if (kind) {
        term.kinds.push_back(scalar(place, key));
      } else {
        term.channels.emplace_back(scalar(place, key));
      }
    }
  }
  const auto urgency = fields.optional("urgency");
  if (!urgency) {
    return;
  }
  const std::vector<Place> places =
      urgency->node.IsScalar() ? std::vector<Place>{*urgency} : items(*urgency, "urgency");
  for (const Place& place : places) {
    term.urgencies.push_back(read_urgency(place).value_or(Urgency::normal));
  }
}

/// Exactly one of the six ways to measure.
void read_measure(const Fields& fields, Term& term) {
  int measures = 0;
  const auto found = [&](Term::Measure measure) {
    term.measure = measure;
    ++measures;
  };
  if (const auto days = fields.integer("working_days", 1, working_days_max)) {
    term.working_days = *days;
    found(Term::Measure::working_days);
  }
  if (const auto hours = fields.integer("working_hours", 1, hours_max)) {
    term.minutes = std::chrono::hours{*hours};
    found(Term::Measure::working_hours);
  }
  if (const auto hours = fields.integer("hours", 1, hours_max)) {
    term.minutes = std::chrono::hours{*hours};
    found(Term::Measure::calendar_time);
  }
  if (const auto minutes = fields.integer("minutes", 1, minutes_max)) {
    term.minutes = std::chrono::minutes{*minutes};
    found(Term::Measure::calendar_time);
  }
  if (fields.flag("none", false)) {
    found(Term::Measure::none);
  }
  if (const auto due = fields.optional("due")) {
    if (scalar(*due, "due") != "given") {
      due->fail("term: \"due\" can only be given");
    }
    found(Term::Measure::given);
  }
  if (measures != 1) {
    fields.fail("must have exactly one of working_days, working_hours, hours, minutes, none, due");
  }
}

Term read_term(Context& context, const Place& place, bool policy) {
  const Fields fields(place, "term",
                      {"working_days", "working_hours", "hours", "minutes", "none", "due", "kinds",
                       "urgency", "channels", "policy", "source"});
  Term term;
  term.at = place.source();
  term.policy = fields.flag("policy", policy);
  term.source = fields.text("source");
  read_conditions(context, fields, term);
  read_measure(fields, term);
  return term;
}

bool unconditional(const Term& term) {
  return term.kinds.empty() && term.urgencies.empty() && term.channels.empty() &&
         term.measure != Term::Measure::given;
}

void check_terms(const Fields& fields, const domain::ClockDefinition& clock) {
  const auto& terms = clock.terms;
  const auto all = std::find_if(terms.begin(), terms.end(), unconditional);
  if (all != terms.end() && std::next(all) != terms.end()) {
    fields.fail("term at line " + std::to_string(std::next(all)->at.line) +
                " can never apply: the one before it always does");
  }
  if (terms.empty()) {
    fields.fail("\"terms\" is empty");
    return;
  }
  const bool counted_back = terms.size() == 1 && unconditional(terms.front()) &&
                            terms.front().measure == Term::Measure::working_days;
  if (clock.name == "co_handle" && !counted_back) {
    fields.fail("co_handle is counted back from the lead's due time: one term in working_days");
  }
}

domain::ClockDefinition read_clock(Context& context, const Place& place) {
  const Fields fields(place, "clock", {"name", "zh", "en", "warn_at", "policy", "terms"});
  domain::ClockDefinition clock;
  clock.name = fields.id("name");
  clock.title = fields.names(clock.name);
  clock.warn_fraction = fields.number("warn_at", 0.01, 0.99);
  clock.at = place.source();
  const auto& names = domain::clock_names;
  if (std::find(names.begin(), names.end(), clock.name) == names.end()) {
    fields.fail("there is no clock \"" + clock.name + "\"");
  }
  const bool policy = fields.flag("policy", false);
  for (const Place& term : fields.list("terms")) {
    clock.terms.push_back(read_term(context, term, policy));
  }
  check_terms(fields, clock);
  return clock;
}

}  // namespace

void read_clocks(Context& context, const Place& document) {
  const Fields fields(document, "clocks.yaml", {"receipt_day", "clocks"});
  if (const auto day = fields.required("receipt_day")) {
    const std::string rule = scalar(*day, "receipt_day");
    if (rule != "counted" && rule != "not_counted") {
      day->fail("receipt_day must be counted or not_counted");
    }
    context.pack.count_receipt_day = rule == "counted";
  }
  Names names;
  for (const Place& place : fields.list("clocks")) {
    domain::ClockDefinition clock = read_clock(context, place);
    names.add(clock.name, static_cast<domain::Index>(context.pack.clocks.size()), place, "clock");
    context.pack.clocks.push_back(std::move(clock));
  }
}

}  // namespace paidan::citypack
