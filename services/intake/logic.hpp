#pragma once
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/domain/facts.hpp"
#include "paidan/domain/masking.hpp"
#include "paidan/domain/pack.hpp"

/// What the front door lets in, and how it takes the person out of the content. Pure, thread-safe.
namespace paidan::intake {

namespace limits {
constexpr std::size_t channel_bytes = 64;
constexpr std::size_t external_id_bytes = 128;
constexpr std::size_t title_characters = 200;
constexpr std::size_t text_characters = 4'000;
constexpr std::size_t category_bytes = 500;
constexpr std::size_t demand_kind_bytes = 64;
constexpr std::size_t address_bytes = 500;
constexpr std::size_t code_bytes = 128;  ///< Area, postal code, unit, each of `place.codes`.
constexpr std::size_t codes = 16;
constexpr std::size_t attributes = 16;
constexpr std::size_t attribute_name_bytes = 64;
constexpr std::size_t attribute_bytes = 256;
constexpr std::size_t name_characters = 100;
constexpr std::size_t phone_bytes = 40;
constexpr std::size_t email_bytes = 254;
constexpr std::size_t comment_characters = 500;  ///< Of an urge, a withdrawal, a rating, an appeal.
}  // namespace limits

/// Personal data: leaves this process encrypted only.
struct Contact {
  std::string name;
  std::string phone;
  std::string email;
};

/// What a channel sends, as it came.
struct Submission {
  std::string channel;
  std::string external_id;
  std::string title;
  std::string text;
  std::string category;
  std::string demand_kind;
  domain::Place place;
  Contact contact;
  std::optional<Instant> given_due_at;
  std::string designated_unit;
  bool confidential = false;
  std::optional<Instant> recorded_at;
  std::map<std::string, std::string> attributes;
};

/// What the citizen says later about a ticket.
using FollowUp = std::variant<domain::Supplemented, domain::Urged, domain::Withdrawn, domain::Rated,
                              domain::Appealed>;

/// Why a request is not taken. `field` is the proto's path; `message` names the limit and never the
/// data.
struct Invalid {
  std::string field;
  std::string_view reason;  ///< Static, a metric label: empty, too_long, unknown ...
  std::string message;
};

/// What checks depend on beside the request.
struct Rules {
  const domain::CityPack& pack;
  bool replay = false;                  ///< `time.source: replay`
  std::chrono::days recorded_max{400};  ///< The dedupe window: older ones are refused.
};

/// Where time stands. Live: the wall clock. Replay: also the newest recorded time or mark seen.
struct Times {
  Instant now;
  Instant latest_recorded{};
};

/// When it happened: live `now`, in a replay the recorded time; or the first thing that is wrong.
Result<Instant, Invalid> check(const Submission& submission, const Rules& rules,
                               const Times& times);
Result<Instant, Invalid> check(const FollowUp& follow_up, const std::optional<Instant>& recorded_at,
                               const Rules& rules, const Times& times);
/// Of a time that the caller gives (`recorded_at`, or the `at` of a time mark).
std::optional<Invalid> check_recorded(Instant recorded, std::string_view field, const Rules& rules,
                                      const Times& times);
std::optional<Invalid> check_external_id(std::string_view external_id);

/// A stretch that masking took out of a field.
struct Span {
  domain::SpanKind kind = domain::SpanKind::phone;
  std::string field;
  std::string original;
};

/// Content without the person. `submitted` lacks `subject_ref`, `subject_at`, `content_hash` and
/// `caller_key`, which need keys and the log.
struct Masked {
  domain::Submitted submitted;
  std::vector<Span> spans;
};
Masked mask(const Submission& submission);

struct MaskedFollowUp {
  FollowUp follow_up;
  std::vector<Span> spans;
};
MaskedFollowUp mask(const FollowUp& follow_up);

/// Every field that the channel sent, each with its length, always in the same order: what the
/// content hash is made over.
std::string canonical(const Submission& submission);
std::string canonical(const FollowUp& follow_up);

/// True when there is something that belongs into `subjects`.
bool has_personal_data(const Contact& contact, const std::vector<Span>& spans);

}  // namespace paidan::intake
