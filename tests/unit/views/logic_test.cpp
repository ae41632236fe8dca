#include "views/logic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "builders.hpp"

namespace paidan::views {
namespace {

using namespace test;
using domain::SlaKind;
using domain::State;
using testing::ElementsAre;
using testing::IsEmpty;

class FoldTest : public testing::Test {
 protected:
  Folded say(const HistoryRecord& record) { return fold(ticket_, record, effects_); }
  void say(const domain::SlaFact& fact) { fold(ticket_, fact, effects_); }

  Ticket ticket_;
  Effects effects_;
};

TEST_F(FoldTest, AnOpenedTicketShowsWhatClassificationSaidButNotItsCandidates) {
  EXPECT_EQ(say(opened()), Folded::applied);
  EXPECT_EQ(ticket_.version, 1u);
  EXPECT_EQ(ticket_.classified.title, "Street lamp is dark");
  EXPECT_THAT(ticket_.classified.candidates, IsEmpty());
  EXPECT_EQ(ticket_.opened_at, start + 1min);
  EXPECT_THAT(ticket_.lifecycle_offsets, ElementsAre(101));
  EXPECT_EQ(ticket_.first_version, 1u);
}

TEST_F(FoldTest, ARepeatedVersionChangesNothing) {
  say(opened());
  say(assigned(2, "PWD"));
  const Ticket before = ticket_;
  EXPECT_EQ(say(assigned(2, "OTHER")), Folded::repeated);
  EXPECT_EQ(say(opened()), Folded::repeated);
  EXPECT_EQ(ticket_, before);
}

TEST_F(FoldTest, AJumpIsAppliedAndToldAndKeepsTheOffsetsCountable) {
  say(opened());
  EXPECT_EQ(say(assigned(4, "PWD")), Folded::jumped);
  EXPECT_EQ(ticket_.version, 4u);
  EXPECT_THAT(ticket_.lifecycle_offsets, ElementsAre(104));
  EXPECT_EQ(ticket_.first_version, 4u);
}

TEST_F(FoldTest, UnitsThatWereEverInChargeAreRememberedOnce) {
  say(opened());
  say(assigned(2, "PWD", {}, {unit("PARKS")}));
  say(record(3, State::classified, domain::ReturnDecided{true, "not ours"}));
  EXPECT_THAT(ticket_.co_handlers, IsEmpty());
  say(assigned(4, "ISD"));
  say(assigned(5, "PWD"));
  EXPECT_THAT(ticket_.units, ElementsAre(unit("PWD"), unit("PWD-queue"), unit("PARKS"), unit("ISD"),
                                         unit("ISD-queue")));
}

TEST_F(FoldTest, TheOffsetsOfAVeryLongHistoryAreBounded) {
  for (std::uint64_t version = 1; version <= offsets_max + 3; ++version) {
    say(record(version, State::assigned, domain::UrgeRecorded{1}));
  }
  EXPECT_EQ(ticket_.lifecycle_offsets.size(), offsets_max);
  EXPECT_EQ(ticket_.first_version, 4u);
}

TEST_F(FoldTest, ClocksAreBoundedAndTheOldestStoppedOneGoesFirst) {
  say(opened({started("citizen", "", start + 1h)}));
  for (std::uint32_t seq = 1; seq <= clocks_max; ++seq) {
    say(record(
        seq + 1, State::redo, domain::RedoOrdered{"again"}, "PWD",
        {started("redo", "PWD", start + 2h, seq), stopped("redo", domain::ClockStop::done, seq)}));
  }
  EXPECT_EQ(ticket_.clocks.size(), clocks_max);
  EXPECT_EQ(ticket_.clocks.front().clock, "citizen");
  EXPECT_EQ(ticket_.clocks[1].seq, 2u);
}

TEST_F(FoldTest, AStopStopsEveryStepOfItsClock) {
  say(opened({started("citizen", "", start + 1h), started("citizen", "", start + 9h, 1, 1)}));
  say(record(2, State::completed, domain::Completed{}, "PWD",
             {stopped("citizen", domain::ClockStop::done)}));
  for (const Clock& clock : ticket_.clocks) {
    EXPECT_EQ(clock.stopped_at, start + 2min);
    EXPECT_EQ(clock.stop, domain::ClockStop::done);
  }
}

TEST_F(FoldTest, AnAlertMayComeBeforeTheRecordThatStartsItsClock) {
  say(sla(SlaKind::breached, "citizen", "PWD", start + 1h));
  EXPECT_EQ(ticket_.version, 0u);
  ASSERT_EQ(ticket_.clocks.size(), 1u);
  EXPECT_FALSE(ticket_.clocks[0].started);
  say(opened({started("citizen", "PWD", start + 1h)}));
  ASSERT_EQ(ticket_.clocks.size(), 1u);
  EXPECT_TRUE(ticket_.clocks[0].started);
  EXPECT_TRUE(ticket_.clocks[0].breached);
  EXPECT_THAT(effects_.alerts, ElementsAre(Alert{unit("PWD"), "citizen", true}));
}

TEST_F(FoldTest, ABreachToldByBothTopicsIsCountedOnce) {
  const auto breach = sla(SlaKind::breached, "citizen", "PWD", start + 1h);
  say(opened({started("citizen", "PWD", start + 1h)}));
  say(record(2, State::assigned, domain::Escalated{breach, {}}, "PWD"));
  say(breach);
  say(breach);
  EXPECT_THAT(effects_.alerts, ElementsAre(Alert{unit("PWD"), "citizen", true}));
}

TEST_F(FoldTest, ARetractedBreachStaysRetractedWhateverComesAfter) {
  const auto breach = sla(SlaKind::breached, "citizen", "PWD", start + 1h);
  say(opened({started("citizen", "PWD", start + 1h)}));
  say(breach);
  say(sla(SlaKind::retracted, "citizen", "PWD", start + 1h));
  EXPECT_FALSE(ticket_.clocks[0].breached);
  say(record(2, State::assigned, domain::Escalated{breach, {}}, "PWD"));
  EXPECT_FALSE(ticket_.clocks[0].breached);
  EXPECT_EQ(effects_.alerts.size(), 1u);
}

TEST_F(FoldTest, AStepOfTheLadderIsNoBreachOfItsOwn) {
  say(opened({started("citizen", "PWD", start + 1h), started("citizen", "PWD", start + 9h, 1, 1)}));
  say(sla(SlaKind::breached, "citizen", "PWD", start + 1h));
  say(sla(SlaKind::escalated, "citizen", "PWD", start + 9h, 1, 1));
  EXPECT_TRUE(ticket_.clocks[1].breached);
  EXPECT_EQ(effects_.alerts.size(), 1u);
}

HistoryRecord by_office(HistoryRecord record) {
  record.fact.actor.role = domain::Role::office;
  return record;
}

TEST_F(FoldTest, TheOfficeActingEndsAConflictButNoAppealThatItHasNotDecided) {
  say(opened());
  say(record(2, State::classified, domain::ConflictingSubmission{}));
  say(record(3, State::classified, domain::AppealRecorded{"no"}));
  EXPECT_TRUE(ticket_.conflicting);
  EXPECT_TRUE(ticket_.appealed);
  EXPECT_EQ(ticket_.review_reason, "no");
  say(by_office(record(4, State::classified, domain::DueRecalculated{"rules"})));
  EXPECT_TRUE(ticket_.conflicting) << "a recount is no look at the ticket";
  say(by_office(record(5, State::closed, domain::Closed{domain::CloseReason::office})));
  EXPECT_FALSE(ticket_.conflicting);
  EXPECT_TRUE(ticket_.appealed);
  say(by_office(record(6, State::closed, domain::AppealDecided{false, "as it was"})));
  EXPECT_FALSE(ticket_.appealed);
  EXPECT_EQ(ticket_.review_reason, "");
}

TEST_F(FoldTest, ASubmissionMakesATicketReceivedUntilDispatchHasHeardOfIt) {
  Said said{"text", {}, start, 3};
  said.known.title = "Street lamp is dark";
  said.known.channel = domain::ChannelId{"hotline"};
  fold(ticket_, said);
  EXPECT_EQ(ticket_.state, State::received);
  EXPECT_EQ(ticket_.version, 0u);
  EXPECT_EQ(ticket_.classified.channel.get(), "hotline");
  EXPECT_EQ(ticket_.opened_at, start);
  said.known.title = "another one";
  fold(ticket_, said);
  EXPECT_EQ(ticket_.classified.title, "Street lamp is dark");
  EXPECT_EQ(say(opened()), Folded::applied);
  const Ticket before = ticket_;
  fold(ticket_, said);
  EXPECT_EQ(ticket_, before);
}

TEST_F(FoldTest, ARequestShowsWhatItWantsWhileItWaits) {
  say(opened());
  say(assigned(2, "PWD"));
  say(record(3, State::extension_requested,
             domain::ExtensionRequested{"a pipe must be ordered", start + 9h}, "PWD"));
  EXPECT_EQ(ticket_.request_reason, "a pipe must be ordered");
  EXPECT_EQ(ticket_.wanted_due_at, start + 9h);
  say(record(4, State::acknowledged, domain::ExtensionDecided{true, "", start + 9h}, "PWD"));
  EXPECT_EQ(ticket_.request_reason, "");
  EXPECT_FALSE(ticket_.wanted_due_at);
  EXPECT_EQ(ticket_.extension_reason, "a pipe must be ordered") << "the citizen is told why";
  say(record(5, State::unreasonable, domain::UnreasonableRequested{"a third time"}, "PWD"));
  EXPECT_EQ(ticket_.request_reason, "a third time");
  say(record(6, State::acknowledged, domain::UnreasonableDecided{true, ""}, "PWD"));
  EXPECT_TRUE(ticket_.unreasonable);
  say(record(7, State::acknowledged, domain::AppealDecided{true, ""}, "PWD"));
  EXPECT_FALSE(ticket_.unreasonable);
}

TEST_F(FoldTest, AReopenedTicketIsNoLongerFoundUnreasonable) {
  say(opened());
  say(record(2, State::acknowledged, domain::UnreasonableDecided{true, "as the law says"}, "PWD"));
  say(record(3, State::closed, domain::Closed{domain::CloseReason::office}));
  EXPECT_TRUE(ticket_.unreasonable);
  say(record(4, State::reopened, domain::Reopened{"new evidence"}));
  EXPECT_FALSE(ticket_.unreasonable);
}

TEST_F(FoldTest, AQuestionIsShownUntilTheCitizenHasAnswered) {
  say(opened());
  say(record(2, State::needs_info, domain::InfoRequested{"which house?"}));
  EXPECT_EQ(ticket_.question, "which house?");
  say(record(3, State::assigned, domain::SupplementRecorded{"number 3"}));
  EXPECT_EQ(ticket_.question, "");
}

TEST_F(FoldTest, UnitsBelowTheLeadComeAndGoWithTheirWork) {
  const auto of_first_epoch = [](HistoryRecord record) {
    record.assign_epoch = 1;
    return record;
  };
  say(opened());
  say(of_first_epoch(assigned(2, "PWD")));
  say(of_first_epoch(
      record(3, State::assigned, domain::SubAssigned{unit("PWD-2"), unit("PWD"), 3}, "PWD")));
  say(of_first_epoch(
      record(4, State::assigned, domain::SubAssigned{unit("PWD-3"), unit("PWD-2"), 4}, "PWD")));
  EXPECT_THAT(ticket_.sub_units, ElementsAre(unit("PWD-2"), unit("PWD-3")));
  say(of_first_epoch(
      record(5, State::assigned, domain::SubCompleted{unit("PWD-3"), "done"}, "PWD")));
  EXPECT_THAT(ticket_.sub_units, ElementsAre(unit("PWD-2")));
  say(of_first_epoch(
      record(6, State::assigned, domain::SubAssigned{unit("PWD-4"), unit("PWD"), 3}, "PWD")));
  EXPECT_THAT(ticket_.sub_units, ElementsAre(unit("PWD-4")));
  say(of_first_epoch(record(7, State::completed, domain::Completed{}, "PWD")));
  EXPECT_THAT(ticket_.sub_units, IsEmpty());
  EXPECT_THAT(ticket_.units, testing::Contains(unit("PWD-3"))) << "was in charge once";
}

TEST_F(FoldTest, CoHandlersAndTheirRepliesStayWithTheLead) {
  const auto of_epoch = [](std::uint32_t epoch, HistoryRecord record) {
    record.assign_epoch = epoch;
    return record;
  };
  say(opened());
  say(of_epoch(1, assigned(2, "PWD")));
  say(of_epoch(1, record(3, State::assigned, domain::CoHandlerAdded{unit("PARKS"), ""}, "PWD")));
  say(of_epoch(1,
               record(4, State::assigned, domain::CoHandlerReplied{unit("PARKS"), "cut"}, "PWD")));
  EXPECT_THAT(ticket_.co_handlers, ElementsAre(unit("PARKS")));
  ASSERT_EQ(ticket_.co_handler_replies.size(), 1u);
  say(of_epoch(2, assigned(5, "ISD")));
  EXPECT_THAT(ticket_.co_handlers, IsEmpty());
  EXPECT_THAT(ticket_.co_handler_replies, IsEmpty());
}

TEST_F(FoldTest, ALinkedTicketKnowsItsMasterAndTheMasterItsDuplicates) {
  const domain::TicketId master{"M"};
  say(opened());
  say(record(2, State::classified,
             domain::DuplicateProposed{master, domain::DuplicateLevel::same_caller, 0.9, {}}));
  ASSERT_EQ(ticket_.proposals.size(), 1u);
  say(record(3, State::classified, domain::DuplicateProposalDropped{master, "no"}));
  EXPECT_THAT(ticket_.proposals, IsEmpty());
  say(record(4, State::classified,
             domain::DuplicateLinked{master, domain::DuplicateLevel::same_caller, false, ""}));
  EXPECT_EQ(ticket_.duplicate_of, master);
  say(record(5, State::classified, domain::DuplicateUnlinked{master, "another house"}));
  EXPECT_EQ(ticket_.duplicate_of.get(), "");
  say(record(6, State::classified, domain::DuplicateJoined{domain::TicketId{"D"}}));
  EXPECT_THAT(ticket_.duplicates, ElementsAre(domain::TicketId{"D"}));
  say(record(7, State::classified, domain::DuplicateLeft{domain::TicketId{"D"}}));
  EXPECT_THAT(ticket_.duplicates, IsEmpty());
}

TEST_F(FoldTest, AClockThatIsMovedOrHandedOverIsNeitherMetNorBreached) {
  say(opened({started("citizen", "", start + 1h)}));
  say(record(
      2, State::assigned, domain::ExtensionDecided{true, "", start + 9h}, "PWD",
      {stopped("citizen", domain::ClockStop::moved), started("citizen", "PWD", start + 9h, 2)}));
  ASSERT_EQ(ticket_.clocks.size(), 2u);
  EXPECT_EQ(ticket_.clocks[0].stop, domain::ClockStop::moved);
  EXPECT_FALSE(ticket_.clocks[0].breached);
  EXPECT_FALSE(ticket_.clocks[1].stopped_at);
}

TEST_F(FoldTest, WhatARetractionTakesBackOfAMovedClockIsGone) {
  say(opened({started("citizen", "PWD", start + 1h)}));
  say(sla(SlaKind::breached, "citizen", "PWD", start + 1h));
  say(record(
      2, State::assigned, domain::ExtensionDecided{true, "", start + 9h}, "PWD",
      {stopped("citizen", domain::ClockStop::moved), started("citizen", "PWD", start + 9h, 2)}));
  say(sla(SlaKind::retracted, "citizen", "PWD", start + 1h));
  EXPECT_FALSE(ticket_.clocks[0].breached);
  EXPECT_FALSE(ticket_.clocks[1].breached);
}

TEST_F(FoldTest, AWarningOfTheLadderRemindsTheUnit) {
  say(opened());
  say(record(2, State::assigned,
             domain::Escalated{sla(SlaKind::warned, "handle", "PWD", start + 1h), {}}, "PWD"));
  EXPECT_TRUE(ticket_.reminded);
  say(record(3, State::assigned, domain::Supervised{"at once"}, "PWD"));
  EXPECT_TRUE(ticket_.supervised);
}

TEST_F(FoldTest, AReturnAndItsFinalTakerAreCounted) {
  domain::Assigned by_rule;
  by_rule.lead_unit = unit("PWD");
  by_rule.basis = domain::AssignmentBasis::statutory;
  by_rule.why.rule = "responsibility.yaml:7";
  say(opened());
  say(record(2, State::assigned, by_rule, "PWD"));
  say(record(3, State::return_requested, domain::ReturnRequested{"not ours", {}}, "PWD"));
  say(record(4, State::classified, domain::ReturnDecided{true, ""}));
  domain::Assigned by_office;
  by_office.lead_unit = unit("ISD");
  by_office.basis = domain::AssignmentBasis::office;
  say(record(5, State::assigned, by_office, "ISD"));
  say(record(6, State::completed, domain::Completed{}, "ISD"));
  EXPECT_EQ(effects_.returns.counts.size(), 3u);
  EXPECT_EQ(effects_.returns.takers.size(), 1u);
  ASSERT_EQ(effects_.returns.precedents.size(), 1u);
  EXPECT_EQ(effects_.returns.precedents[0].ticket.get(), "0123456789abcdef");
  EXPECT_EQ(effects_.returns.precedents[0].category.get(), "street/lamp");
  EXPECT_EQ(say(record(6, State::completed, domain::Completed{}, "ISD")), Folded::repeated);
  EXPECT_EQ(effects_.returns.takers.size(), 1u);
}

TEST_F(FoldTest, LaterFactsChangeWhatTheyNameAndNothingElse) {
  say(opened());
  say(record(2, State::assigned, domain::UrgeRecorded{3}));
  say(record(3, State::assigned, domain::Reclassified{domain::CategoryId{"water"}, {}, "求助"}));
  domain::CompletionReport report;
  report.reply = "done";
  say(record(4, State::completed, domain::Completed{report}));
  EXPECT_EQ(ticket_.urge_count, 3u);
  EXPECT_EQ(ticket_.classified.category.get(), "water");
  EXPECT_EQ(ticket_.classified.title, "Street lamp is dark");
  ASSERT_TRUE(ticket_.report);
  EXPECT_EQ(ticket_.report->reply, "done");
  EXPECT_EQ(ticket_.opened_at, start + 1min);
  EXPECT_EQ(ticket_.updated_at, start + 4min);
}

}  // namespace
}  // namespace paidan::views
