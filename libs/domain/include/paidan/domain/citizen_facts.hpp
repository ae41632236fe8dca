#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/domain/ids.hpp"

/// What the citizen side says, and what classification makes of it (proto: submissions,
/// classified).
namespace paidan::domain {

// Enumerators have the numbers of the proto enums; zero is "unspecified" there and "none" here.

enum class Role { none, channel, agency, office, operations, system };

struct Actor {
  Role role = Role::none;
  UnitId unit;
  std::string name;
  friend bool operator==(const Actor&, const Actor&) = default;
};

/// A sentence for people, in both languages.
struct Text {
  std::string zh;
  std::string en;
  friend bool operator==(const Text&, const Text&) = default;
};

struct Place {
  std::string address;
  AreaId area;  ///< As the channel gave it; not yet resolved.
  double latitude = 0;
  double longitude = 0;
  std::string postal_code;
  std::map<std::string, std::string> codes;  ///< Codes by area kind, e.g. {"ward", "17"}.
  friend bool operator==(const Place&, const Place&) = default;
};

struct ContentRef {
  std::int32_t partition = 0;
  std::int64_t offset = -1;  ///< -1: nowhere.
  std::string content_hash;  ///< 32 bytes, or empty.
  friend bool operator==(const ContentRef&, const ContentRef&) = default;
};

/// A moment that a partition's time line has reached (DESIGN section 4).
struct TimeMark {
  Instant at;
  std::uint32_t round = 0;
  friend bool operator==(const TimeMark&, const TimeMark&) = default;
};

// ---- what the citizen side says ------------------------------------------------------------

enum class Satisfaction { none, satisfied, partly_satisfied, dissatisfied };

/// The text is masked already. The only input that holds it.
struct Submitted {
  ChannelId channel;
  std::string external_id;
  std::string title;
  std::string text;
  std::string category;  ///< As the channel gave it; may be empty or unknown.
  std::string demand_kind;
  Place place;
  std::string subject_ref;
  ContentRef subject_at;
  std::string masked_name;
  std::string masked_phone;
  std::optional<Instant> given_due_at;
  UnitId designated_unit;
  bool confidential = false;
  std::string content_hash;
  std::map<std::string, std::string> attributes;
  std::string caller_key;  ///< A keyed hash of the phone; empty: none that names somebody.
  friend bool operator==(const Submitted&, const Submitted&) = default;
};
struct Supplemented {
  std::string text;
  friend bool operator==(const Supplemented&, const Supplemented&) = default;
};
struct Urged {
  std::string text;
  friend bool operator==(const Urged&, const Urged&) = default;
};
struct Withdrawn {
  std::string reason;
  friend bool operator==(const Withdrawn&, const Withdrawn&) = default;
};
struct Rated {
  bool solved = false;
  Satisfaction satisfaction = Satisfaction::none;
  std::string comment;
  friend bool operator==(const Rated&, const Rated&) = default;
};
struct Appealed {
  std::string reason;
  friend bool operator==(const Appealed&, const Appealed&) = default;
};

// ---- what classification says --------------------------------------------------------------

enum class Urgency { none, normal, urgent, critical };  ///< 一般 / 紧急 / 特急

struct Candidate {
  CategoryId category;
  double confidence = 0;
  std::string why;
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

struct Classified {
  ChannelId channel;
  std::string external_id;
  std::string title;
  CategoryId category;  ///< Empty: classification abstains.
  std::string demand_kind;
  Urgency urgency = Urgency::normal;
  AreaId area;  ///< Empty: the place is unknown.
  double confidence = 0;
  std::vector<Candidate> candidates;
  std::vector<std::string> why;
  ContentRef content_ref;
  std::string subject_ref;
  ContentRef subject_at;
  std::string masked_name;
  std::string masked_phone;
  std::optional<Instant> given_due_at;
  UnitId designated_unit;
  bool confidential = false;
  bool life_safety = false;
  friend bool operator==(const Classified&, const Classified&) = default;
};

/// What reaches dispatch from the citizen side, in order: classification passes the rest on.
using CitizenFact = std::variant<Classified, Supplemented, Urged, Withdrawn, Rated, Appealed>;

}  // namespace paidan::domain
