#include "fields.hpp"
#include "paidan/contract/commands.hpp"
#include "paidan/ticket/v1/commands.pb.h"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;

domain::Refused read_refused(wire::Refused& refused, Faults& faults) {
  const Path root{"refused"};
  domain::Refused out;
  out.reason = read_enum<domain::RefusalReason>(refused.reason(), wire::RefusalReason_IsValid,
                                                {"reason", &root}, faults);
  out.text = read_text(*refused.mutable_text());
  out.state = read_enum<domain::State>(refused.state(), wire::TicketState_IsValid, {"state", &root},
                                       faults);
  out.version = refused.version();
  return out;
}

domain::Reply read_reply(wire::ReplyRecord& proto, Partition partition, Faults& faults) {
  domain::Reply out;
  out.command_id = std::move(*proto.mutable_command_id());
  if (out.command_id.empty()) faults.add({"command_id"}, "missing");
  out.reply_to = {.instance = std::move(*proto.mutable_instance()), .partition = partition.get()};
  if (proto.has_accepted()) {
    out.answer = domain::Accepted{proto.accepted().version(), proto.accepted().repeated()};
  } else if (proto.has_refused()) {
    out.answer = read_refused(*proto.mutable_refused(), faults);
  } else {
    faults.add({"answer"}, "missing, or of a later version");
  }
  return out;
}

void write_refused(const domain::Refused& refused, wire::Refused& out) {
  out.set_reason(write_enum<wire::RefusalReason>(refused.reason));
  write_text(refused.text, *out.mutable_text());
  out.set_state(write_enum<wire::TicketState>(refused.state));
  out.set_version(refused.version);
}

}  // namespace

DecodeResult<domain::Reply> decode_reply(const stream::InRecord& record) {
  wire::ReplyRecord proto;
  if (auto malformed = open_record(record, topic::replies, proto)) return std::move(*malformed);
  Faults faults;
  Meta meta = read_meta(proto.has_meta() ? proto.mutable_meta() : nullptr, faults);
  domain::Reply reply = read_reply(proto, record.partition, faults);
  if (record.key != reply.reply_to.instance) faults.add({"key"}, "not the instance of the value");
  if (faults.any()) return faults.take();
  return Decoded<domain::Reply>{std::move(*proto.mutable_ticket_id()), std::move(meta),
                                std::move(reply)};
}

stream::OutRecord encode_reply(std::string_view ticket_id, const domain::Reply& reply,
                               const Stamp& stamp) {
  wire::ReplyRecord proto;
  write_meta(stamp, stamp.happened_at, *proto.mutable_meta());
  proto.set_ticket_id(ticket_id.data(), ticket_id.size());
  proto.set_command_id(reply.command_id);
  proto.set_instance(reply.reply_to.instance);
  std::string_view fact = "accepted";
  if (const auto* accepted = std::get_if<domain::Accepted>(&reply.answer)) {
    proto.mutable_accepted()->set_version(accepted->version);
    proto.mutable_accepted()->set_repeated(accepted->repeated);
  } else {
    fact = "refused";
    write_refused(std::get<domain::Refused>(reply.answer), *proto.mutable_refused());
  }
  return {.topic = topic::replies,
          .partition = Partition{reply.reply_to.partition},
          .key = reply.reply_to.instance,
          .value = serialize(proto),
          .headers = cloud_event_headers(stamp, fact, ticket_id)};
}

}  // namespace paidan::contract
