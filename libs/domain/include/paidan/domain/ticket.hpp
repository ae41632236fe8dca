#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "paidan/domain/facts.hpp"

namespace paidan::domain {

struct CityPack;  // pack.hpp

struct OpenClock {
  std::string clock;
  std::uint32_t seq = 0;
  std::uint32_t step = 0;
  UnitId unit;
  Instant due_at;
  friend bool operator==(const OpenClock&, const OpenClock&) = default;
};

struct AnsweredCommand {
  std::uint64_t command_hash = 0;
  std::uint64_t version = 0;
  friend bool operator==(const AnsweredCommand&, const AnsweredCommand&) = default;
};

/// What dispatch remembers of a ticket: never its text (DESIGN section 2: at most 300 bytes).
/// A default value means "unknown ticket".
struct Ticket {
  State state = State::none;
  std::uint64_t version = 0;
  std::uint32_t assign_epoch = 0;
  ChannelId channel;
  CategoryId category;
  std::string demand_kind;
  Urgency urgency = Urgency::none;
  AreaId area;
  UnitId lead_unit;
  UnitId queue_unit;
  std::vector<UnitId> co_handlers;
  std::vector<UnitId> excluded_units;  ///< Units whose return was granted.
  bool directed_by_office = false;     ///< 签派: cannot be returned.
  std::uint32_t returns_granted = 0;
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
  std::uint32_t urge_count = 0;
  bool confidential = false;
  bool breached = false;
  UnitId designated_unit;
  State resume_state = State::none;  ///< Where a denied return goes back to.
  friend bool operator==(const Ticket&, const Ticket&) = default;
};

/// An input of one ticket, with the time at which it happened (never "now").
struct TicketInput {
  std::variant<CitizenFact, Command, SlaFact> body;
  Instant happened_at;
};

/// What a decision writes: facts of the history, and answers to askers.
using TicketEvent = std::variant<LifecycleFact, Reply>;

struct TicketDecision {
  std::vector<TicketEvent> events;
  bool skipped = false;
  std::string_view reason{};  ///< Static text, for a metric label.
};

/// Decides one input by the rules of `pack`. Pure; total: every pair of state and input is
/// accepted, skipped (repeat or overlay without effect) or refused by name.
TicketDecision decide(const CityPack& pack, const Ticket& ticket, const TicketInput& input);

/// The ticket after an event. Total; versions grow by one with each LifecycleFact, never by a
/// Reply.
Ticket evolve(Ticket ticket, const TicketEvent& event);

}  // namespace paidan::domain
