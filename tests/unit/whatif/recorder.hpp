#pragma once
#include <map>
#include <string>

#include "paidan/whatif/history.hpp"
#include "player.hpp"

/// Scenarios as recorded histories.
namespace paidan::whatif {

/// Writes down what the player decides, as the log would hold it.
class Recorder : public scenario::Witness {
 public:
  const std::map<std::string, RecordedTicket>& tickets() const { return tickets_; }
  /// When the last thing happened.
  Instant horizon() const { return horizon_; }

  void input(const scenario::Life& life, const domain::TicketInput& input) override;
  void fact(const scenario::Life& after, const domain::Ticket& before,
            const domain::LifecycleFact& fact) override;
  void alert(const scenario::Life&, const domain::SlaFact&) override {}
  void reply(const scenario::Life&, const domain::Reply&) override {}
  void link(const scenario::Life&, const scenario::Life&, const domain::LinkBody&) override {}
  void kept(const scenario::Life&, const domain::ProposalKept&) override {}
  void skipped(const scenario::Life&, std::string_view) override {}

 private:
  std::map<std::string, RecordedTicket> tickets_;
  Instant horizon_{};
};

struct Recording {
  const domain::CityPack* pack = nullptr;
  std::map<std::string, RecordedTicket> tickets;
  Instant horizon;
  bool one_pack = true;  ///< The story does not load another pack on its way.
  bool in_order = true;  ///< Alerts and links come at once, and no rating comes late.
};

/// Plays a story in the language of tests/scenario. Fails the test when it cannot be read.
Recording record(const std::string& script);
/// The facts of a ticket, in order.
std::vector<domain::LifecycleFact> facts_of(const RecordedTicket& ticket);

}  // namespace paidan::whatif
