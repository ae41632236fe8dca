#pragma once
#include <optional>
#include <variant>

#include "paidan/domain/duplicates.hpp"
#include "paidan/domain/pack.hpp"
#include "paidan/stream/decider.hpp"

/// The brain of clusters, the second decider of this service: the lines of `sightings` are judged
/// by `paidan::domain`; what is here keeps and forgets. Pure.
namespace paidan::classification {

/// Satisfies stream::Decider. Keeps a reference to the policy. Immutable, so thread-safe.
class ClustersLogic {
 public:
  using State = domain::CallerTickets;
  /// A ticket was seen, or (an instant) time has come to forget.
  using Input = std::variant<domain::Sighting, Instant>;
  /// A Match is written to `matches`; the others change the state alone.
  using Event = domain::ClusterEvent;

  explicit ClustersLogic(const domain::DuplicatePolicy& policy) : policy_(policy) {}

  stream::Decision<Event> decide(const State& state, const Input& input, Instant now) const;
  State evolve(State state, const Event& event) const;
  std::optional<Instant> wake_at(const State& state) const;
  Input wake(Instant due) const { return due; }

 private:
  const domain::DuplicatePolicy& policy_;
};

}  // namespace paidan::classification
