#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/fields.hpp"
#include "src/files.hpp"

/// What the readers of the eight files share: the pack as far as it is read, and names by number.
namespace paidan::citypack {

/// Numbers of the names that were read, and where each stood first.
class Names {
 public:
  /// Reports a name that stands twice.
  void add(const std::string& name, domain::Index index, const Place& place, std::string_view what);
  std::optional<domain::Index> find(const std::string& name) const;

 private:
  struct Known {
    domain::Index index = domain::no_index;
    domain::SourceLine at;
  };
  std::map<std::string, Known> known_;
};

struct Context {
  Errors& errors;
  domain::CityPack pack{};
  Names area_kinds{};
  Names area_classes{};
  Names areas{};
  Names agencies{};
  Names functions{};
  Names demand_kinds{};
  Names categories{};
  Names channels{};
};

/// The number of a name that must be known; reported otherwise.
domain::Index known(const Names& names, const Place& place, std::string_view what);

/// An id, or {kind: K}, or {function: F, of: K}. Reports what it cannot mean.
std::optional<domain::UnitReference> read_unit(Context& context, const Place& place);
std::optional<domain::Urgency> read_urgency(const Place& place);

inline constexpr std::size_t things_max = 20'000;  // categories, areas, units
inline constexpr std::size_t lines_max = 50'000;   // responsibility lines, written out
inline constexpr std::size_t few_max = 1'000;      // channels, kinds, classes
inline constexpr std::uint32_t depth_max = 8;      // of the trees

// Each reads one file into the pack, in this order.
void read_areas(Context& context, const Place& document);
void read_agencies(Context& context, const Place& document);
void read_taxonomy(Context& context, const Place& document);
void read_channels(Context& context, const Place& document);
void read_responsibility(Context& context, const Place& document);
void read_clocks(Context& context, const Place& document);
void read_calendar(Context& context, const Place& document, const Files& files);
void read_ladder(Context& context, const Place& document);

/// What only the whole pack can tell: owners, lines that never apply, overlaps.
void check_whole(const domain::CityPack& pack, Errors& errors);
/// Of these, what concerns the lines of the responsibility lists, proposed ones too.
void check_lines(const domain::CityPack& pack, Errors& errors);

/// Per item of a tree: whether another one has it as its parent.
template <class Items>
std::vector<bool> have_children(const Items& items) {
  std::vector<bool> parents(items.size(), false);
  for (const auto& item : items) {
    if (item.parent >= 0) {
      parents[static_cast<std::size_t>(item.parent)] = true;
    }
  }
  return parents;
}

}  // namespace paidan::citypack
