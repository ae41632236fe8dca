#pragma once
#include <cstdint>
#include <string>
#include <variant>

#include "paidan/domain/history.hpp"

/// Effects of one ticket on another (proto: links; DESIGN section 1). Two tickets may lie on
/// different partitions, so a link is two facts, each decided where its ticket is, and a record
/// between them.
namespace paidan::domain {

struct Linked {};    ///< To the master: the source is a duplicate of it.
struct Unlinked {};  ///< To the master: the source is its own again.
/// To a duplicate: the master was answered, in that version of it.
struct MasterAnswer {
  CompletionOutcome outcome = CompletionOutcome::none;
  std::uint64_t report_version = 0;
  UnitId unit;  ///< The master's lead.
};
struct MasterReopen {};  ///< To a duplicate: the master is worked on again.
struct LinkRefused {     ///< To a duplicate: this master cannot take it.
  std::string reason;
};
struct MasterMoved {  ///< To a duplicate: the master is itself a duplicate now.
  TicketId master;
};
using LinkBody =
    std::variant<Linked, Unlinked, MasterAnswer, MasterReopen, LinkRefused, MasterMoved>;

/// What dispatch writes to `links`. The source is the ticket that decides.
struct LinkEffect {
  TicketId target;
  LinkBody body;
  Instant happened_at;
  std::uint64_t source_version = 0;  ///< Of the source, after the causing fact.
};

/// What dispatch reads there.
struct LinkReceived {
  TicketId source;
  std::uint64_t source_version = 0;
  LinkBody body;
};

}  // namespace paidan::domain
