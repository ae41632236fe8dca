#include "recorder.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "packs.hpp"

namespace paidan::whatif {

void Recorder::input(const scenario::Life& life, const domain::TicketInput& input) {
  RecordedTicket& ticket = tickets_[life.name];
  ticket.id = life.id;
  ticket.happenings.push_back({.input = input,
                               .by_clocks = std::holds_alternative<domain::SlaFact>(input.body),
                               .facts = {}});
  horizon_ = std::max(horizon_, input.happened_at);
}

void Recorder::fact(const scenario::Life& after, const domain::Ticket& /*before*/,
                    const domain::LifecycleFact& fact) {
  tickets_.at(after.name).happenings.back().facts.push_back(fact);
}

Recording record(const std::string& text) {
  std::string error;
  const auto script = scenario::parse_script(text, error);
  if (!script) {
    ADD_FAILURE() << error;
    return {};
  }
  Recording out;
  out.pack = scenario::pack_named(script->pack);
  if (out.pack == nullptr) return out;
  Recorder recorder;
  scenario::Player player(*out.pack, scenario::pack_named, true, &recorder);
  for (const scenario::Step& step : script->steps) {
    player.play(step);
    out.one_pack = out.one_pack && step.verb != "load_pack";
    const Instant at = *scenario::read_time(*out.pack, step.time);
    // The citizen's late word after a closing by the call-back: in order, there is no such closing.
    const bool late_rating = step.verb == "rate" && at < out.horizon;
    out.in_order = out.in_order && !step.verb.starts_with("hold_") && !late_rating;
    out.horizon = std::max(out.horizon, at);
  }
  // A log ends with a time mark: what is due at the last moment has fired.
  if (!script->steps.empty()) {
    scenario::Step mark = script->steps.back();
    mark.verb = "until";
    player.play(mark);
  }
  out.tickets = recorder.tickets();
  return out;
}

std::vector<domain::LifecycleFact> facts_of(const RecordedTicket& ticket) {
  std::vector<domain::LifecycleFact> out;
  for (const Happening& happening : ticket.happenings) {
    out.insert(out.end(), happening.facts.begin(), happening.facts.end());
  }
  return out;
}

}  // namespace paidan::whatif
