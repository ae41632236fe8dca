#include "classification/rpc.hpp"

#include <array>
#include <string>
#include <string_view>

#include "classification/preview.hpp"
#include "paidan/contract/convert.hpp"

namespace paidan::classification {

namespace {

/// Bytes, not characters: a preview needs no exact limit, only a bound (intake has the exact ones).
struct Bound {
  std::string_view field;
  std::size_t bytes_max;
  const std::string& (v1::ClassifyRequest::*value)() const;
};

constexpr std::array<Bound, 6> bounds{{
    {"channel", 64, &v1::ClassifyRequest::channel},
    {"title", 800, &v1::ClassifyRequest::title},
    {"text", 16'000, &v1::ClassifyRequest::text},
    {"category", 500, &v1::ClassifyRequest::category},
    {"demand_kind", 64, &v1::ClassifyRequest::demand_kind},
    {"designated_unit", 128, &v1::ClassifyRequest::designated_unit},
}};

domain::Submitted submitted_of(const v1::ClassifyRequest& request) {
  domain::Submitted submitted;
  submitted.channel = domain::ChannelId(request.channel());
  submitted.title = request.title();
  submitted.text = request.text();
  submitted.category = request.category();
  submitted.demand_kind = request.demand_kind();
  submitted.designated_unit = domain::UnitId(request.designated_unit());
  return submitted;
}

}  // namespace

grpc::ServerUnaryReactor* ClassificationService::Classify(grpc::CallbackServerContext* context,
                                                          const v1::ClassifyRequest* request,
                                                          v1::ClassifyResponse* response) {
  return edge::answer(parts_, *context, "/paidan.classification.v1.ClassificationService/Classify",
                      [this, request, response](const edge::CallPtr& call, const auto& /*who*/) {
                        call->finish(classify(call->context(), *request, *response));
                      });
}

grpc::Status ClassificationService::classify(grpc::CallbackServerContext& context,
                                             const v1::ClassifyRequest& request,
                                             v1::ClassifyResponse& response) const {
  for (const Bound& bound : bounds) {
    if ((request.*bound.value)().size() > bound.bytes_max) {
      return rpc::invalid(context, bound.field, "too_long",
                          "at most " + std::to_string(bound.bytes_max) + " bytes");
    }
  }
  if (request.title().empty() && request.text().empty() && request.category().empty()) {
    return rpc::invalid(context, "text", "empty", "title, text or category must say something");
  }
  if (!request.channel().empty() &&
      domain::find_channel(pack_, domain::ChannelId(request.channel())) == nullptr) {
    return rpc::invalid(context, "channel", "unknown", "no such channel in the city pack");
  }
  domain::Submitted submitted = submitted_of(request);
  auto place = contract::from_proto(request.place(), "place");
  if (!place) return rpc::invalid(context, "place", "malformed", place.error().why);
  submitted.place = std::move(place).value();
  const auto due =
      contract::from_proto(request.has_given_due_at(), request.given_due_at(), "given_due_at");
  if (!due) return rpc::invalid(context, "given_due_at", "malformed", due.error().why);
  submitted.given_due_at = *due;
  *response.mutable_preview() = preview(pack_, classifier_, submitted, clock_.now());
  return grpc::Status::OK;
}

}  // namespace paidan::classification
