#include "dispatch/codec.hpp"

#include <string>
#include <type_traits>
#include <variant>

#include "paidan/contract/commands.hpp"
#include "paidan/contract/dead_letter.hpp"
#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/links.hpp"
#include "paidan/contract/matches.hpp"
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
  const std::string& key;

  Input operator()(domain::TimeMark& mark) const { return mark; }
  Input operator()(domain::MarkAnswered& answered) const { return answered; }
  Input operator()(domain::SlaFact& fact) const { return of_ticket(std::move(fact)); }
  Input operator()(domain::LinkProposed& proposed) const { return of_ticket(std::move(proposed)); }
  Input operator()(domain::LinkWithdrawn& withdrawn) const {
    return of_ticket(std::move(withdrawn));
  }
  template <class CitizenSays>
  Input operator()(CitizenSays& fact) const {
    return of_ticket(domain::CitizenFact{std::move(fact)});
  }

  template <class Body>
  Input of_ticket(Body body) const {
    return domain::TicketInput{std::move(body), happened_at, domain::TicketId{key}};
  }
};

template <class Body>
Decoded to_input(contract::DecodeResult<Body> decoded) {
  if (!decoded) return std::move(decoded).error();
  contract::Decoded<Body> record = std::move(decoded).value();
  const ToInput to{record.meta.happened_at, record.key};
  if constexpr (std::is_same_v<Body, domain::Command> ||
                std::is_same_v<Body, domain::LinkReceived>) {
    Input input = to.of_ticket(std::move(record.body));
    return stream::Decoded<Input>{std::move(record.key), std::move(input)};
  } else {
    Input input = std::visit(to, record.body);
    return stream::Decoded<Input>{std::move(record.key), std::move(input)};
  }
}

struct ToRecord {
  std::string_view key;
  const State& after;
  contract::Stamp stamp;
  std::int32_t partition_count;
  using Out = std::optional<stream::OutRecord>;

  Out operator()(const HistoryWritten& written) {
    stamp.happened_at = written.fact.happened_at;
    return contract::encode_lifecycle(key, written.fact, after.ticket, stamp,
                                      written.relieved_units);
  }
  Out operator()(const domain::Reply& reply) {
    stamp.happened_at = stamp.decided_at;
    return contract::encode_reply(key, reply, stamp);
  }
  Out operator()(const domain::LinkEffect& effect) {
    return contract::encode_link(key, effect, stamp, partition_count);
  }
  Out operator()(const domain::ProposalKept&) { return std::nullopt; }
  Out operator()(const TimeMarkWritten& written) {
    stamp.happened_at = written.mark.at;
    return contract::encode_time_mark(written.mark, stamp);
  }
  Out operator()(const domain::Settled& settled) {
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
  if (record.topic == contract::topic::matches) {
    return to_input(contract::decode_match(record, partition_count_));
  }
  if (record.topic == contract::topic::links) {
    return to_input(contract::decode_link(record, partition_count_));
  }
  return stream::Malformed{"topic: dispatch does not read it"};
}

std::optional<stream::OutRecord> Codec::encode(std::string_view key, const Event& event,
                                               const State& after, const stream::Cause& cause,
                                               std::size_t index, Instant now) const {
  ToRecord to_record{
      key, after, {cause, index, now, now, rules_version_, service}, partition_count_};
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
