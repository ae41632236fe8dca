#include "paidan/whatif/again.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "paidan/whatif/course.hpp"

namespace paidan::whatif {

namespace {

using domain::Command;
using domain::Ticket;
using domain::UnitId;

bool is_kept_proposal(const Happening& happening, const Ticket& then) {
  const bool of_clusters = std::holds_alternative<domain::LinkProposed>(happening.input.body) ||
                           std::holds_alternative<domain::LinkWithdrawn>(happening.input.body);
  return of_clusters && then.state == domain::State::none;
}

std::optional<std::size_t> place_of(const std::vector<UnitId>& units, const UnitId& unit) {
  const auto found = std::find(units.begin(), units.end(), unit);
  if (found == units.end()) return std::nullopt;
  return static_cast<std::size_t>(found - units.begin());
}

/// The unit that stands now where `unit` stood then; the same one where it stood nowhere.
UnitId counterpart(const UnitId& unit, const Ticket& then, const Ticket& now) {
  if (unit == then.lead_unit) return now.lead_unit;
  if (unit == then.queue_unit) return now.queue_unit;
  if (const auto place = place_of(then.extras->sub_units, unit)) {
    const auto& below = now.extras->sub_units;
    return *place < below.size() ? below[*place] : now.lead_unit;
  }
  const auto place = place_of(then.co_handlers, unit);
  if (!place || place_of(now.co_handlers, unit) || *place >= now.co_handlers.size()) return unit;
  return now.co_handlers[*place];
}

/// The command as it would have been given now; nothing: it was out of date then.
std::optional<Command> translated(const Command& command, const Ticket& then, const Ticket& now) {
  Command out = command;
  if (out.expected_version != 0) {
    if (out.expected_version != then.version) return std::nullopt;
    out.expected_version = 0;
  }
  if (command.actor.role != domain::Role::agency) return out;
  if (command.assign_epoch != then.assign_epoch) return std::nullopt;
  out.assign_epoch = now.assign_epoch;
  out.actor.unit = counterpart(command.actor.unit, then, now);
  return out;
}

const domain::Refused* refusal_in(const domain::TicketDecision& decision) {
  for (const domain::TicketEvent& event : decision.events) {
    const auto* reply = std::get_if<domain::Reply>(&event);
    if (reply == nullptr) continue;
    if (const auto* refused = std::get_if<domain::Refused>(&reply->answer)) return refused;
  }
  return nullptr;
}

bool has_fact(const domain::TicketDecision& decision) {
  return std::any_of(decision.events.begin(), decision.events.end(), [](const auto& event) {
    return std::holds_alternative<domain::LifecycleFact>(event);
  });
}

class Rerun {
 public:
  Rerun(const domain::CityPack& pack, const RecordedTicket& ticket)
      : ticket_(ticket), course_(pack, ticket.id) {}

  Again run(Instant horizon) {
    for (const Happening& happening : ticket_.happenings) {
      if (!happening.by_clocks && happening.input.happened_at <= horizon) decide(happening);
      for (const domain::LifecycleFact& fact : happening.facts) {
        then_ = domain::evolve(std::move(then_), fact);
      }
    }
    course_.run_clocks(horizon, true);
    again_.facts = course_.facts();
    again_.ticket = course_.ticket();
    return std::move(again_);
  }

 private:
  void decide(const Happening& happening) {
    course_.run_clocks(happening.input.happened_at, false);
    const auto* command = std::get_if<Command>(&happening.input.body);
    if (command == nullptr) {
      course_.decide(happening.input);
      return;
    }
    const auto now = translated(*command, then_, course_.ticket());
    if (!now) return;
    const auto decision = course_.decide({*now, happening.input.happened_at, ticket_.id});
    count(happening, *command, decision);
  }

  void count(const Happening& happening, const Command& command,
             const domain::TicketDecision& decision) {
    const domain::Refused* refused = refusal_in(decision);
    if (happening.facts.empty()) {
      again_.accepted_now += refused == nullptr && has_fact(decision) ? 1 : 0;
    } else if (refused != nullptr) {
      again_.refused.push_back({command.body, command.actor, happening.input.happened_at,
                                refused->reason, refused->text});
    }
  }

  const RecordedTicket& ticket_;
  Course course_;
  Ticket then_;
  Again again_;
};

}  // namespace

void decide_as_recorded(const domain::CityPack& pack, const RecordedTicket& ticket,
                        const SeeFact& see) {
  Ticket state;
  for (std::size_t index = 0; index < ticket.happenings.size(); ++index) {
    const Happening& happening = ticket.happenings[index];
    if (happening.facts.empty() && !is_kept_proposal(happening, state)) continue;
    for (const auto& event : domain::decide(pack, state, happening.input).events) {
      state = domain::evolve(std::move(state), event);
      if (const auto* fact = std::get_if<domain::LifecycleFact>(&event)) see(index, *fact, state);
    }
  }
}

Again decide_by(const domain::CityPack& pack, const RecordedTicket& ticket, Instant horizon) {
  return Rerun(pack, ticket).run(horizon);
}

}  // namespace paidan::whatif
