#include "player.hpp"

#include <cstdio>

#include "paidan/domain/lifecycle.hpp"

namespace paidan::scenario {
namespace {

using domain::ClockDue;
using domain::LifecycleNotice;
using domain::SlaDecision;
using domain::State;

bool same_clocks(const domain::Ticket& ticket, const domain::SlaTicket& sla) {
  std::size_t found = 0;
  for (const domain::OpenClock& open : ticket.clocks) {
    for (const domain::RunningClock& running : sla.clocks) {
      found += running.clock == open.clock && running.seq == open.seq &&
                       running.step == open.step && running.due_at == open.due_at
                   ? 1
                   : 0;
    }
  }
  return found == ticket.clocks.size() && sla.clocks.size() == ticket.clocks.size();
}

}  // namespace

std::optional<Instant> read_time(const domain::CityPack& pack, const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  const int read =
      std::sscanf(text.c_str(), "%d-%u-%u %u:%u:%u", &year, &month, &day, &hour, &minute, &second);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (read < 5 || !date.ok()) {
    return std::nullopt;
  }
  return domain::to_instant(pack.calendar.zone,
                            std::chrono::local_days{date} + std::chrono::hours{hour} +
                                std::chrono::minutes{minute} + std::chrono::seconds{second});
}

std::vector<std::string> Player::play(const Step& step) {
  said_.clear();
  const auto at = read_time(pack_, step.time);
  if (!at) {
    return {"not a time: " + step.time};
  }
  if (step.verb == "until") {
    run_clocks(*at, true);
  } else {
    run_clocks(*at, false);
    apply(step, *at);
  }
  if (said_.empty()) {
    say("nothing");
  }
  return said_;
}

void Player::apply(const Step& step, Instant at) {
  if (step.verb == "submit") {
    submit(step, at);
    return;
  }
  if (const auto input = input_of(pack_, step, at, ticket_, ++commands_)) {
    decide(*input);
  } else {
    say("no such verb: " + step.verb);
  }
}

void Player::submit(const Step& step, Instant at) {
  domain::Classified classified = classifier_.classify(submission_of(pack_, step));
  classified.content_ref = {0, 0, step.get("content", "one")};
  decide({domain::CitizenFact{std::move(classified)}, at});
}

/// As the pump does: the earliest first, and what dispatch answers may start more.
void Player::run_clocks(Instant until, bool at_too) {
  for (;;) {
    const auto due = domain::next_due_at(sla_);
    if (!due || *due > until || (*due == until && !at_too)) {
      return;
    }
    const SlaDecision fired = domain::decide_sla(sla_, ClockDue{*due}, *due);
    sla_ = domain::evolve_sla(sla_, fired);
    for (const domain::SlaFact& fact : fired.facts) {
      say(describe_time(pack_, *due) + " " + describe(pack_, fact));
      decide({fact, *due});
    }
  }
}

void Player::decide(const domain::TicketInput& input) {
  const domain::TicketDecision decision = domain::decide(pack_, ticket_, input);
  if (decision.skipped && decision.reason != "met") {
    say("skipped: " + std::string(decision.reason));
  }
  for (const domain::TicketEvent& event : decision.events) {
    ticket_ = domain::evolve(std::move(ticket_), event);
    if (const auto* fact = std::get_if<domain::LifecycleFact>(&event)) {
      take(*fact);
    } else {
      say(describe(std::get<domain::Reply>(event)));
    }
  }
}

void Player::take(const domain::LifecycleFact& fact) {
  for (std::string& line : describe(pack_, ticket_, fact)) {
    say(std::move(line));
  }
  const SlaDecision decision = domain::decide_sla(
      sla_, LifecycleNotice{ticket_.version, fact.happened_at, fact.clocks}, fact.happened_at);
  sla_ = domain::evolve_sla(sla_, decision);
  if (decision.skipped && decision.reason != "met") {
    broken_.push_back("version " + std::to_string(ticket_.version) + " is not the next one");
  }
  if (!same_clocks(ticket_, sla_)) {
    broken_.push_back("dispatch and the SLA monitor know different clocks");
  }
  for (const domain::SlaFact& told : decision.facts) {
    say(describe(pack_, told));
    decide({told, fact.happened_at});
  }
}

std::vector<std::string> Player::broken_invariants() const {
  std::vector<std::string> broken = broken_;
  const bool over = !domain::is_open(ticket_.state) && ticket_.state != State::none;
  if (over && !ticket_.clocks.empty()) {
    broken.emplace_back("a clock runs after the end");
  }
  return broken;
}

}  // namespace paidan::scenario
