#include "paidan/rpc/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "intake_door.hpp"
#include "paidan/rpc/log_sink.hpp"
#include "paidan/rpc/status.hpp"

namespace paidan::rpc {
namespace {

using test::call_raw;
using test::Door;
using test::exchange_raw;
using testing::HasSubstr;
namespace pb = intake::v1;

// Of grpc.health.v1.HealthCheckResponse, as bytes.
const std::string serving("\x08\x01", 2);
const std::string not_serving("\x08\x02", 2);
const std::string health_of_intake = "\x0a\x1epaidan.intake.v1.IntakeService";
constexpr const char* health_check = "/grpc.health.v1.Health/Check";

struct Answer {
  grpc::Status status;
  pb::SubmitResponse response;
  std::string reason;
  std::string pushback_ms;
};

Answer submit(Door& door, const std::string& external_id, const std::string& authorization) {
  Answer answer;
  grpc::ClientContext context;
  prepare(context, {Milliseconds{5000}, {}, {}, {}});
  if (!authorization.empty()) context.AddMetadata("authorization", authorization);
  pb::SubmitRequest request;
  request.set_external_id(external_id);
  answer.status = door.stub->Submit(&context, request, &answer.response);
  answer.reason = reason_of(context);
  const auto& trailers = context.GetServerTrailingMetadata();
  if (const auto found = trailers.find(pushback_key); found != trailers.end()) {
    answer.pushback_ms = {found->second.data(), found->second.size()};
  }
  return answer;
}

TEST(ServerAuthentication, GivesTheHandlerTheCallerOfEachCall) {
  Door door;
  const Answer answer = submit(door, "A-1", "Bearer channel-token");
  EXPECT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.response.ticket_id(), "hotline");
}

TEST(ServerAuthentication, RefusesWhatIsNoKnownTokenOfAnAllowedRole) {
  Door door;
  using grpc::StatusCode;
  const std::tuple<const char*, StatusCode, const char*> cases[] = {
      {"", StatusCode::UNAUTHENTICATED, "is missing"},
      {"channel-token", StatusCode::UNAUTHENTICATED, "must be Bearer"},
      {"Bearer ", StatusCode::UNAUTHENTICATED, "1 to 256"},
      {"Bearer other", StatusCode::UNAUTHENTICATED, "unknown"},
      {"Bearer channel-token ", StatusCode::UNAUTHENTICATED, "unknown"},
      {"Bearer agency-token", StatusCode::PERMISSION_DENIED, "role agency may not call"},
  };
  // One connection: an identity must not stay on it for the next call.
  ASSERT_TRUE(submit(door, "A-1", "Bearer channel-token").status.ok());
  for (const auto& [authorization, code, why] : cases) {
    const Answer answer = submit(door, "A-1", authorization);
    EXPECT_EQ(answer.status.error_code(), code) << authorization;
    EXPECT_THAT(answer.status.error_message(), HasSubstr(why)) << authorization;
  }
}

TEST(ServerAuthentication, TwoTokensInOneCallAreRefused) {
  Door door;
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer channel-token");
  context.AddMetadata("authorization", "Bearer agency-token");
  pb::SubmitResponse response;
  const auto status = door.stub->Submit(&context, pb::SubmitRequest(), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST(ServerStatus, CarriesReasonFieldAndRetryHint) {
  Door door;
  const Answer missing = submit(door, "", "Bearer channel-token");
  EXPECT_EQ(missing.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(missing.status.error_message(), "external_id: must have 1 to 128 bytes");
  EXPECT_EQ(missing.reason, "field_missing");
  const Answer limited = submit(door, "too many", "Bearer channel-token");
  EXPECT_EQ(limited.status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(limited.reason, "rate_limit");
  EXPECT_EQ(limited.pushback_ms, "250");
}

TEST(ServerLimits, AMessageOrMetadataOverItsBoundIsRefused) {
  Door door;
  EXPECT_EQ(submit(door, std::string(300 * 1024, 'x'), "Bearer channel-token").status.error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_FALSE(submit(door, "A-1", "Bearer " + std::string(9000, 'x')).status.ok());
  // It may have cost the connection, but not the server.
  Answer after;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  do {
    after = submit(door, "A-1", "Bearer channel-token");
  } while (!after.status.ok() && std::chrono::steady_clock::now() < deadline);
  EXPECT_TRUE(after.status.ok()) << after.status.error_message();
}

TEST(ServerLimits, ATakenPortIsOneClearLine) {
  Door door;
  ServerOptions options;
  options.listen = door.address();
  const auto second = Server::start(options, {}, {});
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, HasSubstr("cannot listen on " + door.address()));
  EXPECT_THAT(second.error().what, HasSubstr("--grpc.listen"));
}

std::vector<std::string>& sunk() {
  static std::vector<std::string> messages;
  return messages;
}

TEST(LogSink, GetsWhatGrpcWouldWriteToStandardError) {
  set_log_sink([](bool is_error, std::string_view message) {
    if (is_error) sunk().emplace_back(message);
  });
  Door door;
  ServerOptions options;
  options.listen = door.address();
  testing::internal::CaptureStderr();
  EXPECT_FALSE(Server::start(options, {}, {}));
  set_log_sink(nullptr);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_FALSE(sunk().empty());
  EXPECT_THAT(sunk().front(), HasSubstr("Address already in use"));
}

TEST(ServerHealth, IsPerServiceAndFollowsTheService) {
  Door door;
  EXPECT_EQ(call_raw(door.channel, health_check, health_of_intake).second, not_serving);
  door.server->set_serving(true);
  EXPECT_EQ(call_raw(door.channel, health_check, health_of_intake).second, serving);
  EXPECT_EQ(call_raw(door.channel, health_check, "").second, serving);
  const auto unknown = call_raw(door.channel, health_check, "\x0a\x01x");
  EXPECT_EQ(unknown.first.error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST(ServerReflection, ListsAndDescribesTheServicesHealthIncluded) {
  Door door;
  const std::string reflection = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  const std::string list = exchange_raw(door.channel, reflection, std::string("\x3a\x00", 2));
  EXPECT_THAT(list, HasSubstr("paidan.intake.v1.IntakeService"));
  EXPECT_THAT(list, HasSubstr("grpc.health.v1.Health"));
  const std::string health =
      exchange_raw(door.channel, reflection, "\x22\x15grpc.health.v1.Health");
  EXPECT_THAT(health, HasSubstr("grpc/health/v1/health.proto"));
  EXPECT_THAT(health, HasSubstr("HealthCheckRequest"));
}

TEST(ServerStop, SaysNotServingThenLetsOpenCallsEndUntilTheDeadline) {
  Door door;
  door.server->set_serving(true);
  grpc::ClientContext context;
  prepare(context, {Milliseconds{60'000}, "channel-token", {}, {}});
  auto stream = door.stub->SubmitStream(&context);
  pb::SubmitStreamRequest request;
  request.set_line(7);
  ASSERT_TRUE(stream->Write(request));
  pb::SubmitStreamResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.line(), 7u);

  std::thread stopping(
      [&] { door.server->stop(std::chrono::steady_clock::now() + std::chrono::seconds(30)); });
  // Open calls go on after the door is shut, and the server ends with the last of them.
  ASSERT_TRUE(stream->Write(request));
  ASSERT_TRUE(stream->Read(&response));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  stopping.join();
  EXPECT_FALSE(submit(door, "A-1", "Bearer channel-token").status.ok());
}

TEST(ServerStop, CancelsWhatIsOpenAtTheDeadline) {
  Door door;
  grpc::ClientContext context;
  prepare(context, {Milliseconds{60'000}, "channel-token", {}, {}});
  auto stream = door.stub->SubmitStream(&context);
  pb::SubmitStreamRequest request;
  ASSERT_TRUE(stream->Write(request));
  pb::SubmitStreamResponse response;
  ASSERT_TRUE(stream->Read(&response));
  door.server->stop(std::chrono::steady_clock::now());
  EXPECT_FALSE(stream->Finish().ok());
}

}  // namespace
}  // namespace paidan::rpc
