#pragma once
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/rpc/caller.hpp"
#include "paidan/rpc/tokens.hpp"

namespace paidan::rpc {

/// Says who calls and whether they may. Per call, from the call's own metadata: an identity kept
/// on the connection would be seen by its next call. Thread-safe.
class Authenticator {
 public:
  explicit Authenticator(std::shared_ptr<const TokenStore> tokens) : tokens_(std::move(tokens)) {}

  /// `method` is the full name of the handler's own method, `/package.Service/Method`; one that
  /// the permission table does not know is denied. UNAUTHENTICATED: no token, several, or an
  /// unknown one. PERMISSION_DENIED: the role may not call this.
  Result<Caller, grpc::Status> authenticate(const grpc::CallbackServerContext& context,
                                            std::string_view method) const;

 private:
  std::shared_ptr<const TokenStore> tokens_;
};

}  // namespace paidan::rpc
