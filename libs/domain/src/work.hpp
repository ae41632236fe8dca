#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "paidan/domain/lifecycle.hpp"
#include "paidan/domain/pack.hpp"
#include "paidan/domain/ticket.hpp"
#include "src/overloaded.hpp"

/// What one decision gathers: facts with the clocks that they start and stop and the verdicts that
/// they give, effects on other tickets, and the answer.
namespace paidan::domain {

/// What every decision starts from. Refers to its caller's values.
struct Known {
  const CityPack& pack;
  const Ticket& ticket;
  const TicketId& ticket_id;
  Instant happened_at;
};

/// Lives for one decision only; refers to the pack and the ticket.
class Work {
 public:
  explicit Work(const Known& known) : known_(known) {}

  const CityPack& pack() const { return known_.pack; }
  Instant happened_at() const { return known_.happened_at; }
  const TicketId& ticket_id() const { return known_.ticket_id; }

  /// The ticket after the facts so far. Copies only when there are some.
  const Ticket& ticket();
  /// Its version, without a copy.
  std::uint64_t version() const { return known_.ticket.version + facts_; }

  /// Adds a fact, with its clocks (ticket_clocks.hpp), its verdicts (verdicts.hpp) and what it does
  /// to linked tickets (link_effects.hpp). `lead` is who gets the citizen's clock that Opened
  /// starts.
  void emit(LifecycleBody body, Actor actor, const UnitId& lead = {});
  /// An effect on another ticket, of the ticket as it is now.
  void reach(const TicketId& target, LinkBody body);
  void keep(LinkProposed proposal) {
    decision_.events.emplace_back(ProposalKept{std::move(proposal), false});
  }
  void take_back(LinkProposed proposal) {
    decision_.events.emplace_back(ProposalKept{std::move(proposal), true});
  }
  void answer(Reply reply) { decision_.events.emplace_back(std::move(reply)); }
  TicketDecision take() { return std::move(decision_); }

 private:
  Known known_;
  TicketDecision decision_;
  Ticket evolved_;
  std::size_t folded_ = 0;  ///< Events that `evolved_` holds.
  std::uint64_t facts_ = 0;
};

TicketDecision skipped(std::string_view reason);
inline Actor system_actor() { return {Role::system, {}, {}}; }

TicketDecision decide_citizen(const Known& known, const CitizenFact& fact);
TicketDecision decide_command(const Known& known, const Command& command);
TicketDecision decide_sla_fact(const Known& known, const SlaFact& fact);
TicketDecision decide_link(const Known& known, const LinkProposed& proposed);
TicketDecision decide_link(const Known& known, const LinkWithdrawn& withdrawn);
TicketDecision decide_link(const Known& known, const LinkReceived& received);

/// Finds the unit in charge and emits Assigned; the reason when there is none.
TriageReason assign_by_rules(Work& work, double confidence, std::string_view area_test);
/// The same, or else TriageRequested.
void assign_or_triage(Work& work, std::string_view area_test);
/// After Rated or a call-back: Closed, or RedoOrdered when the citizen is not content; a linked
/// duplicate goes its own way then.
void settle_rating(Work& work, const Rated& rating);
/// Solved, and not dissatisfied.
bool is_content(const Rated& rating);
/// 拆单: the ticket is its own again, and is routed.
void unlink(Work& work, std::string reason, Actor actor);
/// 重启: an ended ticket is worked on again. 首接负责: what the office had directed stays with that
/// unit; else the rules find the lead anew.
void take_up_again(Work& work, const std::string& reason, const Actor& actor);
/// A proposal for a known ticket: linked by rule where the pack says so, else proposed to the
/// office. The static reason when nothing becomes of it, else empty.
std::string_view propose(Work& work, const LinkProposed& proposed);
bool is_linked(const Ticket& ticket);
std::uint64_t hash_of(std::string_view text);

}  // namespace paidan::domain
