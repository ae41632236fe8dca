#pragma once
#include "dispatch/command_requests.hpp"
#include "paidan/edge/call.hpp"

namespace paidan::dispatch {

using edge::answer;
using edge::Call;
using edge::CallParts;
using edge::CallPtr;
using edge::no_such_ticket;
using edge::status_of;

/// INVALID_ARGUMENT, naming the field.
inline grpc::Status status_of(grpc::CallbackServerContext& context, const Problem& problem) {
  return rpc::invalid(context, problem.field, problem.reason, problem.message);
}

}  // namespace paidan::dispatch
