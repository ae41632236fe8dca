#pragma once
#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "paidan/base/time.hpp"
#include "paidan/rpc/client.hpp"

namespace paidan::ctl {

/// True for answers after which the same call, with the same command id or external id, is right.
inline bool may_retry(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE ||
         status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED ||
         status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED;
}

struct RetryOptions {
  std::string token;
  Milliseconds timeout{10'000};
  Milliseconds backoff{200};
  int attempts_max = 12;
};

/// One asynchronous unary call that is repeated as long as `may_retry`; `done` is called once, on a
/// thread of gRPC. Keeps itself alive until then.
template <class Request, class Response>
class RetriedCall : public std::enable_shared_from_this<RetriedCall<Request, Response>> {
 public:
  using Start = std::function<void(grpc::ClientContext*, const Request*, Response*,
                                   std::function<void(grpc::Status)>)>;
  using Done = std::function<void(const grpc::Status&, const Response&)>;

  static void run(Request request, RetryOptions options, Start start, Done done) {
    const auto call = std::shared_ptr<RetriedCall>(
        new RetriedCall(std::move(request), std::move(options), std::move(start), std::move(done)));
    call->attempt();
  }

 private:
  RetriedCall(Request request, RetryOptions options, Start start, Done done)
      : request_(std::move(request)),
        options_(std::move(options)),
        start_(std::move(start)),
        done_(std::move(done)) {}

  void attempt() {
    ++attempts_;
    context_ = std::make_unique<grpc::ClientContext>();
    rpc::prepare(*context_, {.timeout = options_.timeout, .token = options_.token});
    start_(context_.get(), &request_, &response_,
           [self = this->shared_from_this()](const grpc::Status& status) { self->ended(status); });
  }
  void ended(const grpc::Status& status) {
    if (!may_retry(status) || attempts_ >= options_.attempts_max) {
      done_(status, response_);
      return;
    }
    const auto wait = options_.backoff * attempts_;
    alarm_ = std::make_unique<grpc::Alarm>();
    alarm_->Set(std::chrono::system_clock::now() + wait,
                [self = this->shared_from_this()](bool /*fired*/) { self->attempt(); });
  }

  Request request_;
  const RetryOptions options_;
  const Start start_;
  const Done done_;
  Response response_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::Alarm> alarm_;
  int attempts_ = 0;
};

}  // namespace paidan::ctl
