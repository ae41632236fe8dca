#pragma once
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/rpc/tokens.hpp"
#include "paidan/runtime/service.hpp"

/// What every gRPC edge shares: its settings, its tokens, its server.
namespace paidan::edge {

/// grpc.listen (with the service's own default), grpc.drain_ms, secrets_dir, tokens_file.
runtime::PropertyTable edge_properties(std::string_view listen_default);

/// The tokens in force: read now, and again on SIGHUP. A file that cannot be read is an error now
/// and a log line later, when the last good one stays in force.
Result<std::shared_ptr<rpc::TokenStore>, runtime::StartError> open_tokens(
    runtime::Service& service);

/// Adds the gRPC server to the life cycle: call it last, so that it starts last and stops first.
/// Its health follows the process's readiness, and a changed token file is read within 5 s.
/// `services` must outlive the life cycle; `names` are their full proto names.
void add_server(runtime::Service& service, std::vector<grpc::Service*> services,
                std::vector<std::string> names, std::shared_ptr<rpc::TokenStore> tokens);

}  // namespace paidan::edge
