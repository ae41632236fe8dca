#include "dispatch/masters.hpp"

#include <gtest/gtest.h>

#include "a_pack.hpp"
#include "dispatch/office_figures.hpp"

namespace paidan::dispatch {
namespace {

using ticket::v1::TicketState;

view_reader::Ticket a_master(TicketState state) {
  view_reader::Ticket master;
  master.view.set_ticket_id("M");
  master.view.set_state(state);
  master.view.set_lead_unit("A");
  master.view.set_title("the master's title");
  master.view.set_masked_name("王*");
  master.view.set_question("which house?");
  master.view.set_extension_reason("a pipe must be ordered");
  master.view.add_clocks()->set_clock("citizen");
  master.text = "the master's text";
  return master;
}

v1::TicketView a_duplicate(TicketState state) {
  v1::TicketView view;
  view.set_ticket_id("D");
  view.set_state(state);
  view.set_duplicate_of("M");
  view.set_title("own title");
  view.set_text("own text");
  return view;
}

struct ProgressRow {
  const char* name;
  TicketState own;
  TicketState of_master;
  TicketState shown;
};
class Progress : public testing::TestWithParam<ProgressRow> {};
TEST_P(Progress, OfALinkedTicketIsItsMastersWhileItWaits) {
  v1::TicketView view = a_duplicate(GetParam().own);
  take_progress(view, a_master(GetParam().of_master));
  EXPECT_EQ(view.state(), GetParam().shown);
  EXPECT_TRUE(view.answered_together());
  EXPECT_EQ(view.title() + view.text(), "own titleown text");
  EXPECT_EQ(view.masked_name() + view.question(), "");
  if (view.state() == GetParam().own) return;
  EXPECT_EQ(view.lead_unit(), "A");
  EXPECT_EQ(view.clocks_size(), 1);
  EXPECT_EQ(view.extension_reason(), "a pipe must be ordered");
}
INSTANTIATE_TEST_SUITE_P(
    Citizen, Progress,
    testing::Values(
        ProgressRow{"at_work", TicketState::TICKET_STATE_CLASSIFIED,
                    TicketState::TICKET_STATE_CONTACTED, TicketState::TICKET_STATE_CONTACTED},
        ProgressRow{"another_is_asked", TicketState::TICKET_STATE_CLASSIFIED,
                    TicketState::TICKET_STATE_NEEDS_INFO, TicketState::TICKET_STATE_CLASSIFIED},
        ProgressRow{"the_master_has_ended", TicketState::TICKET_STATE_CLASSIFIED,
                    TicketState::TICKET_STATE_WITHDRAWN, TicketState::TICKET_STATE_CLASSIFIED},
        ProgressRow{"answered", TicketState::TICKET_STATE_CALL_BACK,
                    TicketState::TICKET_STATE_CLOSED, TicketState::TICKET_STATE_CALL_BACK}),
    [](const auto& row) { return row.param.name; });

TEST(OneAnswer, IsTheMastersReportUnlessItIsConfidential) {
  view_reader::Ticket master = a_master(TicketState::TICKET_STATE_COMPLETED);
  master.view.mutable_report()->set_reply("repaired");
  v1::TicketView view = a_duplicate(TicketState::TICKET_STATE_COMPLETED);
  take_answer(view, master);
  EXPECT_EQ(view.report().reply(), "repaired");
  master.view.mutable_report()->set_reply("another");
  take_answer(view, master);
  EXPECT_EQ(view.report().reply(), "repaired") << "its own report stays";
  v1::TicketView of_secret = a_duplicate(TicketState::TICKET_STATE_COMPLETED);
  master.view.set_confidential(true);
  take_answer(of_secret, master);
  EXPECT_FALSE(of_secret.has_report());
}

domain::PrecedentDecision decision(const std::string& ticket, const std::string& unit) {
  domain::PrecedentDecision decision;
  decision.ticket = domain::TicketId{ticket};
  decision.unit = domain::UnitId{unit};
  decision.reason = "签派";
  return decision;
}

TEST(Precedents, AreGroupedByUnitTheMostFrequentFirstAndNeverTheTicketItself) {
  const view_reader::Precedents found{
      true, {decision("t1", "B"), decision("t2", "A"), decision("t3", "A"), decision("own", "C")}};
  const auto response = precedents_of(found, "own", tests::a_pack());
  ASSERT_EQ(response.precedents_size(), 2);
  EXPECT_EQ(response.precedents(0).unit(), "A");
  EXPECT_EQ(response.precedents(0).decision_count(), 2U);
  EXPECT_EQ(response.precedents(0).evidence(0).ticket_id(), "t2");
  EXPECT_EQ(response.precedents(1).unit(), "B");
  EXPECT_FALSE(response.precedents(0).text().zh().empty());
  EXPECT_FALSE(response.precedents(0).text().en().empty());
}

TEST(ReturnReport, PutsWhatIsOftenReturnedFirstAndCanLeaveOutTheRest) {
  domain::ReturnFigures calm;
  calm.key.rule = "calm";
  calm.assigned = 100;
  calm.granted = 20;
  domain::ReturnFigures often;
  often.key.rule = "often";
  often.assigned = 10;
  often.requested = 7;
  often.granted = 6;
  for (int i = 0; i < 7; ++i) often.takers.push_back({domain::UnitId{"u" + std::to_string(i)}, 1});
  const auto all = report_of({calm, often}, false, tests::a_pack());
  ASSERT_EQ(all.rows_size(), 2);
  EXPECT_EQ(all.rows(0).rule(), "often");
  EXPECT_TRUE(all.rows(0).often_returned());
  EXPECT_DOUBLE_EQ(all.rows(0).granted_share(), 0.6);
  EXPECT_EQ(all.rows(0).takers_size(), report_takers_max);
  EXPECT_EQ(all.rows(1).rule(), "calm");
  EXPECT_FALSE(all.rows(1).often_returned());
  EXPECT_EQ(report_of({calm, often}, true, tests::a_pack()).rows_size(), 1);
}

}  // namespace
}  // namespace paidan::dispatch
