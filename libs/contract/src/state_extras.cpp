#include <utility>

#include "state_fields.hpp"

namespace paidan::contract {

namespace {

namespace wire = state::v1;

std::vector<domain::PausedClock> read_paused(wire::DispatchTicket& proto) {
  std::vector<domain::PausedClock> out;
  for (wire::PausedClock& clock : *proto.mutable_extras()->mutable_paused()) {
    out.push_back({.clock = read_clock(std::move(*clock.mutable_clock())),
                   .seq = clock.seq(),
                   .unit = read_clock_unit(std::move(*clock.mutable_unit()), proto),
                   .due_at = from_unix_ms(clock.due_at_ms()),
                   .paused_at = from_unix_ms(clock.paused_at_ms())});
  }
  return out;
}

void write_paused(const domain::Ticket& ticket, wire::TicketExtras& out) {
  for (const domain::PausedClock& clock : ticket.extras->paused) {
    wire::PausedClock& written = *out.add_paused();
    written.set_clock(write_clock(clock.clock));
    written.set_seq(clock.seq);
    written.set_unit(write_clock_unit(clock.unit, ticket));
    written.set_due_at_ms(to_unix_ms(clock.due_at));
    written.set_paused_at_ms(to_unix_ms(clock.paused_at));
  }
}

void read_duplicates(wire::TicketExtras& proto, domain::TicketExtras& out, Faults& faults) {
  const Path root{"extras"};
  out.duplicate_of = domain::TicketId{std::move(*proto.mutable_duplicate_of())};
  out.duplicates = read_ids<domain::TicketId>(*proto.mutable_duplicates());
  for (wire::DuplicateProposal& proposal : *proto.mutable_proposals()) {
    const Path at{"proposals", &root, static_cast<int>(out.proposals.size())};
    out.proposals.push_back(
        {.master = domain::TicketId{std::move(*proposal.mutable_master_ticket_id())},
         .level = read_enum<domain::DuplicateLevel>(
             proposal.level(), ticket::v1::DuplicateLevel_IsValid, {"level", &at}, faults)});
  }
}

void write_duplicates(const domain::TicketExtras& extras, wire::TicketExtras& out) {
  out.set_duplicate_of(extras.duplicate_of.get());
  for (const domain::TicketId& duplicate : extras.duplicates) out.add_duplicates(duplicate.get());
  for (const domain::DuplicateProposal& proposal : extras.proposals) {
    wire::DuplicateProposal& written = *out.add_proposals();
    written.set_master_ticket_id(proposal.master.get());
    written.set_level(write_enum<ticket::v1::DuplicateLevel>(proposal.level));
  }
}

// Not yet checked: a proposal is checked when the ticket is there to be asked.
std::vector<domain::LinkProposed> read_waiting(wire::TicketExtras& proto, Faults& faults) {
  std::vector<domain::LinkProposed> out;
  const Path root{"extras"};
  for (wire::WaitingProposal& proposal : *proto.mutable_waiting()) {
    const Path at{"waiting", &root, static_cast<int>(out.size())};
    out.push_back({.master_ticket_id = std::move(*proposal.mutable_master_ticket_id()),
                   .level = proposal.level(),
                   .automatic = proposal.automatic(),
                   .score = read_finite(proposal.score(), {"score", &at}, faults),
                   .evidence = read_text(*proposal.mutable_evidence())});
  }
  return out;
}

void write_waiting(const domain::TicketExtras& extras, wire::TicketExtras& out) {
  for (const domain::LinkProposed& proposal : extras.waiting) {
    wire::WaitingProposal& written = *out.add_waiting();
    written.set_master_ticket_id(proposal.master_ticket_id);
    written.set_level(proposal.level);
    written.set_automatic(proposal.automatic);
    written.set_score(proposal.score);
    write_text(proposal.evidence, *written.mutable_evidence());
  }
}

}  // namespace

void read_extras(wire::DispatchTicket& proto, domain::TicketExtras& out, Faults& faults) {
  wire::TicketExtras& extras = *proto.mutable_extras();
  out.supervised = extras.supervised();
  out.difficult = extras.difficult();
  out.unreasonable = extras.unreasonable();
  out.appeal_pending = extras.appeal_pending();
  out.extensions_granted = extras.extensions_granted();
  out.extension_wanted_due_at = from_optional_ms(extras.extension_wanted_due_at_ms());
  out.raised_to_district = extras.raised_to_district();
  out.link_moves = extras.link_moves();
  out.sub_units = read_ids<domain::UnitId>(*extras.mutable_sub_units());
  out.paused = read_paused(proto);
  read_duplicates(extras, out, faults);
  out.waiting = read_waiting(extras, faults);
}

void write_extras(const domain::Ticket& ticket, wire::TicketExtras& out) {
  const domain::TicketExtras& extras = *ticket.extras;
  out.set_supervised(extras.supervised);
  out.set_difficult(extras.difficult);
  out.set_unreasonable(extras.unreasonable);
  out.set_appeal_pending(extras.appeal_pending);
  out.set_extensions_granted(extras.extensions_granted);
  out.set_extension_wanted_due_at_ms(to_optional_ms(extras.extension_wanted_due_at));
  out.set_raised_to_district(extras.raised_to_district);
  out.set_link_moves(extras.link_moves);
  for (const domain::UnitId& unit : extras.sub_units) out.add_sub_units(unit.get());
  write_paused(ticket, out);
  write_duplicates(extras, out);
  write_waiting(extras, out);
}

}  // namespace paidan::contract
