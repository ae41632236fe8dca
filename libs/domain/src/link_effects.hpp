#pragma once
#include <string_view>
#include <vector>

#include "paidan/domain/ticket.hpp"

/// What a fact of one ticket means for the tickets that are linked with it.
namespace paidan::domain {

/// Tickets that one master may answer for: a bound of its state. More callers on one fault are a
/// cluster's matter.
inline constexpr std::size_t duplicates_max = 64;

/// How often a link follows a master that is itself a duplicate now. Links that were made at once
/// may run in a circle, where each follows the other for ever.
inline constexpr std::uint32_t link_moves_max = 8;
/// Why a link was made again: its master moved.
inline constexpr std::string_view master_moved = "master_moved";

struct LinkReach {
  TicketId target;
  LinkBody body;
};

/// `before` is the ticket in front of the fact. A MasterAnswer is filled in by the caller.
std::vector<LinkReach> link_effects(const Ticket& before, const LifecycleBody& body);

}  // namespace paidan::domain
