#include "intake/peers.hpp"

#include <utility>

#include "paidan/rpc/client.hpp"
#include "paidan/rpc/status.hpp"

namespace paidan::intake {

namespace {

/// One call to a peer; lives until its answer is there.
template <class Request, class Response>
struct PeerCall {
  grpc::ClientContext context;
  Request request;
  Response response;
};

std::string token_of(const grpc::CallbackServerContext& outer) {
  constexpr std::string_view scheme = "Bearer ";
  const auto authorization = rpc::metadata(outer, "authorization");
  if (!authorization || !authorization->starts_with(scheme)) return {};
  return std::string(authorization->substr(scheme.size()));
}

void prepare(grpc::ClientContext& context, const grpc::CallbackServerContext& outer,
             Milliseconds timeout) {
  rpc::CallOptions options;
  options.timeout = timeout;
  options.token = token_of(outer);
  rpc::prepare(context, outer, std::move(options));
}

}  // namespace

Peers::Peers(const PeerOptions& options)
    : options_(options),
      classification_(classification::v1::ClassificationService::NewStub(
          rpc::make_channel({.target = options.classification}))),
      dispatch_(dispatch::v1::TicketService::NewStub(
          rpc::make_channel({.target = options.dispatch,
                             .retried_methods = {"paidan.dispatch.v1.TicketService/Get"}}))) {}

void Peers::preview(const grpc::CallbackServerContext& outer, const v1::SubmitRequest& request,
                    OnPreview on_preview) {
  auto call = std::make_shared<
      PeerCall<classification::v1::ClassifyRequest, classification::v1::ClassifyResponse>>();
  call->request.set_channel(request.channel());
  call->request.set_title(request.title());
  call->request.set_text(request.text());
  call->request.set_category(request.category());
  call->request.set_demand_kind(request.demand_kind());
  *call->request.mutable_place() = request.place();
  if (request.has_given_due_at()) {
    *call->request.mutable_given_due_at() = request.given_due_at();
  }
  call->request.set_designated_unit(request.designated_unit());
  prepare(call->context, outer, options_.preview_timeout);
  classification_->async()->Classify(
      &call->context, &call->request, &call->response,
      [call, on_preview = std::move(on_preview)](const grpc::Status& status) {
        if (!status.ok()) return on_preview(std::nullopt);
        on_preview(call->response.preview());
      });
}

void Peers::ticket(const grpc::CallbackServerContext& outer, const std::string& ticket_id,
                   std::uint64_t min_version, OnTicket on_ticket) {
  auto call = std::make_shared<PeerCall<dispatch::v1::GetRequest, dispatch::v1::GetResponse>>();
  call->request.set_ticket_id(ticket_id);
  call->request.set_min_version(min_version);
  prepare(call->context, outer, options_.track_timeout);
  dispatch_->async()->Get(&call->context, &call->request, &call->response,
                          [call, on_ticket = std::move(on_ticket)](const grpc::Status& status) {
                            on_ticket(status, rpc::reason_of(call->context),
                                      call->response.ticket());
                          });
}

}  // namespace paidan::intake
