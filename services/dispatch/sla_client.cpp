#include "dispatch/sla_client.hpp"

#include <string_view>
#include <utility>

#include "paidan/rpc/client.hpp"
#include "paidan/rpc/status.hpp"

namespace paidan::dispatch {
namespace {

std::string token_of(const grpc::CallbackServerContext& context) {
  constexpr std::string_view scheme = "Bearer ";
  const auto value = rpc::metadata(context, "authorization");
  if (!value || !value->starts_with(scheme)) return {};
  return std::string(value->substr(scheme.size()));
}

}  // namespace

SlaClient::SlaClient(const std::string& address)
    : stub_(sla_monitor::v1::SlaService::NewStub(rpc::make_channel({address, {}}))) {}

std::optional<Clocks> SlaClient::clocks(const grpc::CallbackServerContext& context,
                                        const std::string& ticket_id, std::uint64_t min_version) {
  grpc::ClientContext call;
  rpc::CallOptions options;
  options.timeout = call_max;
  options.token = token_of(context);
  rpc::prepare(call, context, std::move(options));
  sla_monitor::v1::ClocksRequest request;
  request.set_ticket_id(ticket_id);
  request.set_min_version(min_version);
  sla_monitor::v1::ClocksResponse response;
  if (!stub_->Clocks(&call, request, &response).ok()) return std::nullopt;
  return std::move(*response.mutable_clocks());
}

}  // namespace paidan::dispatch
