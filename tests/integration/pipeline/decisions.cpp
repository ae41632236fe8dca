#include "decisions.hpp"

#include <algorithm>
#include <optional>

namespace paidan::pipeline {
namespace {

constexpr Milliseconds deadline{30'000};

std::optional<dispatch::TicketView> find(dispatch::Queue queue, const std::string& ticket_id) {
  Office office(deployment());
  const auto listed = office.queue(queue);
  for (const auto& ticket : listed.response.tickets()) {
    if (ticket.ticket_id() == ticket_id) return ticket;
  }
  return std::nullopt;
}

}  // namespace

dispatch::TicketView seen(const std::string& ticket_id, std::uint64_t version) {
  Office office(deployment());
  Answer<dispatch::GetResponse> answer;
  const bool came = testkit::eventually(
      [&] {
        answer = office.get(ticket_id, version);
        return answer.ok();
      },
      deadline);
  EXPECT_TRUE(came) << answer.why();
  return answer.response.ticket();
}

intake::SubmitRequest dirty_street(const std::string& external_id) {
  intake::SubmitRequest request = group_renting(external_id);
  request.set_title("道路保洁不到位");
  request.set_text("南京东路街道福州路一带路面很脏，希望尽快清扫。编号" + external_id);
  request.set_category("城乡建设/市容环卫/道路保洁");
  return request;
}

Given an_acknowledged_ticket(const intake::SubmitRequest& request) {
  Channel channel(deployment());
  Office office(deployment());
  const std::string id = channel.submit_for_sure(request);
  const auto view = office.wait_for(id, ticket::TICKET_STATE_ASSIGNED);
  Agency agency(deployment(), view.lead_unit());
  const auto acknowledged = agency.acknowledge(id, view.assign_epoch(), "ack-" + id);
  EXPECT_TRUE(acknowledged.ok()) << acknowledged.why();
  return {id, view};
}

QueueSubscriber::QueueSubscriber(dispatch::Queue queue) : office_(deployment()) {
  authorize(context_, office_.token(), std::chrono::seconds(60));
  dispatch::SubscribeQueueRequest request;
  request.set_queue(queue);
  reader_ = office_.stub().SubscribeQueue(&context_, request);
  dispatch::SubscribeQueueResponse live;
  EXPECT_TRUE(read(live));
}

bool QueueSubscriber::read(dispatch::SubscribeQueueResponse& message) {
  if (ended_ || !reader_->Read(&message)) return false;
  token_ = message.resume_token();
  EXPECT_FALSE(token_.empty());
  return true;
}

dispatch::TicketView QueueSubscriber::read_until(const std::string& ticket_id, bool removed) {
  dispatch::SubscribeQueueResponse message;
  while (read(message)) {
    if (message.ticket().ticket_id() == ticket_id && message.removed() == removed) {
      return message.ticket();
    }
  }
  ADD_FAILURE() << ticket_id << " was not told before the stream ended: "
                << (ended_ ? "long ago" : reader_->Finish().error_message());
  ended_ = true;
  return {};
}

dispatch::TicketView listed(dispatch::Queue queue, const std::string& ticket_id) {
  std::optional<dispatch::TicketView> found;
  const bool came = testkit::eventually(
      [&] {
        found = find(queue, ticket_id);
        return found.has_value();
      },
      deadline);
  EXPECT_TRUE(came) << ticket_id << " is not in " << dispatch::Queue_Name(queue);
  return found.value_or(dispatch::TicketView{});
}

void expect_left(dispatch::Queue queue, const std::string& ticket_id) {
  EXPECT_TRUE(testkit::eventually([&] { return !find(queue, ticket_id).has_value(); }, deadline))
      << ticket_id << " stays in " << dispatch::Queue_Name(queue);
}

}  // namespace paidan::pipeline
