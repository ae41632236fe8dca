#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "paidan/domain/facts.hpp"
#include "paidan/domain/pack.hpp"

/// What returns 退单 teach: how often each rule's assignments come back, who answers in the end,
/// and what the office decided (签派) in like cases. Proposed to people, never applied by itself
/// (DESIGN section 3, "Routing"; mission.md 7.7). Pure.
namespace paidan::domain {

/// A rule of the lists (its `why`, with file and line), where it was applied.
struct ReturnKey {
  std::string rule;  ///< Empty: no rule assigned it (office, channel).
  CategoryId category;
  AreaId area;
  friend auto operator<=>(const ReturnKey&, const ReturnKey&) = default;
};

/// What the fold must remember of a ticket.
struct ReturnTrail {
  ReturnKey assigned_by;  ///< Of the assignment in force.
  std::uint32_t returns_granted = 0;
  std::vector<ReturnKey> returned_from;  ///< Granted, while nobody has answered since.
  friend bool operator==(const ReturnTrail&, const ReturnTrail&) = default;
};

enum class ReturnCounter : std::uint8_t { assigned, requested, granted };

/// A decision of the office on a ticket that the rules could not place.
struct PrecedentDecision {
  CategoryId category;
  AreaId area;
  TicketId ticket;
  UnitId unit;
  Instant decided_at;
  std::string reason;
  friend bool operator==(const PrecedentDecision&, const PrecedentDecision&) = default;
};
/// Kept per category and area, and per category: the newest.
inline constexpr std::size_t precedents_max = 20;

/// What the facts of a batch add. Nothing is ever taken back, so it may be added up in any order.
struct ReturnChanges {
  std::map<std::pair<ReturnKey, ReturnCounter>, std::uint32_t> counts;
  std::map<std::pair<ReturnKey, UnitId>, std::uint32_t> takers;
  std::vector<PrecedentDecision> precedents;
  bool empty() const { return counts.empty() && takers.empty() && precedents.empty(); }
  friend bool operator==(const ReturnChanges&, const ReturnChanges&) = default;
};

/// The ticket as it was before the fact.
struct ReturnSubject {
  TicketId ticket;
  State state = State::none;
  CategoryId category;
  AreaId area;
  UnitId lead_unit;
};

/// An assignment by a rule counts for it; so does a return that is asked, and one that is granted;
/// who completes the ticket after that is its final taker, once. A 签派 is a precedent when it ends
/// triage, a return or arbitration, or follows a granted return.
void fold_returns(ReturnTrail& trail, const ReturnSubject& before, const LifecycleFact& fact,
                  ReturnChanges& changes);

// ---- for people ----------------------------------------------------------------------------

struct ReturnTaker {
  UnitId unit;
  std::uint32_t count = 0;
};
struct ReturnFigures {
  ReturnKey key;
  std::uint32_t assigned = 0;
  std::uint32_t requested = 0;
  std::uint32_t granted = 0;
  std::vector<ReturnTaker> takers;  ///< Most often first; of two equal ones by id.
};

/// Granted, of all that the rule assigned there; 0 where nothing was.
double granted_share(const ReturnFigures& figures);
/// By the thresholds of the pack.
bool often_returned(const ReturnFigures& figures, const ReturnPolicy& policy);
/// A line for `responsibility.yaml` that would give such tickets to who takes them most often;
/// empty where nothing can be proposed: not often returned, no taker that the pack knows, or the
/// most frequent one is not clearly ahead.
std::string proposed_line(const ReturnFigures& figures, const CityPack& pack);
/// The figures in a sentence.
Text explain_returns(const ReturnFigures& figures, const CityPack& pack);

}  // namespace paidan::domain
