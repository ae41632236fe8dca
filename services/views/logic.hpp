#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "paidan/domain/facts.hpp"
#include "paidan/domain/return_figures.hpp"

/// What the views hold of a ticket, as a fold of what the log says about it. Pure.
namespace paidan::views {

/// Of a ticket; beyond it the oldest stopped ones are dropped.
inline constexpr std::size_t clocks_max = 64;
/// Offsets kept for a ticket's history; beyond it the oldest are dropped.
inline constexpr std::size_t offsets_max = 4'096;
/// Co-handlers' replies, proposals of duplicates: the newest.
inline constexpr std::size_t replies_max = 16;
inline constexpr std::size_t proposals_max = 16;

struct Clock {
  std::string clock;
  std::uint32_t seq = 0;
  std::uint32_t step = 0;
  domain::UnitId unit;
  Instant started_at{};
  Instant due_at{};
  std::optional<Instant> stopped_at;
  domain::ClockStop stop = domain::ClockStop::none;
  bool provisional = false;
  domain::Text explanation;
  bool warned = false;
  bool breached = false;   ///< Ran out (a step: was taken). Taken back when retracted.
  bool retracted = false;  ///< For good: a repeated breach does not set `breached` again.
  bool started = false;    ///< False: a fact of the SLA monitor came before the start.
  friend bool operator==(const Clock&, const Clock&) = default;
};

/// A default value means "unknown".
struct Ticket {
  std::uint64_t version = 0;
  domain::State state = domain::State::none;
  domain::Classified classified;  ///< Without candidates and reasons: they are in the history.
  domain::UnitId lead_unit;
  domain::UnitId queue_unit;
  std::vector<domain::UnitId> co_handlers;
  std::uint32_t assign_epoch = 0;
  std::uint32_t urge_count = 0;
  Instant opened_at{};
  Instant updated_at{};
  std::optional<domain::CompletionReport> report;
  std::vector<Clock> clocks;
  std::vector<domain::UnitId> units;  ///< Ever lead, queue or co-handler.
  std::int32_t partition = 0;
  std::vector<std::int64_t> lifecycle_offsets;
  std::uint64_t first_version = 0;
  bool conflicting = false;   ///< The office has not acted since.
  bool appealed = false;      ///< Not decided.
  bool reminded = false;      ///< 催办
  bool supervised = false;    ///< 督办
  bool difficult = false;     ///< 疑难
  bool unreasonable = false;  ///< 不合理诉求, granted.
  domain::TicketId duplicate_of;
  std::vector<domain::TicketId> duplicates;
  std::vector<domain::UnitId> sub_units;  ///< From the level below the lead downwards.
  std::vector<domain::DuplicateProposed> proposals;
  std::string request_reason;  ///< While a request waits for the office.
  std::optional<Instant> wanted_due_at;
  std::string review_reason;  ///< Of an appeal, a recheck or a difficult ticket, while in REVIEW.
  std::string question;       ///< 待补充, while it waits for the citizen.
  std::string extension_reason;
  std::vector<domain::CoHandlerReplied> co_handler_replies;
  domain::ReturnTrail returns;
  friend bool operator==(const Ticket&, const Ticket&) = default;
};

/// A record of `lifecycle`.
struct HistoryRecord {
  domain::TicketId ticket_id;
  std::uint64_t version = 0;
  domain::State state = domain::State::none;
  domain::UnitId lead_unit;
  domain::UnitId queue_unit;
  std::uint32_t assign_epoch = 0;
  domain::LifecycleFact fact;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
};
/// A record of `submissions` that holds a text: all that is known of a ticket until dispatch has
/// heard of it.
struct Said {
  std::string text;
  domain::Classified known;  ///< What the channel said; nothing that classification finds.
  Instant at{};
  std::int32_t partition = 0;
};
using Input = std::variant<HistoryRecord, domain::SlaFact, Said>;

enum class Folded {
  applied,
  repeated,  ///< The version is in the view already.
  jumped,    ///< Applied, but versions before it are missing in the log.
};

/// A clock that was warned of or breached for the first time; counted once, for ever.
struct Alert {
  domain::UnitId unit;
  std::string clock;
  bool breach = false;
  friend bool operator==(const Alert&, const Alert&) = default;
};

/// What records add to figures, each once.
struct Effects {
  std::vector<Alert> alerts;
  domain::ReturnChanges returns;
};

Folded fold(Ticket& ticket, const HistoryRecord& record, Effects& effects);
/// May come before or after the record that starts its clock: other topics are read independently.
void fold(Ticket& ticket, const domain::SlaFact& fact, Effects& effects);
/// Makes an unknown ticket RECEIVED; changes nothing that is known already.
void fold(Ticket& ticket, const Said& said);

}  // namespace paidan::views
