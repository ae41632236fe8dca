#include "paidan/domain/lifecycle.hpp"

#include <gtest/gtest.h>

#include <set>

#include "helpers.hpp"
#include "move_inputs.hpp"

/// Every pair of state and move that the table does not have, through `decide` itself: refused or
/// skipped by name. That each pair which it has is taken, the scenarios show.
namespace paidan::domain {
namespace {

std::vector<State> all_states() {
  std::vector<State> states;
  for (std::size_t i = 0; i < state_count; ++i) {
    states.push_back(static_cast<State>(i));
  }
  return states;
}
std::vector<Move> all_moves() {
  std::vector<Move> moves;
  for (std::size_t i = 0; i < move_count; ++i) {
    moves.push_back(static_cast<Move>(i));
  }
  return moves;
}

/// A ticket that somebody leads, in this state. One rests in CLASSIFIED only while it is linked.
Ticket base_in(State state) {
  Ticket ticket = ticket_in(State::assigned);
  if (state == State::classified) {
    ticket.extras.edit().duplicate_of = TicketId{"00000000000000yy"};
  }
  ticket.state = state;
  ticket.closed_at = is_open(state) ? std::nullopt : std::optional(at("2025-11-03 09:30"));
  return ticket;
}

/// Of a linked ticket, these commands are another move: it is unlinked.
bool is_unlinking(State state, Move move) {
  return state == State::classified && (move == Move::redo || move == Move::drop_proposal);
}

const Refused* refusal_of(const TicketDecision& decision) {
  const auto* reply =
      decision.events.empty() ? nullptr : std::get_if<Reply>(&decision.events.back());
  return reply == nullptr ? nullptr : std::get_if<Refused>(&reply->answer);
}

bool has_fact(const TicketDecision& decision) {
  for (const TicketEvent& event : decision.events) {
    if (std::holds_alternative<LifecycleFact>(event)) {
      return true;
    }
  }
  return false;
}

void expect_named(State state, Move move, const Refused& refused) {
  EXPECT_EQ(refused.reason, RefusalReason::wrong_state);
  EXPECT_NE(refused.text.zh.find(name_of(state).zh), std::string::npos) << refused.text.zh;
  EXPECT_NE(refused.text.zh.find(name_of(move).zh), std::string::npos) << refused.text.zh;
  EXPECT_NE(refused.text.en.find(name_of(state).en), std::string::npos) << refused.text.en;
  EXPECT_NE(refused.text.en.find(name_of(move).en), std::string::npos) << refused.text.en;
}

void expect_refused(State state, Move move, const Asked& asked) {
  SCOPED_TRACE(std::string(code_of(state)) + " x " + std::string(code_of(move)));
  const TicketDecision decision = decide(small_pack(), asked.ticket, asked.input);
  EXPECT_FALSE(has_fact(decision));
  EXPECT_EQ(after(asked.ticket, decision), asked.ticket) << "a refusal changes nothing";
  if (std::holds_alternative<Command>(asked.input.body)) {
    const Refused* refused = refusal_of(decision);
    ASSERT_NE(refused, nullptr);
    expect_named(state, move, *refused);
  } else if (decision.skipped) {
    EXPECT_FALSE(decision.reason.empty());
  } else {  // a link that cannot be: the other ticket is told
    EXPECT_EQ(move, Move::join);
  }
}

TEST(Lifecycle, RefusesEachPairThatTheTableDoesNotHave) {
  std::size_t refused = 0;
  for (const State state : all_states()) {
    const bool unknown = state == State::none || state == State::received;  // the next test
    if (unknown || state == State::reopened) {  // routed in the same decision: none rests there
      continue;
    }
    for (const Move move : all_moves()) {
      const auto asked = asked_for(move, base_in(state));
      if (next_state(state, move) || !asked || is_unlinking(state, move)) {
        continue;
      }
      expect_refused(state, move, *asked);
      ++refused;
    }
  }
  EXPECT_GT(refused, 400U);
}

TEST(Lifecycle, TakesNothingForATicketThatIsUnknown) {
  for (const Move move : all_moves()) {
    const auto asked = asked_for(move, Ticket{});
    if (!asked || move == Move::conflict || move == Move::propose_duplicate) {
      continue;  // so a ticket opens; so a proposal that comes before its ticket is kept
    }
    const TicketDecision decision = decide(small_pack(), Ticket{}, asked->input);
    EXPECT_FALSE(has_fact(decision)) << code_of(move);
    if (const Refused* refusal = refusal_of(decision)) {
      EXPECT_EQ(refusal->reason, RefusalReason::unknown_ticket) << code_of(move);
    } else {
      EXPECT_TRUE(decision.skipped || move == Move::join) << code_of(move);
    }
  }
}

TEST(Lifecycle, StaysWhereItIsWhenARecordOfAnotherTableIsRead) {
  const LifecycleBody bodies[] = {Opened{},         Assigned{},      TriageRequested{},
                                  Acknowledged{},   Completed{},     ArbitrationRequested{},
                                  MasterAnswered{}, MasterReopened{}};
  for (const State state : all_states()) {
    for (const LifecycleBody& body : bodies) {
      const Ticket before = base_in(state);
      const Ticket read = evolve(before, LifecycleFact{body, {}, {}, at("2025-11-03 10:00"), {}});
      EXPECT_EQ(read.version, before.version + 1);
      if (!next_state(state, move_of(body, before.assign_epoch))) {
        EXPECT_EQ(read.state, state) << code_of(state);
      }
    }
  }
}

TEST(Lifecycle, HasRowsOnlyForMovesThatAnInputOrARuleCanMake) {
  const std::set<Move> of_rules{Move::open, Move::assign, Move::triage, Move::arbitrate};
  for (const Transition& row : transitions()) {
    EXPECT_TRUE(of_rules.contains(row.move) || asked_for(row.move, Ticket{}).has_value())
        << code_of(row.move);
  }
}

TEST(Lifecycle, NamesEveryStateAndMoveInBothLanguages) {
  std::set<std::string> codes;
  for (const State state : all_states()) {
    EXPECT_FALSE(name_of(state).zh.empty());
    EXPECT_FALSE(name_of(state).en.empty());
    codes.insert(std::string(code_of(state)));
  }
  EXPECT_EQ(codes.size(), state_count);
  codes.clear();
  for (const Move move : all_moves()) {
    EXPECT_FALSE(name_of(move).zh.empty());
    EXPECT_FALSE(name_of(move).en.empty());
    codes.insert(std::string(code_of(move)));
  }
  EXPECT_EQ(codes.size(), move_count);
}

}  // namespace
}  // namespace paidan::domain
