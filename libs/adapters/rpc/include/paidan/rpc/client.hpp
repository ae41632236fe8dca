#pragma once
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/time.hpp"

namespace paidan::rpc {

struct ChannelOptions {
  std::string target;  ///< `host:port`.
  /// `package.Service/Method` of idempotent reads: retried up to 3 times on UNAVAILABLE. Anything
  /// else is retried by its caller, who knows its command id.
  std::vector<std::string> retried_methods;
  int receive_max_bytes = 4 * 1024 * 1024;
};

/// A channel for one peer; thread-safe, shared by all stubs. Never blocks: it connects by itself.
std::shared_ptr<grpc::Channel> make_channel(const ChannelOptions& options);

/// What every call carries.
struct CallOptions {
  Milliseconds timeout{1000};
  std::string token;               ///< Bearer token; empty: none.
  std::string_view traceparent{};  ///< Of the work in hand; empty: `new_traceparent` is asked.
  std::function<std::string()> new_traceparent{};  ///< From `paidan::system`; null: none is sent.
};

void prepare(grpc::ClientContext& call, const CallOptions& options);
/// For a call made while answering another: its deadline less `margin` (or a fiftieth of it: clocks
/// differ, and the answer needs time too), at most `options.timeout`; its traceparent, when it has
/// a valid one. Cancelling the outer call does not cancel the inner one.
void prepare(grpc::ClientContext& call, const grpc::CallbackServerContext& outer,
             CallOptions options, Milliseconds margin = Milliseconds{50});

/// The caller's traceparent, or empty when there is none that is valid.
std::string_view traceparent_of(const grpc::CallbackServerContext& context);

}  // namespace paidan::rpc
