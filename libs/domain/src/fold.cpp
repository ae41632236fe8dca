#include "src/fold.hpp"

#include <algorithm>

#include "src/link_effects.hpp"
#include "src/overloaded.hpp"

namespace paidan::domain {
namespace {

template <class Value>
void add_once(std::vector<Value>& values, const Value& value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) {
    values.push_back(value);
  }
}

void leave_unit(Ticket& ticket) {
  ticket.directed_by_office = false;
  ticket.lead_unit = {};
  ticket.queue_unit = {};
  ticket.co_handlers.clear();
  if (!ticket.extras->sub_units.empty()) {
    ticket.extras.edit().sub_units.clear();
  }
  if (!ticket.extras->paused.empty()) {  // but the citizen's clock, which another lead takes over
    std::erase_if(ticket.extras.edit().paused, [](const PausedClock& paused) {
      return paused.clock != "citizen" && paused.clock != "supervise";
    });
  }
}

void drop_proposal(Ticket& ticket, const TicketId& master) {
  std::erase_if(ticket.extras.edit().proposals,
                [&](const DuplicateProposal& proposal) { return proposal.master == master; });
}

// ---- who must answer -----------------------------------------------------------------------

void fold(Ticket& ticket, const Opened& fact, const LifecycleFact& record) {
  const Classified& classified = fact.classified;
  ticket.channel = classified.channel;
  ticket.category = classified.category;
  ticket.demand_kind = classified.demand_kind;
  ticket.urgency = classified.urgency;
  ticket.area = classified.area;
  ticket.content_hash = classified.content_ref.content_hash;
  ticket.given_due_at = classified.given_due_at;
  ticket.designated_unit = classified.designated_unit;
  ticket.confidential = classified.confidential;
  ticket.opened_at = record.happened_at;
  if (!ticket.extras->waiting.empty()) {
    ticket.extras.edit().waiting.clear();  // the same decision says what becomes of them
  }
}

void fold(Ticket& ticket, const Assigned& fact, const LifecycleFact& record) {
  const bool new_lead = fact.assign_epoch != ticket.assign_epoch;
  if (new_lead) {
    leave_unit(ticket);
    ticket.assigned_at = record.happened_at;
    ticket.contacted_at.reset();  // 先行联系 is each unit's own duty
  }
  ticket.lead_unit = fact.lead_unit;
  ticket.queue_unit = fact.queue_unit;
  ticket.co_handlers = fact.co_handlers;
  ticket.assign_epoch = fact.assign_epoch;
  ticket.directed_by_office = fact.basis == AssignmentBasis::office;
  if (fact.basis == AssignmentBasis::raised) {
    ticket.extras.edit().raised_to_district = true;
  }
}

void fold(Ticket& ticket, const TriageRequested&, const LifecycleFact&) { leave_unit(ticket); }

void fold(Ticket& ticket, const Reclassified& fact, const LifecycleFact&) {
  ticket.category = fact.category;
  ticket.area = fact.area;
  ticket.demand_kind = fact.demand_kind;
}

void fold(Ticket& ticket, const ReturnDecided& fact, const LifecycleFact&) {
  if (!fact.granted) {
    return;
  }
  ++ticket.returns_granted;
  add_once(ticket.excluded_units, ticket.lead_unit);
  // The next step is the rules', not the channel's again.
  ticket.designated_unit = {};
  leave_unit(ticket);
}

void fold(Ticket& ticket, const CoHandlerAdded& fact, const LifecycleFact&) {
  add_once(ticket.co_handlers, fact.unit);
}

/// Below `by_unit` there is one chain: handing down anew replaces what was below.
void fold(Ticket& ticket, const SubAssigned& fact, const LifecycleFact&) {
  std::vector<UnitId>& chain = ticket.extras.edit().sub_units;
  const auto by = std::find(chain.begin(), chain.end(), fact.by_unit);
  chain.erase(by == chain.end() ? chain.begin() : std::next(by), chain.end());
  chain.push_back(fact.unit);
}

void fold(Ticket& ticket, const SubCompleted& fact, const LifecycleFact&) {
  std::vector<UnitId>& chain = ticket.extras.edit().sub_units;
  chain.erase(std::find(chain.begin(), chain.end(), fact.unit), chain.end());
}

// ---- the unit at work ----------------------------------------------------------------------

void fold(Ticket& ticket, const Contacted& fact, const LifecycleFact& record) {
  if (fact.reached && !ticket.contacted_at) {
    ticket.contacted_at = record.happened_at;
  }
}

void fold(Ticket& ticket, const Completed& fact, const LifecycleFact&) {
  if (!ticket.contacted_at) {
    ticket.contacted_at = fact.report.contacted_at;
  }
  if (!ticket.extras->sub_units.empty()) {
    ticket.extras.edit().sub_units.clear();
  }
  if (!ticket.extras->paused.empty()) {
    ticket.extras.edit().paused.clear();
  }
  ticket.report_version = ticket.version;
  ticket.outcome = fact.report.outcome;
}

/// The unit that answered stands for the ticket until it is its own again.
void fold(Ticket& ticket, const MasterAnswered& fact, const LifecycleFact&) {
  ticket.lead_unit = fact.unit;
  ticket.queue_unit = fact.unit;
  ticket.outcome = fact.outcome;
}

void fold(Ticket& ticket, const RedoOrdered&, const LifecycleFact&) { ticket.report_version = 0; }

void fold(Ticket& ticket, const Reopened&, const LifecycleFact&) {
  ticket.report_version = 0;
  ticket.returns_granted = 0;  // a life of its own: requests of the first one are spent
  ticket.closed_unrated = false;
  if (ticket.extras != Boxed<TicketExtras>{}) {
    TicketExtras& extras = ticket.extras.edit();
    extras.unreasonable = false;
    extras.extensions_granted = 0;
    extras.raised_to_district = false;
  }
  if (!ticket.extras->duplicate_of.get().empty()) {
    ticket.extras.edit().duplicate_of = {};
  }
}

// ---- requests and overlays -----------------------------------------------------------------

void fold(Ticket& ticket, const ExtensionRequested& fact, const LifecycleFact&) {
  ticket.extras.edit().extension_wanted_due_at = fact.wanted_due_at;
}

void fold(Ticket& ticket, const ExtensionDecided& fact, const LifecycleFact&) {
  TicketExtras& extras = ticket.extras.edit();
  extras.extension_wanted_due_at.reset();
  extras.extensions_granted += fact.granted ? 1 : 0;
}

void fold(Ticket& ticket, const UnreasonableDecided& fact, const LifecycleFact&) {
  ticket.extras.edit().unreasonable = fact.granted;
}

void fold(Ticket& ticket, const AppealRecorded&, const LifecycleFact&) {
  ticket.extras.edit().appeal_pending = true;
}

void fold(Ticket& ticket, const AppealDecided& fact, const LifecycleFact&) {
  ticket.extras.edit().appeal_pending = false;
  if (fact.granted) {
    ticket.extras.edit().unreasonable = false;
  }
}

void fold(Ticket& ticket, const MarkedDifficult&, const LifecycleFact&) {
  ticket.extras.edit().difficult = true;
}

void fold(Ticket& ticket, const Supervised&, const LifecycleFact&) {
  ticket.extras.edit().supervised = true;
}

void fold(Ticket& ticket, const UrgeRecorded& fact, const LifecycleFact&) {
  ticket.urge_count = fact.count;
}

void fold(Ticket& ticket, const ConflictingSubmission& fact, const LifecycleFact&) {
  ticket.conflicting_hashes.push_back(fact.content_ref.content_hash);
}

void fold(Ticket& ticket, const Escalated& fact, const LifecycleFact&) {
  switch (fact.sla.kind) {
    case SlaKind::warned:
      ticket.reminded = true;
      break;
    case SlaKind::breached:
      ++ticket.breach_count;
      break;
    case SlaKind::retracted:
      ticket.breach_count -= ticket.breach_count > 0 && fact.sla.step == 0 ? 1 : 0;
      break;
    default:
      break;
  }
  ticket.breached = ticket.breach_count > 0;
}

void fold(Ticket& ticket, const Closed& fact, const LifecycleFact&) {
  ticket.closed_unrated = fact.reason == CloseReason::no_rating;
}

// ---- duplicates ----------------------------------------------------------------------------

void fold(Ticket& ticket, const DuplicateProposed& fact, const LifecycleFact&) {
  ticket.extras.edit().proposals.push_back({fact.master, fact.level});
}

void fold(Ticket& ticket, const DuplicateProposalDropped& fact, const LifecycleFact&) {
  drop_proposal(ticket, fact.master);
}

void fold(Ticket& ticket, const DuplicateLinked& fact, const LifecycleFact&) {
  TicketExtras& extras = ticket.extras.edit();
  extras.link_moves = fact.reason == master_moved ? extras.link_moves + 1 : 0;
  extras.duplicate_of = fact.master;
  extras.proposals.clear();
  extras.duplicates.clear();  // they follow to the new master
  leave_unit(ticket);
}

void fold(Ticket& ticket, const DuplicateUnlinked&, const LifecycleFact&) {
  ticket.extras.edit().duplicate_of = {};
  leave_unit(ticket);
}

void fold(Ticket& ticket, const MasterReopened&, const LifecycleFact&) { leave_unit(ticket); }

void fold(Ticket& ticket, const DuplicateJoined& fact, const LifecycleFact&) {
  add_once(ticket.extras.edit().duplicates, fact.duplicate);
}

void fold(Ticket& ticket, const DuplicateLeft& fact, const LifecycleFact&) {
  std::erase(ticket.extras.edit().duplicates, fact.duplicate);
}

template <class Other>
void fold(Ticket&, const Other&, const LifecycleFact&) {}

}  // namespace

void fold_body(Ticket& ticket, const LifecycleFact& record) {
  std::visit([&](const auto& fact) { fold(ticket, fact, record); }, record.body);
}

}  // namespace paidan::domain
