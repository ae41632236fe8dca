#include "dispatch/assignment_rpc.hpp"

#include <utility>

namespace paidan::dispatch {
namespace {

constexpr std::size_t snapshot_page_size = 100;

#define PAIDAN_METHOD(name) "/paidan.dispatch.v1.AssignmentService/" name

}  // namespace

grpc::ServerWriteReactor<v1::SubscribeResponse>* AssignmentRpc::Subscribe(
    Context* context, const v1::SubscribeRequest* request) {
  constexpr std::string_view method = PAIDAN_METHOD("Subscribe");
  const auto caller = parts_.calls.authenticator.authenticate(*context, method);
  if (!caller) return new RefusedStream<v1::SubscribeResponse>(caller.error());
  const std::string unit = caller->unit;
  return open_stream<v1::SubscribeResponse>(parts_.streams, *context, *caller,
                                            {method, hearer_of_unit(unit), request->resume_token(),
                                             [this, unit](const std::string& cursor) {
                                               return parts_.views.open_list(
                                                   unit, snapshot_page_size, cursor);
                                             }});
}

AssignmentRpc::Unary* AssignmentRpc::List(Context* context, const v1::ListRequest* request,
                                          v1::ListResponse* response) {
  return answer(parts_.calls, *context, PAIDAN_METHOD("List"),
                [=, this](const CallPtr& call, const rpc::Caller& caller) {
                  auto page = list_page(
                      *context, caller,
                      {hearer_of_unit(caller.unit), request->page_size(), request->page_token()},
                      parts_.streams.parts.tokens, parts_.streams.parts.partition_count,
                      [&](std::size_t size, const std::string& cursor) {
                        return parts_.views.open_list(caller.unit, size, cursor);
                      });
                  if (!page) return call->finish(page.error());
                  for (v1::TicketView& ticket : page->tickets)
                    *response->add_tickets() = std::move(ticket);
                  response->set_next_page_token(std::move(page->next_page_token));
                  response->set_resume_token(std::move(page->resume_token));
                  call->finish(grpc::Status::OK);
                });
}

AssignmentRpc::Unary* AssignmentRpc::Acknowledge(Context* context,
                                                 const v1::AcknowledgeRequest* request,
                                                 v1::AcknowledgeResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("Acknowledge"), request,
                                response->mutable_result());
}
AssignmentRpc::Unary* AssignmentRpc::RecordContact(Context* context,
                                                   const v1::RecordContactRequest* request,
                                                   v1::RecordContactResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("RecordContact"), request,
                                response->mutable_result());
}
AssignmentRpc::Unary* AssignmentRpc::RequestReturn(Context* context,
                                                   const v1::RequestReturnRequest* request,
                                                   v1::RequestReturnResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("RequestReturn"), request,
                                response->mutable_result());
}
AssignmentRpc::Unary* AssignmentRpc::Complete(Context* context, const v1::CompleteRequest* request,
                                              v1::CompleteResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("Complete"), request,
                                response->mutable_result());
}

AssignmentRpc::Unary* AssignmentRpc::Reveal(Context* context, const v1::RevealRequest* request,
                                            v1::RevealResponse* response) {
  return answer(parts_.calls, *context, PAIDAN_METHOD("Reveal"),
                [=, this](const CallPtr& call, const rpc::Caller& caller) {
                  call->finish(parts_.reveal.answer(*context, caller, *request, *response));
                });
}

AssignmentRpc::Unary* AssignmentRpc::RequestExtension(Context* context,
                                                      const v1::RequestExtensionRequest* request,
                                                      v1::RequestExtensionResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("RequestExtension"), request,
                                response->mutable_result());
}
AssignmentRpc::Unary* AssignmentRpc::RequestUnreasonable(
    Context* context, const v1::RequestUnreasonableRequest* request,
    v1::RequestUnreasonableResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("RequestUnreasonable"), request,
                                response->mutable_result());
}
AssignmentRpc::Unary* AssignmentRpc::SubAssign(Context* context,
                                               const v1::SubAssignRequest* request,
                                               v1::SubAssignResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("SubAssign"), request,
                                response->mutable_result());
}
AssignmentRpc::Unary* AssignmentRpc::RaiseToDistrict(Context* context,
                                                     const v1::RaiseToDistrictRequest* request,
                                                     v1::RaiseToDistrictResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("RaiseToDistrict"), request,
                                response->mutable_result());
}
AssignmentRpc::Unary* AssignmentRpc::ReplyAsCoHandler(Context* context,
                                                      const v1::ReplyAsCoHandlerRequest* request,
                                                      v1::ReplyAsCoHandlerResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("ReplyAsCoHandler"), request,
                                response->mutable_result());
}

#undef PAIDAN_METHOD

}  // namespace paidan::dispatch
