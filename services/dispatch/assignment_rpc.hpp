#pragma once
#include "dispatch/command_edge.hpp"
#include "dispatch/list_pages.hpp"
#include "dispatch/reveal.hpp"
#include "dispatch/streams.hpp"
#include "paidan/dispatch/v1/assignment.grpc.pb.h"

namespace paidan::dispatch {

/// Agencies' side of the edge.
class AssignmentRpc final : public v1::AssignmentService::CallbackService {
 public:
  struct Parts {
    CallParts calls;
    const CommandEdge& commands;
    StreamDoor& streams;
    const view_reader::ViewReader& views;
    ContactReveal& reveal;
  };
  explicit AssignmentRpc(const Parts& parts) : parts_(parts) {}

  using Context = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  grpc::ServerWriteReactor<v1::SubscribeResponse>* Subscribe(
      Context* context, const v1::SubscribeRequest* request) override;
  Unary* List(Context* context, const v1::ListRequest* request,
              v1::ListResponse* response) override;
  Unary* Acknowledge(Context* context, const v1::AcknowledgeRequest* request,
                     v1::AcknowledgeResponse* response) override;
  Unary* RecordContact(Context* context, const v1::RecordContactRequest* request,
                       v1::RecordContactResponse* response) override;
  Unary* RequestReturn(Context* context, const v1::RequestReturnRequest* request,
                       v1::RequestReturnResponse* response) override;
  Unary* Complete(Context* context, const v1::CompleteRequest* request,
                  v1::CompleteResponse* response) override;
  Unary* Reveal(Context* context, const v1::RevealRequest* request,
                v1::RevealResponse* response) override;

  Unary* RequestExtension(Context* context, const v1::RequestExtensionRequest* request,
                          v1::RequestExtensionResponse* response) override;
  Unary* RequestUnreasonable(Context* context, const v1::RequestUnreasonableRequest* request,
                             v1::RequestUnreasonableResponse* response) override;
  Unary* SubAssign(Context* context, const v1::SubAssignRequest* request,
                   v1::SubAssignResponse* response) override;
  Unary* RaiseToDistrict(Context* context, const v1::RaiseToDistrictRequest* request,
                         v1::RaiseToDistrictResponse* response) override;
  Unary* ReplyAsCoHandler(Context* context, const v1::ReplyAsCoHandlerRequest* request,
                          v1::ReplyAsCoHandlerResponse* response) override;

 private:
  Parts parts_;
};

}  // namespace paidan::dispatch
