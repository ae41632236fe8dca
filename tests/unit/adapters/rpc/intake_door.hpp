#pragma once
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "paidan/intake/v1/intake.grpc.pb.h"
#include "paidan/rpc/authenticator.hpp"
#include "paidan/rpc/client.hpp"
#include "paidan/rpc/limit.hpp"
#include "paidan/rpc/server.hpp"

namespace paidan::rpc::test {

namespace pb = intake::v1;

TokenCrypto token_crypto();
/// A `tokens.yaml` that knows the plain tokens `channel-token`, `agency-token`, `office-token`.
std::string tokens_yaml();

/// A small real service behind the real adapter. Submit answers with who called; Track shows what
/// a call to a further peer would carry; SubmitStream echoes until it ends.
class IntakeDoor final : public pb::IntakeService::CallbackService {
 public:
  explicit IntakeDoor(std::shared_ptr<const TokenStore> tokens) : authenticator_(tokens) {}

  grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context,
                                   const pb::SubmitRequest* request,
                                   pb::SubmitResponse* response) override;
  grpc::ServerUnaryReactor* Track(grpc::CallbackServerContext* context,
                                  const pb::TrackRequest* request,
                                  pb::TrackResponse* response) override;
  grpc::ServerBidiReactor<pb::SubmitStreamRequest, pb::SubmitStreamResponse>* SubmitStream(
      grpc::CallbackServerContext* context) override;

  std::string inner_traceparent;
  Milliseconds inner_time{0};
  std::atomic<int> tracked{0};
  std::atomic<int> unavailable_left{0};  ///< Track fails so many times first.

 private:
  Authenticator authenticator_;
};

/// A server on a free port with a channel to it.
struct Door {
  explicit Door(ServerOptions options = {});
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;
  ~Door();

  std::string address() const { return "127.0.0.1:" + std::to_string(server->port()); }

  std::string folder;
  std::shared_ptr<TokenStore> tokens;
  std::unique_ptr<IntakeDoor> service;
  std::unique_ptr<Server> server;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<pb::IntakeService::Stub> stub;
};

/// Calls a method by its name with bytes as they are, and gives its bytes back.
std::pair<grpc::Status, std::string> call_raw(const std::shared_ptr<grpc::Channel>& channel,
                                              const std::string& method, const std::string& bytes);
/// One message to a bidirectional method, and its first answer.
std::string exchange_raw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                         const std::string& bytes);

}  // namespace paidan::rpc::test
