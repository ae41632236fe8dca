#pragma once
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "dispatch/answers.hpp"
#include "dispatch/command_desk.hpp"
#include "dispatch/command_requests.hpp"
#include "paidan/metrics/registry.hpp"

namespace paidan::dispatch {

/// Takes commands from calls to the desk, and answers back. Thread-safe.
class CommandEdge {
 public:
  struct Parts {
    CallParts calls;
    CommandDesk& desk;
    const view_reader::ViewReader& views;
    metrics::Registry& registry;
    const stream::Clock& clock;
    TimeSource time_source;
    Milliseconds wait_max;  ///< For a caller without a deadline of its own.
  };
  explicit CommandEdge(const Parts& parts) : parts_(parts) {}

  template <class Request>
  grpc::ServerUnaryReactor* handle(grpc::CallbackServerContext* context, std::string_view method,
                                   const Request* request, v1::CommandResult* result) const {
    auto call = std::make_shared<Call>(*context, method, parts_.calls.metrics);
    auto caller = parts_.calls.authenticator.authenticate(*context, method);
    if (!caller) {
      call->finish(caller.error());
    } else {
      ask(call, *caller, request->header(), body_of(*request), result);
    }
    return call->reactor();
  }

 private:
  void ask(const CallPtr& call, const rpc::Caller& caller, const v1::CommandHeader& header,
           Checked<domain::CommandBody> body, v1::CommandResult* result) const;
  void send(const CallPtr& call, const rpc::Caller& caller, AskedCommand asked,
            v1::CommandResult* result) const;
  void refuse(const CallPtr& call, const rpc::Caller& caller, const std::string& ticket_id,
              const domain::Refused& refused) const;

  Parts parts_;
};

/// `wrong_state`, `stale_epoch` ...: the proto's name in lower case.
std::string reason_name(domain::RefusalReason reason);
grpc::StatusCode code_of(domain::RefusalReason reason);

}  // namespace paidan::dispatch
