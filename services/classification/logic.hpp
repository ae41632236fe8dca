#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/domain/classify.hpp"
#include "paidan/domain/clocks.hpp"
#include "paidan/domain/facts.hpp"
#include "paidan/domain/pack.hpp"
#include "paidan/domain/routing.hpp"
#include "paidan/stream/decider.hpp"

/// The classification stage: what the citizen said becomes what dispatch needs. It remembers
/// nothing. Pure.
namespace paidan::classification {

/// A submission, and where its text lies.
struct Heard {
  domain::Submitted submitted;
  domain::ContentRef content_ref;
};

/// One record of `submissions`. Everything but a submission is passed on as it is, in order.
struct Input {
  std::variant<Heard, domain::Supplemented, domain::Urged, domain::Withdrawn, domain::Rated,
               domain::Appealed, domain::TimeMark>
      body;
  Instant happened_at;
};

/// One record of `classified`.
struct Event {
  std::variant<domain::Classified, domain::Supplemented, domain::Urged, domain::Withdrawn,
               domain::Rated, domain::Appealed, domain::TimeMark>
      body;
  Instant happened_at;
};

struct Nothing {
  friend bool operator==(const Nothing&, const Nothing&) = default;
};

/// Satisfies stream::Decider. Immutable, so thread-safe; the classifier must outlive it.
class Logic {
 public:
  using State = Nothing;
  using Input = classification::Input;
  using Event = classification::Event;

  explicit Logic(const domain::Classifier& classifier) : classifier_(classifier) {}

  stream::Decision<Event> decide(const State& state, const Input& input, Instant now) const;
  State evolve(State state, const Event& /*event*/) const { return state; }
  std::optional<Instant> wake_at(const State& /*state*/) const { return std::nullopt; }
  /// Nothing of this stage waits for a time.
  Input wake(Instant due) const;

 private:
  const domain::Classifier& classifier_;
};

/// What a call-taker sees before the ticket is sent: the same classification and the same routing
/// as the pipeline's, and the citizen's clock as if it started at `now`.
struct Preview {
  domain::Classified classified;
  std::string area_name;
  std::optional<domain::Route> route;
  domain::TriageReason triage = domain::TriageReason::none;  ///< Why there is no route.
  std::optional<domain::DueTime> citizen;
};
Preview preview(const domain::CityPack& pack, const domain::Classifier& classifier,
                const domain::Submitted& submitted, Instant now);

}  // namespace paidan::classification
