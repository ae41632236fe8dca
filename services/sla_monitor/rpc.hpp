#pragma once
#include <grpcpp/grpcpp.h>

#include "paidan/edge/call.hpp"
#include "paidan/sla_monitor/v1/sla.grpc.pb.h"
#include "paidan/view_reader/view_reader.hpp"

namespace paidan::sla_monitor {

/// Questions about clocks, answered from the views. An agency sees the tickets of which it is or
/// was in charge, and its own board; anything else does not exist for it. Thread-safe.
class SlaService final : public v1::SlaService::CallbackService {
 public:
  /// Both must outlive the calls.
  SlaService(edge::CallParts parts, const view_reader::ViewReader& views)
      : parts_(parts), views_(views) {}

  grpc::ServerUnaryReactor* Clocks(grpc::CallbackServerContext* context,
                                   const v1::ClocksRequest* request,
                                   v1::ClocksResponse* response) override;
  grpc::ServerUnaryReactor* Explain(grpc::CallbackServerContext* context,
                                    const v1::ExplainRequest* request,
                                    v1::ExplainResponse* response) override;
  grpc::ServerUnaryReactor* Board(grpc::CallbackServerContext* context,
                                  const v1::BoardRequest* request,
                                  v1::BoardResponse* response) override;

 private:
  edge::CallParts parts_;
  const view_reader::ViewReader& views_;
};

}  // namespace paidan::sla_monitor
