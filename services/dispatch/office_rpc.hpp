#pragma once
#include "dispatch/command_edge.hpp"
#include "dispatch/list_pages.hpp"
#include "dispatch/streams.hpp"
#include "paidan/dispatch/v1/office.grpc.pb.h"

namespace paidan::dispatch {

/// The hotline office's side of the edge.
class OfficeRpc final : public v1::OfficeService::CallbackService {
 public:
  struct Parts {
    CallParts calls;
    const CommandEdge& commands;
    StreamDoor& streams;
    const view_reader::ViewReader& views;
  };
  explicit OfficeRpc(const Parts& parts) : parts_(parts) {}

  using Context = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  grpc::ServerWriteReactor<v1::SubscribeQueueResponse>* SubscribeQueue(
      Context* context, const v1::SubscribeQueueRequest* request) override;
  Unary* ListQueue(Context* context, const v1::ListQueueRequest* request,
                   v1::ListQueueResponse* response) override;
  Unary* Assign(Context* context, const v1::AssignRequest* request,
                v1::AssignResponse* response) override;
  Unary* DecideReturn(Context* context, const v1::DecideReturnRequest* request,
                      v1::DecideReturnResponse* response) override;
  Unary* CorrectClassification(Context* context, const v1::CorrectClassificationRequest* request,
                               v1::CorrectClassificationResponse* response) override;
  Unary* RecordCallBack(Context* context, const v1::RecordCallBackRequest* request,
                        v1::RecordCallBackResponse* response) override;
  Unary* Redo(Context* context, const v1::RedoRequest* request,
              v1::RedoResponse* response) override;
  Unary* Close(Context* context, const v1::CloseRequest* request,
               v1::CloseResponse* response) override;

  // Not offered by this version.
  Unary* Decline(Context* context, const v1::DeclineRequest*, v1::DeclineResponse*) override;
  Unary* RequestInfo(Context* context, const v1::RequestInfoRequest*,
                     v1::RequestInfoResponse*) override;
  Unary* AddCoHandler(Context* context, const v1::AddCoHandlerRequest*,
                      v1::AddCoHandlerResponse*) override;
  Unary* DecideExtension(Context* context, const v1::DecideExtensionRequest*,
                         v1::DecideExtensionResponse*) override;
  Unary* DecideUnreasonable(Context* context, const v1::DecideUnreasonableRequest*,
                            v1::DecideUnreasonableResponse*) override;
  Unary* DecideAppeal(Context* context, const v1::DecideAppealRequest*,
                      v1::DecideAppealResponse*) override;
  Unary* MarkDifficult(Context* context, const v1::MarkDifficultRequest*,
                       v1::MarkDifficultResponse*) override;
  Unary* LinkDuplicate(Context* context, const v1::LinkDuplicateRequest*,
                       v1::LinkDuplicateResponse*) override;
  Unary* UnlinkDuplicate(Context* context, const v1::UnlinkDuplicateRequest*,
                         v1::UnlinkDuplicateResponse*) override;
  Unary* Reopen(Context* context, const v1::ReopenRequest*, v1::ReopenResponse*) override;
  Unary* Supervise(Context* context, const v1::SuperviseRequest*, v1::SuperviseResponse*) override;
  Unary* TransferOut(Context* context, const v1::TransferOutRequest*,
                     v1::TransferOutResponse*) override;

 private:
  Parts parts_;
};

}  // namespace paidan::dispatch
