#include <algorithm>

#include "src/clock_gatherer.hpp"
#include "src/ticket_clocks.hpp"

/// Clocks that are counted again: the holidays of a year became known, or the office corrected the
/// demand kind 诉求类型, which has another term.
namespace paidan::domain {
namespace {

bool is_extended(const ClockGatherer& clocks, std::string_view name) {
  const auto& extended = clocks.pack().extension.clocks;
  return clocks.ticket().extras->extensions_granted > 0 &&
         std::find(extended.begin(), extended.end(), name) != extended.end();
}

/// Until when the level above wants it: the unit above in the chain, or the lead.
std::optional<Instant> above_after(const ClockGatherer& clocks, const UnitId& unit) {
  const auto& chain = clocks.ticket().extras->sub_units;
  const auto at = std::find(chain.begin(), chain.end(), unit);
  if (at != chain.end() && at != chain.begin()) {
    const UnitId& above = *std::prev(at);
    if (const auto due = clocks.due_after("sub_handle", &above)) {
      return due;
    }
  }
  return lead_due_after(clocks);
}

/// Of a clock that depends on another one; nothing: that one does not run.
std::optional<DueTime> below(const ClockGatherer& clocks, const OpenClock& open, Instant from) {
  if (open.clock == "co_handle") {
    const auto above = lead_due_after(clocks);
    return above ? co_handle_due(clocks.pack(), *above, from) : std::nullopt;
  }
  const auto above = above_after(clocks, open.unit);
  return above ? sub_handle_due(clocks.pack(), *above, from) : std::nullopt;
}

bool depends_on_another(const OpenClock& open) {
  return open.clock == "co_handle" || open.clock == "sub_handle";
}

/// Counted again from its start by the pack of now; nothing: the pack no longer has such a term.
std::optional<DueTime> counted_again(const ClockGatherer& clocks, const OpenClock& open) {
  const Instant from = *open.provisional_since;
  if (depends_on_another(open)) {
    return below(clocks, open, from);
  }
  const ClockDefinition* clock = find_clock(clocks.pack(), open.clock);
  if (clock != nullptr && is_extended(clocks, open.clock)) {
    const auto limit = extension_limit(clocks.pack(), clocks.ticket().opened_at, open.due_at);
    return limit ? std::optional(
                       extended(clocks, *clock, open, limit->latest_due_at, limit->provisional))
                 : std::nullopt;
  }
  auto due = clocks.due(open.clock, terms_of(clocks.ticket()), from);
  return due ? std::optional(capped(clocks, *std::move(due), from)) : std::nullopt;
}

/// `citizen` first, then the unit's own, then what depends on them, from above downwards.
std::size_t rank_of(const ClockGatherer& clocks, const OpenClock& open) {
  if (open.clock == "citizen" || open.clock == "handle" || open.clock == "redo") {
    return open.clock == "citizen" ? 0 : 1;
  }
  if (open.clock != "sub_handle") {
    return 2;
  }
  const auto& chain = clocks.ticket().extras->sub_units;
  const auto at = std::find(chain.begin(), chain.end(), open.unit);
  return 3 + static_cast<std::size_t>(at - chain.begin());
}

std::vector<const OpenClock*> provisional(const ClockGatherer& clocks) {
  std::vector<const OpenClock*> found;
  for (const OpenClock& open : clocks.ticket().clocks) {
    if (can_be_counted_again(open, clocks.at())) {
      found.push_back(&open);
    }
  }
  std::stable_sort(found.begin(), found.end(), [&](const auto* a, const auto* b) {
    return rank_of(clocks, *a) < rank_of(clocks, *b);
  });
  return found;
}

/// A clock that has run out stays: nobody could have known. One that was met is not started again;
/// one that the old kind did not have is.
bool has_term_to_change(const ClockGatherer& clocks, std::string_view name) {
  const Ticket& ticket = clocks.ticket();
  if (const OpenClock* open = clocks.open(name)) {
    return open->due_at >= clocks.at();
  }
  const bool ran = ticket.clock_seqs.contains(std::string(name));
  return !ran && (name == "citizen" || !ticket.lead_unit.get().empty());
}

struct NewTerm {
  DueTime due;
  Instant from;
};

/// From `from`, or from now where that time has passed already.
std::optional<NewTerm> new_term(const ClockGatherer& clocks, std::string_view name,
                                const Terms& terms, Instant from) {
  auto due = clocks.due(name, terms, from);
  if (due && due->due_at <= clocks.at()) {
    from = clocks.at();
    due = clocks.due(name, terms, from);
  }
  return due ? std::optional(NewTerm{capped(clocks, *std::move(due), from), from}) : std::nullopt;
}

/// What the office has granted is not taken back.
bool stays(const ClockGatherer& clocks, const OpenClock& open, Instant due_at) {
  return due_at == open.due_at || (due_at < open.due_at && is_extended(clocks, open.clock));
}

/// One clock under the term of another kind.
void change_term(ClockGatherer& clocks, std::string_view name, const Terms& terms, Instant from) {
  if (!has_term_to_change(clocks, name)) {
    return;
  }
  const OpenClock* open = clocks.open(name);
  auto term = new_term(clocks, name, terms, from);
  if (open != nullptr) {
    if (term && stays(clocks, *open, term->due.due_at)) {
      return;
    }
    clocks.stop(*open, term ? ClockStop::moved : ClockStop::cancelled);
  }
  if (term) {
    const UnitId& unit = open == nullptr ? clocks.ticket().lead_unit : open->unit;
    clocks.start(std::move(term->due), unit, term->from);
  }
}

/// What depends on a clock that has moved moves with it; a time that a unit above set stays while
/// it is early enough.
void follow(ClockGatherer& clocks) {
  for (const OpenClock& open : clocks.ticket().clocks) {
    if (open.step != 0 || !depends_on_another(open) || open.due_at < clocks.at()) {
      continue;
    }
    auto due = below(clocks, open, clocks.at());
    if (!due) {
      clocks.stop(open, ClockStop::cancelled);
    } else if (open.clock == "co_handle" ? due->due_at != open.due_at : due->due_at < open.due_at) {
      clocks.move(open, *std::move(due), clocks.at());
    }
  }
}

}  // namespace

DueTime capped(const ClockGatherer& clocks, DueTime due, Instant from) {
  const auto citizen = clocks.due_after("citizen");
  const bool cap = due.clock == "handle" && citizen && *citizen > from;
  return cap ? not_after_citizen(std::move(due), *citizen) : due;
}

DueTime extended(const ClockGatherer& clocks, const ClockDefinition& clock, const OpenClock& open,
                 Instant due_at, bool provisional) {
  return moved_due(
      clocks.pack(), clock,
      {open.due_at, due_at, clocks.at(), {"延期获准", "extension granted"}, provisional});
}

bool can_be_counted_again(const OpenClock& open, Instant at) {
  return open.step == 0 && open.provisional_since && open.due_at > at;
}

std::optional<Instant> lead_due_after(const ClockGatherer& clocks) {
  const auto redo = clocks.due_after("redo");
  return redo ? redo : clocks.due_after("handle");
}

void recount(ClockGatherer& clocks) {
  for (const OpenClock* open : provisional(clocks)) {
    if (auto due = counted_again(clocks, *open)) {
      clocks.move(*open, recounted(clocks.pack(), std::move(*due), open->due_at),
                  *open->provisional_since);
    }
  }
}

void change_kind(ClockGatherer& clocks, std::string_view demand_kind) {
  const Ticket& ticket = clocks.ticket();
  Terms terms = terms_of(ticket);
  if (terms.demand_kind == demand_kind) {
    return;
  }
  terms.demand_kind = demand_kind;
  change_term(clocks, "citizen", terms, ticket.opened_at);
  change_term(clocks, "contact", terms, ticket.assigned_at);
  change_term(clocks, "handle", terms, ticket.assigned_at);
  const OpenClock* handle = clocks.open("handle");
  if (handle != nullptr && clocks.stops(*handle)) {
    follow(clocks);
  }
}

}  // namespace paidan::domain
