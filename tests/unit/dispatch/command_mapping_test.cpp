#include <gtest/gtest.h>

#include <functional>

#include "dispatch/command_edge.hpp"
#include "dispatch/command_requests.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::dispatch {
namespace {

const std::string ticket = domain::make_ticket_id({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).get();
const std::string master = domain::make_ticket_id({2, 2, 3, 4, 5, 6, 7, 8, 9, 10}).get();
constexpr std::int64_t seconds = 1'800'000'000;
constexpr Instant time = from_unix_ms(seconds * 1'000);

/// A request made from a change of an empty one.
template <class Request>
std::function<Checked<domain::CommandBody>()> asked(std::function<void(Request&)> change) {
  return [change] {
    Request request;
    request.mutable_header()->set_ticket_id(ticket);
    change(request);
    return body_of(request);
  };
}
template <class Command>
std::function<bool(const domain::CommandBody&)> is(std::function<bool(const Command&)> holds) {
  return [holds](const domain::CommandBody& body) {
    const auto* command = std::get_if<Command>(&body);
    return command != nullptr && holds(*command);
  };
}

struct MappingRow {
  const char* name;
  std::function<Checked<domain::CommandBody>()> ask;
  std::function<bool(const domain::CommandBody&)> holds;
};
class Requests : public testing::TestWithParam<MappingRow> {};
TEST_P(Requests, BecomeTheirCommand) {
  const auto body = GetParam().ask();
  ASSERT_TRUE(body) << body.error().field << ": " << body.error().message;
  EXPECT_TRUE(GetParam().holds(*body));
}

INSTANTIATE_TEST_SUITE_P(
    OfAgencies, Requests,
    testing::Values(
        MappingRow{"extension", asked<v1::RequestExtensionRequest>([](auto& r) {
                     r.set_reason("call 13812345678");
                     r.mutable_wanted_due_at()->set_seconds(seconds);
                   }),
                   is<domain::RequestExtensionCommand>([](const auto& c) {
                     return c.reason == "call 138****5678" && c.wanted_due_at == time;
                   })},
        MappingRow{"extension_as_far_as_may_be",
                   asked<v1::RequestExtensionRequest>([](auto& r) { r.set_reason("why"); }),
                   is<domain::RequestExtensionCommand>([](const auto& c) {
                     return !c.wanted_due_at.has_value();
                   })},
        MappingRow{"unreasonable",
                   asked<v1::RequestUnreasonableRequest>([](auto& r) { r.set_reason("why"); }),
                   is<domain::RequestUnreasonableCommand>([](const auto& c) {
                     return c.reason == "why";
                   })},
        MappingRow{"sub_assign", asked<v1::SubAssignRequest>([](auto& r) {
                     r.set_unit("U");
                     r.mutable_due_at()->set_seconds(seconds);
                   }),
                   is<domain::SubAssignCommand>([](const auto& c) {
                     return c.unit.get() == "U" && c.due_at == time;
                   })},
        MappingRow{
            "raise", asked<v1::RaiseToDistrictRequest>([](auto& r) { r.set_reason("why"); }),
            is<domain::RaiseToDistrictCommand>([](const auto& c) { return c.reason == "why"; })},
        MappingRow{
            "co_handler_reply",
            asked<v1::ReplyAsCoHandlerRequest>([](auto& r) { r.set_reply("done"); }),
            is<domain::ReplyAsCoHandlerCommand>([](const auto& c) { return c.reply == "done"; })}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OfTheOffice, Requests,
    testing::Values(
        MappingRow{"decline", asked<v1::DeclineRequest>([](auto& r) { r.set_reason("why"); }),
                   is<domain::DeclineCommand>([](const auto& c) { return c.reason == "why"; })},
        MappingRow{
            "info", asked<v1::RequestInfoRequest>([](auto& r) { r.set_question("where?"); }),
            is<domain::RequestInfoCommand>([](const auto& c) { return c.question == "where?"; })},
        MappingRow{
            "co_handler", asked<v1::AddCoHandlerRequest>([](auto& r) { r.set_unit("U"); }),
            is<domain::AddCoHandlerCommand>([](const auto& c) { return c.unit.get() == "U"; })},
        MappingRow{"extension_granted", asked<v1::DecideExtensionRequest>([](auto& r) {
                     r.set_granted(true);
                     r.mutable_due_at()->set_seconds(seconds);
                   }),
                   is<domain::DecideExtensionCommand>([](const auto& c) {
                     return c.granted && c.due_at == time;
                   })},
        MappingRow{"unreasonable_granted", asked<v1::DecideUnreasonableRequest>([](auto& r) {
                     r.set_granted(true);
                     r.set_reason("why");
                   }),
                   is<domain::DecideUnreasonableCommand>([](const auto& c) { return c.granted; })},
        MappingRow{"appeal_denied",
                   asked<v1::DecideAppealRequest>([](auto& r) { r.set_reason("why"); }),
                   is<domain::DecideAppealCommand>([](const auto& c) {
                     return !c.granted && c.reason == "why";
                   })},
        MappingRow{
            "difficult", asked<v1::MarkDifficultRequest>([](auto& r) { r.set_reason("why"); }),
            is<domain::MarkDifficultCommand>([](const auto& c) { return c.reason == "why"; })}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OfTheOfficeToo, Requests,
    testing::Values(
        MappingRow{"link",
                   asked<v1::LinkDuplicateRequest>([](auto& r) { r.set_master_ticket_id(master); }),
                   is<domain::LinkDuplicateCommand>([](const auto& c) {
                     return c.master.get() == master;
                   })},
        MappingRow{
            "unlink", asked<v1::UnlinkDuplicateRequest>([](auto& r) { r.set_reason("why"); }),
            is<domain::UnlinkDuplicateCommand>([](const auto& c) { return c.reason == "why"; })},
        MappingRow{"reopen", asked<v1::ReopenRequest>([](auto& r) { r.set_reason("why"); }),
                   is<domain::ReopenCommand>([](const auto& c) { return c.reason == "why"; })},
        MappingRow{
            "supervise", asked<v1::SuperviseRequest>([](auto& r) { r.set_instruction("at once"); }),
            is<domain::SuperviseCommand>([](const auto& c) { return c.instruction == "at once"; })},
        MappingRow{"transfer", asked<v1::TransferOutRequest>([](auto& r) {
                     r.set_destination("110");
                     r.set_reason("why");
                   }),
                   is<domain::TransferOutCommand>([](const auto& c) {
                     return c.destination == "110" && c.reason == "why";
                   })},
        MappingRow{
            "recheck", asked<v1::OrderRecheckRequest>([](auto& r) { r.set_reason("why"); }),
            is<domain::OrderRecheckCommand>([](const auto& c) { return c.reason == "why"; })},
        MappingRow{"rechecked", asked<v1::RecordRecheckRequest>([](auto& r) {
                     r.set_solved(true);
                     r.set_finding("clean");
                   }),
                   is<domain::RecordRecheckCommand>([](const auto& c) {
                     return c.solved && c.finding == "clean";
                   })},
        MappingRow{"recalculate", asked<v1::RecalculateDueRequest>([](auto&) {}),
                   is<domain::RecalculateDueCommand>([](const auto&) { return true; })}),
    [](const auto& row) { return row.param.name; });

struct BadRow {
  const char* name;
  std::function<Checked<domain::CommandBody>()> ask;
  const char* field;
};
class BadRequests : public testing::TestWithParam<BadRow> {};
TEST_P(BadRequests, AreRefusedByFieldAndLimit) {
  const auto body = GetParam().ask();
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().field, GetParam().field);
  EXPECT_FALSE(body.error().message.empty());
}

std::string long_text(int characters) {
  std::string text;
  for (int i = 0; i < characters; ++i) text += "长";
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Command, BadRequests,
    testing::Values(
        BadRow{"extension_without_reason", asked<v1::RequestExtensionRequest>([](auto&) {}),
               "reason"},
        BadRow{"extension_to_an_absurd_time", asked<v1::RequestExtensionRequest>([](auto& r) {
                 r.set_reason("why");
                 r.mutable_wanted_due_at()->set_seconds(1'000'000'000'000'000);
               }),
               "wanted_due_at"},
        BadRow{"unreasonable_without_reason", asked<v1::RequestUnreasonableRequest>([](auto&) {}),
               "reason"},
        BadRow{"sub_assign_to_nobody", asked<v1::SubAssignRequest>([](auto&) {}), "unit"},
        BadRow{"sub_assign_to_a_long_name",
               asked<v1::SubAssignRequest>([](auto& r) { r.set_unit(std::string(129, 'u')); }),
               "unit"},
        BadRow{"raise_without_reason", asked<v1::RaiseToDistrictRequest>([](auto&) {}), "reason"},
        BadRow{"empty_reply", asked<v1::ReplyAsCoHandlerRequest>([](auto&) {}), "reply"},
        BadRow{"long_reply",
               asked<v1::ReplyAsCoHandlerRequest>([](auto& r) { r.set_reply(long_text(2'001)); }),
               "reply"},
        BadRow{"decline_without_reason", asked<v1::DeclineRequest>([](auto&) {}), "reason"},
        BadRow{"no_question", asked<v1::RequestInfoRequest>([](auto&) {}), "question"},
        BadRow{"long_question",
               asked<v1::RequestInfoRequest>([](auto& r) { r.set_question(long_text(501)); }),
               "question"},
        BadRow{"co_handler_nobody", asked<v1::AddCoHandlerRequest>([](auto&) {}), "unit"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Decision, BadRequests,
    testing::Values(
        BadRow{"extension_denied_without_reason", asked<v1::DecideExtensionRequest>([](auto&) {}),
               "reason"},
        BadRow{"extension_denied_with_a_due_time", asked<v1::DecideExtensionRequest>([](auto& r) {
                 r.set_reason("why");
                 r.mutable_due_at()->set_seconds(seconds);
               }),
               "due_at"},
        BadRow{"unreasonable_granted_without_reason",
               asked<v1::DecideUnreasonableRequest>([](auto& r) { r.set_granted(true); }),
               "reason"},
        BadRow{"appeal_granted_without_reason",
               asked<v1::DecideAppealRequest>([](auto& r) { r.set_granted(true); }), "reason"},
        BadRow{"difficult_without_reason", asked<v1::MarkDifficultRequest>([](auto&) {}), "reason"},
        BadRow{"link_to_nothing", asked<v1::LinkDuplicateRequest>([](auto&) {}),
               "master_ticket_id"},
        BadRow{"link_to_itself",
               asked<v1::LinkDuplicateRequest>([](auto& r) { r.set_master_ticket_id(ticket); }),
               "master_ticket_id"},
        BadRow{"unlink_without_reason", asked<v1::UnlinkDuplicateRequest>([](auto&) {}), "reason"},
        BadRow{"reopen_without_reason", asked<v1::ReopenRequest>([](auto&) {}), "reason"},
        BadRow{"supervise_without_instruction", asked<v1::SuperviseRequest>([](auto&) {}),
               "instruction"},
        BadRow{"transfer_nowhere",
               asked<v1::TransferOutRequest>([](auto& r) { r.set_reason("why"); }), "destination"},
        BadRow{"transfer_without_reason",
               asked<v1::TransferOutRequest>([](auto& r) { r.set_destination("110"); }), "reason"},
        BadRow{"transfer_to_a_long_place", asked<v1::TransferOutRequest>([](auto& r) {
                 r.set_destination(long_text(101));
                 r.set_reason("why");
               }),
               "destination"},
        BadRow{"recheck_without_reason", asked<v1::OrderRecheckRequest>([](auto&) {}), "reason"},
        BadRow{"recheck_without_finding", asked<v1::RecordRecheckRequest>([](auto&) {}), "finding"},
        BadRow{"long_finding",
               asked<v1::RecordRecheckRequest>([](auto& r) { r.set_finding(long_text(1'001)); }),
               "finding"}),
    [](const auto& row) { return row.param.name; });

TEST(Refusal, OfEachReasonHasAName) {
  for (int reason = 1; reason <= static_cast<int>(domain::RefusalReason::nothing_to_decide);
       ++reason) {
    EXPECT_FALSE(reason_name(static_cast<domain::RefusalReason>(reason)).empty()) << reason;
  }
  EXPECT_EQ(reason_name(domain::RefusalReason::extension_not_allowed), "extension_not_allowed");
  EXPECT_EQ(reason_name(domain::RefusalReason::link_not_allowed), "link_not_allowed");
  EXPECT_EQ(reason_name(domain::RefusalReason::nothing_to_decide), "nothing_to_decide");
  EXPECT_EQ(code_of(domain::RefusalReason::nothing_to_decide),
            grpc::StatusCode::FAILED_PRECONDITION);
}

}  // namespace
}  // namespace paidan::dispatch
