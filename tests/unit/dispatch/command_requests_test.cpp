#include "dispatch/command_requests.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "dispatch/command_edge.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::dispatch {
namespace {

constexpr Instant now = from_unix_ms(1'700'000'000'000);
const std::string ticket = domain::make_ticket_id({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).get();

v1::CommandHeader a_header() {
  v1::CommandHeader header;
  header.set_ticket_id(ticket);
  header.set_command_id("command-1");
  header.set_assign_epoch(1);
  return header;
}

TEST(CommandHeader, TakesTheTimeOfItsReceipt) {
  const auto header = checked(a_header(), rpc::Role::agency, TimeSource::live, now);
  ASSERT_TRUE(header) << header.error().message;
  EXPECT_EQ(header->happened_at, now);
  EXPECT_EQ(header->ticket_id, ticket);
}

TEST(CommandHeader, TakesTheRecordedTimeInAReplay) {
  v1::CommandHeader request = a_header();
  request.mutable_recorded_at()->set_seconds(1'300'000'000);
  const auto header = checked(request, rpc::Role::agency, TimeSource::replay, now);
  ASSERT_TRUE(header) << header.error().message;
  EXPECT_EQ(header->happened_at, from_unix_ms(1'300'000'000'000));
}

struct HeaderRow {
  const char* name;
  std::function<void(v1::CommandHeader&)> change;
  TimeSource source;
  const char* field;
};

class BadHeaders : public testing::TestWithParam<HeaderRow> {};

TEST_P(BadHeaders, AreRefusedByField) {
  v1::CommandHeader header = a_header();
  GetParam().change(header);
  const auto result = checked(header, rpc::Role::agency, GetParam().source, now);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().field, GetParam().field);
  EXPECT_FALSE(result.error().message.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Command, BadHeaders,
    testing::Values(
        HeaderRow{"no_ticket", [](auto& h) { h.clear_ticket_id(); }, TimeSource::live,
                  "header.ticket_id"},
        HeaderRow{"no_ticket_id_at_all", [](auto& h) { h.set_ticket_id("13812345678"); },
                  TimeSource::live, "header.ticket_id"},
        HeaderRow{"no_command_id", [](auto& h) { h.clear_command_id(); }, TimeSource::live,
                  "header.command_id"},
        HeaderRow{"long_command_id", [](auto& h) { h.set_command_id(std::string(65, 'x')); },
                  TimeSource::live, "header.command_id"},
        HeaderRow{"control_character", [](auto& h) { h.set_command_id("a\nb"); }, TimeSource::live,
                  "header.command_id"},
        HeaderRow{"no_epoch", [](auto& h) { h.clear_assign_epoch(); }, TimeSource::live,
                  "header.assign_epoch"},
        HeaderRow{"recorded_time_when_live",
                  [](auto& h) { h.mutable_recorded_at()->set_seconds(1); }, TimeSource::live,
                  "header.recorded_at"},
        HeaderRow{"no_recorded_time_in_a_replay", [](auto&) {}, TimeSource::replay,
                  "header.recorded_at"},
        HeaderRow{"absurd_recorded_time",
                  [](auto& h) { h.mutable_recorded_at()->set_seconds(1'000'000'000'000'000); },
                  TimeSource::replay, "header.recorded_at"}),
    [](const auto& row) { return row.param.name; });

TEST(CommandHeader, NeedsNoEpochFromTheOffice) {
  v1::CommandHeader header = a_header();
  header.clear_assign_epoch();
  EXPECT_TRUE(checked(header, rpc::Role::office, TimeSource::live, now));
}

TEST(CommandBody, CountsCharactersAndNotBytes) {
  v1::RequestReturnRequest request;
  std::string reason;
  for (int i = 0; i < 500; ++i) reason += "退";
  request.set_reason(reason);
  EXPECT_TRUE(body_of(request));
  request.set_reason(reason + "单");
  const auto result = body_of(request);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().field, "reason");
}

TEST(CommandBody, MasksWhatNamesACitizen) {
  v1::CompleteRequest request;
  request.mutable_report()->set_reply("called 13812345678, solved");
  const auto result = body_of(request);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(std::get<domain::CompleteCommand>(*result).report.reply, "called 138****5678, solved");
}

TEST(CommandBody, NeedsWhatItCannotDoWithout) {
  EXPECT_FALSE(body_of(v1::CompleteRequest{}));
  EXPECT_FALSE(body_of(v1::RequestReturnRequest{}));
  EXPECT_FALSE(body_of(v1::AssignRequest{}));
  EXPECT_FALSE(body_of(v1::DecideReturnRequest{}));
  EXPECT_FALSE(body_of(v1::CorrectClassificationRequest{}));
  EXPECT_FALSE(body_of(v1::RedoRequest{}));
  EXPECT_FALSE(body_of(v1::CloseRequest{}));
  EXPECT_FALSE(body_of(v1::RecordContactRequest{}));
  EXPECT_TRUE(body_of(v1::AcknowledgeRequest{}));
}

TEST(CommandBody, RefusesAnEnumThatThisVersionDoesNotKnow) {
  v1::CompleteRequest request;
  request.mutable_report()->set_outcome(static_cast<ticket::v1::Outcome>(77));
  EXPECT_FALSE(body_of(request));
  v1::RecordCallBackRequest call_back;
  call_back.set_satisfaction(static_cast<ticket::v1::Satisfaction>(77));
  EXPECT_FALSE(body_of(call_back));
}

TEST(Refusal, HasANameAndACodeForEachReason) {
  EXPECT_EQ(reason_name(domain::RefusalReason::wrong_state), "wrong_state");
  EXPECT_EQ(reason_name(domain::RefusalReason::stale_epoch), "stale_epoch");
  EXPECT_EQ(code_of(domain::RefusalReason::unknown_ticket), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of(domain::RefusalReason::not_in_charge), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(code_of(domain::RefusalReason::too_late), grpc::StatusCode::FAILED_PRECONDITION);
}

}  // namespace
}  // namespace paidan::dispatch
