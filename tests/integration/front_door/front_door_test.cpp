#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>

#include <chrono>
#include <set>
#include <thread>

#include "front.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/domain/ticket_id.hpp"
#include "paidan/testkit/wait.hpp"
#include "paidan/ticket/v1/classified.pb.h"
#include "paidan/ticket/v1/submissions.pb.h"

// The first two processes of the pipeline over a real Kafka and Redis.

namespace paidan::front_door {
namespace {

using testing::HasSubstr;
using testing::Not;
constexpr std::int32_t partitions = 4;

TEST_F(FrontDoorTest, ASubmissionIsInTheLogWhenItIsAnsweredAndIsClassified) {
  const auto answer = submit(pothole("straight-1"));
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  const std::string& id = answer.response.ticket_id();
  EXPECT_TRUE(domain::is_ticket_id(id));
  EXPECT_EQ(answer.response.external_id(), "straight-1");

  std::vector<Logged> submitted;
  for (Logged& record : front().read(contract::topic::submissions)) {
    if (record.key == id) submitted.push_back(std::move(record));
  }
  ASSERT_EQ(submitted.size(), 1U);
  EXPECT_EQ(submitted[0].partition, contract::partition_of(id, partitions));
  EXPECT_EQ(submitted[0].headers["ce_type"], "paidan.ticket.submitted.v1");
  EXPECT_FALSE(submitted[0].headers["traceparent"].empty());

  auto classified = wait_for(contract::topic::classified, id);
  ASSERT_EQ(classified.size(), 1U);
  ticket::v1::ClassifiedRecord record;
  ASSERT_TRUE(record.ParseFromString(*classified[0].value));
  EXPECT_EQ(record.classified().content_ref().offset(), submitted[0].offset);
  EXPECT_EQ(record.meta().cause(), "submissions/" + std::to_string(submitted[0].partition.get()) +
                                       "/" + std::to_string(submitted[0].offset));
  EXPECT_EQ(classified[0].headers["traceparent"], submitted[0].headers["traceparent"]);
}

TEST_F(FrontDoorTest, ARepeatIsTheSameTicketAndOtherContentExistsAlready) {
  const auto first = submit(pothole("again-1"));
  const auto second = submit(pothole("again-1"));
  ASSERT_TRUE(first.status.ok() && second.status.ok());
  EXPECT_EQ(first.response.ticket_id(), second.response.ticket_id());
  EXPECT_TRUE(second.response.repeated());
  auto other = pothole("again-1");
  other.set_text("Another hole");
  const auto third = submit(other);
  EXPECT_EQ(third.status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(third.reason, "conflicting_submission");
}

TEST_F(FrontDoorTest, AStreamAnswersEachLineOnceAndGoesOnAfterBadOnes) {
  constexpr int lines = 2'000;
  grpc::ClientContext context;
  authorize(context, "channel-all", 60);
  const auto stream = stub_->SubmitStream(&context);
  std::jthread writer([&] {
    for (int line = 1; line <= lines; ++line) {
      intake::v1::SubmitStreamRequest request;
      request.set_line(static_cast<std::uint64_t>(line));
      *request.mutable_submit() = pothole("stream-" + std::to_string(line));
      if (line % 100 == 0) request.mutable_submit()->set_channel("telex");
      if (!stream->Write(request)) return;
    }
    stream->WritesDone();
  });
  std::set<std::uint64_t> answered;
  std::set<std::string> tickets;
  int refused = 0;
  intake::v1::SubmitStreamResponse response;
  while (stream->Read(&response)) {
    EXPECT_TRUE(answered.insert(response.line()).second);
    EXPECT_EQ(response.external_id(), "stream-" + std::to_string(response.line()));
    if (response.code() == 0) {
      tickets.insert(response.accepted().ticket_id());
    } else {
      EXPECT_EQ(response.code(), grpc::StatusCode::INVALID_ARGUMENT);
      EXPECT_EQ(response.error(), "channel: not a channel of the city pack");
      ++refused;
    }
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(answered.size(), static_cast<std::size_t>(lines));
  EXPECT_EQ(refused, lines / 100);
  EXPECT_EQ(tickets.size(), static_cast<std::size_t>(lines - refused));
  std::set<std::string> logged;
  for (const Logged& record : front().read(contract::topic::submissions)) {
    if (!tickets.contains(record.key)) continue;
    EXPECT_TRUE(logged.insert(record.key).second);
  }
  EXPECT_EQ(logged, tickets);
}

TEST_F(FrontDoorTest, TextThatIsNotUtf8IsNamedByItsField) {
  grpc::GenericStub generic(channel_);
  grpc::ClientContext context;
  authorize(context, "channel-all");
  const std::string bytes = "\x0a\x07hotline\x1a\x01\xff";
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::CompletionQueue queue;
  auto call =
      generic.PrepareUnaryCall(&context, "/paidan.intake.v1.IntakeService/Submit", request, &queue);
  call->StartCall();
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  ASSERT_TRUE(queue.Next(&tag, &ok));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "title: not UTF-8");
}

TEST_F(FrontDoorTest, OnlyAChannelsTokenMaySubmit) {
  EXPECT_EQ(submit(pothole("token-1"), "").status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(submit(pothole("token-1"), "office").status.error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(FrontDoorTest, APreviewSaysWhatClassificationThinks) {
  auto request = pothole("preview-1");
  request.set_preview(true);
  const auto answer = submit(request);
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_FALSE(answer.response.preview().abstains());
  EXPECT_FALSE(answer.response.preview().likely_lead_unit().empty());
}

TEST_F(FrontDoorTest, NobodyFindsThePhoneNumberAgain) {
  const std::string planted = "13912344321";
  auto request = pothole("private-1");
  request.set_title("Call " + planted);
  request.set_text("请打" + planted + "找我");
  request.mutable_contact()->set_name("张三丰");
  request.mutable_contact()->set_phone(planted);
  request.mutable_place()->set_address("1 Main St, phone " + planted);
  const auto answer = submit(request);
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  ASSERT_EQ(wait_for(contract::topic::classified, answer.response.ticket_id()).size(), 1U);
  for (const auto topic : {contract::topic::submissions, contract::topic::classified,
                           contract::topic::subjects, contract::topic::deadletters}) {
    for (const Logged& record : front().read(topic)) {
      EXPECT_THAT(record.value.value_or(""), Not(HasSubstr(planted))) << topic;
      for (const auto& [name, value] : record.headers) EXPECT_THAT(value, Not(HasSubstr(planted)));
    }
  }
  EXPECT_THAT(front().output_of("intake"), Not(HasSubstr(planted)));
  EXPECT_THAT(front().output_of("classification"), Not(HasSubstr(planted)));
  EXPECT_THAT(front().monitor("/metrics"), Not(HasSubstr(planted)));
  EXPECT_FALSE(front().read(contract::topic::subjects).empty());
}

TEST_F(FrontDoorTest, GarbageIsDeadLetteredAndTheNextTicketIsClassified) {
  const std::string garbage("\xff\x00 garbage", 10);
  const auto before = front().read(contract::topic::deadletters).size();
  front().append({.topic = contract::topic::submissions,
                  .partition = Partition{2},
                  .key = "garbage",
                  .value = garbage,
                  .headers = {}});
  testkit::eventually([&] { return front().read(contract::topic::deadletters).size() > before; });
  const auto letters = front().read(contract::topic::deadletters);
  ASSERT_EQ(letters.size(), before + 1);
  const Logged& letter = letters.back();
  EXPECT_EQ(letter.value, garbage);
  EXPECT_EQ(letter.key, "garbage");
  EXPECT_EQ(letter.headers.at("dl_topic"), "submissions");
  EXPECT_THAT(letter.headers.at("dl_reason"), HasSubstr("SubmissionRecord"));
  const auto answer = submit(pothole("after-garbage"));
  EXPECT_EQ(wait_for(contract::topic::classified, answer.response.ticket_id()).size(), 1U);
}

TEST_F(FrontDoorTest, AMarkBelongsToAReplayAndPassesThroughEveryPartition) {
  intake::v1::WriteMarkRequest mark;
  mark.mutable_at()->set_seconds(1'309'500'000);
  const auto write = [&](const std::string& address) {
    const auto stub = intake::v1::ReplayService::NewStub(
        grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
    grpc::ClientContext context;
    authorize(context, "operations");
    intake::v1::WriteMarkResponse response;
    return stub->WriteMark(&context, mark, &response);
  };
  EXPECT_EQ(write(front().intake_address()).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  ASSERT_TRUE(write(front().replay_address()).ok());
  std::set<std::string> keys;
  testkit::eventually([&] {
    for (const Logged& record : front().read(contract::topic::classified, true)) {
      keys.insert(record.key);
    }
    return keys.size() == partitions;
  });
  EXPECT_THAT(keys, testing::ElementsAre("@0", "@1", "@2", "@3"));
}

TEST_F(FrontDoorTest, ItsCountersAndItsHealthCanBeScraped) {
  EXPECT_THAT(front().monitor("/metrics"),
              HasSubstr("paidan_tickets_total{channel=\"self_service\""));
  EXPECT_EQ(front().monitor("/healthz").empty(), false);
}

TEST_F(FrontDoorTest, WithoutRedisSubmissionsGoOn) {
  front().redis().kill();
  for (int i = 0; i < 5; ++i) {
    const auto started = std::chrono::steady_clock::now();
    const auto answer = submit(pothole("no-redis-" + std::to_string(i)));
    ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
    EXPECT_FALSE(answer.response.repeated());
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(2));
  }
  ASSERT_TRUE(front().redis().start_again());
  const auto remembered = [&] { return submit(pothole("redis-is-back")).response.repeated(); };
  EXPECT_TRUE(testkit::eventually(remembered));
}

TEST_F(FrontDoorTest, WithoutABrokerTheOutcomeIsUnknownAndThenTheSameTicket) {
  front().kafka().kill();
  const auto lost = submit(pothole("no-broker"));
  EXPECT_EQ(lost.status.error_code(), grpc::StatusCode::UNAVAILABLE) << lost.status.error_message();
  ASSERT_TRUE(front().kafka().start_again());
  std::string ticket_id;
  const auto accepted = [&] {
    const auto answer = submit(pothole("no-broker"));
    ticket_id = answer.response.ticket_id();
    return answer.status.ok();
  };
  ASSERT_TRUE(testkit::eventually(accepted, Milliseconds{60'000}));
  std::set<std::string> ids;
  for (const Logged& record : front().read(contract::topic::submissions)) {
    if (record.key == ticket_id) ids.insert(record.headers.at("ce_id"));
  }
  EXPECT_EQ(ids.size(), 1U);  // In the log once or more, but it is one submission.
}

TEST_F(FrontDoorTest, SigtermDrainsAndANewProcessKnowsTheTicket) {
  const auto before = submit(pothole("drain-1"));
  // An idle client of the blocking API hears of the end only when it looks, each 5 s; so it leaves.
  stub_.reset();
  channel_.reset();
  EXPECT_TRUE(front().stop_intake());
  ASSERT_TRUE(front().start_intake());
  connect();
  const auto after = submit(pothole("drain-1"));
  ASSERT_TRUE(after.status.ok()) << after.status.error_message();
  EXPECT_EQ(before.response.ticket_id(), after.response.ticket_id());
}

}  // namespace
}  // namespace paidan::front_door
