#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "paidan/contract/commands.hpp"
#include "paidanctl/days.hpp"
#include "paidanctl/enum_names.hpp"
#include "paidanctl/whatif/report.hpp"

namespace paidan::ctl {

namespace {

using Json = nlohmann::ordered_json;

std::string time_of(const domain::CityPack& pack, Instant at) {
  return domain::to_rfc3339(pack.calendar.zone, at);
}

template <class Value, class Show>
Json optional_json(const std::optional<Value>& value, Show show) {
  return value ? show(*value) : Json(nullptr);
}

Json to_json(const domain::CityPack& pack, const whatif::Assignment& assignment) {
  Json co_handlers = Json::array();
  for (const domain::UnitId& unit : assignment.co_handlers) co_handlers.push_back(unit.get());
  return {{"at", time_of(pack, assignment.at)},
          {"lead_unit", assignment.lead_unit.get()},
          {"queue_unit", assignment.queue_unit.get()},
          {"co_handlers", std::move(co_handlers)},
          {"basis", name_of(assignment.basis)},
          {"triage", name_of(assignment.triage)},
          {"rule", assignment.why.rule},
          {"rules_version", assignment.why.rules_version},
          {"explanation_zh", assignment.why.explanation.zh},
          {"explanation_en", assignment.why.explanation.en}};
}

Json to_json(const domain::CityPack& pack, const whatif::Due& due) {
  return {{"seq", due.seq},
          {"unit", due.unit.get()},
          {"started_at", time_of(pack, due.started_at)},
          {"due_at", time_of(pack, due.due_at)},
          {"provisional", due.provisional},
          {"explanation_zh", due.explanation.zh},
          {"explanation_en", due.explanation.en}};
}

Json to_json(const domain::CityPack& pack, const domain::Verdict& verdict) {
  return {{"unit", verdict.unit.get()},
          {"due_at",
           optional_json(verdict.due_at, [&](Instant at) { return Json(time_of(pack, at)); })},
          {"at", time_of(pack, verdict.at)},
          {"result", name_of(verdict.result)},
          {"counted", verdict.counted},
          {"reason", verdict.reason}};
}

template <class Difference>
Json both_sides(const domain::CityPack& pack, const Difference& line) {
  const auto show = [&](const auto& side) { return to_json(pack, side); };
  return {{"then", optional_json(line.then, show)}, {"now", optional_json(line.now, show)}};
}

Json to_json(const domain::CityPack& pack, const whatif::DueDifference& line) {
  const whatif::Due& any = line.now ? *line.now : *line.then;
  Json json{{"clock", any.clock},
            {"change", whatif::code_of(line.change)},
            {"cause", whatif::code_of(line.cause)}};
  json.update(both_sides(pack, line));
  json["days"] = Json::array();
  const auto counts = [](bool working) { return working ? "work" : "off"; };
  for (const whatif::CalendarDifference& day : line.days) {
    json["days"].push_back({{"day", text_of(day.day)},
                            {"then", counts(day.working_then)},
                            {"now", counts(day.working_now)},
                            {"name_then", day.name_then},
                            {"name_now", day.name_now}});
  }
  return json;
}

Json to_json(const domain::CityPack& pack, const whatif::VerdictDifference& line) {
  const domain::Verdict& any = line.now ? *line.now : *line.then;
  Json json{{"subject", name_of(any.subject)}, {"clock", any.clock}, {"seq", any.seq}};
  json.update(both_sides(pack, line));
  return json;
}

Json to_json(const domain::CityPack& pack, const whatif::RefusedCommand& refused) {
  return {{"command", contract::name_of(refused.body)},
          {"role", name_of(refused.actor.role)},
          {"unit", refused.actor.unit.get()},
          {"at", time_of(pack, refused.at)},
          {"reason", name_of(refused.reason)},
          {"text_zh", refused.text.zh},
          {"text_en", refused.text.en}};
}

Json to_json(const domain::CityPack& pack, const ChangedTicket& ticket) {
  Json json{{"ticket_id", ticket.ticket_id}, {"assignments", Json::array()},
            {"due_times", Json::array()},    {"breaches", Json::array()},
            {"verdicts", Json::array()},     {"refused", Json::array()}};
  for (const whatif::AssignmentDifference& line : ticket.difference.assignments) {
    Json assignment{{"change", whatif::code_of(line.change)}};
    assignment.update(both_sides(pack, line));
    json["assignments"].push_back(std::move(assignment));
  }
  for (const auto& line : ticket.difference.dues) json["due_times"].push_back(to_json(pack, line));
  for (const whatif::BreachDifference& line : ticket.difference.breaches) {
    json["breaches"].push_back({{"change", line.gained ? "gained" : "lost"},
                                {"clock", line.breach.clock},
                                {"seq", line.breach.seq},
                                {"unit", line.breach.unit.get()},
                                {"due_at", time_of(pack, line.breach.due_at)}});
  }
  for (const auto& line : ticket.difference.verdicts) {
    json["verdicts"].push_back(to_json(pack, line));
  }
  for (const auto& refused : ticket.refused) json["refused"].push_back(to_json(pack, refused));
  return json;
}

Json clocks_json(const whatif::Summary& summary) {
  Json json = Json::object();
  for (const auto& [clock, counts] : summary.clocks) {
    json[clock] = {{"earlier", counts.earlier},
                   {"later", counts.later},
                   {"started", counts.started},
                   {"not_started", counts.not_started},
                   {"breaches_gained", counts.breaches_gained},
                   {"breaches_lost", counts.breaches_lost}};
  }
  return json;
}

Json units_json(const whatif::Summary& summary) {
  Json json = Json::object();
  for (const auto& [unit, counts] : summary.units) {
    json[unit.get()] = {{"tickets_gained", counts.tickets_gained},
                        {"tickets_lost", counts.tickets_lost},
                        {"breaches_gained", counts.breaches_gained},
                        {"breaches_lost", counts.breaches_lost}};
  }
  return json;
}

Json summary_json(const domain::CityPack& pack, const RerunReport& report) {
  const whatif::Summary& summary = report.summary;
  Json json{{"pack", pack.name},
            {"rules_version", pack.rules_version},
            {"from", report.from},
            {"to", report.to},
            {"horizon",
             optional_json(report.horizon, [&](Instant at) { return Json(time_of(pack, at)); })},
            {"tickets", summary.tickets},
            {"changed", summary.changed},
            {"unreadable", summary.unreadable},
            {"decided_by_another_pack", report.other_versions}};
  for (std::size_t i = 0; i < summary.assignments.size(); ++i) {
    const auto change = static_cast<whatif::AssignmentChange>(i);
    json["assignments"][std::string(whatif::code_of(change))] = summary.assignments[i];
  }
  json.update({{"due_earlier", summary.due_earlier},
               {"due_later", summary.due_later},
               {"breaches_gained", summary.breaches_gained},
               {"breaches_lost", summary.breaches_lost},
               {"verdicts_better", summary.verdicts_better},
               {"verdicts_worse", summary.verdicts_worse},
               {"verdicts_other", summary.verdicts_other},
               {"accepted_now", summary.accepted_now},
               {"clocks", clocks_json(summary)},
               {"units", units_json(summary)}});
  return json;
}

}  // namespace

Result<std::unique_ptr<JsonReport>, Trouble> JsonReport::open(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return Trouble{"--json " + path + ": " + std::strerror(errno)};
  std::fputs("{\"tickets\": [", file);
  return std::unique_ptr<JsonReport>(new JsonReport(path, file));
}

JsonReport::~JsonReport() {
  if (file_ != nullptr) std::fclose(file_);
}

void JsonReport::add(const domain::CityPack& pack, const ChangedTicket& ticket) {
  const std::string line = to_json(pack, ticket).dump();
  std::fprintf(file_, "%s\n%s", std::exchange(first_, false) ? "" : ",", line.c_str());
}

Result<Unit, Trouble> JsonReport::finish(const domain::CityPack& pack, const RerunReport& report) {
  std::fprintf(file_, "\n],\n\"summary\": %s}\n", summary_json(pack, report).dump().c_str());
  const bool bad = std::ferror(file_) != 0;
  const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
  if (bad || !closed) return Trouble{"--json " + path_ + ": " + std::strerror(errno)};
  return Unit{};
}

}  // namespace paidan::ctl
