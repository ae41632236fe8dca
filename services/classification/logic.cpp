#include "classification/logic.hpp"

#include <utility>

#include "paidan/base/assert.hpp"
#include "paidan/domain/masking.hpp"

namespace paidan::classification {

namespace {

constexpr std::string_view citizen_clock = "citizen";

/// Label of `paidan_decisions_total`: how a submission came out.
std::string_view outcome_of(const domain::Classified& classified) {
  if (classified.category.get().empty()) return "abstained";
  return classified.area.get().empty() ? "no_area" : "classified";
}

struct ToEvent {
  const domain::Classifier& classifier;
  std::string_view& reason;

  decltype(Event::body) operator()(const Heard& heard) const {
    domain::Classified classified = classifier.classify(heard.submitted);
    classified.content_ref = heard.content_ref;
    reason = outcome_of(classified);
    return classified;
  }
  template <class PassedOn>
  decltype(Event::body) operator()(const PassedOn& fact) const {
    reason = "passed_on";
    return fact;
  }
};

}  // namespace

stream::Decision<Event> Logic::decide(const State& /*state*/, const Input& input,
                                      Instant /*now*/) const {
  stream::Decision<Event> decision;
  decision.events.push_back(
      {std::visit(ToEvent{classifier_, decision.reason}, input.body), input.happened_at});
  return decision;
}

Input Logic::wake(Instant due) const {
  PAIDAN_ASSERT(false, "a stage without state has no wakes");
  return {domain::TimeMark{.at = due, .round = 0}, due};
}

Preview preview(const domain::CityPack& pack, const domain::Classifier& classifier,
                const domain::Submitted& submitted, Instant now) {
  domain::Submitted masked = submitted;
  masked.title = domain::mask_text(submitted.title).text;
  masked.text = domain::mask_text(submitted.text).text;

  Preview out;
  out.classified = classifier.classify(masked);
  const domain::Classified& found = out.classified;
  if (const domain::Area* area = domain::find_area(pack, found.area)) {
    out.area_name = area->name.zh.empty() ? area->name.en : area->name.zh;
  }
  auto routed = domain::route(pack, {.category = found.category,
                                     .area = found.area,
                                     .channel = found.channel,
                                     .designated_unit = found.designated_unit,
                                     .confidence = found.confidence});
  if (auto* route = std::get_if<domain::Route>(&routed)) {
    out.route = std::move(*route);
  } else {
    out.triage = std::get<domain::TriageReason>(routed);
  }
  if (const domain::ClockDefinition* clock = domain::find_clock(pack, citizen_clock)) {
    out.citizen = domain::due_time(pack, *clock,
                                   {.demand_kind = found.demand_kind,
                                    .urgency = found.urgency,
                                    .channel = found.channel,
                                    .from = now,
                                    .given_due_at = found.given_due_at});
  }
  return out;
}

}  // namespace paidan::classification
