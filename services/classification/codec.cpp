#include "classification/codec.hpp"

#include <utility>
#include <variant>

#include "paidan/base/assert.hpp"
#include "paidan/contract/dead_letter.hpp"
#include "paidan/contract/submissions.hpp"

namespace paidan::classification {

namespace {

constexpr std::string_view service_name = "classification";

struct ToInput {
  const stream::InRecord& record;

  decltype(Input::body) operator()(domain::Submitted& submitted) const {
    domain::ContentRef text{.partition = record.partition.get(),
                            .offset = record.offset,
                            .content_hash = submitted.content_hash};
    return Heard{std::move(submitted), std::move(text)};
  }
  template <class PassedOn>
  decltype(Input::body) operator()(PassedOn& fact) const {
    return std::move(fact);
  }
};

}  // namespace

Result<stream::Decoded<Input>, stream::Malformed> Codec::decode(
    const stream::InRecord& record) const {
  auto decoded = contract::decode_submission(record, partition_count_);
  if (!decoded) return std::move(decoded).error();
  return stream::Decoded<Input>{
      .key = std::move(decoded->key),
      .input = {std::visit(ToInput{record}, decoded->body), decoded->meta.happened_at}};
}

stream::OutRecord Codec::encode(std::string_view key, const Event& event, const Nothing& /*after*/,
                                const stream::Cause& cause, std::size_t index, Instant now) const {
  const contract::Stamp stamp{.cause = cause,
                              .index = index,
                              .happened_at = event.happened_at,
                              .decided_at = now,
                              .rules_version = rules_version_,
                              .service = service_name};
  return contract::encode_classified(key, event.body, stamp);
}

stream::OutRecord Codec::snapshot(std::string_view /*key*/, Partition /*partition*/,
                                  const Nothing& /*state*/) const {
  PAIDAN_ASSERT(false, "classification keeps no state");
  return {};
}

Result<Nothing, stream::Malformed> Codec::restore(const stream::InRecord& /*record*/) const {
  return stream::Malformed{"topic: classification keeps no state"};
}

stream::OutRecord Codec::dead_letter(const stream::InRecord& record,
                                     const stream::Malformed& malformed, Instant now) const {
  return contract::dead_letter(record, malformed, service_name, now);
}

}  // namespace paidan::classification
