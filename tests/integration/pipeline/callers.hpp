#pragma once
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>

#include "deployment.hpp"
#include "paidan/dispatch/v1/assignment.grpc.pb.h"
#include "paidan/dispatch/v1/office.grpc.pb.h"
#include "paidan/dispatch/v1/ticket.grpc.pb.h"
#include "paidan/intake/v1/intake.grpc.pb.h"
#include "paidan/sla_monitor/v1/sla.grpc.pb.h"

/// The people of a test: whoever calls, with a bearer token.
namespace paidan::pipeline {

template <class Response>
struct Answer {
  grpc::Status status;
  Response response;
  std::string reason;  ///< Trailing metadata `paidan-reason`.

  bool ok() const { return status.ok(); }
  std::string why() const {
    return std::to_string(status.error_code()) + " " + reason + ": " + status.error_message();
  }
};

void authorize(grpc::ClientContext& context, const std::string& token,
               std::chrono::milliseconds timeout = std::chrono::seconds(10));
std::string reason_of(const grpc::ClientContext& context);

template <class Stub, class Request, class Response>
Answer<Response> call(Stub& stub,
                      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                      const std::string& token, const Request& request) {
  grpc::ClientContext context;
  authorize(context, token);
  Answer<Response> answer;
  answer.status = (stub.*method)(&context, request, &answer.response);
  answer.reason = reason_of(context);
  return answer;
}

namespace dispatch = ::paidan::dispatch::v1;
namespace intake = ::paidan::intake::v1;
namespace sla = ::paidan::sla_monitor::v1;
namespace ticket = ::paidan::ticket::v1;

/// A channel adapter.
class Channel {
 public:
  explicit Channel(const Deployment& deployment);
  Answer<intake::SubmitResponse> submit(const intake::SubmitRequest& request);
  /// Submits until it is accepted, as a desk does that must not lose what a citizen said.
  std::string submit_for_sure(const intake::SubmitRequest& request);
  Answer<intake::RateResponse> rate(const std::string& ticket_id, bool solved);
  Answer<intake::TrackResponse> track(const std::string& ticket_id);
  Answer<intake::WithdrawResponse> withdraw(const std::string& ticket_id);
  Answer<intake::SupplementResponse> supplement(const std::string& ticket_id,
                                                const std::string& text);
  Answer<intake::AppealResponse> appeal(const std::string& ticket_id, const std::string& reason);

 private:
  std::string token_;
  std::unique_ptr<intake::IntakeService::Stub> stub_;
};

/// The system of a unit.
class Agency {
 public:
  Agency(const Deployment& deployment, const std::string& unit);
  Answer<dispatch::AcknowledgeResponse> acknowledge(const std::string& ticket_id,
                                                    std::uint32_t epoch,
                                                    const std::string& command_id = "ack");
  Answer<dispatch::RecordContactResponse> contact(const std::string& ticket_id,
                                                  std::uint32_t epoch);
  Answer<dispatch::CompleteResponse> complete(const std::string& ticket_id, std::uint32_t epoch,
                                              const std::string& reply = "done as asked",
                                              const std::string& command_id = "complete");
  Answer<dispatch::RequestReturnResponse> request_return(const std::string& ticket_id,
                                                         std::uint32_t epoch,
                                                         const std::string& command_id);
  Answer<dispatch::RevealResponse> reveal(const std::string& ticket_id);
  Answer<dispatch::ListResponse> list(std::int32_t page_size = 0,
                                      const std::string& page_token = {});
  Answer<dispatch::GetResponse> get(const std::string& ticket_id, std::uint64_t min_version = 0);
  dispatch::AssignmentService::Stub& stub() { return *stub_; }
  const std::string& token() const { return token_; }

 private:
  std::string token_;
  std::unique_ptr<dispatch::AssignmentService::Stub> stub_;
  std::unique_ptr<dispatch::TicketService::Stub> tickets_;
};

/// The hotline office.
class Office {
 public:
  explicit Office(const Deployment& deployment);
  Answer<dispatch::GetResponse> get(const std::string& ticket_id, std::uint64_t min_version = 0);
  /// The ticket once it is in that state; a failure when it is not within 10 s.
  dispatch::TicketView wait_for(const std::string& ticket_id, ticket::TicketState state);
  Answer<dispatch::HistoryResponse> history(const std::string& ticket_id,
                                            std::uint64_t min_version = 0);
  Answer<dispatch::WhyResponse> why(const std::string& ticket_id);
  Answer<dispatch::AssignResponse> assign(const std::string& ticket_id, const std::string& unit,
                                          const std::string& command_id = "assign");
  Answer<dispatch::DecideReturnResponse> decide_return(const std::string& ticket_id, bool granted,
                                                       const std::string& command_id);
  Answer<dispatch::ListQueueResponse> queue(dispatch::Queue queue);
  dispatch::OfficeService::Stub& stub() { return *stub_; }
  const std::string& token() const { return token_; }

 private:
  std::string token_;
  std::unique_ptr<dispatch::OfficeService::Stub> stub_;
  std::unique_ptr<dispatch::TicketService::Stub> tickets_;
};

/// A complaint that the lists of the Shanghai pack give to a department, with a town beside it.
intake::SubmitRequest group_renting(const std::string& external_id);
/// One that nobody can place: no area, no category.
intake::SubmitRequest riddle(const std::string& external_id);

}  // namespace paidan::pipeline
