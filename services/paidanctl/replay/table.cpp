#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ranges>
#include <vector>

#include "paidanctl/replay/report.hpp"

namespace paidan::ctl {

namespace {

constexpr std::size_t units_shown_max = 30;

double percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string units_table(const ReplayReport& report) {
  using Row = std::pair<std::string, UnitRow>;
  std::vector<Row> rows(report.units.begin(), report.units.end());
  std::ranges::stable_sort(rows, [](const Row& left, const Row& right) {
    return left.second.cases > right.second.cases;
  });
  std::string text =
      fmt::format("{:<28}{:>8}{:>10}{:>10}{:>10}{:>10}{:>12}{:>8}\n", "unit 承办单位", "cases",
                  "assigned", "resolved", "on time", "overdue", "compared", "equal");
  for (const auto& [unit, row] : rows | std::views::take(units_shown_max)) {
    text += fmt::format("{:<26}{:>8}{:>10}{:>10}{:>10}{:>10}{:>12}{:>8}\n", unit, row.cases,
                        row.assigned, row.resolved, row.on_time, row.overdue, row.verdicts_compared,
                        row.verdicts_equal);
  }
  if (rows.size() > units_shown_max) {
    text += fmt::format("... and {} more units\n", rows.size() - units_shown_max);
  }
  return text;
}

std::string counted(const char* title, const std::map<std::string, std::uint64_t>& counts) {
  std::string text = title;
  for (const auto& [name, count] : counts) text += fmt::format("  {} {}", name, count);
  return text + "\n";
}

std::string routing(const ReplayReport& report) {
  if (report.departments_compared == 0) return {};
  return fmt::format("routing    派单   department {} of {} ({:.2f} %), queue {} ({:.2f} %)\n",
                     report.department_equal, report.departments_compared,
                     percent(report.department_equal, report.departments_compared),
                     report.queue_equal, percent(report.queue_equal, report.departments_compared));
}

std::string verdicts(const ReplayReport& report) {
  if (report.verdicts_compared == 0) return {};
  std::string text = fmt::format("verdicts   时限   {} of {} equal what the city recorded\n",
                                 report.verdicts_equal, report.verdicts_compared);
  for (const std::string& line : report.differing_verdicts) text += "             " + line + "\n";
  return text;
}

}  // namespace

std::string to_table(const ReplayReport& report, const ReplayTotals& totals) {
  std::string text = units_table(report);
  auto out = std::back_inserter(text);
  fmt::format_to(out, "\ncases      工单   {}  submitted {}  refused {}  unreadable rows {}\n",
                 report.cases, report.submitted, report.refused, report.unreadable);
  fmt::format_to(out, "           办理   assigned {}  triage {}  returned {}  resolved {}\n",
                 report.assigned, report.triaged, report.returned, report.resolved);
  fmt::format_to(out, "           预警   warned {}  breached {}\n", report.warned, report.breached);
  text += counted("basis      清单 ", report.by_basis);
  text += counted("channels   渠道 ", report.by_channel);
  text += mechanisms_table(report.mechanisms);
  text += verdicts(report);
  text += routing(report);
  fmt::format_to(out, "guarantee  保证   lost {}  doubled {}  dead-lettered {}\n", report.lost,
                 report.doubled, report.dead_letters);
  fmt::format_to(out, "speed      速度   {:.0f} s, {:.0f} tickets/s\n", report.elapsed_s,
                 report.tickets_per_s);
  for (const auto& [why, count] : totals.refusals) {
    fmt::format_to(out, "refused    {} x {}\n", count, why);
  }
  if (report.steps_unexpected > 0) {
    fmt::format_to(out, "steps      步骤   {} not as the script says\n", report.steps_unexpected);
    for (const std::string& line : totals.unexpected_steps) text += "             " + line + "\n";
  }
  return text;
}

}  // namespace paidan::ctl
