#include "classification/preview.hpp"

#include <variant>

#include "paidan/contract/convert.hpp"
#include "paidan/domain/clocks.hpp"
#include "paidan/domain/routing.hpp"

namespace paidan::classification {

namespace {

constexpr std::string_view promise_clock = "citizen";

void fill_unit(const domain::CityPack& pack, const domain::Submitted& submitted,
               const domain::Classified& classified, v1::Preview& preview) {
  const auto routed = domain::route(pack, {.category = classified.category,
                                           .area = classified.area,
                                           .channel = submitted.channel,
                                           .designated_unit = submitted.designated_unit,
                                           .confidence = classified.confidence});
  const auto* route = std::get_if<domain::Route>(&routed);
  if (route == nullptr) return;
  preview.set_likely_lead_unit(route->lead_unit.get());
  preview.set_likely_queue_unit(route->queue_unit.get());
  preview.add_why(route->why.rule);
}

void fill_due(const domain::CityPack& pack, const domain::Submitted& submitted,
              const domain::Classified& classified, Instant now, v1::Preview& preview) {
  const domain::ClockDefinition* clock = domain::find_clock(pack, promise_clock);
  if (clock == nullptr) return;
  const auto due = domain::due_time(pack, *clock,
                                    {.demand_kind = classified.demand_kind,
                                     .urgency = classified.urgency,
                                     .channel = submitted.channel,
                                     .from = now,
                                     .given_due_at = submitted.given_due_at});
  if (!due) return;
  contract::to_proto(due->due_at, *preview.mutable_likely_due_at());
  contract::to_proto(due->explanation, *preview.mutable_due_explanation());
}

}  // namespace

v1::Preview preview(const domain::CityPack& pack, const domain::Classifier& classifier,
                    const domain::Submitted& submitted, Instant now) {
  const domain::Classified classified = classifier.classify(submitted);
  v1::Preview made;
  for (const domain::Candidate& candidate : classified.candidates) {
    contract::to_proto(candidate, *made.add_candidates());
  }
  made.set_abstains(classified.category.get().empty());
  if (!made.abstains() && classified.candidates.empty()) {
    contract::to_proto(
        domain::Candidate{.category = classified.category, .confidence = classified.confidence},
        *made.add_candidates());
  }
  made.set_demand_kind(classified.demand_kind);
  made.set_urgency(static_cast<ticket::v1::Urgency>(classified.urgency));
  made.set_area(classified.area.get());
  if (const domain::Area* area = domain::find_area(pack, classified.area)) {
    made.set_area_name(area->name.zh);
  }
  for (const std::string& why : classified.why) made.add_why(why);
  fill_unit(pack, submitted, classified, made);
  fill_due(pack, submitted, classified, now, made);
  return made;
}

}  // namespace paidan::classification
