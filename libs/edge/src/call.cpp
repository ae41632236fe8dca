#include "paidan/edge/call.hpp"

namespace paidan::edge {

grpc::Status status_of(grpc::CallbackServerContext& context, const view_reader::Error& error) {
  switch (error.kind) {
    case view_reader::ErrorKind::not_found:
      return no_such_ticket(context);
    case view_reader::ErrorKind::behind:
      return rpc::fail(context, grpc::StatusCode::UNAVAILABLE, "views_behind", error.what);
    case view_reader::ErrorKind::unavailable:
      break;
  }
  return rpc::fail(context, grpc::StatusCode::UNAVAILABLE, "views_unavailable", error.what);
}

grpc::Status no_such_ticket(grpc::CallbackServerContext& context) {
  return rpc::fail(context, grpc::StatusCode::NOT_FOUND, "unknown_ticket",
                   "没有此工单 / there is no such ticket");
}

}  // namespace paidan::edge
