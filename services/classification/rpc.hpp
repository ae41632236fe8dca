#pragma once
#include <grpcpp/grpcpp.h>

#include "classification/logic.hpp"
#include "paidan/classification/v1/classification.grpc.pb.h"
#include "paidan/edge/call.hpp"
#include "paidan/stream/log.hpp"

namespace paidan::classification {

/// What a preview is made with; outlives the calls.
struct PreviewParts {
  const rpc::Authenticator& authenticator;
  metrics::CallMetrics& metrics;
  const domain::CityPack& pack;
  const domain::Classifier& classifier;
  const stream::Clock& clock;
};

/// Previews: microseconds of computing, so they are answered where they arrive. Changes nothing.
class ClassificationRpc final : public v1::ClassificationService::CallbackService {
 public:
  explicit ClassificationRpc(const PreviewParts& parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* Classify(grpc::CallbackServerContext* context,
                                     const v1::ClassifyRequest* request,
                                     v1::ClassifyResponse* response) override;

 private:
  PreviewParts parts_;
};

}  // namespace paidan::classification
