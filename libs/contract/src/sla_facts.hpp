#pragma once
#include "fields.hpp"
#include "paidan/ticket/v1/sla.pb.h"

namespace paidan::contract {

domain::SlaFact read_sla_fact(ticket::v1::SlaFact& fact, const Path& at, Faults& faults);
void write_sla_fact(const domain::SlaFact& fact, ticket::v1::SlaFact& out);

}  // namespace paidan::contract
