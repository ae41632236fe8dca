#include "intake/logic.hpp"

#include <array>
#include <cmath>

#include "intake/text.hpp"

namespace paidan::intake {

namespace {

using Wrong = std::optional<Invalid>;

// No 12345 hotline is older than this, and no promise reaches further than a century.
constexpr Instant earliest = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};
constexpr std::chrono::days due_max{36'525};
constexpr std::chrono::days clock_skew{1};

enum class Measure { bytes, characters };

/// How one text field is checked.
struct TextRule {
  std::string_view field;
  std::size_t max;
  Measure measure = Measure::bytes;
  Allowed allowed = Allowed::one_line;
  bool required = false;
};

Wrong check_text(std::string_view text, const TextRule& rule, std::string_view part = {}) {
  const auto wrong = [&](std::string_view reason, std::string message) {
    std::string field(rule.field);
    if (!part.empty()) field.append("[").append(part).append("]");
    return Invalid{std::move(field), reason, std::move(message)};
  };
  const TextFacts facts = look_at(text, rule.allowed);
  if (!facts.utf8) return wrong("not_utf8", "not UTF-8");
  const bool in_bytes = rule.measure == Measure::bytes;
  const std::size_t size = in_bytes ? text.size() : facts.characters;
  if (size > rule.max) {
    return wrong("too_long", std::to_string(size) + (in_bytes ? " bytes" : " characters") +
                                 ", at most " + std::to_string(rule.max));
  }
  if (rule.required && is_blank(text)) return wrong("empty", "required");
  if (facts.control) {
    return wrong("control_character",
                 "holds the control character " + code_point_name(*facts.control));
  }
  return std::nullopt;
}

/// The first finding of the checks, in their order.
template <class... Checks>
Wrong first_of(Checks... checks) {
  Wrong wrong;
  ((wrong = checks(), wrong.has_value()) || ...);
  return wrong;
}

Wrong check_texts(const Submission& s) {
  const std::array<std::pair<const std::string&, TextRule>, 11> fields{{
      {s.channel, {.field = "channel", .max = limits::channel_bytes, .required = true}},
      {s.title,
       {.field = "title",
        .max = limits::title_characters,
        .measure = Measure::characters,
        .required = true}},
      {s.text,
       {.field = "text",
        .max = limits::text_characters,
        .measure = Measure::characters,
        .allowed = Allowed::lines}},
      {s.category, {.field = "category", .max = limits::category_bytes}},
      {s.demand_kind, {.field = "demand_kind", .max = limits::demand_kind_bytes}},
      {s.place.address, {.field = "place.address", .max = limits::address_bytes}},
      {s.place.area.get(), {.field = "place.area", .max = limits::code_bytes}},
      {s.designated_unit, {.field = "designated_unit", .max = limits::code_bytes}},
      {s.contact.name,
       {.field = "contact.name", .max = limits::name_characters, .measure = Measure::characters}},
      {s.contact.phone, {.field = "contact.phone", .max = limits::phone_bytes}},
      {s.contact.email, {.field = "contact.email", .max = limits::email_bytes}},
  }};
  for (const auto& [value, rule] : fields) {
    if (Wrong wrong = check_text(value, rule)) return wrong;
  }
  return std::nullopt;
}

/// An identifier: short, and not a person's number in disguise, since it is kept in clear.
Wrong check_code(std::string_view code, const TextRule& rule, std::string_view part = {}) {
  if (Wrong wrong = check_text(code, rule, part)) return wrong;
  if (!domain::looks_like_personal_number(code)) return std::nullopt;
  return Invalid{std::string(rule.field), "personal_number",
                 "looks like a phone or identity number"};
}

Wrong check_coordinate(double value, double max, std::string_view field) {
  if (std::isfinite(value) && std::abs(value) <= max) return std::nullopt;
  return Invalid{std::string(field), "out_of_range",
                 "not between -" + std::to_string(static_cast<int>(max)) + " and " +
                     std::to_string(static_cast<int>(max))};
}

Wrong check_place(const domain::Place& place, const Rules& rules) {
  if (place.codes.size() > limits::codes) {
    return Invalid{"place.codes", "too_many", "at most " + std::to_string(limits::codes)};
  }
  for (const auto& [kind, code] : place.codes) {
    const TextRule rule{.field = "place.codes", .max = limits::code_bytes};
    if (Wrong wrong = check_text(kind, rule)) return wrong;
    if (Wrong wrong = check_code(code, rule)) return wrong;
  }
  if (!place.area.get().empty() && domain::find_area(rules.pack, place.area) == nullptr) {
    return Invalid{"place.area", "unknown", "not an area of the city pack"};
  }
  return first_of(
      [&] {
        return check_code(place.postal_code,
                          {.field = "place.postal_code", .max = limits::code_bytes});
      },
      [&] { return check_coordinate(place.latitude, 90, "place.latitude"); },
      [&] { return check_coordinate(place.longitude, 180, "place.longitude"); });
}

Wrong check_attributes(const std::map<std::string, std::string>& attributes) {
  if (attributes.size() > limits::attributes) {
    return Invalid{"attributes", "too_many", "at most " + std::to_string(limits::attributes)};
  }
  for (const auto& [name, value] : attributes) {
    const TextRule name_rule{
        .field = "attributes", .max = limits::attribute_name_bytes, .required = true};
    if (Wrong wrong = check_text(name, name_rule)) return wrong;
    const TextRule rule{
        .field = "attributes", .max = limits::attribute_bytes, .allowed = Allowed::lines};
    if (Wrong wrong = check_text(value, rule, name)) return wrong;
  }
  return std::nullopt;
}

bool is_known_demand_kind(const domain::CityPack& pack, const std::string& kind) {
  if (kind.empty() || domain::find_demand_kind(pack, kind) != nullptr) return true;
  for (const domain::DemandKind& known : pack.demand_kinds) {
    if (kind == known.name.zh || kind == known.name.en) return true;
  }
  return false;
}

Wrong check_due(const Submission& s, const domain::Channel& channel, const Times& times) {
  if (!s.given_due_at) return std::nullopt;
  if (!channel.due_given) {
    return Invalid{"given_due_at", "not_allowed",
                   "only a channel of the pack with `due: given` may give a due time"};
  }
  if (*s.given_due_at < earliest || *s.given_due_at > times.now + due_max) {
    return Invalid{"given_due_at", "absurd", "before the year 2000 or more than 100 years ahead"};
  }
  return std::nullopt;
}

Wrong check_designated(const Submission& s, const domain::Channel& channel, const Rules& rules) {
  if (s.designated_unit.empty()) return std::nullopt;
  if (!channel.may_designate) {
    return Invalid{"designated_unit", "not_allowed",
                   "only a channel of the pack with `may_designate` may name the unit"};
  }
  if (domain::find_agency(rules.pack, domain::UnitId{s.designated_unit}) == nullptr) {
    return Invalid{"designated_unit", "unknown", "not a unit of the city pack"};
  }
  return std::nullopt;
}

/// What the pack says about the channel and what it may give.
Wrong check_against_pack(const Submission& s, const Rules& rules, const Times& times) {
  const domain::Channel* channel = domain::find_channel(rules.pack, domain::ChannelId{s.channel});
  if (channel == nullptr) {
    return Invalid{"channel", "unknown", "not a channel of the city pack"};
  }
  if (!is_known_demand_kind(rules.pack, s.demand_kind)) {
    return Invalid{"demand_kind", "unknown", "not a demand kind of the city pack"};
  }
  if (Wrong wrong = check_due(s, *channel, times)) return wrong;
  return check_designated(s, *channel, rules);
}

Result<Instant, Invalid> time_of(const std::optional<Instant>& recorded_at, const Rules& rules,
                                 const Times& times) {
  if (!rules.replay) {
    if (!recorded_at) return times.now;
    return Invalid{"recorded_at", "not_allowed", "only in a replay deployment"};
  }
  if (!recorded_at) return Invalid{"recorded_at", "empty", "required in a replay deployment"};
  if (Wrong wrong = check_recorded(*recorded_at, "recorded_at", rules, times)) {
    return std::move(*wrong);
  }
  return *recorded_at;
}

Wrong check_comment(std::string_view text, std::string_view field, bool required) {
  return check_text(text, {.field = field,
                           .max = limits::comment_characters,
                           .measure = Measure::characters,
                           .allowed = Allowed::lines,
                           .required = required});
}

struct FollowUpCheck {
  Wrong operator()(const domain::Supplemented& fact) const {
    return check_text(fact.text, {.field = "text",
                                  .max = limits::text_characters,
                                  .measure = Measure::characters,
                                  .allowed = Allowed::lines,
                                  .required = true});
  }
  Wrong operator()(const domain::Urged& fact) const {
    return check_comment(fact.text, "text", false);
  }
  Wrong operator()(const domain::Withdrawn& fact) const {
    return check_comment(fact.reason, "reason", false);
  }
  Wrong operator()(const domain::Rated& fact) const {
    if (fact.satisfaction == domain::Satisfaction::none) {
      return Invalid{"rating.satisfaction", "empty", "required"};
    }
    return check_comment(fact.comment, "rating.comment", false);
  }
  Wrong operator()(const domain::Appealed& fact) const {
    return check_comment(fact.reason, "reason", true);
  }
};

}  // namespace

std::optional<Invalid> check_external_id(std::string_view external_id) {
  return check_code(external_id,
                    {.field = "external_id", .max = limits::external_id_bytes, .required = true});
}

std::optional<Invalid> check_recorded(Instant recorded, std::string_view field, const Rules& rules,
                                      const Times& times) {
  const std::string name(field);
  if (recorded < earliest) return Invalid{name, "absurd", "before the year 2000"};
  if (recorded > times.now + clock_skew) return Invalid{name, "future", "in the future"};
  if (recorded < times.latest_recorded - rules.recorded_max) {
    return Invalid{name, "too_old",
                   "more than " + std::to_string(rules.recorded_max.count()) +
                       " days before the newest recorded time"};
  }
  return std::nullopt;
}

Result<Instant, Invalid> check(const Submission& submission, const Rules& rules,
                               const Times& times) {
  Wrong wrong = first_of([&] { return check_external_id(submission.external_id); },
                         [&] { return check_texts(submission); },
                         [&] { return check_against_pack(submission, rules, times); },
                         [&] { return check_place(submission.place, rules); },
                         [&] { return check_attributes(submission.attributes); });
  if (wrong) return std::move(*wrong);
  return time_of(submission.recorded_at, rules, times);
}

Result<Instant, Invalid> check(const FollowUp& follow_up, const std::optional<Instant>& recorded_at,
                               const Rules& rules, const Times& times) {
  if (Wrong wrong = std::visit(FollowUpCheck{}, follow_up)) return std::move(*wrong);
  return time_of(recorded_at, rules, times);
}

}  // namespace paidan::intake
