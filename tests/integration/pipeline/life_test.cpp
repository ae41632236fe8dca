#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include "callers.hpp"
#include "pipeline_test.hpp"

namespace paidan::pipeline {
namespace {

class LifeTest : public PipelineTest {};

TEST_F(LifeTest, RunsStraightFromSubmissionToRating) {
  Office office(deployment());
  const auto [id, view] = an_assigned_ticket("life-1");
  EXPECT_EQ(view.category(), "城乡建设/城管执法/群租");
  EXPECT_EQ(view.area(), "310101002");
  EXPECT_FALSE(view.lead_unit().empty());
  EXPECT_FALSE(view.text().empty());
  Agency agency(deployment(), view.lead_unit());

  const auto acknowledged = agency.acknowledge(id, view.assign_epoch());
  ASSERT_TRUE(acknowledged.ok()) << acknowledged.why();
  EXPECT_EQ(acknowledged.response.result().version(), view.version() + 1);
  ASSERT_TRUE(agency.contact(id, view.assign_epoch()).ok());
  const auto completed = agency.complete(id, view.assign_epoch());
  ASSERT_TRUE(completed.ok()) << completed.why();

  Channel channel(deployment());
  ASSERT_TRUE(channel.rate(id, true).ok());
  const auto closed = office.wait_for(id, ticket::TICKET_STATE_CLOSED);
  EXPECT_EQ(closed.report().reply(), "done as asked");
  const auto tracked = channel.track(id);
  ASSERT_TRUE(tracked.ok()) << tracked.why();
  EXPECT_EQ(tracked.response.ticket().state(), ticket::TICKET_STATE_CLOSED);
}

TEST_F(LifeTest, TellsItsHistoryWithoutAGapAndWhyItLiesWhereItLies) {
  Office office(deployment());
  const auto [id, view] = an_assigned_ticket("life-2");
  Agency agency(deployment(), view.lead_unit());
  ASSERT_TRUE(agency.acknowledge(id, view.assign_epoch()).ok());
  const auto history = office.history(id, view.version() + 1);
  ASSERT_TRUE(history.ok()) << history.why();
  ASSERT_EQ(history.response.records_size(), 3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(history.response.records(i).version(), static_cast<std::uint64_t>(i + 1));
    EXPECT_FALSE(history.response.records(i).meta().cause().empty());
  }
  const auto why = office.why(id);
  ASSERT_TRUE(why.ok()) << why.why();
  ASSERT_EQ(why.response.assignments_size(), 1);
  const auto& assignment = why.response.assignments(0);
  EXPECT_EQ(assignment.basis(), ticket::ASSIGNMENT_BASIS_COOPERATE);
  EXPECT_NE(assignment.why().rule().find("responsibility.yaml"), std::string::npos);
  EXPECT_FALSE(assignment.text().zh().empty());
  EXPECT_FALSE(assignment.text().en().empty());
  EXPECT_GT(why.response.clocks_size(), 0);
}

TEST_F(LifeTest, GivesARepeatedCommandItsFirstAnswer) {
  const auto [id, view] = an_assigned_ticket("life-3");
  Agency agency(deployment(), view.lead_unit());
  const auto first = agency.acknowledge(id, view.assign_epoch());
  const auto again = agency.acknowledge(id, view.assign_epoch());
  ASSERT_TRUE(first.ok()) << first.why();
  ASSERT_TRUE(again.ok()) << again.why();
  EXPECT_FALSE(first.response.result().repeated());
  EXPECT_TRUE(again.response.result().repeated());
  EXPECT_EQ(again.response.result().version(), first.response.result().version());
}

TEST_F(LifeTest, RefusesByNameAndChangesNothing) {
  Office office(deployment());
  const auto [id, view] = an_assigned_ticket("life-4");
  Agency agency(deployment(), view.lead_unit());
  const auto early = agency.complete(id, view.assign_epoch());
  EXPECT_EQ(early.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION) << early.why();
  EXPECT_EQ(early.reason, "wrong_state");
  const auto stale = agency.acknowledge(id, view.assign_epoch() + 1);
  EXPECT_EQ(stale.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION) << stale.why();
  EXPECT_EQ(stale.reason, "stale_epoch");
  const auto unknown = agency.acknowledge("0000000000000000", 1);
  EXPECT_EQ(unknown.status.error_code(), grpc::StatusCode::NOT_FOUND) << unknown.why();
  EXPECT_EQ(office.get(id).response.ticket().version(), view.version());
}

TEST_F(LifeTest, GoesToTheNextUnitWhenAReturnIsGranted) {
  Office office(deployment());
  const auto [id, view] = an_assigned_ticket("life-5");
  Agency first(deployment(), view.lead_unit());
  ASSERT_TRUE(first.acknowledge(id, view.assign_epoch()).ok());
  const auto asked = first.request_return(id, view.assign_epoch(), "return");
  ASSERT_TRUE(asked.ok()) << asked.why();
  ASSERT_TRUE(testkit::eventually([&] {
    const auto queue = office.queue(dispatch::QUEUE_RETURN);
    return queue.ok() && queue.response.tickets_size() > 0 &&
           queue.response.tickets(0).ticket_id() == id;
  }));
  const auto decided = office.decide_return(id, true, "decide");
  ASSERT_TRUE(decided.ok()) << decided.why();
  const auto after = office.get(id, decided.response.result().version());
  ASSERT_TRUE(after.ok()) << after.why();
  EXPECT_NE(after.response.ticket().lead_unit(), view.lead_unit());
  // Who was in charge still sees it, but acts no more.
  EXPECT_TRUE(first.get(id).ok());
  const auto late = first.acknowledge(id, view.assign_epoch(), "late");
  EXPECT_EQ(late.status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << late.why();
}

TEST_F(LifeTest, WaitsInTriageForTheOfficeWhenNobodyCanPlaceIt) {
  Channel channel(deployment());
  Office office(deployment());
  const std::string id = channel.submit_for_sure(riddle("life-6"));
  office.wait_for(id, ticket::TICKET_STATE_NEEDS_TRIAGE);
  const auto queue = office.queue(dispatch::QUEUE_TRIAGE);
  ASSERT_TRUE(queue.ok()) << queue.why();
  ASSERT_EQ(queue.response.tickets_size(), 1);
  EXPECT_EQ(queue.response.tickets(0).ticket_id(), id);
  const std::string unit = an_assigned_ticket("life-7").view.lead_unit();
  ASSERT_TRUE(office.assign(id, unit).ok());
  EXPECT_EQ(office.wait_for(id, ticket::TICKET_STATE_ASSIGNED).lead_unit(), unit);
  EXPECT_TRUE(testkit::eventually(
      [&] { return office.queue(dispatch::QUEUE_TRIAGE).response.tickets_size() == 0; }));
}

TEST_F(LifeTest, IsSeenByItsOwnUnitsOnly) {
  const auto [id, view] = an_assigned_ticket("life-8");
  Agency stranger(deployment(), another_unit(view));
  EXPECT_EQ(stranger.get(id).status.error_code(), grpc::StatusCode::NOT_FOUND);
  const auto acted = stranger.acknowledge(id, view.assign_epoch(), "theirs");
  EXPECT_EQ(acted.status.error_code(), grpc::StatusCode::NOT_FOUND) << acted.why();
  EXPECT_EQ(acted.reason, "unknown_ticket");
  EXPECT_EQ(stranger.reveal(id).status.error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(LifeTest, IsReceivedForTheCitizenWhileOnlyItsSubmissionIsKnown) {
  Channel channel(deployment());
  deployment().kill("classification");
  const std::string id = channel.submit_for_sure(group_renting("received"));
  Answer<intake::TrackResponse> tracked;
  EXPECT_TRUE(testkit::eventually(
      [&] {
        tracked = channel.track(id);
        return tracked.ok();
      },
      Milliseconds{30'000}))
      << tracked.why();
  EXPECT_EQ(tracked.response.ticket().state(), ticket::TICKET_STATE_RECEIVED);
  EXPECT_EQ(tracked.response.ticket().title(), group_renting("received").title());
  ASSERT_TRUE(run(deployment(), "classification"));
  Office office(deployment());
  office.wait_for(id, ticket::TICKET_STATE_ASSIGNED);
}

/// Of a call without a token: only a method that nobody has written answers anything but this.
grpc::Status call_as_nobody(const std::string& method) {
  grpc::GenericStub stub(grpc::CreateChannel(deployment().grpc_address("dispatch"),
                                             grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const grpc::Slice nothing;
  const grpc::ByteBuffer request(&nothing, 1);
  auto call = stub.PrepareUnaryCall(&context, method, request, &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return status;
}

TEST_F(LifeTest, LeavesNoCallOfTheContractUnimplemented) {
  const auto* office = dispatch::AssignRequest::descriptor()->file()->service(0);
  const auto* agencies = dispatch::AcknowledgeRequest::descriptor()->file()->service(0);
  for (const auto* service : {office, agencies}) {
    for (int i = 0; i < service->method_count(); ++i) {
      const auto* method = service->method(i);
      const auto status = call_as_nobody("/" + service->full_name() + "/" + method->name());
      EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << method->full_name();
    }
  }
}

}  // namespace
}  // namespace paidan::pipeline
