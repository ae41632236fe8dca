#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/domain/facts.hpp"
#include "paidan/domain/ids.hpp"

/// Which tickets tell of a matter that another one has already (DESIGN section 3, "Duplicates"):
/// level 1, the same event again; level 2, 老户 or 重复件, the same caller on the same matter. What
/// becomes of a proposal is decided where the ticket is. Pure.
namespace paidan::domain {

struct DuplicatePolicy;  // pack.hpp

// ---- what clusters say of a ticket ---------------------------------------------------------

/// This ticket should be linked to an earlier one.
struct LinkProposed {
  std::string master_ticket_id;
  std::uint32_t level = 0;  ///< 1 the same event, 2 the same caller on the same matter.
  bool automatic = false;   ///< The pack says `link`: without the office.
  double score = 0;         ///< 0 to 1, for the order of the office's queue.
  Text evidence;
  friend bool operator==(const LinkProposed&, const LinkProposed&) = default;
};

/// Takes a proposal back; another one for the same ticket may follow at once.
struct LinkWithdrawn {
  std::string master_ticket_id;
  std::string reason;  ///< `earlier_ticket`: a still earlier one of the same matter came to light.
  friend bool operator==(const LinkWithdrawn&, const LinkWithdrawn&) = default;
};

using MatchBody = std::variant<LinkProposed, LinkWithdrawn>;

struct Match {
  std::string ticket_id;
  MatchBody body;
  Instant happened_at;  ///< When the later of the two tickets was submitted.
  friend bool operator==(const Match&, const Match&) = default;
};

// ---- what clusters see of a ticket ---------------------------------------------------------

/// What a text is about, without the text. The same for texts that differ only in blanks,
/// punctuation, case or width. It stays in records, so what it is computed by never changes.
struct Fingerprint {
  static constexpr std::size_t lanes = 16;
  std::uint64_t whole = 0;  ///< Of the whole text; 0: there was none.
  /// The least hash of the text's pieces of three letters, per lane (MinHash in one permutation:
  /// Li, Owen, Zhang 2012; empty lanes filled as Shrivastava and Li 2014).
  std::array<std::uint16_t, lanes> sketch{};
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};
Fingerprint fingerprint(std::string_view title, std::string_view text);
/// Estimates which share of their pieces two texts have in common, 0 to 1 (standard error 0.13).
double similarity(const Fingerprint& one, const Fingerprint& other);

enum class SightingLine { none, caller, place };

/// A ticket, as seen by one cluster.
struct Sighting {
  SightingLine line = SightingLine::none;
  std::string ticket_id;
  ChannelId channel;
  CategoryId category;  ///< Empty: classification abstained.
  std::string demand_kind;
  AreaId area;  ///< Empty: unknown.
  Fingerprint fingerprint;
  Instant happened_at;
  friend bool operator==(const Sighting&, const Sighting&) = default;
};

/// `c/<caller key>`.
std::string caller_cluster(std::string_view caller_key);
/// `p/<area>/<category>`.
std::string place_cluster(const AreaId& area, const CategoryId& category);

/// The lines of one ticket with the keys of their clusters: by caller if there is one, by place and
/// category if both are known.
struct KeyedSighting {
  std::string cluster_key;
  Sighting sighting;
  friend bool operator==(const KeyedSighting&, const KeyedSighting&) = default;
};
std::vector<KeyedSighting> sightings_of(std::string_view ticket_id, const Submitted& submitted,
                                        const Classified& classified, Instant happened_at);

// ---- the tickets of one caller -------------------------------------------------------------

using TicketIdBytes = std::array<char, 16>;  ///< All zero: none.

/// A ticket in a cluster's memory: 112 bytes, no names.
struct SeenTicket {
  TicketIdBytes ticket_id{};
  TicketIdBytes master{};  ///< To which it was proposed.
  Instant happened_at{};
  Fingerprint fingerprint;
  /// Hashes of the category cut to 1, 2, 3 levels, and whole; 0: none.
  std::array<std::uint32_t, 4> category{};
  std::uint32_t area = 0;  ///< Hash; 0: unknown.
  std::uint32_t channel = 0;
  std::uint32_t level = 0;  ///< Of the proposal.
  friend bool operator==(const SeenTicket&, const SeenTicket&) = default;
};

/// In the order of their times, then ids. A default value means: unknown caller, forget it.
struct CallerTickets {
  std::vector<SeenTicket> tickets;
  friend bool operator==(const CallerTickets&, const CallerTickets&) = default;
};

/// Of one caller; the oldest are forgotten first. Somebody with more is not judged by rules.
inline constexpr std::size_t caller_tickets_max = 64;
/// Level 1. As long as intake remembers a submission (DESIGN section 2).
inline constexpr Milliseconds same_event_window{24LL * 60 * 60 * 1000};
/// Level 2, where no area says it: from this similarity on a text is of the same matter. A policy.
inline constexpr double same_matter_similarity = 0.5;

/// The ticket joins the memory, and what is older than `keep_from` leaves it.
struct TicketSeen {
  SeenTicket ticket;
  Instant keep_from;
};
/// All that is older leaves the memory.
struct TicketsForgotten {
  Instant keep_from;
};
using ClusterEvent = std::variant<TicketSeen, TicketsForgotten, Match>;

struct ClusterDecision {
  std::vector<ClusterEvent> events;
  bool skipped = false;
  std::string_view reason{};  ///< Static text, for a metric label.
};

/// Judges a caller's ticket against the caller's others, at most `window_days` apart. The master is
/// always the earliest of the chain, and is itself nobody's duplicate. In whatever order the
/// tickets of one window are seen, the masters are the same: a ticket that is seen late takes the
/// place of a later master. Repeats are skipped, and so is what is too old to be remembered.
ClusterDecision decide_cluster(const DuplicatePolicy& policy, const CallerTickets& caller,
                               const Sighting& sighting);
/// Time has reached `due`, at which the caller's last ticket is out of the window.
ClusterDecision forget_cluster(const CallerTickets& caller, Instant due);
CallerTickets evolve_cluster(CallerTickets caller, const ClusterEvent& event);
/// When nothing of this caller is needed any more.
std::optional<Instant> forget_at(const DuplicatePolicy& policy, const CallerTickets& caller);

}  // namespace paidan::domain
