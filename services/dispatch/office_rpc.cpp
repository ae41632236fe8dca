#include "dispatch/office_rpc.hpp"

#include <optional>
#include <utility>

namespace paidan::dispatch {
namespace {

constexpr std::size_t snapshot_page_size = 100;

#define PAIDAN_METHOD(name) "/paidan.dispatch.v1.OfficeService/" name

/// Queues that something can lie in; the others belong to calls that are not offered.
bool is_kept(v1::Queue queue) {
  return queue == v1::QUEUE_TRIAGE || queue == v1::QUEUE_RETURN || queue == v1::QUEUE_ARBITRATION ||
         queue == v1::QUEUE_CONFLICT;
}

std::optional<grpc::Status> refused(grpc::CallbackServerContext& context, v1::Queue queue) {
  if (is_kept(queue)) return std::nullopt;
  if (queue == v1::QUEUE_UNSPECIFIED || !v1::Queue_IsValid(queue)) {
    return rpc::invalid(context, "queue", "missing", "is required");
  }
  return rpc::fail(context, grpc::StatusCode::UNIMPLEMENTED, "not_offered",
                   "this version puts nothing into that queue; see the service's README");
}

}  // namespace

grpc::ServerWriteReactor<v1::SubscribeQueueResponse>* OfficeRpc::SubscribeQueue(
    Context* context, const v1::SubscribeQueueRequest* request) {
  constexpr std::string_view method = PAIDAN_METHOD("SubscribeQueue");
  const auto caller = parts_.calls.authenticator.authenticate(*context, method);
  if (!caller) return new RefusedStream<v1::SubscribeQueueResponse>(caller.error());
  const v1::Queue queue = request->queue();
  if (const auto status = refused(*context, queue)) {
    return new RefusedStream<v1::SubscribeQueueResponse>(*status);
  }
  return open_stream<v1::SubscribeQueueResponse>(
      parts_.streams, *context, *caller,
      {method, hearer_of_queue(queue), request->resume_token(),
       [this, queue](const std::string& cursor) {
         return parts_.views.queue(queue, snapshot_page_size, cursor);
       }});
}

OfficeRpc::Unary* OfficeRpc::ListQueue(Context* context, const v1::ListQueueRequest* request,
                                       v1::ListQueueResponse* response) {
  return answer(parts_.calls, *context, PAIDAN_METHOD("ListQueue"),
                [=, this](const CallPtr& call, const rpc::Caller& caller) {
                  const v1::Queue queue = request->queue();
                  if (const auto status = refused(*context, queue)) return call->finish(*status);
                  auto page = list_page(
                      *context, caller,
                      {hearer_of_queue(queue), request->page_size(), request->page_token()},
                      parts_.streams.parts.tokens, parts_.streams.parts.partition_count,
                      [&](std::size_t size, const std::string& cursor) {
                        return parts_.views.queue(queue, size, cursor);
                      });
                  if (!page) return call->finish(page.error());
                  for (v1::TicketView& ticket : page->tickets)
                    *response->add_tickets() = std::move(ticket);
                  response->set_next_page_token(std::move(page->next_page_token));
                  call->finish(grpc::Status::OK);
                });
}

OfficeRpc::Unary* OfficeRpc::Assign(Context* context, const v1::AssignRequest* request,
                                    v1::AssignResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("Assign"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::DecideReturn(Context* context, const v1::DecideReturnRequest* request,
                                          v1::DecideReturnResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("DecideReturn"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::CorrectClassification(Context* context,
                                                   const v1::CorrectClassificationRequest* request,
                                                   v1::CorrectClassificationResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("CorrectClassification"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::RecordCallBack(Context* context,
                                            const v1::RecordCallBackRequest* request,
                                            v1::RecordCallBackResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("RecordCallBack"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::Redo(Context* context, const v1::RedoRequest* request,
                                  v1::RedoResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("Redo"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::Close(Context* context, const v1::CloseRequest* request,
                                   v1::CloseResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("Close"), request,
                                response->mutable_result());
}

OfficeRpc::Unary* OfficeRpc::Decline(Context* context, const v1::DeclineRequest*,
                                     v1::DeclineResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("Decline"));
}
OfficeRpc::Unary* OfficeRpc::RequestInfo(Context* context, const v1::RequestInfoRequest*,
                                         v1::RequestInfoResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("RequestInfo"));
}
OfficeRpc::Unary* OfficeRpc::AddCoHandler(Context* context, const v1::AddCoHandlerRequest*,
                                          v1::AddCoHandlerResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("AddCoHandler"));
}
OfficeRpc::Unary* OfficeRpc::DecideExtension(Context* context, const v1::DecideExtensionRequest*,
                                             v1::DecideExtensionResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("DecideExtension"));
}
OfficeRpc::Unary* OfficeRpc::DecideUnreasonable(Context* context,
                                                const v1::DecideUnreasonableRequest*,
                                                v1::DecideUnreasonableResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("DecideUnreasonable"));
}
OfficeRpc::Unary* OfficeRpc::DecideAppeal(Context* context, const v1::DecideAppealRequest*,
                                          v1::DecideAppealResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("DecideAppeal"));
}
OfficeRpc::Unary* OfficeRpc::MarkDifficult(Context* context, const v1::MarkDifficultRequest*,
                                           v1::MarkDifficultResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("MarkDifficult"));
}
OfficeRpc::Unary* OfficeRpc::LinkDuplicate(Context* context, const v1::LinkDuplicateRequest*,
                                           v1::LinkDuplicateResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("LinkDuplicate"));
}
OfficeRpc::Unary* OfficeRpc::UnlinkDuplicate(Context* context, const v1::UnlinkDuplicateRequest*,
                                             v1::UnlinkDuplicateResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("UnlinkDuplicate"));
}
OfficeRpc::Unary* OfficeRpc::Reopen(Context* context, const v1::ReopenRequest*,
                                    v1::ReopenResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("Reopen"));
}
OfficeRpc::Unary* OfficeRpc::Supervise(Context* context, const v1::SuperviseRequest*,
                                       v1::SuperviseResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("Supervise"));
}
OfficeRpc::Unary* OfficeRpc::TransferOut(Context* context, const v1::TransferOutRequest*,
                                         v1::TransferOutResponse*) {
  return not_offered(parts_.calls, *context, PAIDAN_METHOD("TransferOut"));
}

#undef PAIDAN_METHOD

}  // namespace paidan::dispatch
