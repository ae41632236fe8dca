#include "classification/codec.hpp"

#include <type_traits>

#include "paidan/base/assert.hpp"
#include "paidan/contract/dead_letter.hpp"
#include "paidan/contract/sightings.hpp"
#include "paidan/contract/submissions.hpp"

namespace paidan::classification {

namespace {

constexpr std::string_view service = "classification";

/// Where the text of a submission lies. Only Submitted has a content hash.
domain::ContentRef place_of(const stream::InRecord& record, const contract::SubmissionBody& body) {
  domain::ContentRef place{.partition = record.partition.get(), .offset = record.offset};
  if (const auto* submitted = std::get_if<domain::Submitted>(&body)) {
    place.content_hash = submitted->content_hash;
  }
  return place;
}

}  // namespace

Result<stream::Decoded<Said>, stream::Malformed> Codec::decode(
    const stream::InRecord& record) const {
  auto decoded = contract::decode_submission(record, partition_count_);
  if (!decoded) return std::move(decoded).error();
  Said said{.body = {},
            .ticket_id = decoded->key,
            .content_ref = place_of(record, decoded->body),
            .happened_at = decoded->meta.happened_at};
  std::visit([&](auto& body) { said.body = std::move(body); }, decoded->body);
  return stream::Decoded<Said>{.key = std::move(decoded->key), .input = std::move(said)};
}

stream::OutRecord Codec::encode(std::string_view key, const Passed& event, const State& /*after*/,
                                const stream::Cause& cause, std::size_t index, Instant now) const {
  const contract::Stamp stamp{.cause = cause,
                              .index = index,
                              .happened_at = event.happened_at,
                              .decided_at = now,
                              .rules_version = rules_version_,
                              .service = service};
  return std::visit(
      [&](const auto& passed) {
        if constexpr (std::is_same_v<std::decay_t<decltype(passed)>, domain::KeyedSighting>) {
          return contract::encode_sighting(passed, stamp, partition_count_);
        } else {
          return contract::encode_classified(key, contract::ClassifiedBody(passed), stamp);
        }
      },
      event.body);
}

stream::OutRecord Codec::snapshot(std::string_view /*key*/, Partition /*partition*/,
                                  const State& /*state*/) const {
  PAIDAN_ASSERT(false, "classification keeps no state");
  return {};
}

Result<State, stream::Malformed> Codec::restore(const stream::InRecord& /*record*/) const {
  return stream::Malformed{"classification keeps no state"};
}

stream::OutRecord Codec::dead_letter(const stream::InRecord& record,
                                     const stream::Malformed& malformed, Instant now) const {
  return contract::dead_letter(record, malformed, service, now);
}

}  // namespace paidan::classification
