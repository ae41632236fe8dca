#pragma once
#include <optional>
#include <string>
#include <vector>

#include "paidan/domain/classify.hpp"
#include "paidan/domain/pack.hpp"
#include "paidan/domain/sla.hpp"
#include "paidan/domain/ticket.hpp"
#include "script.hpp"

/// Plays a script against the domain alone: classification, the ticket and its clocks, wired as the
/// services wire them, with time as an argument.
namespace paidan::scenario {

class Player {
 public:
  /// `pack` must outlive it.
  explicit Player(const domain::CityPack& pack) : pack_(pack), classifier_(pack) {}

  /// What came of the step, for people. Clocks that are due before it fire first.
  std::vector<std::string> play(const Step& step);
  /// After all steps: what must hold for every ticket.
  std::vector<std::string> broken_invariants() const;

  const domain::Ticket& ticket() const { return ticket_; }

 private:
  void apply(const Step& step, Instant at);
  void submit(const Step& step, Instant at);
  void run_clocks(Instant until, bool at_too);
  void decide(const domain::TicketInput& input);
  void take(const domain::LifecycleFact& fact);
  void say(std::string line) { said_.push_back(std::move(line)); }

  const domain::CityPack& pack_;
  domain::Classifier classifier_;
  domain::Ticket ticket_;
  domain::SlaTicket sla_;
  std::uint64_t commands_ = 0;
  std::vector<std::string> said_;
  std::vector<std::string> broken_;
};

/// "2025-09-30 10:12[:33]" in the pack's zone.
std::optional<Instant> read_time(const domain::CityPack& pack, const std::string& text);

/// One line for a fact, and one for each of its clocks.
std::vector<std::string> describe(const domain::CityPack& pack, const domain::Ticket& after,
                                  const domain::LifecycleFact& fact);
std::string describe(const domain::CityPack& pack, const domain::SlaFact& fact);
std::string describe(const domain::Reply& reply);
std::string describe_time(const domain::CityPack& pack, Instant at);

/// The input that a step stands for; nothing for a verb that is none.
std::optional<domain::TicketInput> input_of(const domain::CityPack& pack, const Step& step,
                                            Instant at, const domain::Ticket& ticket,
                                            std::uint64_t number);
domain::Submitted submission_of(const domain::CityPack& pack, const Step& step);

}  // namespace paidan::scenario
