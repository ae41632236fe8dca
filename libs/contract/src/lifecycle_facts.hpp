#pragma once
#include <string_view>

#include "fields.hpp"
#include "paidan/ticket/v1/lifecycle.pb.h"

/// The body of a lifecycle record, its clock changes and its verdicts.
namespace paidan::contract {

/// A fact that is missing or unknown is a fault. Time marks are not facts.
domain::LifecycleBody read_lifecycle_body(ticket::v1::LifecycleRecord& record, Faults& faults);
/// Sets the record's fact; returns its name.
std::string_view write_lifecycle_body(const domain::LifecycleBody& body,
                                      ticket::v1::LifecycleRecord& out);

std::vector<domain::ClockChange> read_clock_changes(ticket::v1::LifecycleRecord& record,
                                                    Faults& faults);
void write_clock_changes(const std::vector<domain::ClockChange>& changes,
                         ticket::v1::LifecycleRecord& out);

domain::Verdict read_verdict(ticket::v1::Verdict& verdict, const Path& at, Faults& faults);
std::vector<domain::Verdict> read_verdicts(ticket::v1::LifecycleRecord& record, Faults& faults);
void write_verdicts(const std::vector<domain::Verdict>& verdicts, ticket::v1::LifecycleRecord& out);

}  // namespace paidan::contract
