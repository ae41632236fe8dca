#pragma once
#include <grpcpp/grpcpp.h>

#include <string>
#include <string_view>
#include <utility>

#include "dispatch/answers.hpp"
#include "dispatch/subscription.hpp"

namespace paidan::dispatch {

/// Opens streams. Outlives them.
struct StreamDoor {
  const rpc::Authenticator& authenticator;
  rpc::Limit& limit;  ///< Open streams of the process.
  StreamParts parts;
};

/// A stream that ends before it began.
template <class Response>
class RefusedStream final : public grpc::ServerWriteReactor<Response> {
 public:
  explicit RefusedStream(const grpc::Status& status) { this->Finish(status); }
  void OnDone() override { delete this; }
};

/// What the handler of a stream knows.
struct Opening {
  std::string_view method;
  std::string hearer;
  const std::string& resume_token;
  ReadPage read_page;
};

template <class Response>
grpc::ServerWriteReactor<Response>* open_stream(StreamDoor& door,
                                                grpc::CallbackServerContext& context,
                                                const rpc::Caller& caller, Opening opening) {
  std::optional<FeedPosition> from;
  if (!opening.resume_token.empty()) {
    auto point = door.parts.tokens.read(TokenKind::resume, opening.resume_token, opening.hearer,
                                        door.parts.partition_count);
    if (!point) {
      return new RefusedStream<Response>(
          rpc::invalid(context, "resume_token", "invalid", point.error().what));
    }
    from = std::move(point->position);
  }
  auto place = door.limit.take();
  if (!place) {
    return new RefusedStream<Response>(rpc::overloaded(context, "too_many_streams",
                                                       "this process has no room for more streams",
                                                       Milliseconds{1'000}));
  }
  return Subscription<Response>::start(
      context, door.parts,
      {opening.method, caller, std::move(opening.hearer), std::move(from),
       std::move(opening.read_page), *std::move(place)});
}

}  // namespace paidan::dispatch
