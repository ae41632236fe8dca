#include "paidan/domain/duplicates.hpp"

#include <algorithm>
#include <tuple>
#include <type_traits>
#include <utility>

#include "paidan/base/assert.hpp"
#include "paidan/domain/pack.hpp"
#include "src/likeness.hpp"

namespace paidan::domain {
namespace {

using Tickets = std::vector<SeenTicket>;

constexpr std::string_view earlier_ticket = "earlier_ticket";

bool comes_before(const SeenTicket& one, const SeenTicket& other) {
  return std::tie(one.happened_at, one.ticket_id) < std::tie(other.happened_at, other.ticket_id);
}

Tickets::const_iterator find(const Tickets& tickets, const TicketIdBytes& id) {
  return std::ranges::find(tickets, id, &SeenTicket::ticket_id);
}

/// Where the master of that ticket stands, which is the ticket itself if it is nobody's duplicate;
/// the end if the master is forgotten.
Tickets::const_iterator root_of(const Tickets& tickets, const SeenTicket& ticket) {
  return find(tickets, ticket.master == TicketIdBytes{} ? ticket.ticket_id : ticket.master);
}

struct Found {
  const SeenTicket* master = nullptr;
  Likeness likeness;
};

bool is_better(const Found& one, const Found& other) {
  if (other.master == nullptr) return true;
  if (one.master != other.master) return comes_before(*one.master, *other.master);
  if (one.likeness.level != other.likeness.level) return one.likeness.level < other.likeness.level;
  return score_of(one.likeness) > score_of(other.likeness);
}

/// The earliest master of a chain that this ticket belongs to, within the window. A chain is held
/// together by likeness of any two of it.
Found find_master(const DuplicatePolicy& policy, const Tickets& tickets, const SeenTicket& ticket) {
  Found best;
  for (const SeenTicket& earlier : tickets) {
    if (!comes_before(earlier, ticket)) break;
    Likeness likeness = compare(policy, earlier, ticket);
    if (likeness.level == 0) continue;
    const auto root = root_of(tickets, earlier);
    if (root == tickets.end() || ticket.happened_at - root->happened_at > window_of(policy)) {
      continue;
    }
    likeness.level = std::max(likeness.level, earlier.level);
    const Found found{&*root, likeness};
    if (is_better(found, best)) best = found;
  }
  return best;
}

/// Judges the ticket at `index`, and writes what changes.
void judge(const DuplicatePolicy& policy, const Tickets& tickets, const SeenTicket& ticket,
           Instant happened_at, std::vector<ClusterEvent>& events) {
  const TicketIdBytes none{};
  const bool proposed = ticket.master != none;
  if (proposed && find(tickets, ticket.master) == tickets.end()) return;  // Decided long ago.
  const Found found = find_master(policy, tickets, ticket);
  if (found.master != nullptr && found.master->ticket_id == ticket.master) return;
  const std::string id = to_string(ticket.ticket_id);
  if (proposed) {
    events.emplace_back(Match{
        id, LinkWithdrawn{to_string(ticket.master), std::string(earlier_ticket)}, happened_at});
  }
  if (found.master == nullptr) return;
  events.emplace_back(
      Match{id,
            LinkProposed{.master_ticket_id = to_string(found.master->ticket_id),
                         .level = found.likeness.level,
                         .automatic = policy.same_caller == DuplicatePolicy::Action::link,
                         .score = score_of(found.likeness),
                         .evidence = evidence_of(*found.master, ticket, found.likeness)},
            happened_at});
}

void forget(Tickets& tickets, Instant keep_from) {
  std::erase_if(tickets, [&](const SeenTicket& t) { return t.happened_at < keep_from; });
}

struct Evolve {
  Tickets& tickets;

  void operator()(const TicketSeen& seen) const {
    tickets.insert(std::ranges::upper_bound(tickets, seen.ticket, comes_before), seen.ticket);
    forget(tickets, seen.keep_from);
    if (tickets.size() > caller_tickets_max) tickets.erase(tickets.begin());
  }
  void operator()(const TicketsForgotten& forgotten) const {
    forget(tickets, forgotten.keep_from);
    if (tickets.empty()) Tickets().swap(tickets);
  }
  void operator()(const Match& match) const {
    const auto at = std::ranges::find(tickets, to_bytes(match.ticket_id), &SeenTicket::ticket_id);
    if (at == tickets.end()) return;
    const auto* proposed = std::get_if<LinkProposed>(&match.body);
    at->master = proposed == nullptr ? TicketIdBytes{} : to_bytes(proposed->master_ticket_id);
    at->level = proposed == nullptr ? 0 : proposed->level;
  }
};

std::string_view reason_of(const std::vector<ClusterEvent>& events) {
  const bool any = std::ranges::any_of(
      events, [](const ClusterEvent& event) { return std::holds_alternative<Match>(event); });
  return any ? "matched" : "no_match";
}

ClusterDecision skipped(std::string_view reason) { return {{}, true, reason}; }

bool is_too_old(const DuplicatePolicy& policy, const Tickets& tickets, const SeenTicket& ticket) {
  if (tickets.empty()) return false;
  if (ticket.happened_at < tickets.back().happened_at - window_of(policy)) return true;
  return tickets.size() == caller_tickets_max && comes_before(ticket, tickets.front());
}

}  // namespace

ClusterDecision decide_cluster(const DuplicatePolicy& policy, const CallerTickets& caller,
                               const Sighting& sighting) {
  if (sighting.line != SightingLine::caller) return skipped("place");
  if (policy.same_caller == DuplicatePolicy::Action::off) return skipped("off");
  const SeenTicket ticket = remembered(sighting);
  if (find(caller.tickets, ticket.ticket_id) != caller.tickets.end()) return skipped("repeated");
  if (is_too_old(policy, caller.tickets, ticket)) return skipped("too_old");

  const Instant newest = caller.tickets.empty()
                             ? ticket.happened_at
                             : std::max(ticket.happened_at, caller.tickets.back().happened_at);
  ClusterDecision decision;
  decision.events.emplace_back(TicketSeen{ticket, newest - window_of(policy)});
  CallerTickets after = evolve_cluster(caller, decision.events.back());
  // The tickets behind the new one may find an earlier master now; those before it cannot.
  for (std::size_t i = 0; i < after.tickets.size(); ++i) {
    if (comes_before(after.tickets[i], ticket)) continue;
    const std::size_t before = decision.events.size();
    judge(policy, after.tickets, after.tickets[i],
          std::max(sighting.happened_at, after.tickets[i].happened_at), decision.events);
    for (std::size_t event = before; event < decision.events.size(); ++event) {
      after = evolve_cluster(std::move(after), decision.events[event]);
    }
  }
  decision.reason = reason_of(decision.events);
  return decision;
}

ClusterDecision forget_cluster(const CallerTickets& caller, Instant due) {
  if (caller.tickets.empty()) return skipped("forgotten");
  return {{TicketsForgotten{due}}, false, "forgotten"};
}

CallerTickets evolve_cluster(CallerTickets caller, const ClusterEvent& event) {
  std::visit(Evolve{caller.tickets}, event);
  return caller;
}

std::optional<Instant> forget_at(const DuplicatePolicy& policy, const CallerTickets& caller) {
  if (caller.tickets.empty()) return std::nullopt;
  return caller.tickets.back().happened_at + window_of(policy) + Milliseconds{1};
}

}  // namespace paidan::domain
