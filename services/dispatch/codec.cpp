#include "dispatch/codec.hpp"

#include <variant>

#include "paidan/contract/commands.hpp"
#include "paidan/contract/dead_letter.hpp"
#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/state.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"

namespace paidan::dispatch {
namespace {

constexpr std::string_view service = "dispatch";

using Decoded = Result<stream::Decoded<Input>, stream::Malformed>;

/// A time mark stands for itself; anything else is something that happened to a ticket.
struct ToInput {
  Instant happened_at;

  Input operator()(domain::TimeMark& mark) const { return mark; }
  Input operator()(domain::MarkAnswered& answered) const { return answered; }
  Input operator()(domain::SlaFact& fact) const {
    return domain::TicketInput{std::move(fact), happened_at};
  }
  template <class CitizenSays>
  Input operator()(CitizenSays& fact) const {
    return domain::TicketInput{domain::CitizenFact{std::move(fact)}, happened_at};
  }
};

template <class Body>
Decoded to_input(contract::DecodeResult<Body> decoded) {
  if (!decoded) return std::move(decoded).error();
  contract::Decoded<Body> record = std::move(decoded).value();
  Input input = std::visit(ToInput{record.meta.happened_at}, record.body);
  return stream::Decoded<Input>{std::move(record.key), std::move(input)};
}

Decoded to_input(contract::DecodeResult<domain::Command> decoded) {
  if (!decoded) return std::move(decoded).error();
  contract::Decoded<domain::Command> record = std::move(decoded).value();
  return stream::Decoded<Input>{
      std::move(record.key), domain::TicketInput{std::move(record.body), record.meta.happened_at}};
}

struct ToRecord {
  std::string_view key;
  const State& after;
  contract::Stamp stamp;

  stream::OutRecord operator()(const HistoryWritten& written) {
    stamp.happened_at = written.fact.happened_at;
    return contract::encode_lifecycle(key, written.fact, after.ticket, stamp,
                                      written.relieved_units);
  }
  stream::OutRecord operator()(const domain::Reply& reply) {
    stamp.happened_at = stamp.decided_at;
    return contract::encode_reply(key, reply, stamp);
  }
  stream::OutRecord operator()(const TimeMarkWritten& written) {
    stamp.happened_at = written.mark.at;
    return contract::encode_time_mark(written.mark, stamp);
  }
  stream::OutRecord operator()(const domain::Settled& settled) {
    stamp.happened_at = settled.at;
    return contract::encode_settled(settled, stamp);
  }
};

}  // namespace

Decoded Codec::decode(const stream::InRecord& record) const {
  if (record.topic == contract::topic::classified) {
    return to_input(contract::decode_classified(record, partition_count_));
  }
  if (record.topic == contract::topic::commands) {
    return to_input(contract::decode_command(record, partition_count_));
  }
  if (record.topic == contract::topic::sla) {
    return to_input(contract::decode_sla(record, partition_count_));
  }
  return stream::Malformed{"topic: dispatch does not read it"};
}

stream::OutRecord Codec::encode(std::string_view key, const Event& event, const State& after,
                                const stream::Cause& cause, std::size_t index, Instant now) const {
  ToRecord to_record{key, after, {cause, index, now, now, rules_version_, service}};
  return std::visit(to_record, event);
}

stream::OutRecord Codec::snapshot(std::string_view key, Partition partition,
                                  const State& state) const {
  if (contract::is_partition_key(key)) {
    return contract::encode_dispatch_state(key, partition, state.time);
  }
  return contract::encode_dispatch_state(key, partition, state.ticket);
}

Result<State, stream::Malformed> Codec::restore(const stream::InRecord& record) const {
  auto decoded = contract::decode_dispatch_state(record);
  if (!decoded) return std::move(decoded).error();
  State state;
  if (auto* ticket = std::get_if<domain::Ticket>(&decoded.value())) {
    state.ticket = std::move(*ticket);
  } else {
    state.time = std::get<domain::PartitionTime>(decoded.value());
  }
  return state;
}

stream::OutRecord Codec::dead_letter(const stream::InRecord& record,
                                     const stream::Malformed& malformed, Instant now) const {
  return contract::dead_letter(record, malformed, service, now);
}

}  // namespace paidan::dispatch
