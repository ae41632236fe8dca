#include "paidan/rpc/client.hpp"

#include <grpc/grpc.h>

#include <algorithm>
#include <chrono>

#include "paidan/rpc/status.hpp"

namespace paidan::rpc {
namespace {

constexpr const char* traceparent_key = "traceparent";

// gRFC A6. Retries are throttled, so that a server in trouble is not buried by them.
std::string service_config(const std::vector<std::string>& methods) {
  std::string names;
  for (const std::string& method : methods) {
    const std::size_t slash = method.find('/');
    if (!names.empty()) names += ",";
    names += R"({"service":")" + method.substr(0, slash) + R"(","method":")" +
             method.substr(slash + 1) + R"("})";
  }
  return R"({"methodConfig":[{"name":[)" + names +
         R"(],"retryPolicy":{"maxAttempts":3,"initialBackoff":"0.05s","maxBackoff":"0.5s",)"
         R"("backoffMultiplier":2,"retryableStatusCodes":["UNAVAILABLE"]}}],)"
         R"("retryThrottling":{"maxTokens":10,"tokenRatio":0.1}})";
}

// Version 00 of W3C Trace Context; anything else is not passed on.
bool is_traceparent(std::string_view text) {
  if (text.size() != 55 || !text.starts_with("00-") || text[35] != '-' || text[52] != '-') {
    return false;
  }
  return std::ranges::all_of(
      text, [](char c) { return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

void set_trace(grpc::ClientContext& call, const CallOptions& options) {
  if (is_traceparent(options.traceparent)) {
    call.AddMetadata(traceparent_key, std::string(options.traceparent));
  } else if (options.new_traceparent) {
    call.AddMetadata(traceparent_key, options.new_traceparent());
  }
}

}  // namespace

std::shared_ptr<grpc::Channel> make_channel(const ChannelOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(options.receive_max_bytes);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  // A restarted peer is found again within a second, not after gRPC's default of two minutes.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, options.retried_methods.empty() ? 0 : 1);
  if (!options.retried_methods.empty()) {
    arguments.SetServiceConfigJSON(service_config(options.retried_methods));
  }
  return grpc::CreateCustomChannel(options.target, grpc::InsecureChannelCredentials(), arguments);
}

void prepare(grpc::ClientContext& call, const CallOptions& options) {
  call.set_deadline(std::chrono::system_clock::now() + options.timeout);
  if (!options.token.empty()) call.AddMetadata("authorization", "Bearer " + options.token);
  set_trace(call, options);
}

void prepare(grpc::ClientContext& call, const grpc::CallbackServerContext& outer,
             CallOptions options, Milliseconds margin) {
  // gRPC rounds a long timeout up by as much as a hundredth on its way here.
  const Milliseconds left = time_left(outer, Milliseconds::max());
  const Milliseconds rest = left - std::max(margin, left / 50);
  options.timeout = std::clamp(rest, Milliseconds{0}, options.timeout);
  if (const auto trace = traceparent_of(outer); !trace.empty()) options.traceparent = trace;
  prepare(call, options);
}

std::string_view traceparent_of(const grpc::CallbackServerContext& context) {
  const auto trace = metadata(context, traceparent_key);
  return trace && is_traceparent(*trace) ? *trace : std::string_view{};
}

}  // namespace paidan::rpc
