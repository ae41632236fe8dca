#include "paidan/contract/sla.hpp"

#include "citizen_facts.hpp"
#include "sla_facts.hpp"

namespace paidan::contract {

domain::SlaFact read_sla_fact(ticket::v1::SlaFact& fact, const Path& at, Faults& faults) {
  domain::SlaFact out;
  out.kind =
      read_enum<domain::SlaKind>(fact.kind(), ticket::v1::SlaKind_IsValid, {"kind", &at}, faults);
  if (out.kind == domain::SlaKind::none) faults.add({"kind", &at}, "missing");
  out.clock = std::move(*fact.mutable_clock());
  if (out.clock.empty()) faults.add({"clock", &at}, "missing");
  out.step = fact.step();
  out.seq = fact.seq();
  out.unit = domain::UnitId{std::move(*fact.mutable_unit())};
  out.due_at = read_instant(fact.has_due_at(), fact.due_at(), {"due_at", &at}, faults);
  out.at = read_instant(fact.has_at(), fact.at(), {"at", &at}, faults);
  out.late = Milliseconds{fact.late_ms()};
  return out;
}

void write_sla_fact(const domain::SlaFact& fact, ticket::v1::SlaFact& out) {
  out.set_kind(write_enum<ticket::v1::SlaKind>(fact.kind));
  out.set_clock(fact.clock);
  out.set_step(fact.step);
  out.set_seq(fact.seq);
  out.set_unit(fact.unit.get());
  write_instant(fact.due_at, *out.mutable_due_at());
  write_instant(fact.at, *out.mutable_at());
  out.set_late_ms(fact.late.count());
}

namespace {

SlaBody read_body(ticket::v1::SlaRecord& proto, bool& of_partition, Faults& faults) {
  if (proto.has_sla()) return read_sla_fact(*proto.mutable_sla(), {"sla"}, faults);
  if (!proto.has_mark_answered()) {
    faults.add({"fact"}, "missing, or of a later version");
    return domain::MarkAnswered{};
  }
  of_partition = true;
  const ticket::v1::MarkAnswered& answered = proto.mark_answered();
  const Path root{"mark_answered"};
  return domain::MarkAnswered{
      .mark = {.at = read_instant(answered.has_at(), answered.at(), {"at", &root}, faults),
               .round = answered.round()},
      .fired_count = answered.fired_count()};
}

/// Named as its kind, so that a reader of headers alone can tell a breach from a warning.
std::string_view fact_name(domain::SlaKind kind) {
  switch (kind) {
    case domain::SlaKind::warned:
      return "sla_warned";
    case domain::SlaKind::breached:
      return "sla_breached";
    case domain::SlaKind::met:
      return "sla_met";
    case domain::SlaKind::escalated:
      return "sla_escalated";
    case domain::SlaKind::retracted:
      return "sla_retracted";
    case domain::SlaKind::none:
      break;
  }
  return "sla";
}

}  // namespace

DecodeResult<SlaBody> decode_sla(const stream::InRecord& record, std::int32_t partition_count) {
  return decode_record<SlaBody, ticket::v1::SlaRecord>(record, topic::sla, partition_count,
                                                       read_body);
}

stream::OutRecord encode_sla(std::string_view key, const SlaBody& body, const Stamp& stamp) {
  ticket::v1::SlaRecord proto;
  write_meta(stamp, stamp.happened_at, *proto.mutable_meta());
  const std::string_view name =
      std::visit(Overloaded{[&](const domain::SlaFact& fact) {
                              proto.set_ticket_id(key.data(), key.size());
                              write_sla_fact(fact, *proto.mutable_sla());
                              return fact_name(fact.kind);
                            },
                            [&](const domain::MarkAnswered& answered) {
                              ticket::v1::MarkAnswered& out = *proto.mutable_mark_answered();
                              write_instant(answered.mark.at, *out.mutable_at());
                              out.set_round(answered.mark.round);
                              out.set_fired_count(answered.fired_count);
                              return std::string_view("mark_answered");
                            }},
                 body);
  return make_record(topic::sla, key, proto, name, stamp);
}

}  // namespace paidan::contract
