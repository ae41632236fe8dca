#pragma once
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "paidan/domain/routing.hpp"
#include "src/pack_keys.hpp"

/// The steps of routing.hpp: which lines apply, which one wins, and how they are named.
namespace paidan::domain {

/// The places of the request in the pack's tables.
struct Query {
  const CityPack& pack;
  const RoutingRequest& request;
  Index category = no_index;
  Index area = no_index;
  Index channel = no_index;
};

inline const Agency& agency(const CityPack& pack, Index unit) {
  return pack.agencies[static_cast<std::size_t>(unit)];
}

/// The unit is one whose return was granted.
bool excluded(const Query& query, Index unit);

struct Choice {
  Index unit = no_index;
  Index line = no_index;  ///< no_index: the statutory department or the town.
  AssignmentBasis basis = AssignmentBasis::none;
};

/// A line that applies, and the unit that it means here; no_index: there is none.
struct Match {
  Index line = no_index;
  Index unit = no_index;
};

/// The winner and the runner-up among the steps of the header, and the lines that applied.
struct Choices {
  std::array<Choice, 2> best{};
  std::size_t count = 0;
  std::array<Match, Why::beaten_max + 1> matches{};
  std::size_t matched = 0;
  std::uint32_t exactness = 0;  ///< Of the winner, when it is a line.

  void add(const Choice& choice) {
    if (count < best.size()) {
      best[count++] = choice;
    }
  }
};

Choices choose(const Query& query);

/// Where a line stands, where it holds, and the document that it comes from.
std::string name_of_line(const CityPack& pack, const ResponsibilityLine& line);
/// For `Why::beaten`.
std::vector<std::string> beaten_by(const Query& query, const Choices& choices);

}  // namespace paidan::domain
