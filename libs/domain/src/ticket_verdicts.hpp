#pragma once
#include <vector>

#include "paidan/domain/ticket.hpp"
#include "paidan/domain/verdicts.hpp"

namespace paidan::domain {

/// The verdicts that a fact gives. `before` is the ticket in front of it, `clocks` what it starts
/// and stops.
std::vector<Verdict> verdicts(const Ticket& before, const LifecycleBody& body,
                              const std::vector<ClockChange>& clocks, Instant happened_at);

}  // namespace paidan::domain
