#pragma once
#include <grpcpp/grpcpp.h>

#include "intake/call.hpp"
#include "intake/peers.hpp"
#include "intake/submit_stream.hpp"
#include "paidan/intake/v1/intake.grpc.pb.h"

namespace paidan::intake {

/// Requests arrive as bytes (see wire.hpp).
using IntakeServiceBase = v1::IntakeService::WithRawCallbackMethod_Submit<
    v1::IntakeService::WithRawCallbackMethod_SubmitStream<
        v1::IntakeService::WithRawCallbackMethod_Supplement<
            v1::IntakeService::WithRawCallbackMethod_Urge<
                v1::IntakeService::WithRawCallbackMethod_Withdraw<
                    v1::IntakeService::WithRawCallbackMethod_Rate<
                        v1::IntakeService::WithRawCallbackMethod_Appeal<
                            v1::IntakeService::WithRawCallbackMethod_Track<
                                v1::IntakeService::Service>>>>>>>>;

/// Translates; decides nothing, blocks never. Its parts must outlive it.
class IntakeRpc final : public IntakeServiceBase {
 public:
  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  IntakeRpc(const StreamParts& parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* Submit(Context* context, const Bytes* request,
                                   Bytes* response) override;
  grpc::ServerBidiReactor<Bytes, Bytes>* SubmitStream(Context* context) override;
  grpc::ServerUnaryReactor* Supplement(Context* context, const Bytes* request,
                                       Bytes* response) override;
  grpc::ServerUnaryReactor* Urge(Context* context, const Bytes* request, Bytes* response) override;
  grpc::ServerUnaryReactor* Withdraw(Context* context, const Bytes* request,
                                     Bytes* response) override;
  grpc::ServerUnaryReactor* Rate(Context* context, const Bytes* request, Bytes* response) override;
  grpc::ServerUnaryReactor* Appeal(Context* context, const Bytes* request,
                                   Bytes* response) override;
  grpc::ServerUnaryReactor* Track(Context* context, const Bytes* request, Bytes* response) override;

 private:
  StreamParts parts_;
};

/// Time marks of a replay.
class ReplayRpc final
    : public v1::ReplayService::WithRawCallbackMethod_WriteMark<v1::ReplayService::Service> {
 public:
  ReplayRpc(const Door& door, bool replay, std::int32_t partition_count)
      : door_(door), replay_(replay), partition_count_(partition_count) {}

  grpc::ServerUnaryReactor* WriteMark(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;

 private:
  const Door& door_;
  bool replay_;
  std::int32_t partition_count_;
};

/// Takes away what a citizen has no use for: who works on it beside the lead, clocks between units.
void keep_what_citizens_see(dispatch::v1::TicketView& ticket);

}  // namespace paidan::intake
