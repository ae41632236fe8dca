#include "sla_monitor/rpc.hpp"

#include <string>
#include <utility>

#include "paidan/domain/ticket_id.hpp"

namespace paidan::sla_monitor {
namespace {

constexpr std::size_t unit_bytes_max = 128;

bool may_see(const rpc::Caller& caller, const view_reader::Ticket& ticket) {
  return caller.role != rpc::Role::agency || ticket.was_in_charge(caller.unit);
}

/// The clocks of a ticket that the caller may see, into `response`.
template <class Request, class Response>
grpc::Status clocks_of(grpc::CallbackServerContext& context, const rpc::Caller& caller,
                       const view_reader::ViewReader& views, const Request& request,
                       Response& response) {
  const auto id = domain::parse_ticket_id(request.ticket_id());
  if (!id) {
    return rpc::invalid(context, "ticket_id", "not_a_ticket_id",
                        std::string(domain::to_string(id.error())));
  }
  const Milliseconds wait = rpc::time_left(context, view_reader::ViewReader::wait_max);
  auto ticket = views.ticket(id->get(), request.min_version(), wait);
  if (!ticket) return edge::status_of(context, ticket.error());
  if (!may_see(caller, *ticket)) return edge::no_such_ticket(context);
  *response.mutable_clocks() = std::move(*ticket->view.mutable_clocks());
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* SlaService::Clocks(grpc::CallbackServerContext* context,
                                             const v1::ClocksRequest* request,
                                             v1::ClocksResponse* response) {
  return edge::answer(
      parts_, *context, "/paidan.sla_monitor.v1.SlaService/Clocks",
      [this, request, response](const edge::CallPtr& call, const auto& caller) {
        call->finish(clocks_of(call->context(), caller, views_, *request, *response));
      });
}

grpc::ServerUnaryReactor* SlaService::Explain(grpc::CallbackServerContext* context,
                                              const v1::ExplainRequest* request,
                                              v1::ExplainResponse* response) {
  return edge::answer(
      parts_, *context, "/paidan.sla_monitor.v1.SlaService/Explain",
      [this, request, response](const edge::CallPtr& call, const auto& caller) {
        call->finish(clocks_of(call->context(), caller, views_, *request, *response));
      });
}

grpc::ServerUnaryReactor* SlaService::Board(grpc::CallbackServerContext* context,
                                            const v1::BoardRequest* request,
                                            v1::BoardResponse* response) {
  const auto work = [this, request, response](const edge::CallPtr& call, const auto& caller) {
    if (request->unit().size() > unit_bytes_max) {
      return call->finish(rpc::invalid(call->context(), "unit", "too_long", "at most 128 bytes"));
    }
    const bool own = caller.role == rpc::Role::agency;
    auto boards = views_.board(own ? caller.unit : request->unit());
    if (!boards) return call->finish(edge::status_of(call->context(), boards.error()));
    for (v1::UnitBoard& board : *boards) *response->add_units() = std::move(board);
    call->finish(grpc::Status::OK);
  };
  return edge::answer(parts_, *context, "/paidan.sla_monitor.v1.SlaService/Board", work);
}

}  // namespace paidan::sla_monitor
