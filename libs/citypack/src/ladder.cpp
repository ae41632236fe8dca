#include <algorithm>
#include <array>

#include "src/context.hpp"

namespace paidan::citypack {
namespace {

using domain::Ladder;
using domain::LadderStep;

constexpr std::size_t steps_max = 8;
constexpr std::uint32_t step_days_max = 400;

/// Whom a step may tell: the ticket's lead, who heads that unit, the unit whose co_handle or
/// sub_handle clock it is, and the hotline office.
constexpr auto roles = std::to_array<std::string_view>(
    {"lead_unit", "unit_leader", "co_handler", "sub_unit", "office"});

LadderStep read_step(const Place& place, bool with_days) {
  const Fields fields(place, "step", {"zh", "en", "notify", "after_working_days"});
  LadderStep step;
  step.name = fields.names("step");
  step.notify = fields.texts("notify");
  for (const std::string& role : step.notify) {
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) {
      fields.fail("\"" + role +
                  "\" is none of lead_unit, unit_leader, co_handler, sub_unit, office");
    }
  }
  const auto days = fields.integer("after_working_days", 1, step_days_max);
  step.after_working_days = days.value_or(0);
  if (with_days != fields.has("after_working_days")) {
    fields.fail(with_days ? "key \"after_working_days\" is missing"
                          : "\"after_working_days\" belongs to the steps after the due time");
  }
  return step;
}

void read_clocks_of(Context& context, const Fields& fields, Ladder& ladder, Names& seen) {
  for (const Place& place : fields.list("clocks")) {
    const std::string name = scalar(place, "clock");
    const auto& clocks = context.pack.clocks;
    const bool exists = std::any_of(clocks.begin(), clocks.end(),
                                    [&](const auto& clock) { return clock.name == name; });
    if (!exists) {
      place.fail("ladder: clocks.yaml has no clock \"" + name + "\"");
    }
    if (name == "return_request" || name == "call_back") {
      place.fail("ladder: nobody is late when \"" + name + "\" ends");
    }
    seen.add(name, 0, place, "ladder of clock");
    ladder.clocks.push_back(name);
  }
}

Ladder read_ladder_of(Context& context, const Place& place, Names& seen) {
  const Fields fields(place, "ladder", {"clocks", "warning", "breach", "steps"});
  Ladder ladder;
  ladder.at = place.source();
  read_clocks_of(context, fields, ladder, seen);
  if (const auto warning = fields.optional("warning")) {
    ladder.warning = read_step(*warning, false);
  }
  if (const auto breach = fields.optional("breach")) {
    ladder.breach = read_step(*breach, false);
  }
  if (!fields.has("steps")) {
    return ladder;
  }
  for (const Place& step : fields.list("steps")) {
    ladder.steps.push_back(read_step(step, true));
    const std::size_t count = ladder.steps.size();
    if (count > 1 &&
        ladder.steps[count - 1].after_working_days <= ladder.steps[count - 2].after_working_days) {
      step.fail("ladder: each step must be later than the one before it");
    }
  }
  if (ladder.steps.size() > steps_max) {
    fields.fail("more than " + std::to_string(steps_max) + " steps");
  }
  return ladder;
}

}  // namespace

void read_ladder(Context& context, const Place& document) {
  const Fields fields(document, "ladder.yaml", {"ladders"});
  Names seen;
  for (const Place& place : fields.list("ladders")) {
    context.pack.ladders.push_back(read_ladder_of(context, place, seen));
  }
}

}  // namespace paidan::citypack
