#include "views/codec.hpp"

#include <gtest/gtest.h>

#include "builders.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/topics.hpp"

namespace paidan::views {
namespace {

using namespace test;
using domain::SlaKind;
using domain::State;

Ticket full_ticket() {
  Ticket ticket;
  Effects effects;
  auto first = opened({started("citizen", "", start + 1h)});
  auto& classified = std::get<domain::Opened>(first.fact.body).classified;
  classified.external_id = "abc";
  classified.demand_kind = "求助";
  classified.area = domain::AreaId{"allston"};
  classified.content_ref = {1, 17, std::string(32, 'h')};
  classified.subject_ref = "subject";
  classified.subject_at = {2, 3, ""};
  classified.masked_name = "李*";
  classified.masked_phone = "138****1234";
  classified.confidential = true;
  fold(ticket, first, effects);
  fold(ticket, assigned(2, "PWD", {started("handle", "PWD", start + 2h)}, {unit("PARKS")}),
       effects);
  fold(ticket, sla(SlaKind::warned, "handle", "PWD", start + 2h), effects);
  fold(ticket, sla(SlaKind::breached, "citizen", "", start + 1h), effects);
  domain::CompletionReport report;
  report.reply = "已修好";
  report.contacted_at = start;
  report.outcome = domain::CompletionOutcome::solved;
  fold(ticket,
       record(3, State::completed, domain::Completed{report}, "PWD",
              {stopped("citizen", domain::ClockStop::done)}),
       effects);
  ticket.conflicting = ticket.appealed = ticket.reminded = ticket.supervised = true;
  ticket.difficult = ticket.unreasonable = true;
  ticket.duplicate_of = domain::TicketId{"M"};
  ticket.duplicates = {domain::TicketId{"D"}, domain::TicketId{"E"}};
  ticket.sub_units = {unit("PWD-2")};
  ticket.proposals = {
      {domain::TicketId{"M"}, domain::DuplicateLevel::same_caller, 0.5, {"同一来电人", "same"}}};
  ticket.request_reason = "why";
  ticket.wanted_due_at = start + 9h;
  ticket.review_reason = "appeal";
  ticket.question = "which house?";
  ticket.extension_reason = "a pipe";
  ticket.co_handler_replies = {{unit("PARKS"), "cut"}};
  ticket.returns.assigned_by = {"rule:1", domain::CategoryId{"c"}, domain::AreaId{"a"}};
  ticket.returns.returns_granted = 2;
  ticket.returns.returned_from = {{"rule:2", domain::CategoryId{"c"}, {}}};
  return ticket;
}

TEST(ViewsCodec, AStoredTicketComesBackAsItWas) {
  const Ticket ticket = full_ticket();
  const auto back = decode_ticket(encode_ticket(ticket));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, ticket);
}

TEST(ViewsCodec, AnUnknownTicketComesBackAsUnknown) {
  const auto back = decode_ticket(encode_ticket(Ticket{}));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, Ticket{});
}

TEST(ViewsCodec, GarbageIsNoTicket) {
  EXPECT_FALSE(decode_ticket(std::string("\xff\x01garbage")));
  EXPECT_FALSE(decode_ticket(std::string(contract::value_bytes_max + 1, 'x')));
}

TEST(ViewsCodec, GarbageOfEveryTopicIsMalformedAndAnUnknownTopicToo) {
  for (const auto topic : {contract::topic::lifecycle, contract::topic::sla,
                           contract::topic::submissions, contract::topic::audit}) {
    stream::InRecord record;
    record.topic = topic;
    record.key = "0123456789abcdef";
    record.value = "\xff\x01garbage";
    EXPECT_FALSE(decode(record, 4)) << topic;
    record.value.reset();
    EXPECT_FALSE(decode(record, 4)) << topic;
  }
}

TEST(ViewsCodec, AnAnsweredMarkSaysNothingToAView) {
  const stream::Cause cause{"lifecycle/2/7", {}, Partition{2}};
  const contract::Stamp stamp{cause, 0, start, start, {}, "sla_monitor"};
  const auto out = contract::encode_sla("@2", domain::MarkAnswered{{start, 0}, 0}, stamp);
  stream::InRecord record;
  record.topic = out.topic;
  record.partition = out.partition;
  record.key = out.key;
  record.value = *out.value;
  const auto decoded = decode(record, 4);
  ASSERT_TRUE(decoded) << decoded.error().why;
  EXPECT_FALSE(*decoded);
}

}  // namespace
}  // namespace paidan::views
