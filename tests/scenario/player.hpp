#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "paidan/domain/classify.hpp"
#include "script.hpp"
#include "world.hpp"

/// Plays a script against the domain alone: classification, the tickets and their clocks, wired as
/// the services wire them, with time as an argument.
namespace paidan::scenario {

/// Finds a pack by what stands behind `pack:`; nothing when there is none.
using FindPack = std::function<const domain::CityPack*(const std::string& name)>;

class Player : private Witness {
 public:
  /// Everything found must outlive it. `several`: the script has more than one ticket, so each line
  /// says whose it is. `also` hears of every input and fact.
  Player(const domain::CityPack& pack, FindPack find_pack, bool several, Witness* also = nullptr)
      : world_(pack, *this), find_pack_(std::move(find_pack)), several_(several), also_(also) {}

  /// What came of the step, for people. Clocks that are due before it fire first.
  std::vector<std::string> play(const Step& step);
  const World& world() const { return world_; }

 private:
  void apply(const Step& step, Instant at);
  void submit(const Step& step, Instant at);
  void load(const Step& step);
  void explain(const Life& life);
  /// True when the step is about the course of things, not about a ticket.
  bool direct(const Step& step);

  void fact(const Life& after, const domain::Ticket& before,
            const domain::LifecycleFact& fact) override;
  void alert(const Life& life, const domain::SlaFact& fact) override;
  void reply(const Life& life, const domain::Reply& reply) override;
  void link(const Life& source, const Life& target, const domain::LinkBody& body) override;
  void kept(const Life& life, const domain::ProposalKept& kept) override;
  void skipped(const Life& life, std::string_view reason) override;
  void input(const Life& life, const domain::TicketInput& input) override;

  void say(const Life& life, std::string line);
  std::string name_of(const domain::TicketId& id) const;

  World world_;
  FindPack find_pack_;
  bool several_;
  Witness* also_;
  std::uint64_t commands_ = 0;
  bool from_monitor_ = false;  ///< What is decided is an alert: most say nothing new.
  std::vector<std::string> said_;
};

/// "2025-09-30 10:12[:33]" in the pack's zone.
std::optional<Instant> read_time(const domain::CityPack& pack, const std::string& text);

/// The ticket that a step is about; "A" where it names none.
std::string ticket_of(const Step& step);
/// The input that a step stands for; nothing for a verb that is none.
std::optional<domain::TicketInput> input_of(const domain::CityPack& pack, const Step& step,
                                            Instant at, const domain::Ticket& ticket,
                                            std::uint64_t number);
domain::Submitted submission_of(const domain::CityPack& pack, const Step& step);

}  // namespace paidan::scenario
