#include "dispatch/cards.hpp"

#include <gtest/gtest.h>

#include "records.hpp"

namespace paidan::dispatch {
namespace {

using tests::record_of;

/// Tells one ticket's records to its card.
class CardTest : public testing::Test {
 protected:
  ticket::v1::LifecycleRecord record(ticket::v1::TicketState state) {
    return record_of("t", ++version_, state);
  }
  void say(const ticket::v1::LifecycleRecord& record) { card_ = next_card(&card_, record); }
  void alert(const std::string& clock, ticket::v1::SlaKind kind) {
    auto told = record(ticket::v1::TICKET_STATE_ACKNOWLEDGED);
    told.mutable_escalated()->mutable_sla()->set_clock(clock);
    told.mutable_escalated()->mutable_sla()->set_kind(kind);
    say(told);
  }

  Card card_;

 private:
  std::uint64_t version_ = 0;
};

TEST_F(CardTest, StaysBreachedWhileTheBreachOfAnotherClockStands) {
  alert("contact", ticket::v1::SLA_KIND_BREACHED);
  alert("handle", ticket::v1::SLA_KIND_BREACHED);
  alert("handle", ticket::v1::SLA_KIND_RETRACTED);
  EXPECT_TRUE(card_.view.breached());
  alert("contact", ticket::v1::SLA_KIND_RETRACTED);
  EXPECT_FALSE(card_.view.breached());
}

TEST_F(CardTest, OfAReopenedTicketIsNoLongerFoundUnreasonable) {
  auto found = record(ticket::v1::TICKET_STATE_ACKNOWLEDGED);
  found.mutable_unreasonable_decided()->set_granted(true);
  say(found);
  EXPECT_TRUE(card_.view.unreasonable());
  auto reopened = record(ticket::v1::TICKET_STATE_REOPENED);
  reopened.mutable_reopened()->set_reason("new evidence");
  say(reopened);
  EXPECT_FALSE(card_.view.unreasonable());
}

}  // namespace
}  // namespace paidan::dispatch
