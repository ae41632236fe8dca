#include "views/codec.hpp"

#include <utility>

#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"

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
  history.ticket_id = domain::TicketId{decoded->key};
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

domain::Classified known_of(domain::Submitted&& submitted, const stream::InRecord& record) {
  domain::Classified known;
  known.channel = std::move(submitted.channel);
  known.external_id = std::move(submitted.external_id);
  known.title = std::move(submitted.title);
  known.demand_kind = std::move(submitted.demand_kind);
  known.content_ref = {record.partition.get(), record.offset, std::move(submitted.content_hash)};
  known.subject_ref = std::move(submitted.subject_ref);
  known.subject_at = std::move(submitted.subject_at);
  known.masked_name = std::move(submitted.masked_name);
  known.masked_phone = std::move(submitted.masked_phone);
  known.confidential = submitted.confidential;
  return known;
}

Decoding decode_said(const stream::InRecord& record, std::int32_t partition_count) {
  auto decoded = contract::decode_submission(record, partition_count);
  if (!decoded) return decoded.error();
  auto* submitted = std::get_if<domain::Submitted>(&decoded->body);
  if (submitted == nullptr) return DecodedInput{};
  Said said;
  said.text = std::move(submitted->text);
  said.known = known_of(std::move(*submitted), record);
  said.at = decoded->meta.happened_at;
  said.partition = record.partition.get();
  return DecodedInput{{std::move(decoded->key), std::move(said)}};
}

}  // namespace

Result<DecodedInput, Malformed> decode(const stream::InRecord& record,
                                       std::int32_t partition_count) {
  if (record.topic == contract::topic::lifecycle) return decode_history(record, partition_count);
  if (record.topic == contract::topic::sla) return decode_alert(record, partition_count);
  if (record.topic == contract::topic::submissions) return decode_said(record, partition_count);
  return Malformed{"no view reads this topic"};
}

}  // namespace paidan::views
