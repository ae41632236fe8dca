#include "invariants.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "packs.hpp"
#include "world.hpp"

/// A checker that does not find what is wrong proves nothing.
namespace paidan::scenario {
namespace {

using namespace domain;  // spoils its values: every name is the domain's

/// One complaint that has just been assigned.
struct Assignment {
  Ticket before;
  Ticket after;
  LifecycleFact fact;
};

Assignment assignment() {
  Classified classified;
  classified.channel = ChannelId{"hotline"};
  classified.category = CategoryId{"Street Light"};
  classified.demand_kind = "投诉";
  classified.area = AreaId{"310101"};
  const TicketDecision decision =
      decide(*pack_named("small"), {}, {CitizenFact{classified}, Instant{}, {}});
  Assignment out;
  out.before = evolve({}, decision.events.at(0));
  out.after = evolve(out.before, decision.events.at(1));
  out.fact = std::get<LifecycleFact>(decision.events.at(1));
  return out;
}

TEST(Invariants, AreKeptByAnAssignment) {
  const Assignment good = assignment();
  Broken broken;
  check_fact(good.before, good.after, good.fact, broken);
  EXPECT_EQ(broken, Broken{});
}

TEST(Invariants, FindWhatAFactBreaks) {
  struct Case {
    std::function<void(Assignment&)> spoil;
    const char* said;
  };
  const Case cases[] = {
      {[](Assignment& a) { ++a.after.version; }, "version 3 after 1"},
      {[](Assignment& a) {
         a.after.clocks.push_back({"handle", 2, 0, UnitId{"lights"}, Instant{}, {}});
       },
       "two clocks handle run for lights"},
      {[](Assignment& a) {
         a.fact.clocks.emplace_back(ClockStopped{"redo", 1, ClockStop::paused});
       },
       "stops redo 1, which does not run"},
      {[](Assignment& a) { a.before.clock_seqs["handle"] = 1; }, "starts handle 1 a second time"},
      {[](Assignment& a) { std::get<ClockStarted>(a.fact.clocks.at(0)).explanation.zh.clear(); },
       "acknowledge 1 has no explanation"},
      {[](Assignment& a) {
         a.fact.clocks.emplace_back(
             ClockStarted{"citizen", 2, 0, {}, {}, Instant{}, {}, false, {"一", "one"}});
       },
       "the citizen's due time moves without a fact that says so"},
      {[](Assignment& a) {
         a.fact.clocks.emplace_back(ClockStopped{"citizen", 1, ClockStop::cancelled});
       },
       "citizen 1 has 0 verdicts by assign"},
      {[](Assignment& a) {
         a.fact.verdicts.push_back({VerdictSubject::clock,
                                    "contact",
                                    1,
                                    {},
                                    {},
                                    {},
                                    VerdictResult::in_time,
                                    true,
                                    "done"});
       },
       "contact 1 has a verdict though nothing became of it"},
  };
  for (const Case& c : cases) {
    Assignment bad = assignment();
    c.spoil(bad);
    Broken broken;
    check_fact(bad.before, bad.after, bad.fact, broken);
    EXPECT_EQ(broken, Broken{c.said});
  }
}

TEST(Invariants, FindATicketThatNobodyOrTooManyAnswerFor) {
  SlaTicket sla;
  const auto said = [&](Ticket ticket) {
    ticket.clocks.clear();
    Broken broken;
    check_rest(ticket, sla, broken);
    return broken.empty() ? std::string() : broken.front();
  };
  Ticket ticket = assignment().after;
  EXPECT_EQ(said(ticket), "");
  ticket.state = State::needs_triage;
  EXPECT_EQ(said(ticket), "needs_triage with a lead");
  ticket.lead_unit = {};
  ticket.queue_unit = {};
  EXPECT_EQ(said(ticket), "");
  ticket.state = State::acknowledged;
  EXPECT_EQ(said(ticket), "acknowledged without a lead");
  ticket.state = State::classified;
  EXPECT_EQ(said(ticket), "rests in classified, though nobody answers for it");
}

TEST(Invariants, FindAClockAfterTheEndAndOneThatTheMonitorDoesNotKnow) {
  Ticket ticket = assignment().after;
  Broken broken;
  check_rest(ticket, {}, broken);
  EXPECT_EQ(broken, Broken{"dispatch and the SLA monitor know different clocks"});
  ticket.state = State::closed;
  broken.clear();
  check_rest(ticket, {}, broken);
  EXPECT_EQ(broken.back(), "a clock runs after the end: closed");
}

}  // namespace
}  // namespace paidan::scenario
