#pragma once
#include "fields.hpp"
#include "paidan/domain/sla.hpp"
#include "paidan/domain/ticket.hpp"
#include "paidan/state/v1/state.pb.h"

namespace paidan::contract {

// In snapshots 0 means "no time"; no ticket has one of the epoch.
std::optional<Instant> from_optional_ms(std::int64_t unix_ms);
std::int64_t to_optional_ms(const std::optional<Instant>& instant);

// The standard clocks have one letter, and the units of the ticket none or one.
std::string read_clock(std::string name);
std::string write_clock(const std::string& name);
domain::UnitId read_clock_unit(std::string unit, const state::v1::DispatchTicket& ticket);
std::string write_clock_unit(const domain::UnitId& unit, const domain::Ticket& ticket);

/// `proto` still has its lead and queue unit.
void read_extras(state::v1::DispatchTicket& proto, domain::TicketExtras& out, Faults& faults);
void write_extras(const domain::Ticket& ticket, state::v1::TicketExtras& out);

domain::Ticket read_dispatch_ticket(state::v1::DispatchTicket& proto, Faults& faults);
void write_dispatch_ticket(const domain::Ticket& ticket, state::v1::DispatchTicket& out);

domain::SlaTicket read_sla_ticket(state::v1::SlaTicket& proto, Faults& faults);
void write_sla_ticket(const domain::SlaTicket& ticket, state::v1::SlaTicket& out);

}  // namespace paidan::contract
