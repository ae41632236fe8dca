#include "src/clock_gatherer.hpp"

#include <algorithm>

#include "src/ticket_clocks.hpp"

namespace paidan::domain {

Terms terms_of(const Ticket& ticket) {
  return {ticket.demand_kind, ticket.urgency, ticket.channel, ticket.given_due_at};
}

const OpenClock* open_clock(const Ticket& ticket, std::string_view name, const UnitId* unit) {
  const auto found =
      std::find_if(ticket.clocks.begin(), ticket.clocks.end(), [&](const OpenClock& clock) {
        return clock.clock == name && clock.step == 0 && (unit == nullptr || clock.unit == *unit);
      });
  return found == ticket.clocks.end() ? nullptr : &*found;
}

const OpenClock* running_clock(const Ticket& ticket, std::string_view name, std::uint32_t seq) {
  const auto found =
      std::find_if(ticket.clocks.begin(), ticket.clocks.end(), [&](const OpenClock& clock) {
        return clock.clock == name && clock.seq == seq && clock.step == 0;
      });
  return found == ticket.clocks.end() ? nullptr : &*found;
}

void ClockGatherer::stop(std::string_view name, ClockStop reason, const UnitId* unit) {
  for (const OpenClock& open : ticket_.clocks) {
    const bool meant = open.clock == name && (unit == nullptr || open.unit == *unit);
    if (meant && open.step == 0 && !stops(open)) {
      stop(open, reason);
    }
  }
}

void ClockGatherer::stop_all(ClockStop reason) {
  for (const OpenClock& open : ticket_.clocks) {
    if (open.step == 0 && !stops(open)) {
      stop(open, reason);
    }
  }
}

void ClockGatherer::stop(const OpenClock& open, ClockStop reason) {
  changes_.emplace_back(ClockStopped{open.clock, open.seq, reason});
}

bool ClockGatherer::stops(const OpenClock& open) const {
  return std::any_of(changes_.begin(), changes_.end(), [&](const ClockChange& change) {
    const auto* stopped = std::get_if<ClockStopped>(&change);
    return stopped != nullptr && stopped->clock == open.clock && stopped->seq == open.seq;
  });
}

std::optional<DueTime> ClockGatherer::due(std::string_view name, const Terms& terms,
                                          Instant from) const {
  const ClockDefinition* clock = find_clock(pack_, name);
  if (clock == nullptr) {
    return std::nullopt;
  }
  return due_time(pack_, *clock,
                  {terms.demand_kind, terms.urgency, terms.channel, from, terms.given_due_at});
}

void ClockGatherer::start(DueTime due, const UnitId& unit, Instant from) {
  const std::uint32_t seq = next_seq(due.clock);
  if (due.warn_at && *due.warn_at <= at_) {
    due.warn_at.reset();  // nobody can be warned in the past
  }
  changes_.emplace_back(ClockStarted{std::move(due.clock), seq, 0, unit, from, due.due_at,
                                     due.warn_at, due.provisional, std::move(due.explanation)});
}

void ClockGatherer::start(std::string_view name, const UnitId& unit) {
  if (auto found = due(name, terms_of(ticket_), at_)) {
    start(std::move(*found), unit, at_);
  }
}

void ClockGatherer::move(const OpenClock& open, DueTime due, Instant started_at) {
  stop(open, ClockStop::moved);
  start(std::move(due), open.unit, started_at);
}

const OpenClock* ClockGatherer::open(std::string_view name, const UnitId* unit) const {
  return open_clock(ticket_, name, unit);
}

std::optional<Instant> ClockGatherer::due_after(std::string_view name, const UnitId* unit) const {
  const OpenClock* before = open(name, unit);
  std::optional<Instant> due;
  if (before != nullptr && !stops(*before)) {
    due = before->due_at;
  }
  for (const ClockChange& change : changes_) {
    const auto* started = std::get_if<ClockStarted>(&change);
    if (started != nullptr && started->clock == name && started->step == 0 &&
        (unit == nullptr || started->unit == *unit)) {
      due = started->due_at;
    }
  }
  return due;
}

std::uint32_t ClockGatherer::next_seq(std::string_view name) const {
  std::uint32_t seq = 0;
  const auto known = ticket_.clock_seqs.find(std::string(name));
  if (known != ticket_.clock_seqs.end()) {
    seq = known->second;
  }
  for (const ClockChange& change : changes_) {
    const auto* started = std::get_if<ClockStarted>(&change);
    if (started != nullptr && started->clock == name) {
      seq = std::max(seq, started->seq);
    }
  }
  return seq + 1;
}

}  // namespace paidan::domain
