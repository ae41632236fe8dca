#include <cstdint>
#include <utility>

#include "intake/logic.hpp"

namespace paidan::intake {

namespace {

/// Masks one field and keeps what was taken out.
std::string masked(const std::string& text, std::string_view field, std::vector<Span>& spans) {
  domain::MaskedText result = domain::mask_text(text);
  for (domain::MaskedSpan& span : result.spans) {
    spans.push_back({span.kind, std::string(field), std::move(span.original)});
  }
  return std::move(result.text);
}

void append(std::string& out, std::string_view part) {
  std::uint64_t size = part.size();
  for (int byte = 0; byte < 8; ++byte, size >>= 8U) out += static_cast<char>(size & 0xffU);
  out += part;
}

void append(std::string& out, std::int64_t number) { append(out, std::to_string(number)); }

void append(std::string& out, const std::optional<Instant>& instant) {
  append(out, instant ? std::to_string(to_unix_ms(*instant)) : std::string());
}

void append(std::string& out, const std::map<std::string, std::string>& pairs) {
  append(out, static_cast<std::int64_t>(pairs.size()));
  for (const auto& [name, value] : pairs) {
    append(out, name);
    append(out, value);
  }
}

/// As billionths of a degree: a text of a double depends on the library.
void append_degrees(std::string& out, double degrees) {
  append(out, static_cast<std::int64_t>(degrees * 1e9));
}

}  // namespace

Masked mask(const Submission& submission) {
  Masked out;
  domain::Submitted& content = out.submitted;
  content.channel = domain::ChannelId{submission.channel};
  content.external_id = submission.external_id;
  content.title = masked(submission.title, "title", out.spans);
  content.text = masked(submission.text, "text", out.spans);
  content.category = masked(submission.category, "category", out.spans);
  content.demand_kind = submission.demand_kind;
  content.place = submission.place;
  content.place.address = masked(submission.place.address, "place.address", out.spans);
  content.masked_name = domain::mask_name(submission.contact.name);
  content.masked_phone = domain::mask_phone(submission.contact.phone);
  content.given_due_at = submission.given_due_at;
  content.designated_unit = domain::UnitId{submission.designated_unit};
  content.confidential = submission.confidential;
  for (const auto& [name, value] : submission.attributes) {
    content.attributes.emplace(name, masked(value, "attributes[" + name + "]", out.spans));
  }
  return out;
}

MaskedFollowUp mask(const FollowUp& follow_up) {
  MaskedFollowUp out{follow_up, {}};
  if (auto* fact = std::get_if<domain::Supplemented>(&out.follow_up)) {
    fact->text = masked(fact->text, "supplement.text", out.spans);
  } else if (auto* urged = std::get_if<domain::Urged>(&out.follow_up)) {
    urged->text = masked(urged->text, "urge.text", out.spans);
  } else if (auto* withdrawn = std::get_if<domain::Withdrawn>(&out.follow_up)) {
    withdrawn->reason = masked(withdrawn->reason, "withdrawal.reason", out.spans);
  } else if (auto* rated = std::get_if<domain::Rated>(&out.follow_up)) {
    rated->comment = masked(rated->comment, "rating.comment", out.spans);
  } else if (auto* appealed = std::get_if<domain::Appealed>(&out.follow_up)) {
    appealed->reason = masked(appealed->reason, "appeal.reason", out.spans);
  }
  return out;
}

std::string canonical(const Submission& submission) {
  std::string out;
  append(out, submission.channel);
  append(out, submission.external_id);
  append(out, submission.title);
  append(out, submission.text);
  append(out, submission.category);
  append(out, submission.demand_kind);
  append(out, submission.place.address);
  append(out, submission.place.area.get());
  append_degrees(out, submission.place.latitude);
  append_degrees(out, submission.place.longitude);
  append(out, submission.place.postal_code);
  append(out, submission.place.codes);
  append(out, submission.contact.name);
  append(out, submission.contact.phone);
  append(out, submission.contact.email);
  append(out, submission.given_due_at);
  append(out, submission.designated_unit);
  append(out, static_cast<std::int64_t>(submission.confidential));
  append(out, submission.recorded_at);
  append(out, submission.attributes);
  return out;
}

std::string canonical(const FollowUp& follow_up) {
  std::string out;
  append(out, static_cast<std::int64_t>(follow_up.index()));
  std::visit(
      [&out](const auto& fact) {
        using Fact = std::decay_t<decltype(fact)>;
        if constexpr (std::is_same_v<Fact, domain::Rated>) {
          append(out, static_cast<std::int64_t>(fact.solved));
          append(out, static_cast<std::int64_t>(fact.satisfaction));
          append(out, fact.comment);
        } else if constexpr (requires { fact.text; }) {
          append(out, fact.text);
        } else {
          append(out, fact.reason);
        }
      },
      follow_up);
  return out;
}

bool has_personal_data(const Contact& contact, const std::vector<Span>& spans) {
  return !contact.name.empty() || !contact.phone.empty() || !contact.email.empty() ||
         !spans.empty();
}

}  // namespace paidan::intake
