#include "citizen_facts.hpp"

namespace paidan::contract {

domain::Rated read_rated(ticket::v1::Rated& rated, const Path& at, Faults& faults) {
  return {
      .solved = rated.solved(),
      .satisfaction = read_enum<domain::Satisfaction>(
          rated.satisfaction(), ticket::v1::Satisfaction_IsValid, {"satisfaction", &at}, faults),
      .comment = std::move(*rated.mutable_comment())};
}

void write_rated(const domain::Rated& rated, ticket::v1::Rated& out) {
  out.set_solved(rated.solved);
  out.set_satisfaction(write_enum<ticket::v1::Satisfaction>(rated.satisfaction));
  out.set_comment(rated.comment);
}

namespace {
std::vector<domain::Candidate> read_candidates(ticket::v1::Classified& classified, const Path& at,
                                               Faults& faults) {
  std::vector<domain::Candidate> out;
  out.reserve(static_cast<std::size_t>(classified.candidates_size()));
  for (ticket::v1::Candidate& candidate : *classified.mutable_candidates()) {
    const Path here{"candidates", &at, static_cast<int>(out.size())};
    out.push_back({.category = domain::CategoryId{std::move(*candidate.mutable_category())},
                   .confidence = read_finite(candidate.confidence(), {"confidence", &here}, faults),
                   .why = std::move(*candidate.mutable_why())});
  }
  return out;
}
}  // namespace

domain::Classified read_classified(ticket::v1::Classified& classified, const Path& at,
                                   Faults& faults) {
  domain::Classified out;
  out.channel = domain::ChannelId{std::move(*classified.mutable_channel())};
  out.external_id = std::move(*classified.mutable_external_id());
  out.title = std::move(*classified.mutable_title());
  out.category = domain::CategoryId{std::move(*classified.mutable_category())};
  out.demand_kind = std::move(*classified.mutable_demand_kind());
  out.urgency = read_enum<domain::Urgency>(classified.urgency(), ticket::v1::Urgency_IsValid,
                                           {"urgency", &at}, faults);
  out.area = domain::AreaId{std::move(*classified.mutable_area())};
  out.confidence = read_finite(classified.confidence(), {"confidence", &at}, faults);
  out.candidates = read_candidates(classified, at, faults);
  out.why = read_ids<std::string>(*classified.mutable_why());
  out.content_ref =
      read_content_ref(classified.has_content_ref() ? classified.mutable_content_ref() : nullptr,
                       {"content_ref", &at}, faults);
  out.subject_ref = std::move(*classified.mutable_subject_ref());
  out.subject_at =
      read_content_ref(classified.has_subject_at() ? classified.mutable_subject_at() : nullptr,
                       {"subject_at", &at}, faults);
  out.masked_name = std::move(*classified.mutable_masked_name());
  out.masked_phone = std::move(*classified.mutable_masked_phone());
  out.given_due_at = read_optional_instant(classified.has_given_due_at(), classified.given_due_at(),
                                           {"given_due_at", &at}, faults);
  out.designated_unit = domain::UnitId{std::move(*classified.mutable_designated_unit())};
  out.confidential = classified.confidential();
  out.life_safety = classified.life_safety();
  return out;
}

void write_classified(const domain::Classified& classified, ticket::v1::Classified& out) {
  out.set_channel(classified.channel.get());
  out.set_external_id(classified.external_id);
  out.set_title(classified.title);
  out.set_category(classified.category.get());
  out.set_demand_kind(classified.demand_kind);
  out.set_urgency(write_enum<ticket::v1::Urgency>(classified.urgency));
  out.set_area(classified.area.get());
  out.set_confidence(classified.confidence);
  for (const domain::Candidate& candidate : classified.candidates) {
    ticket::v1::Candidate& written = *out.add_candidates();
    written.set_category(candidate.category.get());
    written.set_confidence(candidate.confidence);
    written.set_why(candidate.why);
  }
  for (const std::string& why : classified.why) out.add_why(why);
  if (classified.content_ref.offset >= 0) {
    write_content_ref(classified.content_ref, *out.mutable_content_ref());
  }
  out.set_subject_ref(classified.subject_ref);
  if (classified.subject_at.offset >= 0) {
    write_content_ref(classified.subject_at, *out.mutable_subject_at());
  }
  out.set_masked_name(classified.masked_name);
  out.set_masked_phone(classified.masked_phone);
  if (classified.given_due_at) {
    write_instant(*classified.given_due_at, *out.mutable_given_due_at());
  }
  out.set_designated_unit(classified.designated_unit.get());
  out.set_confidential(classified.confidential);
  out.set_life_safety(classified.life_safety);
}

}  // namespace paidan::contract
