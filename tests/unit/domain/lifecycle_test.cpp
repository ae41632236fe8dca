#include "paidan/domain/lifecycle.hpp"

#include <gtest/gtest.h>

#include <set>

#include "helpers.hpp"

/// Every pair of state and move, through `decide` itself: what the table has is done, all else is
/// refused or skipped by name.
namespace paidan::domain {
namespace {

/// An input that is this move and has no other fault.
std::optional<TicketInput> input_for(Move move, const Ticket& ticket) {
  const Instant now = at("2025-11-03 10:00");
  const auto agency = [&](CommandBody body) {
    return TicketInput{agency_command(std::move(body), ticket), now};
  };
  const auto office = [&](CommandBody body) {
    return TicketInput{office_command(std::move(body)), now};
  };
  const auto citizen = [&](CitizenFact fact) { return TicketInput{std::move(fact), now}; };
  switch (move) {
    case Move::acknowledge:
      return agency(AcknowledgeCommand{});
    case Move::contact:
      return agency(RecordContactCommand{true, {}});
    case Move::complete:
      return agency(CompleteCommand{full_report(now)});
    case Move::request_return:
      return agency(RequestReturnCommand{"not ours", {}});
    case Move::grant_return:
      return office(DecideReturnCommand{true, {}});
    case Move::deny_return:
      return office(DecideReturnCommand{false, "yours"});
    case Move::assign_by_office:
      return office(AssignCommand{UnitId{"gas"}, {}, {}});
    case Move::keep_lead:
      return office(AssignCommand{ticket.lead_unit, {}, {}});
    case Move::correct:
      return office(CorrectClassificationCommand{CategoryId{"燃气"}, AreaId{"310101"}, {}});
    case Move::close:
      return office(CloseCommand{"settled"});
    case Move::try_call_back:
      return office(RecordCallBackCommand{});
    case Move::redo:
      return office(RedoCommand{"again"});
    case Move::rate:
      return citizen(Rated{true, Satisfaction::satisfied, {}});
    case Move::withdraw:
      return citizen(Withdrawn{});
    case Move::urge:
      return citizen(Urged{});
    case Move::supplement:
      return citizen(Supplemented{"more"});
    case Move::appeal:
      return citizen(Appealed{"unfair"});
    case Move::escalate:
      return TicketInput{SlaFact{SlaKind::breached, "handle", 0, 1, {}, now, now, {}}, now};
    case Move::conflict: {
      Classified other = classified("供水", "310101");
      other.content_ref.content_hash = "another";
      return citizen(other);
    }
    default:
      return std::nullopt;  // assign, triage, arbitrate, open: follow from others
  }
}

bool is_refused(const TicketDecision& decision) {
  if (decision.skipped) {
    return true;
  }
  const auto* reply = std::get_if<Reply>(&decision.events.front());
  return reply != nullptr && std::holds_alternative<Refused>(reply->answer);
}

/// States that a decision of today reaches.
constexpr State reachable[] = {State::assigned,         State::acknowledged, State::contacted,
                               State::completed,        State::call_back,    State::closed,
                               State::needs_triage,     State::withdrawn,    State::redo,
                               State::return_requested, State::arbitration};

TEST(Lifecycle, DoesWhatTheTableHasAndRefusesAllElseByName) {
  for (const State state : reachable) {
    const Ticket ticket = ticket_in(state);
    ASSERT_EQ(ticket.state, state) << code_of(state);
    for (std::size_t i = 0; i < move_count; ++i) {
      const auto move = static_cast<Move>(i);
      const auto input = input_for(move, ticket);
      const bool no_lead = ticket.lead_unit.get().empty();
      if (!input || (move == Move::keep_lead && no_lead)) {
        continue;
      }
      const TicketDecision decision = decide(small_pack(), ticket, *input);
      const auto next = next_state(state, move);
      EXPECT_EQ(!is_refused(decision), next.has_value())
          << code_of(state) << " x " << code_of(move) << ": " << decision.reason;
      if (!next) {
        EXPECT_FALSE(decision.reason.empty()) << code_of(state) << " x " << code_of(move);
        EXPECT_EQ(after(ticket, decision), ticket) << "a refusal changes nothing";
        continue;
      }
      const Ticket first = evolve(ticket, decision.events.front());
      EXPECT_EQ(first.state, *next == State::none ? ticket.resume_state : *next)
          << code_of(state) << " x " << code_of(move);
      EXPECT_EQ(first.version, ticket.version + 1);
    }
  }
}

TEST(Lifecycle, HasNoRowThatNoDecisionCanTake) {
  std::set<std::pair<State, Move>> taken{{State::none, Move::open},
                                         {State::classified, Move::assign},
                                         {State::classified, Move::triage},
                                         {State::classified, Move::arbitrate}};
  // A correction may route anew, or find nobody, wherever a unit or the office has the ticket.
  for (const State state : {State::needs_triage, State::arbitration, State::assigned,
                            State::acknowledged, State::contacted}) {
    const Ticket ticket = ticket_in(state);
    for (const char* category : {"燃气", "市容/违法搭建"}) {
      const bool nobody = category == std::string("市容/违法搭建");
      Ticket asked = ticket;
      if (nobody) {
        asked.excluded_units = {UnitId{"cg-3101"}};
        asked.category = CategoryId{"环境"};
      }
      const TicketDecision decision = decide(
          small_pack(), asked,
          {office_command(CorrectClassificationCommand{CategoryId{category}, AreaId{"310101"}, {}}),
           at("2025-11-03 10:00")});
      ASSERT_GE(decision.events.size(), 2U) << code_of(state);
      const auto& second = std::get<LifecycleFact>(decision.events[1]);
      EXPECT_EQ(std::holds_alternative<TriageRequested>(second.body), nobody) << code_of(state);
      taken.emplace(state, nobody ? Move::triage : Move::assign);
    }
  }
  for (const Transition& row : transitions()) {
    // A ticket rests in `classified` only within a decision: nothing reaches it there.
    const bool within = row.from == State::classified;
    const auto input = input_for(row.move, ticket_in(row.from));
    EXPECT_TRUE(within || input.has_value() || taken.contains({row.from, row.move}))
        << code_of(row.from) << " x " << code_of(row.move);
  }
}

TEST(Lifecycle, NamesEveryStateAndMoveInBothLanguages) {
  std::set<std::string> codes;
  for (std::size_t i = 0; i < state_count; ++i) {
    const auto state = static_cast<State>(i);
    EXPECT_FALSE(name_of(state).zh.empty());
    EXPECT_FALSE(name_of(state).en.empty());
    codes.insert(std::string(code_of(state)));
  }
  EXPECT_EQ(codes.size(), state_count);
  codes.clear();
  for (std::size_t i = 0; i < move_count; ++i) {
    const auto move = static_cast<Move>(i);
    EXPECT_FALSE(name_of(move).zh.empty());
    codes.insert(std::string(code_of(move)));
  }
  EXPECT_EQ(codes.size(), move_count);
}

TEST(Lifecycle, TakesNothingForATicketThatIsUnknown) {
  for (std::size_t i = 0; i < move_count; ++i) {
    const auto input = input_for(static_cast<Move>(i), Ticket{});
    if (input && static_cast<Move>(i) != Move::conflict) {  // that is how a ticket opens
      EXPECT_TRUE(is_refused(decide(small_pack(), Ticket{}, *input)))
          << code_of(static_cast<Move>(i));
    }
  }
}

}  // namespace
}  // namespace paidan::domain
