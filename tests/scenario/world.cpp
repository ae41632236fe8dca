#include "world.hpp"

#include <algorithm>

#include "invariants.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::scenario {
namespace {

using domain::LifecycleFact;
using domain::SlaDecision;
using domain::State;

/// The table knows a ticket that dispatch has not heard of as RECEIVED.
State row_of(State state) { return state == State::none ? State::received : state; }

}  // namespace

domain::TicketId id_of(const std::string& name) {
  std::array<std::uint8_t, 10> bytes{};
  for (std::size_t at = 0; at < bytes.size() && at < name.size(); ++at) {
    bytes[at] = static_cast<std::uint8_t>(name[at]);
  }
  return domain::make_ticket_id(bytes);
}

Life& World::life(const std::string& name) {
  const auto [found, fresh] = lives_.try_emplace(name);
  if (fresh) {
    found->second.name = name;
    found->second.id = id_of(name);
  }
  return found->second;
}

Life& World::life_of(const domain::TicketId& id) {
  for (auto& [name, life] : lives_) {
    if (life.id == id) {
      return life;
    }
  }
  Life& unknown = life(id.get());
  unknown.id = id;
  return unknown;
}

Life* World::next_due() {
  Life* next = nullptr;
  for (auto& [name, life] : lives_) {
    const auto at = domain::next_due_at(life.sla);
    if (at && (next == nullptr || *at < *domain::next_due_at(next->sla))) {
      next = &life;
    }
  }
  return next;
}

void World::run_clocks(Instant until, bool at_too) {
  while (Life* next = next_due()) {
    const Instant due = *domain::next_due_at(next->sla);
    if (due > until || (due == until && !at_too)) {
      return;
    }
    const SlaDecision fired = domain::decide_sla(next->sla, domain::ClockDue{due}, due);
    next->sla = domain::evolve_sla(std::move(next->sla), fired);
    for (const domain::SlaFact& fact : fired.facts) {
      witness_.alert(*next, fact);
      alerts_.push_back({next, fact, due});
      settle();
    }
  }
}

void World::give(Life& life, domain::TicketInput input) {
  input.ticket_id = life.id;
  decide(life, input);
  settle();
}

void World::decide(Life& life, const domain::TicketInput& input) {
  witness_.input(life, input);
  const domain::TicketDecision decision = domain::decide(*pack_, life.ticket, input);
  check_decision(*pack_, life.ticket, input, decision, broken_);
  if (decision.skipped) {
    witness_.skipped(life, decision.reason);
  }
  for (const domain::TicketEvent& event : decision.events) {
    take(life, event);
  }
  check_rest(life.ticket, life.sla, broken_);
}

void World::take(Life& life, const domain::TicketEvent& event) {
  const domain::Ticket before = life.ticket;
  life.ticket = domain::evolve(std::move(life.ticket), event);
  if (const auto* fact = std::get_if<LifecycleFact>(&event)) {
    take_fact(life, before, *fact);
  } else if (const auto* reply = std::get_if<domain::Reply>(&event)) {
    witness_.reply(life, *reply);
  } else if (const auto* effect = std::get_if<domain::LinkEffect>(&event)) {
    Life& target = life_of(effect->target);
    witness_.link(life, target, effect->body);
    links_.push_back({&life, &target, *effect});
  } else if (const auto* kept = std::get_if<domain::ProposalKept>(&event)) {
    witness_.kept(life, *kept);
  }
}

void World::take_fact(Life& life, const domain::Ticket& before, const LifecycleFact& fact) {
  const domain::Move move = domain::move_of(fact.body, before.assign_epoch);
  if (!domain::next_state(before.state, move)) {
    broken_.push_back(
        "a fact that the table does not have: " + std::string(domain::code_of(before.state)) +
        " x " + std::string(domain::code_of(move)));
  }
  taken_.emplace(row_of(before.state), move);
  check_fact(before, life.ticket, fact, broken_);
  life.verdicts.insert(life.verdicts.end(), fact.verdicts.begin(), fact.verdicts.end());
  witness_.fact(life, before, fact);
  const SlaDecision decision = domain::decide_sla(
      life.sla, domain::LifecycleNotice{life.ticket.version, fact.happened_at, fact.clocks},
      fact.happened_at);
  life.sla = domain::evolve_sla(std::move(life.sla), decision);
  if (decision.skipped) {
    broken_.push_back("version " + std::to_string(life.ticket.version) + " is not the next one");
  }
  for (const domain::SlaFact& told : decision.facts) {
    witness_.alert(life, told);
    alerts_.push_back({&life, told, fact.happened_at});
  }
}

/// Alerts before links: within a ticket they are the shorter way.
void World::settle() {
  constexpr int records_max = 1'000;
  for (int records = 0;; ++records) {
    if (records == records_max) {
      broken_.emplace_back("tickets tell each other the same things for ever");
      links_.clear();
      return;
    }
    if (!alerts_.empty() && !alerts_held_) {
      const Alert alert = std::move(alerts_.front());
      alerts_.pop_front();
      decide(*alert.life, {alert.fact, alert.at, alert.life->id});
    } else if (!links_.empty() && !links_held_) {
      const Link link = std::move(links_.front());
      links_.pop_front();
      decide(*link.target,
             {domain::LinkReceived{link.source->id, link.effect.source_version, link.effect.body},
              link.effect.happened_at, link.target->id});
    } else {
      return;
    }
  }
}

void World::deliver_links(const std::string& source) {
  links_held_ = false;
  std::stable_sort(links_.begin(), links_.end(), [&](const Link& a, const Link& b) {
    return (a.source->name == source) > (b.source->name == source);
  });
  settle();
}

void World::deliver_alerts() {
  alerts_held_ = false;
  settle();
}

void World::check_links(std::vector<std::string>& broken) const {
  for (const auto& [name, life] : lives_) {
    const domain::TicketId& master = life.ticket.extras->duplicate_of;
    for (const auto& [other_name, other] : lives_) {
      const auto& known = other.ticket.extras->duplicates;
      const bool listed = std::find(known.begin(), known.end(), life.id) != known.end();
      const bool linked = other.id == master;
      // Ended, or answered and looked at on site: its link is history.
      const bool over =
          !domain::is_open(life.ticket.state) || life.ticket.state == State::onsite_recheck;
      if (listed != linked && !(linked && over)) {
        broken.push_back(name + (linked ? " is linked to " : " is not linked to ") + other_name +
                         ", which " + (listed ? "has" : "does not have") + " it as a duplicate");
      }
    }
  }
}

std::vector<std::string> World::broken(bool at_rest) const {
  std::vector<std::string> broken = broken_;
  if (at_rest && links_.empty()) {
    check_links(broken);
  }
  return broken;
}

}  // namespace paidan::scenario
