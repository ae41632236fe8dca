#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "paidan/base/result.hpp"
#include "paidanctl/trouble.hpp"

namespace paidan::ctl {

/// How a city's file of past cases becomes calls of the channel API: `replay.yaml` in the pack.
struct ReplayMapping {
  std::string input;        ///< Default input, an absolute path.
  std::string events;       ///< What happened to the cases besides their columns; may be empty.
  std::string expected;     ///< What must come of the default input, JSON; may be empty.
  std::string time_zone;    ///< IANA name of the wall times.
  std::string time_format;  ///< As strftime writes it.
  std::map<std::string, std::string> columns;   ///< Field of a replayed case -> CSV column.
  std::map<std::string, std::string> codes;     ///< Area kind -> CSV column.
  std::map<std::string, std::string> channels;  ///< CSV value -> channel of the pack.
  std::string final_mark_not_before;            ///< Wall time, or empty.
  std::int64_t window_hours_max = 24 * 120;     ///< Between two time marks.

  bool has(const std::string& field) const { return columns.contains(field); }
};

/// Reads and checks the file. The error is one line with path and line.
Result<ReplayMapping, Trouble> load_mapping(const std::string& path);

}  // namespace paidan::ctl
