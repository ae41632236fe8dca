#include "views/codec.hpp"

#include <algorithm>

#include "paidan/contract/convert.hpp"
#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/message.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/state/v1/view.pb.h"

namespace paidan::views {
namespace {

using stream::Malformed;
using Decoding = Result<DecodedInput, Malformed>;

Decoding decode_history(const stream::InRecord& record, std::int32_t partition_count) {
  auto decoded = contract::decode_lifecycle(record, partition_count);
  if (!decoded) return decoded.error();
  auto* fact = std::get_if<contract::TicketFact>(&decoded->body);
  if (fact == nullptr) return DecodedInput{};
  HistoryRecord history;
  history.version = fact->version;
  history.state = fact->state;
  history.lead_unit = std::move(fact->lead_unit);
  history.queue_unit = std::move(fact->queue_unit);
  history.assign_epoch = fact->assign_epoch;
  history.fact = std::move(fact->fact);
  history.partition = record.partition.get();
  history.offset = record.offset;
  return DecodedInput{{std::move(decoded->key), std::move(history)}};
}

Decoding decode_alert(const stream::InRecord& record, std::int32_t partition_count) {
  auto decoded = contract::decode_sla(record, partition_count);
  if (!decoded) return decoded.error();
  auto* fact = std::get_if<domain::SlaFact>(&decoded->body);
  if (fact == nullptr) return DecodedInput{};
  return DecodedInput{{std::move(decoded->key), std::move(*fact)}};
}

Decoding decode_said(const stream::InRecord& record, std::int32_t partition_count) {
  auto decoded = contract::decode_submission(record, partition_count);
  if (!decoded) return decoded.error();
  auto* submitted = std::get_if<domain::Submitted>(&decoded->body);
  if (submitted == nullptr) return DecodedInput{};
  return DecodedInput{{std::move(decoded->key), Said{std::move(submitted->text)}}};
}

void to_proto(const Clock& from, state::v1::ViewClock& to) {
  to.set_clock(from.clock);
  to.set_seq(from.seq);
  to.set_step(from.step);
  to.set_unit(from.unit.get());
  to.set_started_at_ms(to_unix_ms(from.started_at));
  to.set_due_at_ms(to_unix_ms(from.due_at));
  if (from.stopped_at) to.set_stopped_at_ms(to_unix_ms(*from.stopped_at));
  to.set_stop(static_cast<ticket::v1::ClockStop>(from.stop));
  to.set_provisional(from.provisional);
  contract::to_proto(from.explanation, *to.mutable_explanation());
  to.set_warned(from.warned);
  to.set_breached(from.breached);
  to.set_retracted(from.retracted);
  to.set_started(from.started);
}

Clock from_proto(const state::v1::ViewClock& from) {
  Clock to;
  to.clock = from.clock();
  to.seq = from.seq();
  to.step = from.step();
  to.unit = domain::UnitId{from.unit()};
  to.started_at = from_unix_ms(from.started_at_ms());
  to.due_at = from_unix_ms(from.due_at_ms());
  if (from.stopped_at_ms() != 0) to.stopped_at = from_unix_ms(from.stopped_at_ms());
  to.stop = static_cast<domain::ClockStop>(from.stop());
  to.provisional = from.provisional();
  to.explanation = {from.explanation().zh(), from.explanation().en()};
  to.warned = from.warned();
  to.breached = from.breached();
  to.retracted = from.retracted();
  to.started = from.started();
  return to;
}

domain::ContentRef from_proto(const common::v1::ContentRef& from) {
  return {from.partition(), from.offset(), from.content_hash()};
}

void classified_to_proto(const domain::Classified& from, state::v1::ViewTicket& to) {
  to.set_channel(from.channel.get());
  to.set_external_id(from.external_id);
  to.set_title(from.title);
  to.set_category(from.category.get());
  to.set_demand_kind(from.demand_kind);
  to.set_urgency(static_cast<ticket::v1::Urgency>(from.urgency));
  to.set_area(from.area.get());
  to.set_masked_name(from.masked_name);
  to.set_masked_phone(from.masked_phone);
  to.set_confidential(from.confidential);
  contract::to_proto(from.content_ref, *to.mutable_content_ref());
  to.set_subject_ref(from.subject_ref);
  contract::to_proto(from.subject_at, *to.mutable_subject_at());
}

/// What a view does not keep (confidence, given due time ...) has its default.
domain::Classified classified_from_proto(const state::v1::ViewTicket& from) {
  domain::Classified to;
  to.channel = domain::ChannelId{from.channel()};
  to.external_id = from.external_id();
  to.title = from.title();
  to.category = domain::CategoryId{from.category()};
  to.demand_kind = from.demand_kind();
  to.urgency = static_cast<domain::Urgency>(from.urgency());
  to.area = domain::AreaId{from.area()};
  to.masked_name = from.masked_name();
  to.masked_phone = from.masked_phone();
  to.confidential = from.confidential();
  to.content_ref = from_proto(from.content_ref());
  to.subject_ref = from.subject_ref();
  to.subject_at = from_proto(from.subject_at());
  return to;
}

void assignment_from_proto(const state::v1::ViewTicket& from, Ticket& to) {
  to.lead_unit = domain::UnitId{from.lead_unit()};
  to.queue_unit = domain::UnitId{from.queue_unit()};
  to.assign_epoch = from.assign_epoch();
  for (const std::string& unit : from.co_handlers()) to.co_handlers.emplace_back(unit);
  for (const std::string& unit : from.units()) to.units.emplace_back(unit);
}

}  // namespace

Result<DecodedInput, Malformed> decode(const stream::InRecord& record,
                                       std::int32_t partition_count) {
  if (record.topic == contract::topic::lifecycle) return decode_history(record, partition_count);
  if (record.topic == contract::topic::sla) return decode_alert(record, partition_count);
  if (record.topic == contract::topic::submissions) return decode_said(record, partition_count);
  return Malformed{"no view reads this topic"};
}

std::string encode_ticket(const Ticket& from) {
  state::v1::ViewTicket to;
  to.set_version(from.version);
  to.set_state(static_cast<ticket::v1::TicketState>(from.state));
  classified_to_proto(from.classified, to);
  to.set_lead_unit(from.lead_unit.get());
  to.set_queue_unit(from.queue_unit.get());
  to.set_assign_epoch(from.assign_epoch);
  for (const domain::UnitId& unit : from.co_handlers) to.add_co_handlers(unit.get());
  for (const domain::UnitId& unit : from.units) to.add_units(unit.get());
  to.set_urge_count(from.urge_count);
  to.set_opened_at_ms(to_unix_ms(from.opened_at));
  to.set_updated_at_ms(to_unix_ms(from.updated_at));
  if (from.report) contract::to_proto(*from.report, *to.mutable_report());
  for (const Clock& clock : from.clocks) to_proto(clock, *to.add_clocks());
  to.set_partition(from.partition);
  to.mutable_lifecycle_offsets()->Add(from.lifecycle_offsets.begin(), from.lifecycle_offsets.end());
  to.set_first_version(from.first_version);
  to.set_conflicting(from.conflicting);
  to.set_appealed(from.appealed);
  return contract::serialize(to);
}

Result<Ticket, Malformed> decode_ticket(std::string_view bytes) {
  state::v1::ViewTicket from;
  if (auto malformed = contract::parse(from, bytes, contract::value_bytes_max)) {
    return std::move(*malformed);
  }
  Ticket to;
  to.version = from.version();
  to.state = static_cast<domain::State>(from.state());
  to.classified = classified_from_proto(from);
  assignment_from_proto(from, to);
  to.urge_count = from.urge_count();
  to.opened_at = from_unix_ms(from.opened_at_ms());
  to.updated_at = from_unix_ms(from.updated_at_ms());
  if (from.has_report()) {
    auto report = contract::from_proto(from.report(), "report");
    if (!report) return std::move(report).error();
    to.report = std::move(report).value();
  }
  for (const auto& clock : from.clocks()) to.clocks.push_back(from_proto(clock));
  to.partition = from.partition();
  to.lifecycle_offsets = {from.lifecycle_offsets().begin(), from.lifecycle_offsets().end()};
  to.first_version = from.first_version();
  to.conflicting = from.conflicting();
  to.appealed = from.appealed();
  return to;
}

}  // namespace paidan::views
