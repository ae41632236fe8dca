#include "paidanctl/replay/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace paidan::ctl {

namespace {

/// The clock whose own term is the promise to the citizen.
constexpr const char* verdict_clock = "citizen";
constexpr std::size_t differing_shown_max = 20;

const ObservedTicket* find(const Observer& observer, const Story& story) {
  const auto found = observer.tickets().find(story.ticket_id);
  if (story.ticket_id.empty() || found == observer.tickets().end()) return nullptr;
  return found->second.opened_count == 0 ? nullptr : &found->second;
}

bool is_doubled(const ObservedTicket& seen) {
  return seen.opened_count > 1 || seen.version_faults > 0 || seen.sla_repeats > 0;
}

void compare_verdict(ReplayReport& report, UnitRow& row, const ReplayCase& replayed, bool overdue) {
  if (!replayed.given_due_at || replayed.recorded_verdict == RecordedVerdict::none) return;
  ++report.verdicts_compared;
  ++row.verdicts_compared;
  if (overdue == (replayed.recorded_verdict == RecordedVerdict::overdue)) {
    ++report.verdicts_equal;
    ++row.verdicts_equal;
  } else if (report.differing_verdicts.size() < differing_shown_max) {
    report.differing_verdicts.push_back(fmt::format("line {} external id {}: {} by us",
                                                    replayed.line, replayed.external_id,
                                                    overdue ? "overdue" : "on time"));
  }
}

void count_routing(ReplayReport& report, const ReplayCase& replayed, const ObservedTicket& seen) {
  if (replayed.recorded_department.empty()) return;
  ++report.departments_compared;
  if (seen.first_lead_unit == replayed.recorded_department) ++report.department_equal;
  if (seen.first_queue_unit == replayed.recorded_queue) ++report.queue_equal;
}

void count_progress(ReplayReport& report, UnitRow& row, const ObservedTicket& seen) {
  const auto one_if = [](bool holds) { return holds ? 1U : 0U; };
  ++row.cases;
  row.assigned += one_if(seen.assigned_count > 0);
  row.resolved += one_if(seen.completed);
  report.assigned += one_if(seen.assigned_count > 0);
  report.resolved += one_if(seen.completed);
  report.triaged += one_if(seen.triaged);
  report.returned += seen.returned_count;
  report.warned += one_if(!seen.warned.empty());
  report.breached += one_if(!seen.breached.empty());
  report.doubled += one_if(is_doubled(seen));
}

void count_ticket(ReplayReport& report, const ReplayCase& replayed, const ObservedTicket& seen) {
  UnitRow& row = report.units[seen.first_lead_unit.empty() ? "(office)" : seen.first_lead_unit];
  ++report.by_channel[seen.channel];
  if (!seen.basis.empty()) ++report.by_basis[seen.basis];
  count_progress(report, row, seen);
  const bool overdue = seen.breached.contains(verdict_clock);
  if (replayed.given_due_at || !seen.sla_seen.empty()) ++(overdue ? row.overdue : row.on_time);
  compare_verdict(report, row, replayed, overdue);
  count_routing(report, replayed, seen);
}

}  // namespace

ReplayReport make_report(const CaseFile& file, const Timeline& timeline, const Observer& observer,
                         const ReplayTotals& totals) {
  ReplayReport report;
  report.cases = file.cases.size();
  report.unreadable = file.unreadable.size();
  report.submitted = totals.accepted;
  report.refused = totals.refused;
  report.steps_unexpected = totals.steps_unexpected;
  report.mechanisms = observer.counts();
  for (const auto& [reason, count] : totals.steps_refused_as_expected) {
    report.mechanisms["refused." + reason] = count;
  }
  report.dead_letters = observer.dead_letters() + observer.unreadable();
  for (std::size_t index = 0; index < file.cases.size(); ++index) {
    const Story& story = timeline.stories()[index];
    if (story.ticket_id.empty()) continue;  // refused: told to the caller, so not lost
    const ObservedTicket* seen = find(observer, story);
    if (seen == nullptr || (seen->assigned_count == 0 && !seen->triaged)) ++report.lost;
    if (seen != nullptr) count_ticket(report, file.cases[index], *seen);
  }
  report.elapsed_s = totals.elapsed.count();
  if (report.elapsed_s > 0) {
    report.tickets_per_s = static_cast<double>(report.submitted) / report.elapsed_s;
  }
  return report;
}

std::string to_json(const ReplayReport& report, const ReplayTotals& totals) {
  nlohmann::ordered_json json{{"cases", report.cases},
                              {"unreadable", report.unreadable},
                              {"submitted", report.submitted},
                              {"refused", report.refused},
                              {"assigned", report.assigned},
                              {"resolved", report.resolved},
                              {"triaged", report.triaged},
                              {"returned", report.returned},
                              {"warned", report.warned},
                              {"breached", report.breached},
                              {"verdicts_compared", report.verdicts_compared},
                              {"verdicts_equal", report.verdicts_equal},
                              {"departments_compared", report.departments_compared},
                              {"department_equal", report.department_equal},
                              {"queue_equal", report.queue_equal},
                              {"lost", report.lost},
                              {"doubled", report.doubled},
                              {"deadletters", report.dead_letters},
                              {"steps_unexpected", report.steps_unexpected},
                              {"elapsed_s", report.elapsed_s},
                              {"tickets_per_s", report.tickets_per_s},
                              {"by_basis", report.by_basis},
                              {"by_channel", report.by_channel},
                              {"mechanisms", report.mechanisms},
                              {"refusals", totals.refusals},
                              {"differing_verdicts", report.differing_verdicts}};
  for (const auto& [unit, row] : report.units) {
    json["units"][unit] = {{"cases", row.cases},
                           {"assigned", row.assigned},
                           {"resolved", row.resolved},
                           {"on_time", row.on_time},
                           {"overdue", row.overdue},
                           {"verdicts_compared", row.verdicts_compared},
                           {"verdicts_equal", row.verdicts_equal}};
  }
  return json.dump(2) + "\n";
}

}  // namespace paidan::ctl
