#pragma once
#include <memory>
#include <string>

#include "pipeline_test.hpp"

/// Commands of the domain in depth, through gRPC.
namespace paidan::pipeline {

using AssignmentStub = dispatch::AssignmentService::Stub;
using OfficeStub = dispatch::OfficeService::Stub;

template <class Request>
Request about(const std::string& ticket_id, const std::string& command_id,
              std::uint32_t epoch = 0) {
  Request request;
  request.mutable_header()->set_ticket_id(ticket_id);
  request.mutable_header()->set_command_id(command_id);
  request.mutable_header()->set_assign_epoch(epoch);
  return request;
}

/// The same with a reason, which most of them need.
template <class Request>
Request because(const std::string& ticket_id, const std::string& command_id,
                const std::string& reason, std::uint32_t epoch = 0) {
  Request request = about<Request>(ticket_id, command_id, epoch);
  request.set_reason(reason);
  return request;
}

/// Asks twice with the same command id: one effect, the same answer. Gives the version.
template <class Caller, class Stub, class Request, class Response>
std::uint64_t twice(Caller& caller,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request) {
  const auto first = call(caller.stub(), method, caller.token(), request);
  EXPECT_TRUE(first.ok()) << Request::descriptor()->name() << ": " << first.why();
  const auto again = call(caller.stub(), method, caller.token(), request);
  EXPECT_TRUE(again.ok()) << Request::descriptor()->name() << ", again: " << again.why();
  EXPECT_FALSE(first.response.result().repeated());
  EXPECT_TRUE(again.response.result().repeated());
  EXPECT_EQ(again.response.result().version(), first.response.result().version());
  return first.response.result().version();
}

/// The ticket as the office sees it from that version on.
dispatch::TicketView seen(const std::string& ticket_id, std::uint64_t version);

/// A complaint about a street, which the lists give to the town.
intake::SubmitRequest dirty_street(const std::string& external_id);
/// One that a unit has acknowledged.
Given an_acknowledged_ticket(const intake::SubmitRequest& request);

/// An open SubscribeQueue of the office, live once made.
class QueueSubscriber {
 public:
  explicit QueueSubscriber(dispatch::Queue queue);
  /// Reads until the ticket is told as being in the queue, or as having left it.
  dispatch::TicketView read_until(const std::string& ticket_id, bool removed);
  const std::string& token() const { return token_; }

 private:
  bool read(dispatch::SubscribeQueueResponse& message);

  grpc::ClientContext context_;
  Office office_;
  std::unique_ptr<grpc::ClientReader<dispatch::SubscribeQueueResponse>> reader_;
  std::string token_;
  bool ended_ = false;
};

/// The ticket in the list of the queue once it is there; a failure when it does not come.
dispatch::TicketView listed(dispatch::Queue queue, const std::string& ticket_id);
/// Waits until it is there no more.
void expect_left(dispatch::Queue queue, const std::string& ticket_id);

}  // namespace paidan::pipeline
