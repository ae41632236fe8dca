#pragma once
#include <grpcpp/grpcpp.h>

#include "intake/call.hpp"
#include "intake/peers.hpp"
#include "paidan/rpc/limit.hpp"

namespace paidan::intake {

struct StreamParts {
  const Door& door;
  Peers& peers;
  rpc::Limit& streams;              ///< How many may be open.
  std::size_t under_way_max = 256;  ///< Lines of one stream that are read and not yet answered.
};

/// The reactor of one SubmitStream call; deletes itself when the call is over. Answers lines in the
/// order in which they are decided; reads on only while fewer than `under_way_max` are open, so a
/// caller who does not read is not read from either.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* open_submit_stream(
    const StreamParts& parts, grpc::CallbackServerContext& context);

}  // namespace paidan::intake
