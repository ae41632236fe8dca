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
  Folded say(const HistoryRecord& record) { return fold(ticket_, record, alerts_); }
  void say(const domain::SlaFact& fact) { fold(ticket_, fact, alerts_); }

  Ticket ticket_;
  std::vector<Alert> alerts_;
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
  EXPECT_THAT(alerts_, ElementsAre(Alert{unit("PWD"), "citizen", true}));
}

TEST_F(FoldTest, ABreachToldByBothTopicsIsCountedOnce) {
  const auto breach = sla(SlaKind::breached, "citizen", "PWD", start + 1h);
  say(opened({started("citizen", "PWD", start + 1h)}));
  say(record(2, State::assigned, domain::Escalated{breach, {}}, "PWD"));
  say(breach);
  say(breach);
  EXPECT_THAT(alerts_, ElementsAre(Alert{unit("PWD"), "citizen", true}));
}

TEST_F(FoldTest, ARetractedBreachStaysRetractedWhateverComesAfter) {
  const auto breach = sla(SlaKind::breached, "citizen", "PWD", start + 1h);
  say(opened({started("citizen", "PWD", start + 1h)}));
  say(breach);
  say(sla(SlaKind::retracted, "citizen", "PWD", start + 1h));
  EXPECT_FALSE(ticket_.clocks[0].breached);
  say(record(2, State::assigned, domain::Escalated{breach, {}}, "PWD"));
  EXPECT_FALSE(ticket_.clocks[0].breached);
  EXPECT_EQ(alerts_.size(), 1u);
}

TEST_F(FoldTest, AStepOfTheLadderIsNoBreachOfItsOwn) {
  say(opened({started("citizen", "PWD", start + 1h), started("citizen", "PWD", start + 9h, 1, 1)}));
  say(sla(SlaKind::breached, "citizen", "PWD", start + 1h));
  say(sla(SlaKind::escalated, "citizen", "PWD", start + 9h, 1, 1));
  EXPECT_TRUE(ticket_.clocks[1].breached);
  EXPECT_EQ(alerts_.size(), 1u);
}

TEST_F(FoldTest, TheOfficeActingEndsAConflictAndAnAppeal) {
  say(opened());
  say(record(2, State::classified, domain::ConflictingSubmission{}));
  say(record(3, State::classified, domain::AppealRecorded{"no"}));
  EXPECT_TRUE(ticket_.conflicting);
  EXPECT_TRUE(ticket_.appealed);
  auto decided = record(4, State::closed, domain::Closed{domain::CloseReason::office});
  decided.fact.actor.role = domain::Role::office;
  say(decided);
  EXPECT_FALSE(ticket_.conflicting);
  EXPECT_FALSE(ticket_.appealed);
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
