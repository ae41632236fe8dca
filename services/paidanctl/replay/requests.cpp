#include "paidanctl/replay/requests.hpp"

#include <google/protobuf/util/time_util.h>

namespace paidan::ctl {

namespace {

google::protobuf::Timestamp stamp(Instant instant) {
  return google::protobuf::util::TimeUtil::MillisecondsToTimestamp(to_unix_ms(instant));
}

}  // namespace

intake::v1::SubmitRequest submit_request(const ReplayCase& replayed) {
  intake::v1::SubmitRequest request;
  request.set_channel(replayed.channel);
  request.set_external_id(replayed.external_id);
  request.set_title(replayed.title);
  request.set_text(replayed.text.empty() ? replayed.title : replayed.text);
  request.set_category(replayed.category);
  request.set_demand_kind(replayed.demand_kind);
  auto& place = *request.mutable_place();
  place.set_address(replayed.address);
  place.set_area(replayed.area);
  place.set_latitude(replayed.latitude);
  place.set_longitude(replayed.longitude);
  place.set_postal_code(replayed.postal_code);
  for (const auto& [kind, code] : replayed.codes) (*place.mutable_codes())[kind] = code;
  if (!replayed.name.empty()) request.mutable_contact()->set_name(replayed.name);
  if (!replayed.phone.empty()) request.mutable_contact()->set_phone(replayed.phone);
  if (replayed.given_due_at) *request.mutable_given_due_at() = stamp(*replayed.given_due_at);
  request.set_designated_unit(replayed.designated_unit);
  request.set_confidential(replayed.confidential);
  *request.mutable_recorded_at() = stamp(replayed.submitted_at);
  return request;
}

}  // namespace paidan::ctl
