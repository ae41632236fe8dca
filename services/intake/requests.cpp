#include "intake/requests.hpp"

#include <string>
#include <utility>

#include "paidan/contract/convert.hpp"

namespace paidan::intake {

namespace {

/// "field: what" of the contract's codecs, taken apart.
Invalid invalid_of(const stream::Malformed& malformed) {
  const std::size_t colon = malformed.why.find(": ");
  if (colon == std::string::npos) return {"request", "malformed", malformed.why};
  return {malformed.why.substr(0, colon), "malformed", malformed.why.substr(colon + 2)};
}

template <class Request>
Result<Said, Invalid> with_time(const Request& request, FollowUp follow_up) {
  auto recorded =
      contract::from_proto(request.has_recorded_at(), request.recorded_at(), "recorded_at");
  if (!recorded) return invalid_of(recorded.error());
  return Said{std::move(follow_up), *recorded};
}

}  // namespace

Result<Submission, Invalid> submission_of(const v1::SubmitRequest& request) {
  Submission out;
  out.channel = request.channel();
  out.external_id = request.external_id();
  out.title = request.title();
  out.text = request.text();
  out.category = request.category();
  out.demand_kind = request.demand_kind();
  auto place = contract::from_proto(request.place(), "place");
  if (!place) return invalid_of(place.error());
  out.place = std::move(place).value();
  out.contact = {request.contact().name(), request.contact().phone(), request.contact().email()};
  auto due =
      contract::from_proto(request.has_given_due_at(), request.given_due_at(), "given_due_at");
  if (!due) return invalid_of(due.error());
  out.given_due_at = *due;
  out.designated_unit = request.designated_unit();
  out.confidential = request.confidential();
  auto recorded =
      contract::from_proto(request.has_recorded_at(), request.recorded_at(), "recorded_at");
  if (!recorded) return invalid_of(recorded.error());
  out.recorded_at = *recorded;
  for (const auto& [name, value] : request.attributes()) out.attributes.emplace(name, value);
  return out;
}

Result<Said, Invalid> said(const v1::SupplementRequest& request) {
  return with_time(request, domain::Supplemented{request.text()});
}

Result<Said, Invalid> said(const v1::UrgeRequest& request) {
  return with_time(request, domain::Urged{request.text()});
}

Result<Said, Invalid> said(const v1::WithdrawRequest& request) {
  return with_time(request, domain::Withdrawn{request.reason()});
}

Result<Said, Invalid> said(const v1::RateRequest& request) {
  auto rated = contract::from_proto(request.rating(), "rating");
  if (!rated) return invalid_of(rated.error());
  return with_time(request, std::move(rated).value());
}

Result<Said, Invalid> said(const v1::AppealRequest& request) {
  return with_time(request, domain::Appealed{request.reason()});
}

Result<Instant, Invalid> mark_of(const v1::WriteMarkRequest& request) {
  auto at = contract::from_proto(request.has_at(), request.at(), "at");
  if (!at) return invalid_of(at.error());
  if (!*at) return Invalid{"at", "empty", "required"};
  return **at;
}

}  // namespace paidan::intake
