#include "classification/logic.hpp"

#include <type_traits>

#include "paidan/base/assert.hpp"

namespace paidan::classification {

namespace {

/// A label for metrics: how often rules alone give no answer.
std::string_view outcome_of(const domain::Classified& classified) {
  if (classified.category.get().empty()) return "no_category";
  return classified.area.get().empty() ? "no_area" : "classified";
}

}  // namespace

stream::Decision<Passed> Logic::decide(const State& /*state*/, const Said& said,
                                       Instant /*now*/) const {
  return std::visit(
      [&](const auto& body) {
        using Body = std::decay_t<decltype(body)>;
        stream::Decision<Passed> decision;
        if constexpr (std::is_same_v<Body, domain::Submitted>) {
          domain::Classified classified = classifier_.classify(body);
          classified.content_ref = said.content_ref;
          decision.reason = outcome_of(classified);
          auto sightings = domain::sightings_of(said.ticket_id, body, classified, said.happened_at);
          decision.events.push_back({std::move(classified), said.happened_at});
          for (domain::KeyedSighting& sighting : sightings) {
            decision.events.push_back({std::move(sighting), said.happened_at});
          }
        } else {
          decision.reason = "passed_on";
          decision.events.push_back({body, said.happened_at});
        }
        return decision;
      },
      said.body);
}

State Logic::evolve(State state, const Passed& /*event*/) const { return state; }

std::optional<Instant> Logic::wake_at(const State& /*state*/) const { return std::nullopt; }

Said Logic::wake(Instant /*due*/) const {
  PAIDAN_ASSERT(false, "classification waits for no time");
  return {};
}

}  // namespace paidan::classification
