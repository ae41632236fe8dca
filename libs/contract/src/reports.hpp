#pragma once
#include "fields.hpp"
#include "paidan/ticket/v1/lifecycle.pb.h"

namespace paidan::contract {

domain::CompletionReport read_report(ticket::v1::CompletionReport& report, const Path& at,
                                     Faults& faults);
void write_report(const domain::CompletionReport& report, ticket::v1::CompletionReport& out);

}  // namespace paidan::contract
