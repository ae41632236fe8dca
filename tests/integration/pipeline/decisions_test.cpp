#include "decisions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "paidan/redis/connection.hpp"

namespace paidan::pipeline {
namespace {

using testing::Contains;
using testing::Not;

const std::string town = "t-310101002";
const std::string section = "cy-310101002";
const std::string district = "d-310101";

class DecisionTest : public PipelineTest {};

const sla::ClockView* clock_of(const dispatch::TicketView& view, const std::string& name) {
  const sla::ClockView* newest = nullptr;
  for (const auto& clock : view.clocks()) {
    if (clock.clock() == name && clock.step() == 0) newest = &clock;
  }
  return newest;
}

bool lists(Agency& agency, const std::string& ticket_id) {
  const auto page = agency.list(500);
  return std::ranges::any_of(page.response.tickets(),
                             [&](const auto& ticket) { return ticket.ticket_id() == ticket_id; });
}

TEST_F(DecisionTest, GrantsAnExtensionAndTellsTheCitizen) {
  const auto [id, view] = an_acknowledged_ticket(group_renting("extension"));
  const std::uint32_t epoch = view.assign_epoch();
  Agency agency(deployment(), view.lead_unit());
  Office office(deployment());
  QueueSubscriber queue(dispatch::QUEUE_EXTENSION);
  twice(agency, &AssignmentStub::RequestExtension,
        because<dispatch::RequestExtensionRequest>(id, "extend", "需协调产权人", epoch));
  EXPECT_EQ(queue.read_until(id, false).request_reason(), "需协调产权人");
  EXPECT_EQ(listed(dispatch::QUEUE_EXTENSION, id).request_reason(), "需协调产权人");
  const auto before = seen(id, 0);
  auto decide = about<dispatch::DecideExtensionRequest>(id, "grant");
  decide.set_granted(true);
  const auto after = seen(id, twice(office, &OfficeStub::DecideExtension, decide));
  queue.read_until(id, true);
  expect_left(dispatch::QUEUE_EXTENSION, id);
  EXPECT_EQ(after.state(), ticket::TICKET_STATE_ACKNOWLEDGED);
  EXPECT_GT(clock_of(after, "handle")->due_at().seconds(),
            clock_of(before, "handle")->due_at().seconds());
  Channel channel(deployment());
  const auto tracked = channel.track(id).response.ticket();
  ASSERT_EQ(tracked.clocks_size(), 1);
  EXPECT_EQ(tracked.clocks(0).due_at().seconds(), clock_of(after, "citizen")->due_at().seconds());
  EXPECT_FALSE(tracked.clocks(0).explanation().zh().empty());
  EXPECT_EQ(tracked.extension_reason(), "需协调产权人");
  EXPECT_EQ(tracked.request_reason(), "");
}

TEST_F(DecisionTest, FindsADemandUnreasonableAndTakesItBackOnAppeal) {
  const auto [id, view] = an_acknowledged_ticket(group_renting("unreasonable"));
  Agency agency(deployment(), view.lead_unit());
  Office office(deployment());
  Channel channel(deployment());
  QueueSubscriber queue(dispatch::QUEUE_UNREASONABLE);
  QueueSubscriber reviews(dispatch::QUEUE_REVIEW);
  twice(agency, &AssignmentStub::RequestUnreasonable,
        because<dispatch::RequestUnreasonableRequest>(id, "ask", "诉求超出法定职责",
                                                      view.assign_epoch()));
  queue.read_until(id, false);
  EXPECT_EQ(listed(dispatch::QUEUE_UNREASONABLE, id).request_reason(), "诉求超出法定职责");
  auto decide = because<dispatch::DecideUnreasonableRequest>(id, "find", "超出职责");
  decide.set_granted(true);
  EXPECT_TRUE(seen(id, twice(office, &OfficeStub::DecideUnreasonable, decide)).unreasonable());
  queue.read_until(id, true);
  ASSERT_TRUE(channel.appeal(id, "我的诉求合理").ok());
  EXPECT_EQ(reviews.read_until(id, false).request_reason(), "我的诉求合理");
  EXPECT_EQ(listed(dispatch::QUEUE_REVIEW, id).request_reason(), "我的诉求合理");
  auto appeal = because<dispatch::DecideAppealRequest>(id, "appeal", "申诉成立");
  appeal.set_granted(true);
  EXPECT_FALSE(seen(id, twice(office, &OfficeStub::DecideAppeal, appeal)).unreasonable());
  reviews.read_until(id, true);
  expect_left(dispatch::QUEUE_REVIEW, id);
}

TEST_F(DecisionTest, HandsWorkDownToTheFourthLevelAndUpAgain) {
  const auto [id, given] = an_assigned_ticket("levels");
  Office office(deployment());
  ASSERT_TRUE(office.assign(id, district).ok());
  const auto view = office.wait_for(id, ticket::TICKET_STATE_ASSIGNED);
  const std::uint32_t epoch = view.assign_epoch();
  Agency top(deployment(), district);
  Agency middle(deployment(), town);
  Agency low(deployment(), section);
  ASSERT_TRUE(top.acknowledge(id, epoch, "ack-levels").ok());
  auto down = about<dispatch::SubAssignRequest>(id, "down", epoch);
  down.set_unit(town);
  twice(top, &AssignmentStub::SubAssign, down);
  auto further = about<dispatch::SubAssignRequest>(id, "further", epoch);
  further.set_unit(section);
  const auto below = seen(id, twice(middle, &AssignmentStub::SubAssign, further));
  EXPECT_THAT(below.sub_units(), testing::ElementsAre(town, section));
  EXPECT_NE(clock_of(below, "sub_handle"), nullptr);
  EXPECT_TRUE(testkit::eventually([&] { return lists(low, id); }));
  EXPECT_TRUE(low.get(id).ok());
  ASSERT_TRUE(top.contact(id, epoch).ok());
  const auto done_below = low.complete(id, epoch, "清扫完毕", "done-low");
  ASSERT_TRUE(done_below.ok()) << done_below.why();
  EXPECT_THAT(seen(id, done_below.response.result().version()).sub_units(),
              testing::ElementsAre(town));
  const auto done_in_town = middle.complete(id, epoch, "已核实", "done-middle");
  ASSERT_TRUE(done_in_town.ok()) << done_in_town.why();
  const auto with_lead = seen(id, done_in_town.response.result().version());
  EXPECT_EQ(with_lead.sub_units_size(), 0);
  EXPECT_EQ(with_lead.state(), ticket::TICKET_STATE_CONTACTED) << "the lead still has to answer";
  const auto completed = top.complete(id, epoch, "答复", "done-top");
  ASSERT_TRUE(completed.ok()) << completed.why();
  EXPECT_EQ(seen(id, completed.response.result().version()).state(),
            ticket::TICKET_STATE_COMPLETED);
}

TEST_F(DecisionTest, AddsACoHandlerWhoSeesTheTicketAndReplies) {
  const auto [id, view] = an_acknowledged_ticket(group_renting("co-handler"));
  const std::string helper = another_unit(view);
  Office office(deployment());
  Agency agency(deployment(), helper);
  EXPECT_FALSE(agency.get(id).ok());
  auto add = about<dispatch::AddCoHandlerRequest>(id, "add");
  add.set_unit(helper);
  const auto with = seen(id, twice(office, &OfficeStub::AddCoHandler, add));
  EXPECT_THAT(with.co_handlers(), Contains(helper));
  EXPECT_TRUE(agency.get(id).ok());
  EXPECT_TRUE(testkit::eventually([&] { return lists(agency, id); }));
  auto reply = about<dispatch::ReplyAsCoHandlerRequest>(id, "reply", view.assign_epoch());
  reply.set_reply("已配合检查");
  const auto after = seen(id, twice(agency, &AssignmentStub::ReplyAsCoHandler, reply));
  ASSERT_EQ(after.co_handler_replies_size(), 1);
  EXPECT_EQ(after.co_handler_replies(0).reply(), "已配合检查");
}

TEST_F(DecisionTest, RaisesATicketFromTheTownToItsDistrict) {
  const auto [id, view] = an_acknowledged_ticket(dirty_street("raise"));
  ASSERT_EQ(view.lead_unit(), town);
  Agency agency(deployment(), town);
  const auto raised = seen(id, twice(agency, &AssignmentStub::RaiseToDistrict,
                                     because<dispatch::RaiseToDistrictRequest>(
                                         id, "raise", "需区级协调", view.assign_epoch())));
  EXPECT_EQ(raised.lead_unit(), district);
  EXPECT_THAT(raised.co_handlers(), Contains(town));
  EXPECT_TRUE(agency.get(id).ok());
}

TEST_F(DecisionTest, SupervisesAndMarksDifficult) {
  const auto [id, view] = an_acknowledged_ticket(group_renting("difficult"));
  Office office(deployment());
  QueueSubscriber reviews(dispatch::QUEUE_REVIEW);
  auto supervise = about<dispatch::SuperviseRequest>(id, "supervise");
  supervise.set_instruction("三日内办结");
  const auto supervised = seen(id, twice(office, &OfficeStub::Supervise, supervise));
  EXPECT_TRUE(supervised.supervised());
  EXPECT_NE(clock_of(supervised, "supervise"), nullptr);
  twice(office, &OfficeStub::MarkDifficult,
        because<dispatch::MarkDifficultRequest>(id, "difficult", "涉及多部门"));
  reviews.read_until(id, false);
  EXPECT_EQ(listed(dispatch::QUEUE_REVIEW, id).request_reason(), "涉及多部门");
  Agency agency(deployment(), view.lead_unit());
  ASSERT_TRUE(agency.contact(id, view.assign_epoch()).ok());
  const auto completed = agency.complete(id, view.assign_epoch());
  ASSERT_TRUE(completed.ok()) << completed.why();
  reviews.read_until(id, true);
  expect_left(dispatch::QUEUE_REVIEW, id);
}

TEST_F(DecisionTest, AsksTheCitizenAndGoesOnWithTheAnswer) {
  const auto [id, view] = an_assigned_ticket("info");
  Office office(deployment());
  Channel channel(deployment());
  auto ask = about<dispatch::RequestInfoRequest>(id, "ask");
  ask.set_question("具体是几号楼？");
  const auto asked = seen(id, twice(office, &OfficeStub::RequestInfo, ask));
  EXPECT_EQ(asked.state(), ticket::TICKET_STATE_NEEDS_INFO);
  EXPECT_EQ(channel.track(id).response.ticket().question(), "具体是几号楼？");
  ASSERT_TRUE(channel.supplement(id, "三号楼").ok());
  const auto after = office.wait_for(id, ticket::TICKET_STATE_ASSIGNED);
  EXPECT_EQ(after.question(), "");
  EXPECT_EQ(after.assign_epoch(), view.assign_epoch());
}

TEST_F(DecisionTest, DeclinesAndTakesItUpAgainOnAppeal) {
  const auto [id, view] = an_assigned_ticket("decline");
  Office office(deployment());
  Channel channel(deployment());
  const auto declined = seen(id, twice(office, &OfficeStub::Decline,
                                       because<dispatch::DeclineRequest>(id, "decline", "诉讼中")));
  EXPECT_EQ(declined.state(), ticket::TICKET_STATE_DECLINED);
  ASSERT_TRUE(channel.appeal(id, "没有诉讼").ok());
  listed(dispatch::QUEUE_REVIEW, id);
  auto decide = because<dispatch::DecideAppealRequest>(id, "appeal", "申诉成立");
  decide.set_granted(true);
  const auto again = seen(id, twice(office, &OfficeStub::DecideAppeal, decide));
  EXPECT_EQ(again.state(), ticket::TICKET_STATE_ASSIGNED);
  EXPECT_GT(again.assign_epoch(), view.assign_epoch());
}

TEST_F(DecisionTest, TransfersOutAndReopens) {
  const auto [id, view] = an_assigned_ticket("transfer");
  Office office(deployment());
  auto transfer = because<dispatch::TransferOutRequest>(id, "transfer", "涉及警情");
  transfer.set_destination("110");
  EXPECT_EQ(seen(id, twice(office, &OfficeStub::TransferOut, transfer)).state(),
            ticket::TICKET_STATE_TRANSFERRED_OUT);
  EXPECT_EQ(seen(id, twice(office, &OfficeStub::Reopen,
                           because<dispatch::ReopenRequest>(id, "reopen", "110 退回")))
                .state(),
            ticket::TICKET_STATE_ASSIGNED);
}

TEST_F(DecisionTest, RechecksOnSiteBeforeItCloses) {
  const auto [id, view] = an_acknowledged_ticket(group_renting("recheck"));
  Office office(deployment());
  Agency agency(deployment(), view.lead_unit());
  QueueSubscriber reviews(dispatch::QUEUE_REVIEW);
  ASSERT_TRUE(agency.contact(id, view.assign_epoch()).ok());
  ASSERT_TRUE(agency.complete(id, view.assign_epoch()).ok());
  twice(office, &OfficeStub::OrderRecheck,
        because<dispatch::OrderRecheckRequest>(id, "order", "抽查"));
  reviews.read_until(id, false);
  EXPECT_EQ(listed(dispatch::QUEUE_REVIEW, id).request_reason(), "抽查");
  auto found = about<dispatch::RecordRecheckRequest>(id, "found");
  found.set_solved(true);
  found.set_finding("现场已整改");
  EXPECT_EQ(seen(id, twice(office, &OfficeStub::RecordRecheck, found)).state(),
            ticket::TICKET_STATE_CLOSED);
  reviews.read_until(id, true);
}

TEST_F(DecisionTest, AsksForAReturnTwiceAndLearnsFromTheDecision) {
  Channel channel(deployment());
  Office office(deployment());
  const std::string id = channel.submit_for_sure(dirty_street("arbitration"));
  QueueSubscriber arbitrations(dispatch::QUEUE_ARBITRATION);
  QueueSubscriber returns(dispatch::QUEUE_RETURN);
  auto view = office.wait_for(id, ticket::TICKET_STATE_ASSIGNED);
  for (int i = 0; view.state() == ticket::TICKET_STATE_ASSIGNED && i < 3; ++i) {
    Agency agency(deployment(), view.lead_unit());
    const std::string round = std::to_string(i);
    const auto asked = agency.request_return(id, view.assign_epoch(), "return-" + round);
    ASSERT_TRUE(asked.ok()) << asked.why();
    returns.read_until(id, false);
    EXPECT_EQ(listed(dispatch::QUEUE_RETURN, id).request_reason(), "not our duty");
    const auto decided = office.decide_return(id, true, "grant-" + round);
    ASSERT_TRUE(decided.ok()) << decided.why();
    returns.read_until(id, true);
    view = seen(id, decided.response.result().version());
  }
  ASSERT_EQ(view.state(), ticket::TICKET_STATE_ARBITRATION);
  arbitrations.read_until(id, false);
  listed(dispatch::QUEUE_ARBITRATION, id);
  ASSERT_TRUE(office.assign(id, "lr-310101").ok());
  arbitrations.read_until(id, true);
  expect_left(dispatch::QUEUE_ARBITRATION, id);

  const std::string like = channel.submit_for_sure(dirty_street("like"));
  office.wait_for(like, ticket::TICKET_STATE_ASSIGNED);
  dispatch::PrecedentsRequest asked;
  asked.set_ticket_id(like);
  const auto found = call(office.stub(), &OfficeStub::Precedents, office.token(), asked);
  ASSERT_TRUE(found.ok()) << found.why();
  ASSERT_GE(found.response.precedents_size(), 1);
  EXPECT_EQ(found.response.precedents(0).unit(), "lr-310101");
  EXPECT_EQ(found.response.precedents(0).evidence(0).ticket_id(), id);
  EXPECT_FALSE(found.response.precedents(0).text().zh().empty());

  const auto report = call(office.stub(), &OfficeStub::ReturnReport, office.token(),
                           dispatch::ReturnReportRequest{});
  ASSERT_TRUE(report.ok()) << report.why();
  EXPECT_TRUE(std::ranges::any_of(report.response.rows(), [](const auto& row) {
    return row.category() == "城乡建设/市容环卫/道路保洁" && row.granted_count() > 0 &&
           row.rule().find("responsibility.yaml") != std::string::npos;
  })) << report.response.ShortDebugString();
}

TEST_F(DecisionTest, PutsOtherContentUnderTheSameIdIntoTheQueueOfConflicts) {
  const auto [id, view] = an_assigned_ticket("conflict");
  QueueSubscriber conflicts(dispatch::QUEUE_CONFLICT);
  Channel channel(deployment());
  // As after a day: intake no longer knows the first content by itself.
  redis::Connection redis({deployment().redis().address()});
  ASSERT_TRUE(redis.command({"DEL", "paidan.submission:" + id}));
  intake::SubmitRequest other = group_renting("conflict");
  other.set_text("同一编号下的另一件事。");
  ASSERT_EQ(channel.submit_for_sure(other), id);
  conflicts.read_until(id, false);
  EXPECT_TRUE(listed(dispatch::QUEUE_CONFLICT, id).conflicting());
  Office office(deployment());
  auto supervise = about<dispatch::SuperviseRequest>(id, "looked");
  supervise.set_instruction("核对两件");
  twice(office, &OfficeStub::Supervise, supervise);
  conflicts.read_until(id, true);
  expect_left(dispatch::QUEUE_CONFLICT, id);
}

TEST_F(DecisionTest, RecountsOnlyWhatIsProvisional) {
  const std::string id = an_assigned_ticket("recount").ticket_id;
  const auto all = deployment().paidanctl({"recalculate-due", "--all"});
  ASSERT_TRUE(all) << all.error().why;
  EXPECT_NE(all->find("failed 0"), std::string::npos) << *all;
  const auto one = deployment().paidanctl({"recalculate-due", "--ticket", id});
  ASSERT_TRUE(one) << one.error().why;
  EXPECT_NE(one->find("recounted 0, nothing to do 1, failed 0"), std::string::npos) << *one;
}

TEST_F(DecisionTest, RefusesByNameWhatTheRulesForbid) {
  const auto [id, view] = an_assigned_ticket("refusals");
  Office office(deployment());
  const auto nothing = call(office.stub(), &OfficeStub::UnlinkDuplicate, office.token(),
                            because<dispatch::UnlinkDuplicateRequest>(id, "unlink", "why"));
  EXPECT_EQ(nothing.reason, "nothing_to_decide") << nothing.why();
  const auto wrong = call(office.stub(), &OfficeStub::DecideExtension, office.token(),
                          because<dispatch::DecideExtensionRequest>(id, "decide", "why"));
  EXPECT_EQ(wrong.reason, "wrong_state") << wrong.why();
  const auto missing = call(office.stub(), &OfficeStub::Supervise, office.token(),
                            about<dispatch::SuperviseRequest>(id, "empty"));
  EXPECT_EQ(missing.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << missing.why();
  const auto denied = call(office.stub(), &OfficeStub::Supervise, deployment().token("channel-all"),
                           about<dispatch::SuperviseRequest>(id, "denied"));
  EXPECT_EQ(denied.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

}  // namespace
}  // namespace paidan::pipeline
