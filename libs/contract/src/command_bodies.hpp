#pragma once
#include <string_view>

#include "fields.hpp"
#include "paidan/ticket/v1/commands.pb.h"

/// What a command asks for.
namespace paidan::contract {

/// A command that is missing or unknown is a fault.
domain::CommandBody read_command_body(ticket::v1::CommandRecord& proto, Faults& faults);
/// Sets the record's command; returns its name.
std::string_view write_command_body(const domain::CommandBody& body,
                                    ticket::v1::CommandRecord& out);

}  // namespace paidan::contract
