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
    const domain::CityPack& pack;  ///< Thresholds and names for reports.
  };
  explicit OfficeRpc(const Parts& parts) : parts_(parts) {}

  using Context = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  grpc::ServerWriteReactor<v1::SubscribeQueueResponse>* SubscribeQueue(
      Context* context, const v1::SubscribeQueueRequest* request) override;
  Unary* ListQueue(Context* context, const v1::ListQueueRequest* request,
                   v1::ListQueueResponse* response) override;
  Unary* Decline(Context* context, const v1::DeclineRequest* request,
                 v1::DeclineResponse* response) override;
  Unary* RequestInfo(Context* context, const v1::RequestInfoRequest* request,
                     v1::RequestInfoResponse* response) override;
  Unary* CorrectClassification(Context* context, const v1::CorrectClassificationRequest* request,
                               v1::CorrectClassificationResponse* response) override;
  Unary* Assign(Context* context, const v1::AssignRequest* request,
                v1::AssignResponse* response) override;
  Unary* AddCoHandler(Context* context, const v1::AddCoHandlerRequest* request,
                      v1::AddCoHandlerResponse* response) override;
  Unary* DecideReturn(Context* context, const v1::DecideReturnRequest* request,
                      v1::DecideReturnResponse* response) override;
  Unary* DecideExtension(Context* context, const v1::DecideExtensionRequest* request,
                         v1::DecideExtensionResponse* response) override;
  Unary* DecideUnreasonable(Context* context, const v1::DecideUnreasonableRequest* request,
                            v1::DecideUnreasonableResponse* response) override;
  Unary* DecideAppeal(Context* context, const v1::DecideAppealRequest* request,
                      v1::DecideAppealResponse* response) override;
  Unary* MarkDifficult(Context* context, const v1::MarkDifficultRequest* request,
                       v1::MarkDifficultResponse* response) override;
  Unary* LinkDuplicate(Context* context, const v1::LinkDuplicateRequest* request,
                       v1::LinkDuplicateResponse* response) override;
  Unary* UnlinkDuplicate(Context* context, const v1::UnlinkDuplicateRequest* request,
                         v1::UnlinkDuplicateResponse* response) override;
  Unary* RecordCallBack(Context* context, const v1::RecordCallBackRequest* request,
                        v1::RecordCallBackResponse* response) override;
  Unary* Redo(Context* context, const v1::RedoRequest* request,
              v1::RedoResponse* response) override;
  Unary* Reopen(Context* context, const v1::ReopenRequest* request,
                v1::ReopenResponse* response) override;
  Unary* Supervise(Context* context, const v1::SuperviseRequest* request,
                   v1::SuperviseResponse* response) override;
  Unary* TransferOut(Context* context, const v1::TransferOutRequest* request,
                     v1::TransferOutResponse* response) override;
  Unary* Close(Context* context, const v1::CloseRequest* request,
               v1::CloseResponse* response) override;
  Unary* OrderRecheck(Context* context, const v1::OrderRecheckRequest* request,
                      v1::OrderRecheckResponse* response) override;
  Unary* RecordRecheck(Context* context, const v1::RecordRecheckRequest* request,
                       v1::RecordRecheckResponse* response) override;
  Unary* RecalculateDue(Context* context, const v1::RecalculateDueRequest* request,
                        v1::RecalculateDueResponse* response) override;
  Unary* Precedents(Context* context, const v1::PrecedentsRequest* request,
                    v1::PrecedentsResponse* response) override;
  Unary* ReturnReport(Context* context, const v1::ReturnReportRequest* request,
                      v1::ReturnReportResponse* response) override;
  Unary* ListProvisional(Context* context, const v1::ListProvisionalRequest* request,
                         v1::ListProvisionalResponse* response) override;

 private:
  Parts parts_;
};

}  // namespace paidan::dispatch
