#pragma once
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "paidan/base/time.hpp"

namespace paidan::rpc {

/// Trailing metadata that says why, for programs: `paidan-reason: <lower_case_words>`.
inline constexpr const char* reason_key = "paidan-reason";
/// gRFC A6: a client's retry policy waits this long (ms).
inline constexpr const char* pushback_key = "grpc-retry-pushback-ms";

/// A status with `reason` as trailing metadata. `message` is for people: names the field and the
/// limit, never the data of a citizen. Call before the call is finished, at most once per call.
grpc::Status fail(grpc::CallbackServerContext& context, grpc::StatusCode code,
                  std::string_view reason, const std::string& message);
/// RESOURCE_EXHAUSTED with a hint when to come back.
grpc::Status overloaded(grpc::CallbackServerContext& context, std::string_view reason,
                        const std::string& message, Milliseconds retry_after);
/// `INVALID_ARGUMENT: <field>: <message>`.
grpc::Status invalid(grpc::CallbackServerContext& context, std::string_view field,
                     std::string_view reason, const std::string& message);

/// The time left until the caller's deadline, at most `limit`; zero when it has passed.
Milliseconds time_left(const grpc::CallbackServerContext& context, Milliseconds limit);
/// `OK`, `INVALID_ARGUMENT` ...: a metric label.
std::string_view code_name(grpc::StatusCode code);
/// The first value of that metadata of the caller, when it has one.
std::optional<std::string_view> metadata(const grpc::CallbackServerContext& context,
                                         const char* key);
/// The reason in a finished client call's trailing metadata, or empty.
std::string reason_of(const grpc::ClientContext& context);

}  // namespace paidan::rpc
