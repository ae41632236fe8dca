#pragma once
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "paidan/domain/lifecycle.hpp"
#include "paidan/domain/pack.hpp"
#include "paidan/domain/sla.hpp"
#include "paidan/domain/ticket.hpp"

/// Tickets wired as the services wire them: dispatch decides, the SLA monitor runs the clocks that
/// dispatch starts, alerts come back, and links go from one ticket to another. Time is an argument.
/// Checks at every record what must hold for every ticket.
namespace paidan::scenario {

/// A ticket with its clocks, under the name that a story gives it.
struct Life {
  std::string name;
  domain::TicketId id;
  domain::Ticket ticket;
  domain::SlaTicket sla;
  std::vector<domain::Verdict> verdicts;  ///< All of its history.
};

/// A ticket id that is always the same for a name; names in alphabetical order have growing ids.
domain::TicketId id_of(const std::string& name);

/// Hears of everything that happens.
struct Witness {
  Witness() = default;
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;
  virtual ~Witness() = default;
  virtual void fact(const Life& after, const domain::Ticket& before,
                    const domain::LifecycleFact& fact) = 0;
  virtual void alert(const Life& life, const domain::SlaFact& fact) = 0;
  virtual void reply(const Life& life, const domain::Reply& reply) = 0;
  virtual void link(const Life& source, const Life& target, const domain::LinkBody& body) = 0;
  virtual void kept(const Life& life, const domain::ProposalKept& kept) = 0;
  virtual void skipped(const Life& life, std::string_view reason) = 0;
  /// Before it is decided.
  virtual void input(const Life& life, const domain::TicketInput& input) = 0;
};

class World {
 public:
  /// Both must outlive it.
  World(const domain::CityPack& pack, Witness& witness) : pack_(&pack), witness_(witness) {}

  /// Another version of the rules is loaded.
  void use(const domain::CityPack& pack) { pack_ = &pack; }
  const domain::CityPack& pack() const { return *pack_; }

  /// Made when it is first named.
  Life& life(const std::string& name);
  const std::map<std::string, Life>& lives() const { return lives_; }

  /// All that is due fires, the earliest first, and what dispatch answers may start more.
  void run_clocks(Instant until, bool at_too);
  /// Decides the input; what it causes follows at once unless it is held back.
  void give(Life& life, domain::TicketInput input);

  /// Records between partitions and services may be late.
  void hold_links() { links_held_ = true; }
  void hold_alerts() { alerts_held_ = true; }
  /// Of this source first (empty: as they were written), in their order.
  void deliver_links(const std::string& source);
  void deliver_alerts();

  /// Rows of the life cycle's table that some record took.
  const std::set<std::pair<domain::State, domain::Move>>& taken() const { return taken_; }
  /// What should hold and did not, up to now. With `at_rest`, also what holds only once every
  /// record has arrived.
  std::vector<std::string> broken(bool at_rest) const;

 private:
  struct Alert {
    Life* life;
    domain::SlaFact fact;
    Instant at;
  };
  struct Link {
    Life* source;
    Life* target;
    domain::LinkEffect effect;
  };

  Life& life_of(const domain::TicketId& id);
  /// The ticket of which something is due first; nullptr: nothing will be.
  Life* next_due();
  void decide(Life& life, const domain::TicketInput& input);
  void take(Life& life, const domain::TicketEvent& event);
  void take_fact(Life& life, const domain::Ticket& before, const domain::LifecycleFact& fact);
  void settle();
  void check_links(std::vector<std::string>& broken) const;

  const domain::CityPack* pack_;
  Witness& witness_;
  std::map<std::string, Life> lives_;
  std::deque<Alert> alerts_;
  std::deque<Link> links_;
  bool links_held_ = false;
  bool alerts_held_ = false;
  std::set<std::pair<domain::State, domain::Move>> taken_;
  std::vector<std::string> broken_;
};

}  // namespace paidan::scenario
