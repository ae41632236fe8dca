#include "intake/rpc.hpp"

#include <string>
#include <utility>

#include "intake/requests.hpp"
#include "paidan/rpc/status.hpp"

namespace paidan::intake {

namespace {

std::string method_of(std::string_view name) {
  return "/paidan.intake.v1.IntakeService/" + std::string(name);
}

/// A later word of the citizen: the same path for each of them.
template <class Request, class Response>
grpc::ServerUnaryReactor* follow_up(const Door& door, grpc::CallbackServerContext* context,
                                    const grpc::ByteBuffer* bytes, grpc::ByteBuffer* response,
                                    std::string_view method) {
  return handle<Request>(
      door, context, bytes, response, method,
      [&door](const CallPtr& call, const rpc::Caller& caller, const Request& request) {
        const auto words = said(request);
        if (!words) return call->refuse(words.error());
        door.acceptor.follow_up(caller, {request.ticket_id(), request.external_id()},
                                words->follow_up, words->recorded_at,
                                traceparent_for(call->context()), [call](const Decided& decided) {
                                  if (const auto* refusal = std::get_if<Refusal>(&decided)) {
                                    return call->refuse(*refusal);
                                  }
                                  Response written;
                                  written.set_ticket_id(std::get<Accepted>(decided).ticket_id);
                                  call->answer(written);
                                });
      });
}

void answer_submit(const CallPtr& call, Peers& peers, const v1::SubmitRequest& request,
                   const Decided& decided) {
  if (const auto* refusal = std::get_if<Refusal>(&decided)) return call->refuse(*refusal);
  const auto& accepted = std::get<Accepted>(decided);
  v1::SubmitResponse response;
  response.set_ticket_id(accepted.ticket_id);
  response.set_external_id(request.external_id());
  response.set_repeated(accepted.repeated);
  if (!request.preview()) return call->answer(response);
  peers.preview(call->context(), request, [call, response](const auto& preview) mutable {
    if (preview) *response.mutable_preview() = *preview;
    call->answer(response);
  });
}

/// Which ticket to look for: by channel and external id, or by its own id.
std::variant<std::string, Refusal> tracked_ticket(const Acceptor& acceptor,
                                                  const rpc::Caller& caller,
                                                  const v1::TrackRequest& request) {
  if (!request.ticket_id().empty() || request.channel().empty()) {
    return acceptor.ticket_of(caller, {request.ticket_id(), request.external_id()});
  }
  if (!may_use(caller, request.channel())) {
    return Refusal{Refusal::Kind::forbidden, "channel_not_allowed",
                   "channel: the token may not use this channel"};
  }
  if (const auto wrong = check_external_id(request.external_id())) return refusal_of(*wrong);
  return acceptor.ticket_id(request.channel(), request.external_id());
}

void track(const StreamParts& parts, const CallPtr& call, const rpc::Caller& caller,
           const v1::TrackRequest& request) {
  const auto ticket = tracked_ticket(parts.door.acceptor, caller, request);
  if (const auto* refusal = std::get_if<Refusal>(&ticket)) return call->refuse(*refusal);
  parts.peers.ticket(call->context(), std::get<std::string>(ticket), request.min_version(),
                     [call](const grpc::Status& status, const std::string& reason,
                            const dispatch::v1::TicketView& view) {
                       if (!status.ok()) {
                         return call->finish(rpc::fail(call->context(), status.error_code(), reason,
                                                       status.error_message()));
                       }
                       v1::TrackResponse response;
                       *response.mutable_ticket() = view;
                       keep_what_citizens_see(*response.mutable_ticket());
                       call->answer(response);
                     });
}

}  // namespace

namespace {

/// The due time in force: the last start of the clock `citizen`.
void keep_the_citizens_clock(dispatch::v1::TicketView& ticket) {
  const sla_monitor::v1::ClockView* newest = nullptr;
  for (const auto& clock : ticket.clocks()) {
    const bool is_citizens = clock.clock() == "citizen" && clock.step() == 0;
    if (is_citizens && (newest == nullptr || clock.seq() > newest->seq())) newest = &clock;
  }
  if (newest == nullptr) return ticket.clear_clocks();
  sla_monitor::v1::ClockView kept = *newest;
  ticket.clear_clocks();
  *ticket.add_clocks() = std::move(kept);
}

}  // namespace

void keep_what_citizens_see(dispatch::v1::TicketView& ticket) {
  ticket.clear_queue_unit();
  ticket.clear_co_handlers();
  ticket.clear_sub_units();
  ticket.clear_co_handler_replies();
  ticket.clear_assign_epoch();
  ticket.clear_request_reason();
  ticket.clear_wanted_due_at();
  ticket.clear_reminded();
  ticket.clear_supervised();
  ticket.clear_difficult();
  ticket.clear_conflicting();
  // Other citizens' tickets.
  ticket.clear_proposals();
  ticket.clear_duplicates();
  ticket.clear_duplicate_of();
  if (ticket.has_report()) ticket.mutable_report()->clear_responsibility();
  keep_the_citizens_clock(ticket);
}

grpc::ServerUnaryReactor* IntakeRpc::Submit(Context* context, const Bytes* request,
                                            Bytes* response) {
  static const std::string method = method_of("Submit");
  return handle<v1::SubmitRequest>(
      parts_.door, context, request, response, method,
      [this](const CallPtr& call, const rpc::Caller& caller, v1::SubmitRequest submit) {
        const auto submission = submission_of(submit);
        if (!submission) return call->refuse(submission.error());
        parts_.door.acceptor.submit(
            caller, *submission, traceparent_for(call->context()),
            [&peers = parts_.peers, call, submit = std::move(submit)](const Decided& decided) {
              answer_submit(call, peers, submit, decided);
            });
      });
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* IntakeRpc::SubmitStream(
    Context* context) {
  return open_submit_stream(parts_, *context);
}

grpc::ServerUnaryReactor* IntakeRpc::Supplement(Context* context, const Bytes* request,
                                                Bytes* response) {
  static const std::string method = method_of("Supplement");
  return follow_up<v1::SupplementRequest, v1::SupplementResponse>(parts_.door, context, request,
                                                                  response, method);
}

grpc::ServerUnaryReactor* IntakeRpc::Urge(Context* context, const Bytes* request, Bytes* response) {
  static const std::string method = method_of("Urge");
  return follow_up<v1::UrgeRequest, v1::UrgeResponse>(parts_.door, context, request, response,
                                                      method);
}

grpc::ServerUnaryReactor* IntakeRpc::Withdraw(Context* context, const Bytes* request,
                                              Bytes* response) {
  static const std::string method = method_of("Withdraw");
  return follow_up<v1::WithdrawRequest, v1::WithdrawResponse>(parts_.door, context, request,
                                                              response, method);
}

grpc::ServerUnaryReactor* IntakeRpc::Rate(Context* context, const Bytes* request, Bytes* response) {
  static const std::string method = method_of("Rate");
  return follow_up<v1::RateRequest, v1::RateResponse>(parts_.door, context, request, response,
                                                      method);
}

grpc::ServerUnaryReactor* IntakeRpc::Appeal(Context* context, const Bytes* request,
                                            Bytes* response) {
  static const std::string method = method_of("Appeal");
  return follow_up<v1::AppealRequest, v1::AppealResponse>(parts_.door, context, request, response,
                                                          method);
}

grpc::ServerUnaryReactor* IntakeRpc::Track(Context* context, const Bytes* request,
                                           Bytes* response) {
  static const std::string method = method_of("Track");
  return handle<v1::TrackRequest>(
      parts_.door, context, request, response, method,
      [this](const CallPtr& call, const rpc::Caller& caller, const v1::TrackRequest& wanted) {
        track(parts_, call, caller, wanted);
      });
}

grpc::ServerUnaryReactor* ReplayRpc::WriteMark(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) {
  static const std::string method = "/paidan.intake.v1.ReplayService/WriteMark";
  return handle<v1::WriteMarkRequest>(
      door_, context, request, response, method,
      [this](const CallPtr& call, const rpc::Caller& /*caller*/, const v1::WriteMarkRequest& mark) {
        if (!replay_) {
          return call->finish(rpc::fail(call->context(), grpc::StatusCode::FAILED_PRECONDITION,
                                        "not_a_replay",
                                        "only in a deployment with time.source: replay"));
        }
        const auto at = mark_of(mark);
        if (!at) return call->refuse(at.error());
        door_.acceptor.write_mark(*at, traceparent_for(call->context()),
                                  [call, count = partition_count_](const Decided& decided) {
                                    if (const auto* refusal = std::get_if<Refusal>(&decided)) {
                                      return call->refuse(*refusal);
                                    }
                                    v1::WriteMarkResponse written;
                                    written.set_partition_count(count);
                                    call->answer(written);
                                  });
      });
}

}  // namespace paidan::intake
