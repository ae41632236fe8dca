#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decisions.hpp"
#include "paidan/contract/topics.hpp"

namespace paidan::pipeline {
namespace {

constexpr std::int32_t partitions = 4;

class LinkTest : public PipelineTest {
 protected:
  /// An acknowledged master, and another ticket that lies on another partition.
  void two_tickets(const std::string& name) {
    const auto given = an_acknowledged_ticket(dirty_street(name + "-master"));
    master_ = given.ticket_id;
    master_view_ = given.view;
    const auto master_partition = contract::partition_of(master_, partitions);
    for (int i = 0; i < 20 && duplicate_.empty(); ++i) {
      const auto other = an_assigned_ticket(name + "-" + std::to_string(i));
      if (contract::partition_of(other.ticket_id, partitions) == master_partition) continue;
      duplicate_ = other.ticket_id;
      duplicate_view_ = other.view;
    }
    ASSERT_FALSE(duplicate_.empty());
  }
  void link() {
    auto request = because<dispatch::LinkDuplicateRequest>(duplicate_, "link", "同一处");
    request.set_master_ticket_id(master_);
    const auto linked = seen(duplicate_, twice(office_, &OfficeStub::LinkDuplicate, request));
    EXPECT_EQ(linked.state(), ticket::TICKET_STATE_CLASSIFIED);
    EXPECT_EQ(linked.duplicate_of(), master_);
    EXPECT_TRUE(testkit::eventually([&] {
      const auto duplicates = office_.get(master_).response.ticket().duplicates();
      return std::find(duplicates.begin(), duplicates.end(), duplicate_) != duplicates.end();
    })) << "the master has not heard of it";
  }

  Office office_{deployment()};
  Channel channel_{deployment()};
  std::string master_;
  std::string duplicate_;
  dispatch::TicketView master_view_;
  dispatch::TicketView duplicate_view_;
};

TEST_F(LinkTest, GetOneAnswerAcrossPartitionsAndEachCallerIsAskedAlone) {
  two_tickets("answer");
  link();
  const auto tracked = channel_.track(duplicate_).response.ticket();
  EXPECT_EQ(tracked.state(), ticket::TICKET_STATE_ACKNOWLEDGED) << "the master's progress";
  EXPECT_EQ(tracked.lead_unit(), master_view_.lead_unit());
  EXPECT_TRUE(tracked.answered_together());
  EXPECT_EQ(tracked.title(), group_renting("x").title()) << "never the master's words";
  EXPECT_EQ(tracked.duplicate_of(), "");
  Agency lead(deployment(), master_view_.lead_unit());
  EXPECT_EQ(lead.get(duplicate_).response.ticket().text(), group_renting("x").text())
      << "who answers every caller reads every caller";
  Agency former(deployment(), duplicate_view_.lead_unit());
  EXPECT_TRUE(former.get(duplicate_).ok());

  ASSERT_TRUE(lead.contact(master_, master_view_.assign_epoch()).ok());
  ASSERT_TRUE(lead.complete(master_, master_view_.assign_epoch(), "一并答复").ok());
  const auto answered = office_.wait_for(duplicate_, ticket::TICKET_STATE_COMPLETED);
  EXPECT_EQ(answered.report().reply(), "一并答复");
  EXPECT_EQ(channel_.track(duplicate_).response.ticket().report().reply(), "一并答复");
  ASSERT_TRUE(channel_.rate(duplicate_, true).ok());
  office_.wait_for(duplicate_, ticket::TICKET_STATE_CLOSED);
  EXPECT_EQ(seen(master_, 0).state(), ticket::TICKET_STATE_COMPLETED);
}

TEST_F(LinkTest, GoTheirOwnWayWhenUnlinked) {
  two_tickets("unlink");
  link();
  const auto version =
      twice(office_, &OfficeStub::UnlinkDuplicate,
            because<dispatch::UnlinkDuplicateRequest>(duplicate_, "unlink", "并非同一处"));
  const auto again = seen(duplicate_, version);
  EXPECT_EQ(again.state(), ticket::TICKET_STATE_ASSIGNED);
  EXPECT_EQ(again.duplicate_of(), "");
  EXPECT_EQ(again.lead_unit(), duplicate_view_.lead_unit());
  EXPECT_TRUE(testkit::eventually(
      [&] { return office_.get(master_).response.ticket().duplicates_size() == 0; }));
}

TEST_F(LinkTest, AreProposedForTheSameCallerOnTheSameMatter) {
  QueueSubscriber queue(dispatch::QUEUE_DUPLICATE);
  const auto from_one_caller = [](const std::string& name) {
    intake::SubmitRequest request = dirty_street(name);
    request.set_text("南京东路街道福州路一带路面很脏，希望尽快清扫。");
    request.mutable_contact()->set_name("王小明");
    request.mutable_contact()->set_phone("13812340000");
    return request;
  };
  channel_.submit_for_sure(from_one_caller("caller-1"));
  const std::string second = channel_.submit_for_sure(from_one_caller("caller-2"));
  queue.read_until(second, false);
  const auto waiting = listed(dispatch::QUEUE_DUPLICATE, second);
  ASSERT_EQ(waiting.proposals_size(), 1);
  EXPECT_FALSE(waiting.proposals(0).evidence().zh().empty());
  twice(office_, &OfficeStub::UnlinkDuplicate,
        because<dispatch::UnlinkDuplicateRequest>(second, "refuse", "两次不同日期"));
  queue.read_until(second, true);
  expect_left(dispatch::QUEUE_DUPLICATE, second);
}

}  // namespace
}  // namespace paidan::pipeline
