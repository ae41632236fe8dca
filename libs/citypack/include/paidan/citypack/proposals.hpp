#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "paidan/domain/pack.hpp"

/// Lines that towns ask for (自下而上, DESIGN section 3): what each would change if it were
/// accepted. Reads nothing but its arguments.
namespace paidan::citypack {

struct OpenProposal {
  domain::SourceLine at;
  domain::UnitId proposed_by;
  std::string scope;        ///< Category, area and class, as far as it names one.
  std::string reason;       ///< Of the town.
  std::size_t pairs = 0;    ///< Leaf categories times smallest areas for which it would hold.
  std::size_t changed = 0;  ///< Those of them that would get another lead.
  std::vector<std::string> examples;  ///< "CATEGORY at AREA: OLD -> NEW", at most `examples_max`.
  static constexpr std::size_t examples_max = 5;
};

/// The open ones in the order of the file. A line that names several categories or areas is one.
std::vector<OpenProposal> open_proposals(const domain::CityPack& pack);

}  // namespace paidan::citypack
