#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "paidan/contract/commands.hpp"
#include "paidanctl/days.hpp"
#include "paidanctl/enum_names.hpp"
#include "paidanctl/whatif/report.hpp"

namespace paidan::ctl {

namespace {

using whatif::AssignmentChange;
using whatif::DueChange;

constexpr std::size_t units_shown = 10;
constexpr std::size_t rules_shown = 10;

std::uint64_t count_of(const whatif::Summary& summary, AssignmentChange change) {
  return summary.assignments[static_cast<std::size_t>(change)];
}

std::string time_of(const domain::CityPack& pack, Instant at) {
  return domain::to_rfc3339(pack.calendar.zone, at);
}

std::string unit_name(const domain::CityPack& pack, const domain::UnitId& unit) {
  const domain::Agency* agency = domain::find_agency(pack, unit);
  return agency == nullptr ? unit.get() : unit.get() + " " + agency->name.zh;
}

std::string tickets_part(const whatif::Summary& summary) {
  return fmt::format(
      "tickets    工单   {}  changed 有变化 {}  not decidable 无法重算 {}\n"
      "assigned   派单   reassigned 改派 {}  other queue, co-handler or basis 协办等变化 {}  other "
      "rule 依据变化 {}\n"
      "                  assigned now only 新增派单 {}  not any more 不再派单 {}\n"
      "due times  时限   earlier 提前 {}  later 延后 {}\n"
      "breaches   超期   gained 新增 {}  lost 减少 {}\n"
      "verdicts   考核   late to in time 转为按时 {}  in time to late 转为超时 {}  other 其他 {}\n",
      summary.tickets, summary.changed, summary.unreadable,
      count_of(summary, AssignmentChange::reassigned),
      count_of(summary, AssignmentChange::other_part),
      count_of(summary, AssignmentChange::other_rule), count_of(summary, AssignmentChange::gained),
      count_of(summary, AssignmentChange::lost), summary.due_earlier, summary.due_later,
      summary.breaches_gained, summary.breaches_lost, summary.verdicts_better,
      summary.verdicts_worse, summary.verdicts_other);
}

/// `command_names[i]` of the variant's alternatives, by making one of each.
template <std::size_t... Index>
std::string_view command_name(std::size_t wanted, std::index_sequence<Index...> /*all*/) {
  std::string_view name;
  ((Index == wanted
        ? void(name = contract::name_of(domain::CommandBody{std::in_place_index<Index>}))
        : void()),
   ...);
  return name;
}

std::string refused_part(const whatif::Summary& summary) {
  std::string text;
  for (const auto& [key, count] : summary.refused) {
    const auto all = std::make_index_sequence<std::variant_size_v<domain::CommandBody>>();
    text += fmt::format("refused    拒绝   {} x {}: {}\n", count, command_name(key.first, all),
                        name_of(key.second));
  }
  if (summary.accepted_now > 0) {
    text += fmt::format("           受理   {} commands that were refused then are carried out\n",
                        summary.accepted_now);
  }
  return text;
}

std::string clocks_part(const whatif::Summary& summary) {
  if (summary.clocks.empty()) return {};
  std::string text =
      fmt::format("\n{:<22}{:>9}{:>9}{:>9}{:>9}{:>12}{:>12}\n", "clock 时限", "earlier", "later",
                  "started", "dropped", "breaches +", "breaches -");
  for (const auto& [clock, counts] : summary.clocks) {
    text += fmt::format("{:<20}{:>9}{:>9}{:>9}{:>9}{:>12}{:>12}\n", clock, counts.earlier,
                        counts.later, counts.started, counts.not_started, counts.breaches_gained,
                        counts.breaches_lost);
  }
  return text;
}

std::string units_part(const domain::CityPack& pack, const whatif::Summary& summary) {
  const auto top = whatif::top_units(summary, units_shown);
  if (top.empty()) return {};
  std::string text = fmt::format("\n{:>10}{:>10}{:>12}{:>12}  {}\n", "tickets +", "tickets -",
                                 "breaches +", "breaches -", "unit 承办单位");
  for (const auto& [unit, counts] : top) {
    text +=
        fmt::format("{:>10}{:>10}{:>12}{:>12}  {}\n", counts.tickets_gained, counts.tickets_lost,
                    counts.breaches_gained, counts.breaches_lost, unit_name(pack, unit));
  }
  return text;
}

std::string rules_part(const whatif::Summary& summary) {
  std::string text;
  for (const auto& [rules, count] : whatif::top_rules(summary, rules_shown)) {
    text += fmt::format("{:>10}  {}\n         ->  {}\n", count, rules.first, rules.second);
  }
  return text.empty() ? text : "\nreassigned by 改派依据\n" + text;
}

// ---- one ticket ----------------------------------------------------------------------------

std::string units_of(const domain::CityPack& pack, const whatif::Assignment& assignment) {
  if (assignment.lead_unit.get().empty()) {
    return "待人工研判 needs triage (" + name_of(assignment.triage) + ")";
  }
  std::string text = unit_name(pack, assignment.lead_unit);
  if (assignment.queue_unit != assignment.lead_unit) {
    text += " > " + unit_name(pack, assignment.queue_unit);
  }
  for (const domain::UnitId& unit : assignment.co_handlers) text += " + " + unit_name(pack, unit);
  return text + " (" + name_of(assignment.basis) + ")";
}

void add_assignment(const domain::CityPack& pack, const char* when,
                    const std::optional<whatif::Assignment>& assignment, std::string& text) {
  if (!assignment) return;
  fmt::format_to(std::back_inserter(text), "    {} {}\n", when, units_of(pack, *assignment));
  const domain::Why& why = assignment->why;
  if (!why.rule.empty()) fmt::format_to(std::back_inserter(text), "         {}\n", why.rule);
  if (!why.explanation.zh.empty()) {
    fmt::format_to(std::back_inserter(text), "         {} / {}\n", why.explanation.zh,
                   why.explanation.en);
  }
}

void add_due(const domain::CityPack& pack, const char* when, const std::optional<whatif::Due>& due,
             std::string& text) {
  if (!due) return;
  fmt::format_to(std::back_inserter(text), "    {} {}  {}\n         {}\n         {}\n", when,
                 time_of(pack, due->due_at), due->unit.get(), due->explanation.zh,
                 due->explanation.en);
}

void add_days(const whatif::DueDifference& line, std::string& text) {
  const auto counts = [](bool working) { return working ? "work" : "off"; };
  for (const whatif::CalendarDifference& day : line.days) {
    const std::string& name = day.name_now.empty() ? day.name_then : day.name_now;
    fmt::format_to(std::back_inserter(text), "    day  {} {} -> {} {}\n", text_of(day.day),
                   counts(day.working_then), counts(day.working_now), name);
  }
}

std::string verdict_text(const domain::CityPack& pack, const domain::Verdict& verdict) {
  return fmt::format("{}{} ({}) due {} at {}", name_of(verdict.result),
                     verdict.counted ? "" : ", not counted", verdict.reason,
                     verdict.due_at ? time_of(pack, *verdict.due_at) : "-",
                     time_of(pack, verdict.at));
}

void add_verdict(const domain::CityPack& pack, const whatif::VerdictDifference& line,
                 std::string& text) {
  const domain::Verdict& any = line.now ? *line.now : *line.then;
  fmt::format_to(std::back_inserter(text), "  verdict 考核 {} {}\n", name_of(any.subject),
                 any.clock);
  if (line.then) {
    fmt::format_to(std::back_inserter(text), "    then {}\n", verdict_text(pack, *line.then));
  }
  if (line.now) {
    fmt::format_to(std::back_inserter(text), "    now  {}\n", verdict_text(pack, *line.now));
  }
}

}  // namespace

std::string to_table(const domain::CityPack& pack, const RerunReport& report) {
  std::string text =
      fmt::format("what if     假设   pack {} {}, tickets opened {} to {}\n", pack.name,
                  pack.rules_version.substr(0, 8), report.from, report.to);
  if (report.horizon) {
    text += fmt::format("            截至   {}\n", time_of(pack, *report.horizon));
  }
  text += tickets_part(report.summary) + refused_part(report.summary);
  if (report.other_versions > 0 && report.summary.due_earlier + report.summary.due_later > 0) {
    text += fmt::format(
        "note       说明   {} tickets were decided by a pack that is not at hand: their moved due "
        "times are not put down to days\n",
        report.other_versions);
  }
  return text + clocks_part(report.summary) + units_part(pack, report.summary) +
         rules_part(report.summary);
}

std::string to_text(const domain::CityPack& pack, const ChangedTicket& ticket) {
  std::string text = "\n" + ticket.ticket_id + "\n";
  const auto out = [&] { return std::back_inserter(text); };
  for (const whatif::AssignmentDifference& line : ticket.difference.assignments) {
    fmt::format_to(out(), "  assignment 派单 {}\n", whatif::code_of(line.change));
    add_assignment(pack, "then", line.then, text);
    add_assignment(pack, "now ", line.now, text);
  }
  for (const whatif::DueDifference& line : ticket.difference.dues) {
    const whatif::Due& any = line.now ? *line.now : *line.then;
    fmt::format_to(out(), "  due time 时限 {} {}{}\n", any.clock, whatif::code_of(line.change),
                   line.cause == whatif::DueCause::none
                       ? ""
                       : ", by " + std::string(whatif::code_of(line.cause)));
    add_due(pack, "then", line.then, text);
    add_due(pack, "now ", line.now, text);
    add_days(line, text);
  }
  for (const whatif::BreachDifference& line : ticket.difference.breaches) {
    fmt::format_to(out(), "  breach 超期 {} {}  {}  due {}\n", line.gained ? "gained" : "lost",
                   line.breach.clock, line.breach.unit.get(), time_of(pack, line.breach.due_at));
  }
  for (const auto& line : ticket.difference.verdicts) add_verdict(pack, line, text);
  for (const whatif::RefusedCommand& refused : ticket.refused) {
    fmt::format_to(out(), "  refused 拒绝 {} by {} at {}: {} / {}\n",
                   contract::name_of(refused.body), refused.actor.unit.get(),
                   time_of(pack, refused.at), refused.text.zh, refused.text.en);
  }
  return text;
}

}  // namespace paidan::ctl
