#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "paidan/whatif/again.hpp"
#include "paidan/whatif/difference.hpp"

/// What a what-if comes to, over many tickets. Pure; merging is associative, so parts may be
/// counted apart.
namespace paidan::whatif {

struct ClockCounts {
  std::uint64_t earlier = 0;
  std::uint64_t later = 0;
  std::uint64_t started = 0;
  std::uint64_t not_started = 0;
  std::uint64_t breaches_gained = 0;
  std::uint64_t breaches_lost = 0;
};

struct UnitCounts {
  std::uint64_t tickets_gained = 0;  ///< Leads them in the end, and did not then.
  std::uint64_t tickets_lost = 0;
  std::uint64_t breaches_gained = 0;
  std::uint64_t breaches_lost = 0;
  std::uint64_t total() const {
    return tickets_gained + tickets_lost + breaches_gained + breaches_lost;
  }
};

struct Summary {
  std::uint64_t tickets = 0;
  std::uint64_t changed = 0;
  /// Tickets with a change of that kind, by AssignmentChange.
  std::array<std::uint64_t, 5> assignments{};
  std::uint64_t due_earlier = 0;
  std::uint64_t due_later = 0;
  std::uint64_t breaches_gained = 0;
  std::uint64_t breaches_lost = 0;
  std::uint64_t verdicts_better = 0;  ///< Late or overdue then, in time now; counted ones.
  std::uint64_t verdicts_worse = 0;
  std::uint64_t verdicts_other = 0;
  std::uint64_t accepted_now = 0;
  std::uint64_t unreadable = 0;  ///< Tickets whose causes the log no longer holds.
  std::map<std::string, ClockCounts> clocks;
  std::map<domain::UnitId, UnitCounts> units;
  /// By variant index of the command, and reason.
  std::map<std::pair<std::size_t, domain::RefusalReason>, std::uint64_t> refused;
  /// By the rule then and now, of reassigned tickets.
  std::map<std::pair<std::string, std::string>, std::uint64_t> rules;
};

void add(Summary& summary, const Outcome& then, const Outcome& now, const Difference& difference,
         const Again& again);
void merge(Summary& summary, const Summary& other);

/// The units that the change touches most, most first; ties by id.
std::vector<std::pair<domain::UnitId, UnitCounts>> top_units(const Summary& summary,
                                                             std::size_t count);
/// The same for rules.
std::vector<std::pair<std::pair<std::string, std::string>, std::uint64_t>> top_rules(
    const Summary& summary, std::size_t count);

}  // namespace paidan::whatif
