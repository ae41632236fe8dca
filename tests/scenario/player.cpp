#include "player.hpp"

#include <cstdio>
#include <map>
#include <tuple>

#include "describe.hpp"
#include "paidan/domain/verdicts.hpp"

namespace paidan::scenario {

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
  const auto at = read_time(world_.pack(), step.time);
  if (!at) {
    return {"not a time: " + step.time};
  }
  world_.run_clocks(*at, step.verb == "until");
  if (step.verb != "until" && !direct(step)) {
    apply(step, *at);
  }
  if (said_.empty()) {
    said_.emplace_back("nothing");
  }
  return said_;
}

bool Player::direct(const Step& step) {
  if (step.verb == "hold_links") {
    world_.hold_links();
  } else if (step.verb == "hold_alerts") {
    world_.hold_alerts();
  } else if (step.verb == "deliver_links") {
    world_.deliver_links(step.get("first"));
  } else if (step.verb == "deliver_alerts") {
    world_.deliver_alerts();
  } else if (step.verb == "load_pack") {
    load(step);
  } else {
    return false;
  }
  return true;
}

void Player::load(const Step& step) {
  const domain::CityPack* pack = find_pack_(step.get("pack"));
  if (pack == nullptr) {
    said_.push_back("no such pack: " + step.get("pack"));
    return;
  }
  world_.use(*pack);
  said_.push_back("from now on by the pack " + step.get("pack"));
}

void Player::apply(const Step& step, Instant at) {
  Life& life = world_.life(ticket_of(step));
  if (step.has("master")) {
    world_.life(step.get("master"));  // has its name from now on
  }
  if (step.verb == "submit") {
    submit(step, at);
  } else if (step.verb == "explain") {
    explain(life);
  } else if (auto input = input_of(world_.pack(), step, at, life.ticket, ++commands_)) {
    world_.give(life, *std::move(input));
  } else {
    said_.push_back("no such verb: " + step.verb);
  }
}

void Player::submit(const Step& step, Instant at) {
  const domain::Classifier classifier(world_.pack());
  domain::Classified classified = classifier.classify(submission_of(world_.pack(), step));
  classified.content_ref = {0, 0, step.get("content", "one")};
  classified.confidential = step.get("confidential") == "yes";
  world_.give(world_.life(ticket_of(step)), {domain::CitizenFact{std::move(classified)}, at, {}});
}

/// What `paidanctl explain-verdict` says: for each clock and subject the line that holds.
void Player::explain(const Life& life) {
  using Key = std::tuple<domain::VerdictSubject, std::string, std::uint32_t>;
  std::map<Key, domain::Text> holds;
  for (const domain::Verdict& verdict : life.verdicts) {
    holds[{verdict.subject, verdict.clock, verdict.seq}] =
        domain::describe_verdict(world_.pack(), verdict);
  }
  for (const auto& [key, text] : holds) {
    say(life, text.en);
    say(life, "  " + text.zh);
  }
}

void Player::fact(const Life& after, const domain::Ticket& before,
                  const domain::LifecycleFact& fact) {
  if (also_ != nullptr) {
    also_->fact(after, before, fact);
  }
  const Reader reader{world_.pack(), [this](const domain::TicketId& id) { return name_of(id); }};
  for (std::string& line : describe(reader, before, after.ticket, fact)) {
    say(after, std::move(line));
  }
}

void Player::alert(const Life& life, const domain::SlaFact& fact) {
  say(life, describe(world_.pack(), fact));
}

void Player::reply(const Life& life, const domain::Reply& reply) { say(life, describe(reply)); }

void Player::link(const Life& source, const Life& target, const domain::LinkBody& body) {
  const Reader reader{world_.pack(), [this](const domain::TicketId& id) { return name_of(id); }};
  say(source, "> to " + target.name + ": " + describe(reader, body));
}

void Player::kept(const Life& life, const domain::ProposalKept& kept) {
  const std::string master = name_of(domain::TicketId{kept.proposal.master_ticket_id});
  say(life, kept.taken_back ? "no longer kept: duplicate of " + master
                            : "kept until the ticket comes: duplicate of " + master);
}

void Player::skipped(const Life& life, std::string_view reason) {
  if (!(from_monitor_ && reason == "met")) {
    say(life, "skipped: " + std::string(reason));
  }
}

void Player::input(const Life& life, const domain::TicketInput& input) {
  if (also_ != nullptr) {
    also_->input(life, input);
  }
  from_monitor_ = std::holds_alternative<domain::SlaFact>(input.body);
}

void Player::say(const Life& life, std::string line) {
  said_.push_back(several_ ? life.name + "  " + std::move(line) : std::move(line));
}

std::string Player::name_of(const domain::TicketId& id) const {
  for (const auto& [name, life] : world_.lives()) {
    if (life.id == id) {
      return name;
    }
  }
  return "a ticket that nobody knows";
}

}  // namespace paidan::scenario
