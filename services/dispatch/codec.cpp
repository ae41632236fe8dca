#include "dispatch/codec.hpp"

#include <string>
#include <utility>
#include <variant>

#include "paidan/contract/commands.hpp"
#include "paidan/contract/dead_letter.hpp"
#include "paidan/contract/inputs.hpp"
#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/links.hpp"
#include "paidan/contract/state.hpp"

namespace paidan::dispatch {
namespace {

constexpr std::string_view service = "dispatch";

using Decoded = Result<stream::Decoded<Input>, stream::Malformed>;

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
  auto decoded = contract::decode_dispatch_input(record, partition_count_);
  if (!decoded) return std::move(decoded).error();
  Input input = std::visit([](auto&& body) -> Input { return std::forward<decltype(body)>(body); },
                           std::move(decoded->body));
  return stream::Decoded<Input>{std::move(decoded->key), std::move(input)};
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
