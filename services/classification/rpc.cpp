#include "classification/rpc.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "paidan/contract/convert.hpp"
#include "paidan/rpc/status.hpp"

namespace paidan::classification {

namespace {

constexpr std::string_view method = "/paidan.classification.v1.ClassificationService/Classify";

/// As intake limits them: a preview of what intake would refuse says nothing.
struct TextLimit {
  std::string_view field;
  const std::string& text;
  std::size_t characters_max;
};

/// Code points of valid UTF-8, which protobuf has checked.
std::size_t characters(const std::string& text) {
  std::size_t count = 0;
  for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
  return count;
}

std::optional<TextLimit> too_long(const v1::ClassifyRequest& request) {
  const std::array<TextLimit, 6> limits{{{"channel", request.channel(), 64},
                                         {"title", request.title(), 200},
                                         {"text", request.text(), 4'000},
                                         {"category", request.category(), 500},
                                         {"demand_kind", request.demand_kind(), 64},
                                         {"designated_unit", request.designated_unit(), 128}}};
  for (const TextLimit& limit : limits) {
    if (characters(limit.text) > limit.characters_max) return limit;
  }
  return std::nullopt;
}

Result<domain::Submitted, stream::Malformed> submitted_of(const v1::ClassifyRequest& request) {
  auto place = contract::from_proto(request.place(), "place");
  if (!place) return std::move(place).error();
  auto due =
      contract::from_proto(request.has_given_due_at(), request.given_due_at(), "given_due_at");
  if (!due) return std::move(due).error();
  domain::Submitted out;
  out.channel = domain::ChannelId{request.channel()};
  out.title = request.title();
  out.text = request.text();
  out.category = request.category();
  out.demand_kind = request.demand_kind();
  out.place = std::move(place).value();
  out.given_due_at = *due;
  out.designated_unit = domain::UnitId{request.designated_unit()};
  return out;
}

std::string_view triage_word(domain::TriageReason reason) {
  switch (reason) {
    case domain::TriageReason::no_category:
      return "triage: no category";
    case domain::TriageReason::no_area:
      return "triage: no area";
    case domain::TriageReason::no_owner:
      return "triage: no owner";
    case domain::TriageReason::none:
      break;
  }
  return "triage";
}

void write(const Preview& preview, v1::Preview& out) {
  const domain::Classified& found = preview.classified;
  for (const domain::Candidate& candidate : found.candidates) {
    contract::to_proto(candidate, *out.add_candidates());
  }
  out.set_abstains(found.category.get().empty());
  out.set_demand_kind(found.demand_kind);
  out.set_urgency(static_cast<ticket::v1::Urgency>(found.urgency));
  out.set_area(found.area.get());
  out.set_area_name(preview.area_name);
  for (const std::string& why : found.why) out.add_why(why);
  if (preview.route) {
    out.set_likely_lead_unit(preview.route->lead_unit.get());
    out.set_likely_queue_unit(preview.route->queue_unit.get());
    out.add_why(preview.route->why.rule);
  } else {
    out.add_why(std::string(triage_word(preview.triage)));
  }
  if (preview.citizen) {
    contract::to_proto(preview.citizen->due_at, *out.mutable_likely_due_at());
    contract::to_proto(preview.citizen->explanation, *out.mutable_due_explanation());
  }
}

}  // namespace

grpc::ServerUnaryReactor* ClassificationRpc::Classify(grpc::CallbackServerContext* context,
                                                      const v1::ClassifyRequest* request,
                                                      v1::ClassifyResponse* response) {
  edge::Call call(*context, method, parts_.metrics);
  const auto answer = [&]() -> grpc::Status {
    const auto caller = parts_.authenticator.authenticate(*context, method);
    if (!caller) return caller.error();
    if (const auto limit = too_long(*request)) {
      return rpc::invalid(*context, limit->field, "too_long",
                          "at most " + std::to_string(limit->characters_max) + " characters");
    }
    if (domain::find_channel(parts_.pack, domain::ChannelId{request->channel()}) == nullptr) {
      return rpc::invalid(*context, "channel", "unknown", "not a channel of the city pack");
    }
    const auto submitted = submitted_of(*request);
    if (!submitted)
      return rpc::fail(*context, grpc::StatusCode::INVALID_ARGUMENT, "malformed",
                       submitted.error().why);
    write(preview(parts_.pack, parts_.classifier, *submitted, parts_.clock.now()),
          *response->mutable_preview());
    return grpc::Status::OK;
  };
  call.finish(answer());
  return call.reactor();
}

}  // namespace paidan::classification
