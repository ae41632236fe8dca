#include "paidan/contract/state.hpp"

#include "fields.hpp"
#include "paidan/state/v1/state.pb.h"
#include "state_fields.hpp"

namespace paidan::contract {

namespace {

namespace wire = state::v1;

domain::PartitionTime read_partition_time(const wire::PartitionTime& time) {
  return {.mark_at = from_unix_ms(time.mark_at_ms()),
          .round = time.round(),
          .fired_count = time.fired_count()};
}

void write_partition_time(const domain::PartitionTime& time, wire::PartitionTime& out) {
  out.set_mark_at_ms(to_unix_ms(time.mark_at));
  out.set_round(time.round);
  out.set_fired_count(time.fired_count);
}

template <class Proto, class Ticket, class State, class WriteTicket>
stream::OutRecord encode_state(stream::TopicName topic, std::string_view key, Partition partition,
                               const State& state, WriteTicket write_ticket) {
  stream::OutRecord out{.topic = topic,
                        .partition = partition,
                        .key = std::string(key),
                        .value = std::nullopt,
                        .headers = {}};
  if (state == State{Ticket{}} || state == State{domain::PartitionTime{}}) return out;
  Proto proto;
  std::visit(Overloaded{[&](const Ticket& ticket) { write_ticket(ticket, proto); },
                        [&](const domain::PartitionTime& time) {
                          write_partition_time(time, *proto.mutable_partition_time());
                        }},
             state);
  out.value = serialize(proto);
  return out;
}

template <class Proto, class Ticket, class State, class ReadTicket>
Result<State, stream::Malformed> decode_state(const stream::InRecord& record,
                                              ReadTicket read_ticket) {
  const bool of_partition = is_partition_key(record.key);
  if (!record.value) {
    return of_partition ? State{domain::PartitionTime{}} : State{Ticket{}};
  }
  Proto proto;
  if (auto malformed = parse(proto, *record.value, value_bytes_max)) return std::move(*malformed);
  if (of_partition) return State{read_partition_time(proto.partition_time())};
  Faults faults;
  Ticket ticket = read_ticket(proto, faults);
  if (faults.any()) return faults.take();
  return State{std::move(ticket)};
}

}  // namespace

bool is_partition_key(std::string_view key) { return key.starts_with('@'); }

stream::OutRecord encode_dispatch_state(std::string_view key, Partition partition,
                                        const DispatchState& state) {
  return encode_state<wire::DispatchTicket, domain::Ticket>(topic::dispatch_state, key, partition,
                                                            state, write_dispatch_ticket);
}

Result<DispatchState, stream::Malformed> decode_dispatch_state(const stream::InRecord& record) {
  return decode_state<wire::DispatchTicket, domain::Ticket, DispatchState>(record,
                                                                           read_dispatch_ticket);
}

stream::OutRecord encode_sla_monitor_state(std::string_view key, Partition partition,
                                           const SlaMonitorState& state) {
  return encode_state<wire::SlaTicket, domain::SlaTicket>(topic::sla_monitor_state, key, partition,
                                                          state, write_sla_ticket);
}

Result<SlaMonitorState, stream::Malformed> decode_sla_monitor_state(
    const stream::InRecord& record) {
  return decode_state<wire::SlaTicket, domain::SlaTicket, SlaMonitorState>(record, read_sla_ticket);
}

}  // namespace paidan::contract
