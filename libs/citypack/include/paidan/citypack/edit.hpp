#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/citypack/load.hpp"
#include "paidan/domain/pack.hpp"

/// Edits responsibility.yaml as text: every byte that is not meant stays as it is. Nothing is read
/// or written here, and the result is not checked: load it with `load(folder, instead)` before it
/// takes the place of the file.
namespace paidan::citypack {

/// What a town asks for (自下而上).
struct LineProposal {
  domain::UnitId unit;          ///< The town.
  domain::CategoryId category;  ///< Or "*".
  domain::AreaId area;          ///< Empty: the town's own, unless `area_class` is given.
  std::string area_class;       ///< Empty: all; else only areas of this class, within `area`.
  domain::ChannelId channel;    ///< Empty: every channel.
  domain::Duty duty = domain::Duty::basic;
  domain::UnitId lead;  ///< Empty: the statutory department; not for 基本, where the town leads.
  std::string reason;
};

struct EditedLines {
  std::string bytes;       ///< The whole file.
  std::uint32_t line = 0;  ///< Where the new or decided entry stands.
};

/// Appends the proposal to the list `lines`.
Result<EditedLines, PackError> add_proposal(std::string_view bytes, const domain::CityPack& pack,
                                            const LineProposal& proposal);

enum class LineDecision { accept, refuse };

/// Decides the open proposal that begins at `line`: an accepted one becomes a line, a refused one
/// stays for the record. Both keep `proposed_by` and `reason` and get `decision`.
Result<EditedLines, PackError> decide_proposal(std::string_view bytes, std::uint32_t line,
                                               LineDecision decision, std::string_view reason);

}  // namespace paidan::citypack
