#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace paidan::ctl {

struct CsvRow {
  std::int64_t line = 0;  ///< Number of the row in the file, the header being 1.
  std::vector<std::string> fields;
  bool too_long = false;  ///< Longer than `csv_row_bytes_max`: its fields are not kept.
};

inline constexpr std::size_t csv_row_bytes_max = 256UL * 1024;

/// Reads every row of a .csv or .csv.xz (RFC 4180) until `sink` answers false. Returns one line
/// about what went wrong with the file as a whole, or nothing.
std::optional<std::string> read_csv(const std::string& path,
                                    const std::function<bool(CsvRow&&)>& sink);

}  // namespace paidan::ctl
