#include "classification/clusters_logic.hpp"

#include <utility>

namespace paidan::classification {

stream::Decision<domain::ClusterEvent> ClustersLogic::decide(const State& state, const Input& input,
                                                             Instant /*now*/) const {
  const auto* sighting = std::get_if<domain::Sighting>(&input);
  domain::ClusterDecision decided = sighting != nullptr
                                        ? domain::decide_cluster(policy_, state, *sighting)
                                        : domain::forget_cluster(state, std::get<Instant>(input));
  return {std::move(decided.events),
          decided.skipped ? stream::Outcome::skipped : stream::Outcome::accepted, decided.reason};
}

ClustersLogic::State ClustersLogic::evolve(State state, const Event& event) const {
  return domain::evolve_cluster(std::move(state), event);
}

std::optional<Instant> ClustersLogic::wake_at(const State& state) const {
  return domain::forget_at(policy_, state);
}

}  // namespace paidan::classification
