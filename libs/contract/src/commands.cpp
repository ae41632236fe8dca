#include "paidan/contract/commands.hpp"

#include "citizen_facts.hpp"
#include "command_bodies.hpp"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;
constexpr std::size_t command_id_bytes_max = 64;

domain::ReplyTo read_reply_to(wire::ReplyTo& reply_to, Faults& faults) {
  const Path root{"reply_to"};
  if (reply_to.partition() < 0 || reply_to.partition() >= reply_partitions) {
    faults.add({"partition", &root},
               "not one of the " + std::to_string(reply_partitions) + " of `replies`");
  }
  return {.instance = std::move(*reply_to.mutable_instance()), .partition = reply_to.partition()};
}

domain::Command read_command(wire::CommandRecord& proto, Faults& faults) {
  domain::Command out;
  out.command_id = std::move(*proto.mutable_command_id());
  if (out.command_id.empty() || out.command_id.size() > command_id_bytes_max) {
    faults.add({"command_id"}, "not 1 to " + std::to_string(command_id_bytes_max) + " bytes");
  }
  out.actor = read_actor(*proto.mutable_actor(), {"actor"}, faults);
  out.assign_epoch = proto.assign_epoch();
  out.expected_version = proto.expected_version();
  out.reply_to = read_reply_to(*proto.mutable_reply_to(), faults);
  out.body = read_command_body(proto, faults);
  return out;
}

}  // namespace

DecodeResult<domain::Command> decode_command(const stream::InRecord& record,
                                             std::int32_t partition_count) {
  return decode_record<domain::Command, wire::CommandRecord>(
      record, topic::commands, partition_count,
      [](wire::CommandRecord& proto, bool& /*of_partition*/, Faults& faults) {
        return read_command(proto, faults);
      });
}

stream::OutRecord encode_command(std::string_view ticket_id, const domain::Command& command,
                                 const Stamp& stamp) {
  wire::CommandRecord proto;
  write_meta(stamp, stamp.happened_at, *proto.mutable_meta());
  proto.set_ticket_id(ticket_id.data(), ticket_id.size());
  proto.set_command_id(command.command_id);
  write_actor(command.actor, *proto.mutable_actor());
  proto.set_assign_epoch(command.assign_epoch);
  proto.set_expected_version(command.expected_version);
  proto.mutable_reply_to()->set_instance(command.reply_to.instance);
  proto.mutable_reply_to()->set_partition(command.reply_to.partition);
  const std::string_view name = write_command_body(command.body, proto);
  return make_record(topic::commands, ticket_id, proto, name, stamp);
}

std::string_view name_of(const domain::CommandBody& body) {
  wire::CommandRecord scratch;
  return write_command_body(body, scratch);
}

}  // namespace paidan::contract
