#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "paidanctl/replay/case_file.hpp"
#include "paidanctl/replay/driver.hpp"
#include "paidanctl/replay/observer.hpp"
#include "paidanctl/replay/story.hpp"

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
  std::uint64_t steps_refused = 0;
  double elapsed_s = 0;
  double tickets_per_s = 0;
  std::map<std::string, UnitRow> units;           ///< By first lead; "(office)": by hand.
  std::map<std::string, std::uint64_t> by_basis;  ///< 基本 / 配合 / 收回 / ...
  std::map<std::string, std::uint64_t> by_channel;
  std::vector<std::string> differing_verdicts;  ///< The first 20, by line and external id.
};

/// Pure. The verdict is the breach of the clock `citizen`.
ReplayReport make_report(const CaseFile& file, const Timeline& timeline, const Observer& observer,
                         const ReplayTotals& totals);
/// The JSON of `--report`.
std::string to_json(const ReplayReport& report, const ReplayTotals& totals);
/// The table for people, Chinese and English.
std::string to_table(const ReplayReport& report, const ReplayTotals& totals);

}  // namespace paidan::ctl
