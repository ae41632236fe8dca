#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "paidan/base/boxed.hpp"
#include "paidan/domain/duplicates.hpp"
#include "paidan/domain/facts.hpp"

namespace paidan::domain {

struct CityPack;  // pack.hpp

struct OpenClock {
  std::string clock;
  std::uint32_t seq = 0;
  std::uint32_t step = 0;
  UnitId unit;
  Instant due_at;
  /// Only where it is provisional: when the clock started, so that it can be counted again.
  std::optional<Instant> provisional_since;
  friend bool operator==(const OpenClock&, const OpenClock&) = default;
};

struct AnsweredCommand {
  std::uint64_t command_hash = 0;
  std::uint64_t version = 0;
  friend bool operator==(const AnsweredCommand&, const AnsweredCommand&) = default;
};

struct DuplicateProposal {
  TicketId master;
  DuplicateLevel level = DuplicateLevel::none;
  friend bool operator==(const DuplicateProposal&, const DuplicateProposal&) = default;
};

/// A clock that a pause policy has stopped.
struct PausedClock {
  std::string clock;
  std::uint32_t seq = 0;
  UnitId unit;
  Instant due_at;
  Instant paused_at;
  friend bool operator==(const PausedClock&, const PausedClock&) = default;
};

/// What few tickets have.
struct TicketExtras {
  bool supervised = false;      ///< 督办
  bool difficult = false;       ///< 疑难
  bool unreasonable = false;    ///< 不合理诉求, granted.
  bool appeal_pending = false;  ///< 申诉: the office has not decided.
  std::uint32_t extensions_granted = 0;
  std::optional<Instant> extension_wanted_due_at;
  bool raised_to_district = false;           ///< 区镇联动
  std::vector<UnitId> sub_units;             ///< 二次派单, from the level below the lead downwards.
  TicketId duplicate_of;                     ///< Overlay; empty: not linked.
  std::vector<TicketId> duplicates;          ///< The tickets that this one answers for.
  std::vector<DuplicateProposal> proposals;  ///< Not decided yet.
  std::vector<PausedClock> paused;
  /// How often this link has followed a master that moved: bounded, as links that were made at once
  /// may run in a circle.
  std::uint32_t link_moves = 0;
  /// Read before the ticket itself, whose state is none then.
  std::vector<LinkProposed> waiting;
  friend bool operator==(const TicketExtras&, const TicketExtras&) = default;
};

/// What dispatch remembers of a ticket: never its text (DESIGN section 2: at most 300 bytes).
/// A default value means "unknown ticket".
struct Ticket {
  std::uint64_t version = 0;
  State state = State::none;
  State resume_state = State::none;  ///< Where a decided request goes back to.
  std::uint32_t assign_epoch = 0;
  Urgency urgency = Urgency::none;
  ChannelId channel;
  CategoryId category;
  std::string demand_kind;
  AreaId area;
  UnitId lead_unit;
  UnitId queue_unit;
  std::vector<UnitId> co_handlers;
  std::vector<UnitId> excluded_units;  ///< Units whose return was granted.
  std::string content_hash;
  std::vector<std::string> conflicting_hashes;
  Instant opened_at{};
  Instant assigned_at{};
  Instant last_happened_at{};
  std::optional<Instant> given_due_at;
  std::optional<Instant> contacted_at;
  std::vector<OpenClock> clocks;
  std::vector<AnsweredCommand> commands;  ///< The last 16, oldest first.
  std::map<std::string, std::uint32_t> clock_seqs;
  std::uint32_t returns_granted = 0;
  std::uint32_t urge_count = 0;
  std::uint32_t breach_count = 0;  ///< Clocks whose breach stands.
  bool breached = false;           ///< While `breach_count` is not zero.
  bool confidential = false;
  bool directed_by_office = false;  ///< 签派: cannot be returned.
  bool reminded = false;            ///< 催办: warned before the due time.
  /// Closed as the call-back ran out: a rating that was given in time may still be on its way.
  bool closed_unrated = false;
  UnitId designated_unit;
  std::optional<Instant> closed_at;  ///< When it ended; reopened within the pack's window only.
  /// Version that holds the last report, and its outcome: for duplicates that join later.
  std::uint64_t report_version = 0;
  CompletionOutcome outcome = CompletionOutcome::none;
  Boxed<TicketExtras> extras;
  friend bool operator==(const Ticket&, const Ticket&) = default;
};

/// An input of one ticket, with the time at which it happened (never "now").
struct TicketInput {
  std::variant<CitizenFact, Command, SlaFact, LinkProposed, LinkWithdrawn, LinkReceived> body;
  Instant happened_at;
  TicketId ticket_id;  ///< Of the ticket that it is for.
};

/// A proposal that came before its ticket. Changes the state alone, no record.
struct ProposalKept {
  LinkProposed proposal;
  bool taken_back = false;  ///< It was withdrawn before the ticket came.
};

/// What a decision writes: facts of the history, answers to askers, and effects on other tickets.
using TicketEvent = std::variant<LifecycleFact, Reply, LinkEffect, ProposalKept>;

struct TicketDecision {
  std::vector<TicketEvent> events;
  bool skipped = false;
  std::string_view reason{};  ///< Static text, for a metric label.
};

/// Decides one input by the rules of `pack`. Pure; total: every pair of state and input is
/// accepted, skipped (repeat or overlay without effect) or refused by name.
TicketDecision decide(const CityPack& pack, const Ticket& ticket, const TicketInput& input);

/// The ticket after an event. Total; versions grow by one with each LifecycleFact, never by
/// another event.
Ticket evolve(Ticket ticket, const TicketEvent& event);

}  // namespace paidan::domain
