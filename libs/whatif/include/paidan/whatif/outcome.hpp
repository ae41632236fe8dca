#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "paidan/domain/facts.hpp"

/// What a history comes to: who had the ticket, by when, and whether in time. Pure.
namespace paidan::whatif {

/// One Assigned, or one TriageRequested.
struct Assignment {
  Instant at;
  domain::UnitId lead_unit;  ///< Empty: nobody, the office must decide.
  domain::UnitId queue_unit;
  std::vector<domain::UnitId> co_handlers;
  domain::AssignmentBasis basis = domain::AssignmentBasis::none;
  domain::TriageReason triage = domain::TriageReason::none;
  domain::Why why;
};

struct Due {
  std::string clock;
  std::uint32_t seq = 0;
  domain::UnitId unit;
  Instant started_at;
  Instant due_at;
  bool provisional = false;
  domain::Text explanation;
};

/// Of the clock itself, not of a step of the ladder; taken back ones are left out.
struct Breach {
  std::string clock;
  std::uint32_t seq = 0;
  domain::UnitId unit;
  Instant due_at;
};

struct Outcome {
  std::vector<Assignment> assignments;
  std::vector<Due> dues;
  std::vector<Breach> breaches;
  std::vector<domain::Verdict> verdicts;  ///< The last for each clock and seq, and all others.
};

/// Of the facts that happened at or before `horizon`.
Outcome outcome_of(std::span<const domain::LifecycleFact> facts, Instant horizon);

}  // namespace paidan::whatif
