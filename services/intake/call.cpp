#include "intake/call.hpp"

#include "paidan/rpc/client.hpp"
#include "paidan/rpc/status.hpp"
#include "paidan/system/trace.hpp"

namespace paidan::intake {

grpc::StatusCode code_of(Refusal::Kind kind) {
  switch (kind) {
    case Refusal::Kind::invalid:
      return grpc::StatusCode::INVALID_ARGUMENT;
    case Refusal::Kind::forbidden:
      return grpc::StatusCode::PERMISSION_DENIED;
    case Refusal::Kind::conflict:
      return grpc::StatusCode::ALREADY_EXISTS;
    case Refusal::Kind::busy:
      return grpc::StatusCode::RESOURCE_EXHAUSTED;
    case Refusal::Kind::unknown:
      break;
  }
  return grpc::StatusCode::UNAVAILABLE;
}

grpc::Status status_of(grpc::CallbackServerContext& context, const Refusal& refusal) {
  if (refusal.kind == Refusal::Kind::busy) {
    return rpc::overloaded(context, refusal.reason, refusal.message, refusal.retry_after);
  }
  return rpc::fail(context, code_of(refusal.kind), refusal.reason, refusal.message);
}

std::string traceparent_for(const grpc::CallbackServerContext& context) {
  return system::child_traceparent(rpc::traceparent_of(context));
}

}  // namespace paidan::intake
