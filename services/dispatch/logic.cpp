#include "dispatch/logic.hpp"

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

#include "paidan/base/assert.hpp"

namespace paidan::dispatch {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

bool has(const std::vector<domain::UnitId>& units, const domain::UnitId& unit) {
  return std::find(units.begin(), units.end(), unit) != units.end();
}

template <class Fact, class... Facts>
constexpr bool is_one_of = (std::is_same_v<Fact, Facts> || ...);

/// Only these can change who is in charge; the others need no look at the ticket before and after.
bool may_relieve(const domain::TicketEvent& event) {
  const auto* fact = std::get_if<domain::LifecycleFact>(&event);
  if (fact == nullptr) return false;
  return std::visit(
      []<class Fact>(const Fact&) {
        return is_one_of<Fact, domain::Assigned, domain::TriageRequested, domain::ReturnDecided,
                         domain::ArbitrationRequested, domain::DuplicateLinked,
                         domain::DuplicateUnlinked, domain::MasterReopened, domain::SubAssigned,
                         domain::SubCompleted, domain::Completed>;
      },
      fact->body);
}

std::vector<domain::UnitId> relieved(const domain::Ticket& before, const domain::Ticket& after) {
  std::vector<domain::UnitId> gone = units_concerned(before);
  const std::vector<domain::UnitId> stay = units_concerned(after);
  std::erase_if(gone, [&](const domain::UnitId& unit) { return has(stay, unit); });
  return gone;
}

std::vector<Event> with_relieved(const domain::Ticket& before,
                                 std::vector<domain::TicketEvent> decided) {
  const bool compare =
      !before.lead_unit.get().empty() && std::any_of(decided.begin(), decided.end(), may_relieve);
  domain::Ticket ticket = compare ? before : domain::Ticket{};
  std::vector<Event> events;
  events.reserve(decided.size());
  for (domain::TicketEvent& event : decided) {
    std::vector<domain::UnitId> gone;
    if (compare) {
      domain::Ticket after = domain::evolve(ticket, event);
      gone = relieved(ticket, after);
      ticket = std::move(after);
    }
    std::visit(Overloaded{
                   [&](domain::LifecycleFact& fact) {
                     events.emplace_back(HistoryWritten{std::move(fact), std::move(gone)});
                   },
                   [&](auto& other) { events.emplace_back(std::move(other)); },
               },
               event);
  }
  return events;
}

bool is_refusal(const domain::TicketEvent& event) {
  const auto* reply = std::get_if<domain::Reply>(&event);
  return reply != nullptr && std::holds_alternative<domain::Refused>(reply->answer);
}

bool too_early(const domain::PartitionTime& time, Instant mark_at) {
  return mark_at < time.mark_at + Logic::mark_interval_min;
}

stream::Decision<Event> skip(std::string_view why) { return {{}, stream::Outcome::skipped, why}; }

}  // namespace

std::vector<domain::UnitId> units_concerned(const domain::Ticket& ticket) {
  std::vector<domain::UnitId> units;
  if (!ticket.lead_unit.get().empty()) units.push_back(ticket.lead_unit);
  if (!ticket.queue_unit.get().empty() && ticket.queue_unit != ticket.lead_unit) {
    units.push_back(ticket.queue_unit);
  }
  for (const auto* others : {&ticket.extras->sub_units, &ticket.co_handlers}) {
    for (const domain::UnitId& unit : *others) {
      if (!has(units, unit)) units.push_back(unit);
    }
  }
  return units;
}

stream::Decision<Event> Logic::decide(const State& state, const Input& input,
                                      Instant /*now*/) const {
  return std::visit([&](const auto& of_kind) { return on(state, of_kind); }, input);
}

stream::Decision<Event> Logic::on(const State& state, const domain::TicketInput& input) const {
  domain::TicketDecision decided = domain::decide(pack_, state.ticket, input);
  stream::Outcome outcome = stream::Outcome::accepted;
  if (decided.skipped) {
    outcome = stream::Outcome::skipped;
  } else if (decided.events.size() == 1 && is_refusal(decided.events.front())) {
    outcome = stream::Outcome::refused;
  }
  return {with_relieved(state.ticket, std::move(decided.events)), outcome, decided.reason};
}

/// A mark that is written again (its writer did not hear the answer) opens another round instead of
/// a second count of the same one, so that it is settled exactly when nothing fires any more.
stream::Decision<Event> Logic::on(const State& state, const domain::TimeMark& mark) const {
  if (time_source_ == TimeSource::live) return skip("mark_in_live_mode");
  const domain::PartitionTime& time = state.time;
  if (mark.at < time.mark_at) return skip("older_mark");
  const std::uint32_t round = time.mark_at == mark.at ? time.round + 1 : 0;
  return {{TimeMarkWritten{{mark.at, round}}}};
}

stream::Decision<Event> Logic::on(const State& state, const domain::MarkAnswered& answered) const {
  if (time_source_ == TimeSource::live) return skip("mark_in_live_mode");
  const domain::PartitionTime& time = state.time;
  if (time.mark_at != answered.mark.at) return skip("older_mark");
  if (answered.fired_count > 0) {
    return {{TimeMarkWritten{{answered.mark.at, time.round + 1}}}};
  }
  if (answered.mark.round != time.round) return skip("older_round");
  return {{domain::Settled{answered.mark.at}}};
}

stream::Decision<Event> Logic::on(const State& state, const Tick& tick) const {
  if (too_early(state.time, tick.mark_at)) return skip("early_tick");
  return {{TimeMarkWritten{{tick.mark_at, 0}}}};
}

State Logic::evolve(State state, const Event& event) const {
  std::visit(Overloaded{
                 [&](const HistoryWritten& written) {
                   state.ticket = domain::evolve(std::move(state.ticket), written.fact);
                 },
                 [&](const domain::Reply& reply) {
                   // The answer about a ticket that does not exist leaves nothing behind.
                   if (state.ticket.state == domain::State::none) return;
                   state.ticket = domain::evolve(std::move(state.ticket), reply);
                 },
                 [](const domain::LinkEffect&) {},
                 [&](const domain::ProposalKept& kept) {
                   state.ticket = domain::evolve(std::move(state.ticket), kept);
                 },
                 [&](const TimeMarkWritten& written) {
                   state.time.mark_at = written.mark.at;
                   state.time.round = written.mark.round;
                 },
                 [](const domain::Settled&) {},
             },
             event);
  return state;
}

std::optional<Input> Logic::tick(const State& state, Instant as_of) const {
  if (time_source_ == TimeSource::replay) return std::nullopt;
  const Tick tick{as_of - grace};
  if (too_early(state.time, tick.mark_at)) return std::nullopt;
  return tick;
}

Input Logic::wake(Instant due) const {
  PAIDAN_ASSERT(due == Instant::min(), "dispatch has no timers");
  return Tick{due};
}

}  // namespace paidan::dispatch
