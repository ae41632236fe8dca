#include "paidan/rpc/authenticator.hpp"

#include <optional>
#include <string>

#include "paidan/rpc/permissions.hpp"

namespace paidan::rpc {
namespace {

constexpr std::size_t token_max_bytes = 256;
constexpr std::string_view scheme = "Bearer ";

grpc::Status unauthenticated(const char* why) { return {grpc::StatusCode::UNAUTHENTICATED, why}; }

Result<std::string_view, grpc::Status> token_of(const grpc::CallbackServerContext& context) {
  const auto [first, last] = context.client_metadata().equal_range("authorization");
  if (first == last) return unauthenticated("authorization: Bearer <token> is missing");
  if (std::next(first) != last) return unauthenticated("more than one authorization is given");
  const std::string_view value(first->second.data(), first->second.size());
  if (!value.starts_with(scheme)) return unauthenticated("authorization must be Bearer <token>");
  const std::string_view token = value.substr(scheme.size());
  if (token.empty() || token.size() > token_max_bytes) {
    return unauthenticated("the token must have 1 to 256 characters");
  }
  return token;
}

}  // namespace

Result<Caller, grpc::Status> Authenticator::authenticate(const grpc::CallbackServerContext& context,
                                                         std::string_view method) const {
  const auto token = token_of(context);
  if (!token) return token.error();
  auto caller = tokens_->find(*token);
  if (!caller) return unauthenticated("the token is unknown");
  if (!allowed(method, caller->role)) {
    return grpc::Status(grpc::StatusCode::PERMISSION_DENIED,
                        "the role " + std::string(to_string(caller->role)) + " may not call " +
                            std::string(method));
  }
  return std::move(*caller);
}

}  // namespace paidan::rpc
