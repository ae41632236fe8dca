#include "paidan/rpc/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "intake_door.hpp"
#include "paidan/rpc/status.hpp"

namespace paidan::rpc {
namespace {

using test::Door;
namespace pb = intake::v1;

constexpr const char* trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

grpc::Status track(Door& door, const CallOptions& options) {
  grpc::ClientContext context;
  prepare(context, options);
  pb::TrackResponse response;
  return door.stub->Track(&context, pb::TrackRequest(), &response);
}

TEST(Client, TraceparentArrivesAndNonsenseIsReplacedByANewOne) {
  Door door;
  CallOptions options;
  options.timeout = Milliseconds{5000};
  options.traceparent = trace;
  ASSERT_TRUE(track(door, options).ok());
  EXPECT_EQ(door.service->inner_traceparent, trace);
  options.traceparent = "nonsense";
  options.new_traceparent = [] { return std::string(trace); };
  ASSERT_TRUE(track(door, options).ok());
  EXPECT_EQ(door.service->inner_traceparent, trace);
  options.new_traceparent = nullptr;
  ASSERT_TRUE(track(door, options).ok());
  EXPECT_EQ(door.service->inner_traceparent, "");
}

TEST(Client, AFurtherCallHasTheOuterDeadlineLessAMargin) {
  Door door;
  CallOptions options;
  options.timeout = Milliseconds{10'000};
  ASSERT_TRUE(track(door, options).ok());
  EXPECT_LE(door.service->inner_time, Milliseconds{9'950});
  EXPECT_GT(door.service->inner_time, Milliseconds{5'000});
}

TEST(Client, AnIdempotentReadIsTriedThreeTimes) {
  Door door;
  CallOptions options;
  options.timeout = Milliseconds{5000};
  door.service->unavailable_left = 2;
  EXPECT_TRUE(track(door, options).ok());
  EXPECT_EQ(door.service->tracked, 3);
  door.service->tracked = 0;
  door.service->unavailable_left = 9;
  EXPECT_EQ(track(door, options).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_LE(door.service->tracked, 3);
}

TEST(Client, WithoutRetriedMethodsACallIsTriedOnce) {
  Door door;
  const auto stub = pb::IntakeService::NewStub(make_channel({door.address(), {}}));
  door.service->unavailable_left = 1;
  grpc::ClientContext context;
  prepare(context, {Milliseconds{5000}, {}, {}, {}});
  pb::TrackResponse response;
  EXPECT_EQ(stub->Track(&context, pb::TrackRequest(), &response).error_code(),
            grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(door.service->tracked, 1);
}

TEST(Client, APeerThatIsAwayIsUnavailableBeforeTheDeadline) {
  const auto stub = pb::IntakeService::NewStub(make_channel({"127.0.0.1:1", {}}));
  grpc::ClientContext context;
  prepare(context, {Milliseconds{30'000}, {}, {}, {}});
  pb::TrackResponse response;
  const auto status = stub->Track(&context, pb::TrackRequest(), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST(TimeLeft, WithoutADeadlineIsTheLimit) {
  const grpc::CallbackServerContext context;
  EXPECT_EQ(time_left(context, Milliseconds{700}), Milliseconds{700});
}

TEST(CodeName, NamesEveryCode) {
  EXPECT_EQ(code_name(grpc::StatusCode::OK), "OK");
  EXPECT_EQ(code_name(grpc::StatusCode::UNAUTHENTICATED), "UNAUTHENTICATED");
  EXPECT_EQ(code_name(grpc::StatusCode::DO_NOT_USE), "UNKNOWN");
}

}  // namespace
}  // namespace paidan::rpc
