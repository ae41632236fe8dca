#include "callers.hpp"

#include <gtest/gtest.h>

#include "paidan/testkit/wait.hpp"

namespace paidan::pipeline {
namespace {

std::shared_ptr<grpc::Channel> channel_to(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
  // Channels of one address share their connection unless told otherwise.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

dispatch::CommandHeader header(const std::string& ticket_id, const std::string& command_id,
                               std::uint32_t epoch) {
  dispatch::CommandHeader header;
  header.set_ticket_id(ticket_id);
  header.set_command_id(command_id);
  header.set_assign_epoch(epoch);
  return header;
}

}  // namespace

void authorize(grpc::ClientContext& context, const std::string& token,
               std::chrono::milliseconds timeout) {
  context.set_deadline(std::chrono::system_clock::now() + timeout);
  context.set_wait_for_ready(true);
  context.AddMetadata("authorization", "Bearer " + token);
}

std::string reason_of(const grpc::ClientContext& context) {
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto found = trailers.find("paidan-reason");
  return found == trailers.end() ? "" : std::string(found->second.data(), found->second.size());
}

Channel::Channel(const Deployment& deployment)
    : token_(deployment.token("channel-all")),
      stub_(intake::IntakeService::NewStub(channel_to(deployment.grpc_address("intake")))) {}

Answer<intake::SubmitResponse> Channel::submit(const intake::SubmitRequest& request) {
  return call(*stub_, &intake::IntakeService::Stub::Submit, token_, request);
}

std::string Channel::submit_for_sure(const intake::SubmitRequest& request) {
  std::string ticket_id;
  const bool accepted = testkit::eventually(
      [&] {
        const auto answer = submit(request);
        ticket_id = answer.response.ticket_id();
        return answer.ok();
      },
      Milliseconds{60'000});
  EXPECT_TRUE(accepted) << request.external_id();
  return ticket_id;
}

Answer<intake::RateResponse> Channel::rate(const std::string& ticket_id, bool solved) {
  intake::RateRequest request;
  request.set_ticket_id(ticket_id);
  request.set_external_id("rating-" + ticket_id);
  request.mutable_rating()->set_solved(solved);
  request.mutable_rating()->set_satisfaction(solved ? ticket::SATISFACTION_SATISFIED
                                                    : ticket::SATISFACTION_DISSATISFIED);
  return call(*stub_, &intake::IntakeService::Stub::Rate, token_, request);
}

Answer<intake::TrackResponse> Channel::track(const std::string& ticket_id) {
  intake::TrackRequest request;
  request.set_ticket_id(ticket_id);
  return call(*stub_, &intake::IntakeService::Stub::Track, token_, request);
}

Answer<intake::WithdrawResponse> Channel::withdraw(const std::string& ticket_id) {
  intake::WithdrawRequest request;
  request.set_ticket_id(ticket_id);
  request.set_external_id("withdrawal-" + ticket_id);
  request.set_reason("solved by itself");
  return call(*stub_, &intake::IntakeService::Stub::Withdraw, token_, request);
}

Answer<intake::SupplementResponse> Channel::supplement(const std::string& ticket_id,
                                                       const std::string& text) {
  intake::SupplementRequest request;
  request.set_ticket_id(ticket_id);
  request.set_external_id("supplement-" + ticket_id);
  request.set_text(text);
  return call(*stub_, &intake::IntakeService::Stub::Supplement, token_, request);
}

Answer<intake::AppealResponse> Channel::appeal(const std::string& ticket_id,
                                               const std::string& reason) {
  intake::AppealRequest request;
  request.set_ticket_id(ticket_id);
  request.set_external_id("appeal-" + ticket_id);
  request.set_reason(reason);
  return call(*stub_, &intake::IntakeService::Stub::Appeal, token_, request);
}

Agency::Agency(const Deployment& deployment, const std::string& unit)
    : token_(deployment.token("agency-" + unit)),
      stub_(dispatch::AssignmentService::NewStub(channel_to(deployment.grpc_address("dispatch")))),
      tickets_(dispatch::TicketService::NewStub(channel_to(deployment.grpc_address("dispatch")))) {}

Answer<dispatch::AcknowledgeResponse> Agency::acknowledge(const std::string& ticket_id,
                                                          std::uint32_t epoch,
                                                          const std::string& command_id) {
  dispatch::AcknowledgeRequest request;
  *request.mutable_header() = header(ticket_id, command_id, epoch);
  return call(*stub_, &dispatch::AssignmentService::Stub::Acknowledge, token_, request);
}

Answer<dispatch::RecordContactResponse> Agency::contact(const std::string& ticket_id,
                                                        std::uint32_t epoch) {
  dispatch::RecordContactRequest request;
  *request.mutable_header() = header(ticket_id, "contact", epoch);
  request.set_reached(true);
  return call(*stub_, &dispatch::AssignmentService::Stub::RecordContact, token_, request);
}

Answer<dispatch::CompleteResponse> Agency::complete(const std::string& ticket_id,
                                                    std::uint32_t epoch, const std::string& reply,
                                                    const std::string& command_id) {
  dispatch::CompleteRequest request;
  *request.mutable_header() = header(ticket_id, command_id, epoch);
  ticket::CompletionReport& report = *request.mutable_report();
  report.set_fact_finding(ticket::FACT_FINDING_TRUE);
  report.set_claim_judgement(ticket::CLAIM_JUDGEMENT_REASONABLE);
  report.set_outcome(ticket::OUTCOME_SOLVED);
  report.set_responsibility("the owner of the flat");
  report.set_reply(reply);
  report.set_reply_method(ticket::REPLY_METHOD_PHONE);
  return call(*stub_, &dispatch::AssignmentService::Stub::Complete, token_, request);
}

Answer<dispatch::RequestReturnResponse> Agency::request_return(const std::string& ticket_id,
                                                               std::uint32_t epoch,
                                                               const std::string& command_id) {
  dispatch::RequestReturnRequest request;
  *request.mutable_header() = header(ticket_id, command_id, epoch);
  request.set_reason("not our duty");
  return call(*stub_, &dispatch::AssignmentService::Stub::RequestReturn, token_, request);
}

Answer<dispatch::RevealResponse> Agency::reveal(const std::string& ticket_id) {
  dispatch::RevealRequest request;
  request.set_ticket_id(ticket_id);
  request.set_purpose(ticket::REVEAL_PURPOSE_FIRST_CONTACT);
  request.set_purpose_note("first call to the citizen");
  return call(*stub_, &dispatch::AssignmentService::Stub::Reveal, token_, request);
}

Answer<dispatch::ListResponse> Agency::list(std::int32_t page_size, const std::string& page_token) {
  dispatch::ListRequest request;
  request.set_page_size(page_size);
  request.set_page_token(page_token);
  return call(*stub_, &dispatch::AssignmentService::Stub::List, token_, request);
}

Answer<dispatch::GetResponse> Agency::get(const std::string& ticket_id, std::uint64_t min_version) {
  dispatch::GetRequest request;
  request.set_ticket_id(ticket_id);
  request.set_min_version(min_version);
  return call(*tickets_, &dispatch::TicketService::Stub::Get, token_, request);
}

Office::Office(const Deployment& deployment)
    : token_(deployment.token("office")),
      stub_(dispatch::OfficeService::NewStub(channel_to(deployment.grpc_address("dispatch")))),
      tickets_(dispatch::TicketService::NewStub(channel_to(deployment.grpc_address("dispatch")))) {}

Answer<dispatch::GetResponse> Office::get(const std::string& ticket_id, std::uint64_t min_version) {
  dispatch::GetRequest request;
  request.set_ticket_id(ticket_id);
  request.set_min_version(min_version);
  return call(*tickets_, &dispatch::TicketService::Stub::Get, token_, request);
}

dispatch::TicketView Office::wait_for(const std::string& ticket_id, ticket::TicketState state) {
  Answer<dispatch::GetResponse> answer;
  const bool came = testkit::eventually(
      [&] {
        answer = get(ticket_id);
        return answer.ok() && answer.response.ticket().state() == state;
      },
      Milliseconds{30'000});
  EXPECT_TRUE(came) << ticket_id << " never came to " << ticket::TicketState_Name(state) << ": "
                    << answer.why() << "\n"
                    << answer.response.ShortDebugString();
  return answer.response.ticket();
}

Answer<dispatch::HistoryResponse> Office::history(const std::string& ticket_id,
                                                  std::uint64_t min_version) {
  dispatch::HistoryRequest request;
  request.set_ticket_id(ticket_id);
  request.set_min_version(min_version);
  return call(*tickets_, &dispatch::TicketService::Stub::History, token_, request);
}

Answer<dispatch::WhyResponse> Office::why(const std::string& ticket_id) {
  dispatch::WhyRequest request;
  request.set_ticket_id(ticket_id);
  return call(*tickets_, &dispatch::TicketService::Stub::Why, token_, request);
}

Answer<dispatch::AssignResponse> Office::assign(const std::string& ticket_id,
                                                const std::string& unit,
                                                const std::string& command_id) {
  dispatch::AssignRequest request;
  *request.mutable_header() = header(ticket_id, command_id, 0);
  request.set_lead_unit(unit);
  request.set_reason("the office knows");
  return call(*stub_, &dispatch::OfficeService::Stub::Assign, token_, request);
}

Answer<dispatch::DecideReturnResponse> Office::decide_return(const std::string& ticket_id,
                                                             bool granted,
                                                             const std::string& command_id) {
  dispatch::DecideReturnRequest request;
  *request.mutable_header() = header(ticket_id, command_id, 0);
  request.set_granted(granted);
  request.set_reason("as the lists say");
  return call(*stub_, &dispatch::OfficeService::Stub::DecideReturn, token_, request);
}

Answer<dispatch::ListQueueResponse> Office::queue(dispatch::Queue queue) {
  dispatch::ListQueueRequest request;
  request.set_queue(queue);
  return call(*stub_, &dispatch::OfficeService::Stub::ListQueue, token_, request);
}

intake::SubmitRequest group_renting(const std::string& external_id) {
  intake::SubmitRequest request;
  request.set_channel("hotline");
  request.set_external_id(external_id);
  request.set_title("楼上群租扰民");
  request.set_text("南京东路街道某小区楼上群租，十几个人住一套房，请查处。");
  request.set_category("城乡建设/城管执法/群租");
  request.mutable_place()->set_address("黄浦区南京东路街道福州路1号");
  request.mutable_place()->set_area("310101002");
  return request;
}

intake::SubmitRequest riddle(const std::string& external_id) {
  intake::SubmitRequest request;
  request.set_channel("hotline");
  request.set_external_id(external_id);
  request.set_title("一件事");
  request.set_text("说不清的一件事。");
  return request;
}

}  // namespace paidan::pipeline
