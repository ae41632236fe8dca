#pragma once
#include <optional>
#include <string>
#include <variant>

#include "paidan/domain/classify.hpp"
#include "paidan/domain/duplicates.hpp"
#include "paidan/domain/facts.hpp"
#include "paidan/stream/decider.hpp"

/// The brain of classification: what the citizen side said becomes what dispatch needs, and for
/// each submission the lines by which clusters see it; everything else is passed on, in order.
/// Pure.
namespace paidan::classification {

/// Nothing is remembered between two records.
using State = std::monostate;

/// A record of `submissions`. `content_ref` is where it lies.
struct Said {
  std::variant<domain::Submitted, domain::Supplemented, domain::Urged, domain::Withdrawn,
               domain::Rated, domain::Appealed, domain::TimeMark>
      body;
  std::string ticket_id;
  domain::ContentRef content_ref;
  Instant happened_at;
};

/// A record of `classified`, or of `sightings`.
struct Passed {
  std::variant<domain::Classified, domain::Supplemented, domain::Urged, domain::Withdrawn,
               domain::Rated, domain::Appealed, domain::TimeMark, domain::KeyedSighting>
      body;
  Instant happened_at;
};

/// Satisfies stream::Decider. Keeps a reference to the classifier. Immutable, so thread-safe.
class Logic {
 public:
  using State = classification::State;
  using Input = Said;
  using Event = Passed;

  explicit Logic(const domain::Classifier& classifier) : classifier_(classifier) {}

  stream::Decision<Event> decide(const State& state, const Input& input, Instant now) const;
  State evolve(State state, const Event& event) const;
  std::optional<Instant> wake_at(const State& state) const;
  /// Never asked for: nothing here waits for a time.
  Input wake(Instant due) const;

 private:
  const domain::Classifier& classifier_;
};

}  // namespace paidan::classification
