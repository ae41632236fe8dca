#include <gtest/gtest.h>

#include "intake/rpc.hpp"

namespace paidan::intake {
namespace {

sla_monitor::v1::ClockView& clock(dispatch::v1::TicketView& ticket, const std::string& name,
                                  std::uint32_t seq, std::uint32_t step = 0) {
  auto& clock = *ticket.add_clocks();
  clock.set_clock(name);
  clock.set_seq(seq);
  clock.set_step(step);
  return clock;
}

TEST(Track, ShowsTheCitizensDueTimeInForceAndNoOther) {
  dispatch::v1::TicketView ticket;
  clock(ticket, "handle", 1);
  clock(ticket, "citizen", 1).set_state(sla_monitor::v1::CLOCK_STATE_MOVED);
  clock(ticket, "citizen", 2).mutable_explanation()->set_zh("延期后");
  clock(ticket, "citizen", 2, 1);
  keep_what_citizens_see(ticket);
  ASSERT_EQ(ticket.clocks_size(), 1);
  EXPECT_EQ(ticket.clocks(0).seq(), 2U);
  EXPECT_EQ(ticket.clocks(0).explanation().zh(), "延期后");
}

TEST(Track, ShowsNothingOfUnitsOfficeAndOtherCitizens) {
  dispatch::v1::TicketView ticket;
  ticket.set_title("own title");
  ticket.set_lead_unit("A");
  ticket.set_question("which house?");
  ticket.set_extension_reason("a pipe must be ordered");
  ticket.set_answered_together(true);
  const dispatch::v1::TicketView shown = ticket;
  ticket.set_queue_unit("A-1");
  ticket.add_co_handlers("B");
  ticket.add_sub_units("C");
  ticket.set_assign_epoch(2);
  ticket.add_co_handler_replies()->set_reply("cut");
  ticket.set_request_reason("not ours");
  ticket.mutable_wanted_due_at()->set_seconds(1);
  ticket.set_reminded(true);
  ticket.set_supervised(true);
  ticket.set_difficult(true);
  ticket.set_conflicting(true);
  ticket.add_proposals()->set_master_ticket_id("M");
  ticket.add_duplicates("D");
  ticket.set_duplicate_of("M");
  keep_what_citizens_see(ticket);
  EXPECT_EQ(ticket.SerializeAsString(), shown.SerializeAsString());
}

}  // namespace
}  // namespace paidan::intake
