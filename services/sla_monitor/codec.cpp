#include "sla_monitor/codec.hpp"

#include <utility>

#include "paidan/contract/dead_letter.hpp"
#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/state.hpp"

namespace paidan::sla_monitor {
namespace {

constexpr std::string_view service = "sla_monitor";

}  // namespace

Result<stream::Decoded<Input>, stream::Malformed> Codec::decode(
    const stream::InRecord& record) const {
  auto decoded = contract::decode_lifecycle_notice(record, partition_count_);
  if (!decoded) return std::move(decoded).error();
  stream::Decoded<Input> out;
  out.key = std::move(decoded->key);
  if (const auto* mark = std::get_if<domain::TimeMark>(&decoded->body)) out.advance_to = mark->at;
  out.input = std::visit([](auto&& body) -> Input { return std::forward<decltype(body)>(body); },
                         std::move(decoded->body));
  return out;
}

std::optional<stream::OutRecord> Codec::encode(std::string_view key, const Event& event,
                                               const State& /*after*/, const stream::Cause& cause,
                                               std::size_t index, Instant now) const {
  const auto stamp = [&](Instant happened_at) {
    return contract::Stamp{cause, index, happened_at, now, {}, service};
  };
  if (const auto* fact = std::get_if<domain::SlaFact>(&event)) {
    return contract::encode_sla(key, *fact, stamp(fact->at));
  }
  if (const auto* answered = std::get_if<domain::MarkAnswered>(&event)) {
    return contract::encode_sla(key, *answered, stamp(answered->mark.at));
  }
  return std::nullopt;
}

stream::OutRecord Codec::snapshot(std::string_view key, Partition partition,
                                  const State& state) const {
  return contract::encode_sla_monitor_state(key, partition, state);
}

Result<State, stream::Malformed> Codec::restore(const stream::InRecord& record) const {
  return contract::decode_sla_monitor_state(record);
}

stream::OutRecord Codec::dead_letter(const stream::InRecord& record,
                                     const stream::Malformed& malformed, Instant now) const {
  return contract::dead_letter(record, malformed, service, now);
}

}  // namespace paidan::sla_monitor
