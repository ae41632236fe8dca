#pragma once
#include <utility>
#include <vector>

#include "paidan/domain/lifecycle.hpp"
#include "paidan/domain/pack.hpp"
#include "paidan/domain/ticket.hpp"
#include "src/overloaded.hpp"

/// What one decision gathers: facts with the clocks that they start and stop, and the answer.
namespace paidan::domain {

/// Lives for one decision only; refers to the pack and the ticket.
class Work {
 public:
  Work(const CityPack& pack, const Ticket& ticket, Instant happened_at)
      : pack_(pack), base_(ticket), happened_at_(happened_at) {}

  const CityPack& pack() const { return pack_; }
  Instant happened_at() const { return happened_at_; }

  /// The ticket after the facts so far. Copies only when there are some.
  const Ticket& ticket();

  /// Adds a fact, with its clocks (ticket_clocks.hpp). `lead` is who gets the citizen's clock that
  /// Opened starts.
  void emit(LifecycleBody body, Actor actor, const UnitId& lead = {});
  void answer(Reply reply) { decision_.events.emplace_back(std::move(reply)); }
  TicketDecision take() { return std::move(decision_); }

 private:
  const CityPack& pack_;
  const Ticket& base_;
  Instant happened_at_;
  TicketDecision decision_;
  Ticket evolved_;
  std::size_t folded_ = 0;  ///< Events that `evolved_` holds.
};

TicketDecision skipped(std::string_view reason);
inline Actor system_actor() { return {Role::system, {}, {}}; }

TicketDecision decide_citizen(const CityPack& pack, const Ticket& ticket, const CitizenFact& fact,
                              Instant happened_at);
TicketDecision decide_command(const CityPack& pack, const Ticket& ticket, const Command& command,
                              Instant happened_at);
TicketDecision decide_sla_fact(const CityPack& pack, const Ticket& ticket, const SlaFact& fact,
                               Instant happened_at);

/// Finds the unit in charge and emits Assigned; the reason when there is none.
TriageReason assign_by_rules(Work& work, double confidence, std::string_view area_test);
/// After Rated or a call-back: Closed, or RedoOrdered when the citizen is not content.
void settle_rating(Work& work, const Rated& rating);
std::uint64_t hash_of(std::string_view text);

}  // namespace paidan::domain
