#include "dispatch/rows.hpp"

#include <gtest/gtest.h>

namespace paidan::dispatch {
namespace {

using rpc::Role;

constexpr bool yes = true;
constexpr bool no = false;

struct Row {
  const char* name;
  rpc::Caller caller;
  bool sees;
  bool leads;
  bool reads;               ///< Of an ordinary ticket.
  bool reads_confidential;  ///< Of a confidential one that A leads.
};

class TicketRows : public testing::TestWithParam<Row> {
 protected:
  static view_reader::Ticket ticket(bool confidential) {
    view_reader::Ticket ticket;
    ticket.view.set_channel("hotline");
    ticket.view.set_lead_unit("A");
    ticket.view.set_queue_unit("A-1");
    ticket.view.add_co_handlers("C");
    ticket.view.set_confidential(confidential);
    ticket.view.set_title("title");
    ticket.view.set_text("text");
    ticket.view.set_masked_phone("138****5678");
    ticket.units = {"A", "A-1", "C", "FORMER"};
    return ticket;
  }
};

TEST_P(TicketRows, AreGivenByRoleAndUnit) {
  const Row& row = GetParam();
  const view_reader::Ticket open = ticket(false);
  EXPECT_EQ(may_see(row.caller, open), row.sees);
  EXPECT_EQ(leads(row.caller, open.view), row.leads);
  if (!row.sees) return;
  EXPECT_EQ(may_read(row.caller, open.view), row.reads);
  EXPECT_EQ(may_read(row.caller, ticket(true).view), row.reads_confidential);
}

INSTANTIATE_TEST_SUITE_P(
    Dispatch, TicketRows,
    testing::Values(Row{"lead", {"t", Role::agency, "A"}, yes, yes, yes, yes},
                    Row{"queue", {"t", Role::agency, "A-1"}, yes, yes, yes, no},
                    Row{"co_handler", {"t", Role::agency, "C"}, yes, no, yes, no},
                    Row{"former", {"t", Role::agency, "FORMER"}, yes, no, yes, no},
                    Row{"stranger", {"t", Role::agency, "X"}, no, no, no, no},
                    Row{"agency_without_unit", {"t", Role::agency, ""}, no, no, no, no},
                    Row{"office", {"t", Role::office, ""}, yes, no, yes, no},
                    Row{"operations", {"t", Role::operations, ""}, yes, no, yes, no},
                    Row{"its_channel", {"t", Role::channel, "hotline"}, yes, no, yes, yes},
                    Row{"another_channel", {"t", Role::channel, "web"}, no, no, no, no}),
    [](const auto& row) { return row.param.name; });

TEST(ConfidentialTicket, IsReadByTheOfficeWhileNobodyLeadsIt) {
  v1::TicketView view;
  view.set_confidential(true);
  EXPECT_TRUE(may_read({"office", Role::office, ""}, view));
  EXPECT_FALSE(may_read({"ops", Role::operations, ""}, view));
}

TEST(ConfidentialTicket, ShowsNothingThatTheCitizenSaid) {
  v1::TicketView view;
  view.set_confidential(true);
  view.set_lead_unit("A");
  view.set_title("title");
  view.set_text("text");
  view.set_masked_name("张*");
  view.set_masked_phone("138****5678");
  hide_unreadable(view, {"t", Role::agency, "C"});
  EXPECT_EQ(view.title() + view.text() + view.masked_name() + view.masked_phone(), "");
  EXPECT_EQ(view.lead_unit(), "A");
}

TEST(ConfidentialTicket, ShowsItsHistoryWithoutWords) {
  v1::TicketView view;
  view.set_confidential(true);
  view.set_lead_unit("A");
  ticket::v1::LifecycleRecord record;
  record.mutable_opened()->mutable_classified()->set_title("title");
  record.mutable_opened()->mutable_classified()->set_category("noise");
  record.mutable_opened()->mutable_classified()->add_why("the word");
  hide_unreadable(record, view, {"t", Role::agency, "C"});
  EXPECT_EQ(record.opened().classified().title(), "");
  EXPECT_EQ(record.opened().classified().why_size(), 0);
  EXPECT_EQ(record.opened().classified().category(), "noise");
  record.mutable_supplement_recorded()->set_text("more");
  hide_unreadable(record, view, {"t", Role::agency, "C"});
  EXPECT_EQ(record.supplement_recorded().text(), "");
}

}  // namespace
}  // namespace paidan::dispatch
