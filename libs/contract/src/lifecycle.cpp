#include "paidan/contract/lifecycle.hpp"

#include "citizen_facts.hpp"
#include "lifecycle_facts.hpp"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;

/// Reads a time mark or Settled into `Body`; false when the record is a fact of a ticket.
template <class Body>
bool read_partition_record(const wire::LifecycleRecord& proto, Body& body, Faults& faults) {
  if (proto.has_time_mark()) {
    body = read_time_mark(proto.time_mark(), {"time_mark"}, faults);
    return true;
  }
  if (proto.has_settled()) {
    const Path root{"settled"};
    body = domain::Settled{
        read_instant(proto.settled().has_at(), proto.settled().at(), {"at", &root}, faults)};
    return true;
  }
  return false;
}

void check_version(const wire::LifecycleRecord& proto, Faults& faults) {
  if (proto.version() == 0) faults.add({"version"}, "missing; the first is 1");
}

/// Moves the meta's time into the fact: it is one and the same.
template <class Body, class Fact, class TimeOf>
DecodeResult<Body> with_time(DecodeResult<Body> decoded, TimeOf time_of) {
  if (decoded) {
    if (auto* fact = std::get_if<Fact>(&decoded->body)) {
      time_of(*fact) = decoded->meta.happened_at;
    }
  }
  return decoded;
}

TicketFact read_ticket_fact(wire::LifecycleRecord& proto, Faults& faults) {
  check_version(proto, faults);
  TicketFact out;
  out.version = proto.version();
  out.state = read_enum<domain::State>(proto.state(), wire::TicketState_IsValid, {"state"}, faults);
  out.lead_unit = domain::UnitId{std::move(*proto.mutable_lead_unit())};
  out.assign_epoch = proto.assign_epoch();
  out.queue_unit = domain::UnitId{std::move(*proto.mutable_queue_unit())};
  out.relieved_units = read_ids<domain::UnitId>(*proto.mutable_relieved_units());
  out.fact.actor = read_actor(*proto.mutable_actor(), {"actor"}, faults);
  out.fact.clocks = read_clock_changes(proto, faults);
  out.fact.verdicts = read_verdicts(proto, faults);
  out.fact.body = read_lifecycle_body(proto, faults);
  return out;
}

domain::LifecycleNotice read_notice(wire::LifecycleRecord& proto, Faults& faults) {
  check_version(proto, faults);
  if (proto.fact_case() == wire::LifecycleRecord::FACT_NOT_SET) {
    faults.add({"fact"}, "missing, or of a later version");
  }
  return {
      .version = proto.version(), .happened_at = {}, .changes = read_clock_changes(proto, faults)};
}

}  // namespace

DecodeResult<LifecycleRecord> decode_lifecycle(const stream::InRecord& record,
                                               std::int32_t partition_count) {
  return with_time<LifecycleRecord, TicketFact>(
      decode_record<LifecycleRecord, wire::LifecycleRecord>(
          record, topic::lifecycle, partition_count,
          [](wire::LifecycleRecord& proto, bool& of_partition, Faults& faults) {
            LifecycleRecord body;
            of_partition = read_partition_record(proto, body, faults);
            if (!of_partition) body = read_ticket_fact(proto, faults);
            return body;
          }),
      [](TicketFact& fact) -> Instant& { return fact.fact.happened_at; });
}

DecodeResult<LifecycleNoticeRecord> decode_lifecycle_notice(const stream::InRecord& record,
                                                            std::int32_t partition_count) {
  return with_time<LifecycleNoticeRecord, domain::LifecycleNotice>(
      decode_record<LifecycleNoticeRecord, wire::LifecycleRecord>(
          record, topic::lifecycle, partition_count,
          [](wire::LifecycleRecord& proto, bool& of_partition, Faults& faults) {
            LifecycleNoticeRecord body;
            of_partition = read_partition_record(proto, body, faults);
            if (!of_partition) body = read_notice(proto, faults);
            return body;
          }),
      [](domain::LifecycleNotice& notice) -> Instant& { return notice.happened_at; });
}

stream::OutRecord encode_lifecycle(std::string_view ticket_id, const domain::LifecycleFact& fact,
                                   const domain::Ticket& after, const Stamp& stamp,
                                   std::span<const domain::UnitId> relieved_units) {
  wire::LifecycleRecord proto;
  write_meta(stamp, fact.happened_at, *proto.mutable_meta());
  proto.set_ticket_id(ticket_id.data(), ticket_id.size());
  proto.set_version(after.version);
  proto.set_state(write_enum<wire::TicketState>(after.state));
  write_actor(fact.actor, *proto.mutable_actor());
  write_clock_changes(fact.clocks, proto);
  write_verdicts(fact.verdicts, proto);
  proto.set_lead_unit(after.lead_unit.get());
  proto.set_assign_epoch(after.assign_epoch);
  proto.set_queue_unit(after.queue_unit.get());
  for (const domain::UnitId& unit : relieved_units) proto.add_relieved_units(unit.get());
  const std::string_view name = write_lifecycle_body(fact.body, proto);
  Stamp stamped = stamp;
  stamped.happened_at = fact.happened_at;
  return make_record(topic::lifecycle, ticket_id, proto, name, stamped);
}

stream::OutRecord encode_time_mark(const domain::TimeMark& mark, const Stamp& stamp) {
  wire::LifecycleRecord proto;
  write_meta(stamp, mark.at, *proto.mutable_meta());
  write_time_mark(mark, *proto.mutable_time_mark());
  Stamp stamped = stamp;
  stamped.happened_at = mark.at;
  return make_record(topic::lifecycle, stream::partition_key(stamp.cause.partition), proto,
                     "time_mark", stamped);
}

stream::OutRecord encode_settled(const domain::Settled& settled, const Stamp& stamp) {
  wire::LifecycleRecord proto;
  write_meta(stamp, settled.at, *proto.mutable_meta());
  write_instant(settled.at, *proto.mutable_settled()->mutable_at());
  Stamp stamped = stamp;
  stamped.happened_at = settled.at;
  return make_record(topic::lifecycle, stream::partition_key(stamp.cause.partition), proto,
                     "settled", stamped);
}

}  // namespace paidan::contract
