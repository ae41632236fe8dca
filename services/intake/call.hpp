#pragma once
#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "intake/acceptor.hpp"
#include "intake/wire.hpp"
#include "paidan/edge/call.hpp"
#include "paidan/metrics/probes.hpp"
#include "paidan/rpc/authenticator.hpp"

namespace paidan::intake {

/// A refusal as gRPC says it.
grpc::Status status_of(grpc::CallbackServerContext& context, const Refusal& refusal);
grpc::StatusCode code_of(Refusal::Kind kind);

/// One unary call under way: answered or refused exactly once, on whatever thread.
class Call : public edge::Call {
 public:
  Call(grpc::CallbackServerContext& context, grpc::ByteBuffer& response, std::string_view method,
       metrics::CallMetrics& metrics)
      : edge::Call(context, method, metrics), response_(response) {}

  void answer(const google::protobuf::Message& response) {
    response_ = to_bytes(response);
    finish(grpc::Status::OK);
  }
  void refuse(const Refusal& refusal) { finish(status_of(context(), refusal)); }
  void refuse(const Invalid& invalid) { refuse(refusal_of(invalid)); }

 private:
  grpc::ByteBuffer& response_;
};
using CallPtr = std::shared_ptr<Call>;

/// What every handler needs; outlives the calls.
struct Door {
  const rpc::Authenticator& authenticator;
  metrics::CallMetrics& metrics;
  Acceptor& acceptor;
};

/// The caller's traceparent, or a new one.
std::string traceparent_for(const grpc::CallbackServerContext& context);

/// Says who calls, parses, and runs `work(call, caller, request)`, which must not block.
template <class Request, class Work>
grpc::ServerUnaryReactor* handle(const Door& door, grpc::CallbackServerContext* context,
                                 const grpc::ByteBuffer* bytes, grpc::ByteBuffer* response,
                                 std::string_view method, Work work) {
  const auto call = std::make_shared<Call>(*context, *response, method, door.metrics);
  const auto caller = door.authenticator.authenticate(*context, method);
  Request request;
  if (!caller) {
    call->finish(caller.error());
  } else if (const auto invalid = parse_request(*bytes, request)) {
    call->refuse(*invalid);
  } else {
    work(call, *caller, std::move(request));
  }
  return call->reactor();
}

}  // namespace paidan::intake
