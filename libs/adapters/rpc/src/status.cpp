#include "paidan/rpc/status.hpp"

#include <algorithm>
#include <array>

namespace paidan::rpc {

grpc::Status fail(grpc::CallbackServerContext& context, grpc::StatusCode code,
                  std::string_view reason, const std::string& message) {
  context.AddTrailingMetadata(reason_key, std::string(reason));
  return {code, message};
}

grpc::Status overloaded(grpc::CallbackServerContext& context, std::string_view reason,
                        const std::string& message, Milliseconds retry_after) {
  context.AddTrailingMetadata(pushback_key, std::to_string(retry_after.count()));
  return fail(context, grpc::StatusCode::RESOURCE_EXHAUSTED, reason, message);
}

grpc::Status invalid(grpc::CallbackServerContext& context, std::string_view field,
                     std::string_view reason, const std::string& message) {
  return fail(context, grpc::StatusCode::INVALID_ARGUMENT, reason,
              std::string(field) + ": " + message);
}

Milliseconds time_left(const grpc::CallbackServerContext& context, Milliseconds limit) {
  const auto deadline = context.deadline();
  if (deadline == std::chrono::system_clock::time_point::max()) return limit;
  const auto left = deadline - std::chrono::system_clock::now();
  return std::clamp(std::chrono::duration_cast<Milliseconds>(left), Milliseconds{0}, limit);
}

std::string_view code_name(grpc::StatusCode code) {
  static constexpr std::array<std::string_view, 17> names = {
      "OK",
      "CANCELLED",
      "UNKNOWN",
      "INVALID_ARGUMENT",
      "DEADLINE_EXCEEDED",
      "NOT_FOUND",
      "ALREADY_EXISTS",
      "PERMISSION_DENIED",
      "RESOURCE_EXHAUSTED",
      "FAILED_PRECONDITION",
      "ABORTED",
      "OUT_OF_RANGE",
      "UNIMPLEMENTED",
      "INTERNAL",
      "UNAVAILABLE",
      "DATA_LOSS",
      "UNAUTHENTICATED",
  };
  const auto index = static_cast<std::size_t>(code);
  return index < names.size() ? names[index] : "UNKNOWN";
}

std::optional<std::string_view> metadata(const grpc::CallbackServerContext& context,
                                         const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return std::nullopt;
  return std::string_view(found->second.data(), found->second.size());
}

std::string reason_of(const grpc::ClientContext& context) {
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto found = trailers.find(reason_key);
  if (found == trailers.end()) return "";
  return {found->second.data(), found->second.size()};
}

}  // namespace paidan::rpc
