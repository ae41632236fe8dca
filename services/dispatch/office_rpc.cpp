#include "dispatch/office_rpc.hpp"

#include <optional>
#include <string>
#include <utility>

#include "dispatch/office_figures.hpp"

namespace paidan::dispatch {
namespace {

constexpr std::size_t snapshot_page_size = 100;

#define PAIDAN_METHOD(name) "/paidan.dispatch.v1.OfficeService/" name

constexpr std::size_t rule_bytes_max = 512;

std::optional<grpc::Status> refused(grpc::CallbackServerContext& context, v1::Queue queue) {
  if (queue != v1::QUEUE_UNSPECIFIED && v1::Queue_IsValid(queue)) return std::nullopt;
  return rpc::invalid(context, "queue", "missing", "is required");
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

OfficeRpc::Unary* OfficeRpc::Decline(Context* context, const v1::DeclineRequest* request,
                                     v1::DeclineResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("Decline"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::RequestInfo(Context* context, const v1::RequestInfoRequest* request,
                                         v1::RequestInfoResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("RequestInfo"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::CorrectClassification(Context* context,
                                                   const v1::CorrectClassificationRequest* request,
                                                   v1::CorrectClassificationResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("CorrectClassification"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::Assign(Context* context, const v1::AssignRequest* request,
                                    v1::AssignResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("Assign"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::AddCoHandler(Context* context, const v1::AddCoHandlerRequest* request,
                                          v1::AddCoHandlerResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("AddCoHandler"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::DecideReturn(Context* context, const v1::DecideReturnRequest* request,
                                          v1::DecideReturnResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("DecideReturn"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::DecideExtension(Context* context,
                                             const v1::DecideExtensionRequest* request,
                                             v1::DecideExtensionResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("DecideExtension"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::DecideUnreasonable(Context* context,
                                                const v1::DecideUnreasonableRequest* request,
                                                v1::DecideUnreasonableResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("DecideUnreasonable"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::DecideAppeal(Context* context, const v1::DecideAppealRequest* request,
                                          v1::DecideAppealResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("DecideAppeal"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::MarkDifficult(Context* context,
                                           const v1::MarkDifficultRequest* request,
                                           v1::MarkDifficultResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("MarkDifficult"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::LinkDuplicate(Context* context,
                                           const v1::LinkDuplicateRequest* request,
                                           v1::LinkDuplicateResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("LinkDuplicate"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::UnlinkDuplicate(Context* context,
                                             const v1::UnlinkDuplicateRequest* request,
                                             v1::UnlinkDuplicateResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("UnlinkDuplicate"), request,
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
OfficeRpc::Unary* OfficeRpc::Reopen(Context* context, const v1::ReopenRequest* request,
                                    v1::ReopenResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("Reopen"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::Supervise(Context* context, const v1::SuperviseRequest* request,
                                       v1::SuperviseResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("Supervise"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::TransferOut(Context* context, const v1::TransferOutRequest* request,
                                         v1::TransferOutResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("TransferOut"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::Close(Context* context, const v1::CloseRequest* request,
                                   v1::CloseResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("Close"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::OrderRecheck(Context* context, const v1::OrderRecheckRequest* request,
                                          v1::OrderRecheckResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("OrderRecheck"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::RecordRecheck(Context* context,
                                           const v1::RecordRecheckRequest* request,
                                           v1::RecordRecheckResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("RecordRecheck"), request,
                                response->mutable_result());
}
OfficeRpc::Unary* OfficeRpc::RecalculateDue(Context* context,
                                            const v1::RecalculateDueRequest* request,
                                            v1::RecalculateDueResponse* response) {
  return parts_.commands.handle(context, PAIDAN_METHOD("RecalculateDue"), request,
                                response->mutable_result());
}

OfficeRpc::Unary* OfficeRpc::ListProvisional(Context* context,
                                             const v1::ListProvisionalRequest* request,
                                             v1::ListProvisionalResponse* response) {
  return answer(parts_.calls, *context, PAIDAN_METHOD("ListProvisional"),
                [=, this](const CallPtr& call, const rpc::Caller& caller) {
                  auto page =
                      list_page(*context, caller,
                                {"list:provisional", request->page_size(), request->page_token()},
                                parts_.streams.parts.tokens, parts_.streams.parts.partition_count,
                                [&](std::size_t size, const std::string& cursor) {
                                  return parts_.views.provisional(size, cursor);
                                });
                  if (!page) return call->finish(page.error());
                  for (v1::TicketView& ticket : page->tickets)
                    *response->add_tickets() = std::move(ticket);
                  response->set_next_page_token(std::move(page->next_page_token));
                  call->finish(grpc::Status::OK);
                });
}

OfficeRpc::Unary* OfficeRpc::Precedents(Context* context, const v1::PrecedentsRequest* request,
                                        v1::PrecedentsResponse* response) {
  return answer(parts_.calls, *context, PAIDAN_METHOD("Precedents"),
                [=, this](const CallPtr& call, const rpc::Caller& /*caller*/) {
                  const auto id = checked_ticket_id(request->ticket_id(), "ticket_id");
                  if (!id) return call->finish(status_of(*context, id.error()));
                  const auto ticket = parts_.views.ticket(*id, 0, Milliseconds{0});
                  if (!ticket) return call->finish(status_of(*context, ticket.error()));
                  const auto found =
                      parts_.views.precedents(ticket->view.category(), ticket->view.area());
                  if (!found) return call->finish(status_of(*context, found.error()));
                  *response = precedents_of(*found, *id, parts_.pack);
                  call->finish(grpc::Status::OK);
                });
}

OfficeRpc::Unary* OfficeRpc::ReturnReport(Context* context, const v1::ReturnReportRequest* request,
                                          v1::ReturnReportResponse* response) {
  return answer(
      parts_.calls, *context, PAIDAN_METHOD("ReturnReport"),
      [=, this](const CallPtr& call, const rpc::Caller& /*caller*/) {
        if (request->rule().size() > rule_bytes_max) {
          return call->finish(rpc::invalid(*context, "rule", "too_long",
                                           "at most " + std::to_string(rule_bytes_max) + " bytes"));
        }
        auto figures = parts_.views.return_figures(request->rule());
        if (!figures) return call->finish(status_of(*context, figures.error()));
        *response =
            report_of(std::move(figures).value(), request->often_returned_only(), parts_.pack);
        call->finish(grpc::Status::OK);
      });
}

#undef PAIDAN_METHOD

}  // namespace paidan::dispatch
