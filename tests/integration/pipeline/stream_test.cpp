#include <gtest/gtest.h>

#include <map>
#include <set>

#include "pipeline_test.hpp"

namespace paidan::pipeline {
namespace {

class StreamTest : public PipelineTest {};

/// An open Subscribe of a unit.
class Subscriber {
 public:
  Subscriber(Agency& agency, const std::string& resume_token) {
    authorize(context_, agency.token(), std::chrono::seconds(60));
    dispatch::SubscribeRequest request;
    request.set_resume_token(resume_token);
    reader_ = agency.stub().Subscribe(&context_, request);
  }
  /// Reads up to and with the first message that `last` names.
  template <class Last>
  std::vector<dispatch::SubscribeResponse> read_until(Last last) {
    std::vector<dispatch::SubscribeResponse> read;
    dispatch::SubscribeResponse message;
    while (reader_->Read(&message)) {
      if (!message.resume_token().empty()) token = message.resume_token();
      read.push_back(message);
      if (last(message)) return read;
    }
    ADD_FAILURE() << "the stream ended: " << reader_->Finish().error_message();
    return read;
  }
  std::vector<dispatch::SubscribeResponse> read_until_live() {
    return read_until([](const auto& message) {
      return message.kind() == dispatch::SubscribeResponse::KIND_LIVE;
    });
  }
  void cut() { context_.TryCancel(); }

  std::string token;  ///< Of the last message.

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<dispatch::SubscribeResponse>> reader_;
};

auto of_ticket(const std::string& id) {
  return [id](const dispatch::SubscribeResponse& message) {
    return message.ticket().ticket_id() == id;
  };
}

TEST_F(StreamTest, TellsAnAssignmentWithItsTextAndWhatBecomesOfIt) {
  const std::string unit = an_assigned_ticket("stream-0").view.lead_unit();
  Agency agency(deployment(), unit);
  Subscriber subscriber(agency, "");
  ASSERT_EQ(subscriber.read_until_live().size(), 1U);
  const std::string id = an_assigned_ticket("stream-1").ticket_id;
  const auto told = subscriber.read_until(of_ticket(id)).back();
  EXPECT_EQ(told.kind(), dispatch::SubscribeResponse::KIND_ASSIGNED);
  EXPECT_FALSE(told.repeated());
  EXPECT_EQ(told.ticket().text(), group_renting("x").text());
  EXPECT_TRUE(told.record().has_assigned());
  ASSERT_TRUE(agency.acknowledge(id, told.ticket().assign_epoch()).ok());
  const auto updated = subscriber.read_until(of_ticket(id)).back();
  EXPECT_EQ(updated.kind(), dispatch::SubscribeResponse::KIND_UPDATED);
  EXPECT_TRUE(updated.record().has_acknowledged());
  Office office(deployment());
  ASSERT_TRUE(office.assign(id, another_unit(told.ticket()), "move").ok());
  EXPECT_EQ(subscriber.read_until(of_ticket(id)).back().kind(),
            dispatch::SubscribeResponse::KIND_REMOVED);
}

TEST_F(StreamTest, ResumesAfterACutWithoutMissingAnythingAndMarksRepeats) {
  const std::string unit = an_assigned_ticket("stream-2").view.lead_unit();
  Agency agency(deployment(), unit);
  std::string token;
  {
    Subscriber subscriber(agency, "");
    subscriber.read_until_live();
    token = subscriber.token;
    subscriber.cut();
  }
  std::set<std::string> wanted;
  for (int i = 0; i < 5; ++i) {
    wanted.insert(an_assigned_ticket("cut-" + std::to_string(i)).ticket_id);
  }
  Subscriber resumed(agency, token);
  for (const auto& message : resumed.read_until_live()) {
    if (message.kind() != dispatch::SubscribeResponse::KIND_ASSIGNED) continue;
    EXPECT_TRUE(message.repeated());
    wanted.erase(message.ticket().ticket_id());
  }
  EXPECT_TRUE(wanted.empty());
}

TEST_F(StreamTest, ResumesAcrossAKilledProcess) {
  const std::string unit = an_assigned_ticket("stream-3").view.lead_unit();
  Agency agency(deployment(), unit);
  Subscriber subscriber(agency, "");
  subscriber.read_until_live();
  const std::string before = an_assigned_ticket("stream-4").ticket_id;
  subscriber.read_until(of_ticket(before));
  deployment().kill("dispatch");
  Channel channel(deployment());
  const std::string meanwhile = channel.submit_for_sure(group_renting("stream-5"));
  ASSERT_TRUE(run(deployment(), "dispatch"));
  Subscriber resumed(agency, subscriber.token);
  const auto told = resumed.read_until(of_ticket(meanwhile));
  for (const auto& message : told) EXPECT_NE(message.ticket().ticket_id(), before);
}

TEST_F(StreamTest, GivesTheOpenListToATokenOfTheBeginning) {
  const auto [id, view] = an_assigned_ticket("stream-6");
  Agency agency(deployment(), view.lead_unit());
  std::set<std::string> listed;
  std::string page_token;
  std::string resume_token;
  do {
    const auto page = agency.list(2, page_token);
    ASSERT_TRUE(page.ok()) << page.why();
    for (const auto& ticket : page.response.tickets()) listed.insert(ticket.ticket_id());
    page_token = page.response.next_page_token();
    resume_token = page.response.resume_token();
  } while (!page_token.empty());
  EXPECT_TRUE(listed.count(id));
  const std::string later = an_assigned_ticket("stream-7").ticket_id;
  Subscriber subscriber(agency, resume_token);
  EXPECT_TRUE(of_ticket(later)(subscriber.read_until(of_ticket(later)).back()));
}

TEST_F(StreamTest, RefusesTheTokenOfAnotherUnit) {
  const auto [id, view] = an_assigned_ticket("stream-8");
  Agency agency(deployment(), view.lead_unit());
  const std::string token = agency.list().response.resume_token();
  Agency stranger(deployment(), another_unit(view));
  grpc::ClientContext context;
  authorize(context, stranger.token());
  dispatch::SubscribeRequest request;
  request.set_resume_token(token);
  auto reader = stranger.stub().Subscribe(&context, request);
  dispatch::SubscribeResponse message;
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace paidan::pipeline
