#pragma once
#include <grpcpp/grpcpp.h>

#include "paidan/classification/v1/classification.grpc.pb.h"
#include "paidan/domain/classify.hpp"
#include "paidan/domain/pack.hpp"
#include "paidan/edge/call.hpp"
#include "paidan/stream/log.hpp"

namespace paidan::classification {

/// Previews for call-takers and apps: the same pure functions as the stage, and nothing is written.
/// Thread-safe. Everything that it is given must outlive the calls.
class ClassificationService final : public v1::ClassificationService::CallbackService {
 public:
  ClassificationService(edge::CallParts parts, const domain::CityPack& pack,
                        const domain::Classifier& classifier, const stream::Clock& clock)
      : parts_(parts), pack_(pack), classifier_(classifier), clock_(clock) {}

  grpc::ServerUnaryReactor* Classify(grpc::CallbackServerContext* context,
                                     const v1::ClassifyRequest* request,
                                     v1::ClassifyResponse* response) override;

 private:
  grpc::Status classify(grpc::CallbackServerContext& context, const v1::ClassifyRequest& request,
                        v1::ClassifyResponse& response) const;

  edge::CallParts parts_;
  const domain::CityPack& pack_;
  const domain::Classifier& classifier_;
  const stream::Clock& clock_;
};

}  // namespace paidan::classification
