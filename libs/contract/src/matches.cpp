#include "paidan/contract/matches.hpp"

#include "citizen_facts.hpp"
#include "paidan/domain/ticket_id.hpp"
#include "paidan/ticket/v1/matches.pb.h"

namespace paidan::contract {

namespace {

std::string read_master(std::string& master, const Path& at, Faults& faults) {
  if (!domain::is_ticket_id(master)) faults.add({"master_ticket_id", &at}, "not a ticket id");
  return std::move(master);
}

domain::LinkProposed read_proposed(ticket::v1::LinkProposed& proposed, Faults& faults) {
  const Path at{"link_proposed"};
  domain::LinkProposed out;
  out.master_ticket_id = read_master(*proposed.mutable_master_ticket_id(), at, faults);
  out.level = static_cast<std::uint32_t>(proposed.level());
  if (!ticket::v1::DuplicateLevel_IsValid(proposed.level()) || out.level == 0) {
    unknown_enum(proposed.level(), {"level", &at}, faults);
  }
  out.automatic = proposed.automatic();
  out.score = read_finite(proposed.score(), {"score", &at}, faults);
  out.evidence = read_text(*proposed.mutable_evidence());
  return out;
}

domain::MatchBody read_body(ticket::v1::MatchRecord& proto, bool& /*of_partition*/,
                            Faults& faults) {
  if (proto.has_link_proposed()) return read_proposed(*proto.mutable_link_proposed(), faults);
  if (!proto.has_link_withdrawn()) faults.add({"fact"}, "missing, or of a later version");
  ticket::v1::LinkWithdrawn& withdrawn = *proto.mutable_link_withdrawn();
  return domain::LinkWithdrawn{
      .master_ticket_id =
          read_master(*withdrawn.mutable_master_ticket_id(), {"link_withdrawn"}, faults),
      .reason = std::move(*withdrawn.mutable_reason())};
}

}  // namespace

DecodeResult<domain::MatchBody> decode_match(const stream::InRecord& record,
                                             std::int32_t partition_count) {
  return decode_record<domain::MatchBody, ticket::v1::MatchRecord>(record, topic::matches,
                                                                   partition_count, read_body);
}

stream::OutRecord encode_match(const domain::Match& match, const Stamp& stamp,
                               std::int32_t partition_count) {
  ticket::v1::MatchRecord proto;
  write_meta(stamp, match.happened_at, *proto.mutable_meta());
  proto.set_ticket_id(match.ticket_id);
  const std::string_view name = std::visit(
      Overloaded{[&](const domain::LinkProposed& proposed) {
                   ticket::v1::LinkProposed& out = *proto.mutable_link_proposed();
                   out.set_master_ticket_id(proposed.master_ticket_id);
                   out.set_level(static_cast<ticket::v1::DuplicateLevel>(proposed.level));
                   out.set_automatic(proposed.automatic);
                   out.set_score(proposed.score);
                   write_text(proposed.evidence, *out.mutable_evidence());
                   return std::string_view("link_proposed");
                 },
                 [&](const domain::LinkWithdrawn& withdrawn) {
                   ticket::v1::LinkWithdrawn& out = *proto.mutable_link_withdrawn();
                   out.set_master_ticket_id(withdrawn.master_ticket_id);
                   out.set_reason(withdrawn.reason);
                   return std::string_view("link_withdrawn");
                 }},
      match.body);
  Stamp own = stamp;
  own.happened_at = match.happened_at;
  stream::OutRecord out = make_record(topic::matches, match.ticket_id, proto, name, own);
  out.partition = partition_of(match.ticket_id, partition_count);
  return out;
}

}  // namespace paidan::contract
