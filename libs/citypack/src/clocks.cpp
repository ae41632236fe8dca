#include "paidan/domain/clocks.hpp"

#include <algorithm>
#include <array>

#include "paidan/domain/lifecycle.hpp"
#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::Term;
using domain::Urgency;

constexpr std::uint32_t working_days_max = 400;
constexpr std::uint32_t hours_max = 24 * 400;
constexpr std::uint32_t minutes_max = 60 * hours_max;
constexpr std::uint32_t extensions_max = 9;
/// The dedupe window: after it nothing is left of a closed ticket (DESIGN section 3).
constexpr std::uint32_t reopen_days_max = 400;

/// What an extension may move: the terms that were promised to the citizen and set for the lead.
constexpr auto extendable = std::to_array<std::string_view>({"citizen", "handle"});
/// What may stand still: what units work against. The office's own clocks never do.
constexpr auto pausable = std::to_array<std::string_view>(
    {"citizen", "contact", "handle", "sub_handle", "co_handle", "redo"});
/// States in which a ticket waits for somebody else than the unit that works on it.
constexpr auto waiting = std::to_array<domain::State>(
    {domain::State::needs_triage, domain::State::needs_info, domain::State::return_requested,
     domain::State::extension_requested, domain::State::difficult, domain::State::unreasonable,
     domain::State::arbitration});

/// "a, b or c"
std::string one_of(const std::vector<std::string_view>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool last = i + 1 == names.size();
    out += i == 0 ? "" : last ? " or " : ", ";
    out += names[i];
  }
  return out;
}

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
  if (clock.name == "sub_handle" && !counted_back) {
    fields.fail("sub_handle is counted back from the due time above it: one term in working_days");
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

bool has_clock(const Context& context, std::string_view name) {
  const auto& clocks = context.pack.clocks;
  return std::any_of(clocks.begin(), clocks.end(),
                     [&](const auto& clock) { return clock.name == name; });
}

/// Clocks that a policy names: each is one of `allowed`, stands in this file, and once.
std::vector<std::string> read_policy_clocks(const Context& context, const Fields& fields,
                                            const std::vector<std::string_view>& allowed) {
  std::vector<std::string> names;
  for (const Place& place : fields.list("clocks")) {
    std::string name = scalar(place, "clock");
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
      place.fail("clock \"" + name + "\" must be " + one_of(allowed));
    } else if (!has_clock(context, name)) {
      place.fail("there is no clock \"" + name + "\" in this file");
    } else if (std::find(names.begin(), names.end(), name) != names.end()) {
      place.fail("clock \"" + name + "\" stands twice");
    }
    names.push_back(std::move(name));
  }
  if (names.empty()) {
    fields.fail("\"clocks\" is empty; without the policy, leave it out whole");
  }
  return names;
}

void read_extension(Context& context, const Place& place) {
  const Fields fields(place, "extension", {"clocks", "working_days_max", "times_max", "source"});
  domain::ExtensionPolicy& extension = context.pack.extension;
  extension.at = place.source();
  extension.clocks = read_policy_clocks(context, fields, {extendable.begin(), extendable.end()});
  extension.working_days_max = fields.integer("working_days_max", 1, working_days_max).value_or(0);
  if (!fields.has("working_days_max")) {
    fields.fail("key \"working_days_max\" is missing");
  }
  extension.times_max = fields.integer("times_max", 1, extensions_max).value_or(1);
  extension.source = fields.text("source");
}

void read_pause(Context& context, const Place& place) {
  const Fields fields(place, "pause", {"states", "clocks"});
  domain::PausePolicy& pause = context.pack.pause;
  pause.at = place.source();
  pause.clocks = read_policy_clocks(context, fields, {pausable.begin(), pausable.end()});
  std::vector<std::string_view> names;
  names.reserve(waiting.size());
  for (const domain::State state : waiting) {
    names.push_back(domain::code_of(state));
  }
  for (const Place& item : fields.list("states")) {
    const std::string name = scalar(item, "state");
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      item.fail("state \"" + name + "\" must be " + one_of(names));
      continue;
    }
    pause.states.push_back(waiting[static_cast<std::size_t>(found - names.begin())]);
  }
  if (pause.states.empty()) {
    fields.fail("\"states\" is empty; without the policy, leave it out whole");
  }
}

/// A clock that is counted back hangs on `handle`.
void check_counted_back(const Context& context) {
  for (const domain::ClockDefinition& clock : context.pack.clocks) {
    const bool counted_back = clock.name == "co_handle" || clock.name == "sub_handle";
    if (counted_back && !has_clock(context, "handle")) {
      context.errors.add(clock.at.file, clock.at.line,
                         "clock: \"" + clock.name +
                             "\" can never run: there is no clock \"handle\" to count back from");
    }
  }
}

}  // namespace

void read_clocks(Context& context, const Place& document) {
  const Fields fields(document, "clocks.yaml",
                      {"receipt_day", "reopen_window_days", "extension", "pause", "clocks"});
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
  check_counted_back(context);
  if (const auto days = fields.integer("reopen_window_days", 1, reopen_days_max)) {
    context.pack.reopen_window_days = *days;
  }
  if (const auto extension = fields.optional("extension")) {
    read_extension(context, *extension);
  }
  if (const auto pause = fields.optional("pause")) {
    read_pause(context, *pause);
  }
}

}  // namespace paidan::citypack
