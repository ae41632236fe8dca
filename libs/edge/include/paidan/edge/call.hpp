#pragma once
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string_view>
#include <utility>

#include "paidan/metrics/probes.hpp"
#include "paidan/rpc/authenticator.hpp"
#include "paidan/rpc/executor.hpp"
#include "paidan/rpc/status.hpp"
#include "paidan/view_reader/view_reader.hpp"

namespace paidan::edge {

/// One unary call under way: must be finished exactly once, on whatever thread.
class Call {
 public:
  Call(grpc::CallbackServerContext& context, std::string_view method, metrics::CallMetrics& metrics)
      : context_(context),
        method_(method),
        metrics_(metrics),
        reactor_(context.DefaultReactor()),
        started_(std::chrono::steady_clock::now()) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  grpc::CallbackServerContext& context() { return context_; }
  std::string_view method() const { return method_; }
  grpc::ServerUnaryReactor* reactor() { return reactor_; }
  std::chrono::steady_clock::time_point started() const { return started_; }

  void finish(const grpc::Status& status) {
    metrics_.answered(method_, rpc::code_name(status.error_code()),
                      std::chrono::steady_clock::now() - started_);
    reactor_->Finish(status);
  }
  void overloaded() {
    finish(rpc::overloaded(context_, "too_busy", "too many calls wait", Milliseconds{200}));
  }

 private:
  grpc::CallbackServerContext& context_;
  std::string_view method_;
  metrics::CallMetrics& metrics_;
  grpc::ServerUnaryReactor* reactor_;
  std::chrono::steady_clock::time_point started_;
};
using CallPtr = std::shared_ptr<Call>;

/// What every handler needs. Outlives the calls.
struct CallParts {
  const rpc::Authenticator& authenticator;
  metrics::CallMetrics& metrics;
  rpc::Executor& executor;
};

/// Says who calls and runs `work(call, caller)` where it may block; answers itself when it may not.
template <class Work>
grpc::ServerUnaryReactor* answer(const CallParts& parts, grpc::CallbackServerContext& context,
                                 std::string_view method, Work work) {
  auto call = std::make_shared<Call>(context, method, parts.metrics);
  auto caller = parts.authenticator.authenticate(context, method);
  if (!caller) {
    call->finish(caller.error());
  } else if (!parts.executor.submit(
                 [call, who = *std::move(caller), work = std::move(work)] { work(call, who); })) {
    call->overloaded();
  }
  return call->reactor();
}

/// How a failed read of the views is answered.
grpc::Status status_of(grpc::CallbackServerContext& context, const view_reader::Error& error);
/// As if there were no such ticket: also for one that the caller may not see.
grpc::Status no_such_ticket(grpc::CallbackServerContext& context);

}  // namespace paidan::edge
