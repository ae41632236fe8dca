#pragma once
#include "fields.hpp"
#include "paidan/domain/sla.hpp"
#include "paidan/domain/ticket.hpp"
#include "paidan/state/v1/state.pb.h"

namespace paidan::contract {

domain::Ticket read_dispatch_ticket(state::v1::DispatchTicket& proto, Faults& faults);
void write_dispatch_ticket(const domain::Ticket& ticket, state::v1::DispatchTicket& out);

domain::SlaTicket read_sla_ticket(state::v1::SlaTicket& proto, Faults& faults);
void write_sla_ticket(const domain::SlaTicket& ticket, state::v1::SlaTicket& out);

}  // namespace paidan::contract
