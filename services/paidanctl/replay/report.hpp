#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidanctl/replay/case_file.hpp"
#include "paidanctl/replay/driver.hpp"
#include "paidanctl/replay/observer.hpp"
#include "paidanctl/replay/story.hpp"
#include "paidanctl/replay/tally.hpp"
#include "paidanctl/trouble.hpp"

namespace paidan::ctl {

struct UnitRow {
  std::uint64_t cases = 0;
  std::uint64_t assigned = 0;
  std::uint64_t resolved = 0;
  std::uint64_t on_time = 0;
  std::uint64_t overdue = 0;
  std::uint64_t verdicts_compared = 0;
  std::uint64_t verdicts_equal = 0;
};

/// What came of a replay, from the log and from what the city recorded.
struct ReplayReport {
  std::uint64_t cases = 0;
  std::uint64_t unreadable = 0;
  std::uint64_t submitted = 0;
  std::uint64_t refused = 0;
  std::uint64_t assigned = 0;
  std::uint64_t resolved = 0;
  std::uint64_t triaged = 0;
  std::uint64_t returned = 0;
  std::uint64_t warned = 0;
  std::uint64_t breached = 0;
  std::uint64_t verdicts_compared = 0;
  std::uint64_t verdicts_equal = 0;
  std::uint64_t departments_compared = 0;
  std::uint64_t department_equal = 0;
  std::uint64_t queue_equal = 0;
  std::uint64_t lost = 0;
  std::uint64_t doubled = 0;
  std::uint64_t dead_letters = 0;
  std::uint64_t steps_unexpected = 0;  ///< Refused, or not refused, against the script.
  double elapsed_s = 0;
  double tickets_per_s = 0;
  std::map<std::string, UnitRow> units;           ///< By first lead; "(office)": by hand.
  std::map<std::string, std::uint64_t> by_basis;  ///< 基本 / 配合 / 收回 / ...
  std::map<std::string, std::uint64_t> by_channel;
  std::vector<std::string> differing_verdicts;  ///< The first 20, by line and external id.
  /// How often each mechanism was used: see Tally; and `refused.<reason>` for what the rules
  /// refused as the script expects.
  Counts mechanisms;
};

/// Pure. The verdict is the breach of the clock `citizen`.
ReplayReport make_report(const CaseFile& file, const Timeline& timeline, const Observer& observer,
                         const ReplayTotals& totals);
/// The JSON of `--report`.
std::string to_json(const ReplayReport& report, const ReplayTotals& totals);
/// The table for people, Chinese and English.
std::string to_table(const ReplayReport& report, const ReplayTotals& totals);

/// One line for each group of mechanisms that was used, Chinese and English.
std::string mechanisms_table(const Counts& mechanisms);

/// What a run with the same input must come to: the mechanisms and the guarantees, as JSON.
std::string expected_json(const ReplayReport& report);
/// A line for each count that differs from the file of expected ones. The error is about the file.
Result<std::vector<std::string>, Trouble> differences_from(const std::string& path,
                                                           const ReplayReport& report);

}  // namespace paidan::ctl
