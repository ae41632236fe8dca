#pragma once
#include <vector>

#include "paidan/domain/ticket.hpp"

/// What a fact of one ticket means for the tickets that are linked with it.
namespace paidan::domain {

/// Tickets that one master may answer for: a bound of its state. More callers on one fault are a
/// cluster's matter.
inline constexpr std::size_t duplicates_max = 64;

struct LinkReach {
  TicketId target;
  LinkBody body;
};

/// `before` is the ticket in front of the fact. A MasterAnswer is filled in by the caller.
std::vector<LinkReach> link_effects(const Ticket& before, const LifecycleBody& body);

}  // namespace paidan::domain
