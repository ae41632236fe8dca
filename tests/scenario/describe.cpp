#include "describe.hpp"

#include <array>

#include "paidan/domain/lifecycle.hpp"

namespace paidan::scenario {
namespace {

using namespace domain;  // every name below is the domain's

std::string_view name_of(SlaKind kind) {
  static constexpr std::array<std::string_view, 6> names{"none", "warned",    "breached",
                                                         "met",  "escalated", "retracted"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(ClockStop stop) {
  static constexpr std::array<std::string_view, 6> names{"none",  "done",         "cancelled",
                                                         "moved", "stands still", "handed over"};
  return names[static_cast<std::size_t>(stop)];
}

std::string_view name_of(VerdictResult result) {
  static constexpr std::array<std::string_view, 10> names{
      "none",    "in time", "late",   "overdue",    "without a verdict",
      "granted", "denied",  "solved", "not solved", "unrated"};
  return names[static_cast<std::size_t>(result)];
}

std::string_view name_of(VerdictSubject subject) {
  static constexpr std::array<std::string_view, 7> names{
      "none", "clock", "extension", "return", "unreasonable demand", "appeal", "closing"};
  return names[static_cast<std::size_t>(subject)];
}

std::string describe_clock(const CityPack& pack, const ClockChange& change) {
  if (const auto* stopped = std::get_if<ClockStopped>(&change)) {
    return "    - " + stopped->clock + " " + std::to_string(stopped->seq) + " " +
           std::string(name_of(stopped->reason));
  }
  const ClockStarted& started = std::get<ClockStarted>(change);
  return "    + " + started.clock + " " + std::to_string(started.seq) +
         (started.step > 0 ? " step " + std::to_string(started.step) : "") + " of " +
         name_of_unit(started.unit) + ": due " + describe_time(pack, started.due_at) +
         (started.warn_at ? ", warns " + describe_time(pack, *started.warn_at) : "") +
         (started.provisional ? ", provisional" : "") + " [" + started.explanation.en + "]";
}

std::string describe_verdict_in_short(const Verdict& verdict) {
  const std::string what = verdict.subject == VerdictSubject::clock
                               ? verdict.clock + " " + std::to_string(verdict.seq)
                               : std::string(name_of(verdict.subject));
  return "    = " + what + " of " + name_of_unit(verdict.unit) + ": " +
         std::string(name_of(verdict.result)) +
         (verdict.counted ? ", counted (" : ", not counted (") + verdict.reason + ")";
}

/// Beside the state (DESIGN section 3, "Overlays").
std::string overlays_of(const Reader& reader, const Ticket& ticket) {
  const TicketExtras& extras = *ticket.extras;
  std::string out;
  const auto add = [&](bool holds, const std::string& name) {
    if (holds) {
      out += (out.empty() ? "" : ", ") + name;
    }
  };
  add(!extras.duplicate_of.get().empty(), "duplicate of " + reader.name_of(extras.duplicate_of));
  add(ticket.urge_count > 0, "urged 催单");
  add(ticket.reminded, "reminded 催办");
  add(extras.supervised, "supervised 督办");
  add(ticket.confidential, "confidential 保密");
  add(extras.difficult, "difficult 疑难");
  add(extras.unreasonable, "unreasonable 不合理诉求");
  add(extras.raised_to_district, "raised 区镇联动");
  add(ticket.breached, "breached 超期");
  return out;
}

}  // namespace

std::string quoted(const std::string& reason) {
  return reason.empty() ? "" : ": \"" + reason + "\"";
}

std::string name_of_unit(const UnitId& unit) {
  return unit.get().empty() || unit.get() == "office" ? "the office" : unit.get();
}

std::string describe_time(const CityPack& pack, Instant at) {
  const std::string full = to_rfc3339(pack.calendar.zone, at);
  const std::string seconds = full.substr(16, 3);
  return full.substr(0, 10) + " " + full.substr(11, 5) + (seconds == ":00" ? "" : seconds);
}

std::vector<std::string> describe(const Reader& reader, const Ticket& before, const Ticket& after,
                                  const LifecycleFact& fact) {
  std::vector<std::string> lines;
  lines.push_back(std::to_string(after.version) + " " + describe_body(reader, fact.body) + " -> " +
                  domain::name_of(after.state).zh + " " + std::string(code_of(after.state)));
  for (const ClockChange& change : fact.clocks) {
    lines.push_back(describe_clock(reader.pack, change));
  }
  for (const Verdict& verdict : fact.verdicts) {
    lines.push_back(describe_verdict_in_short(verdict));
  }
  const std::string overlays = overlays_of(reader, after);
  if (overlays != overlays_of(reader, before)) {
    lines.push_back("    * " + (overlays.empty() ? "nothing beside the state" : overlays));
  }
  return lines;
}

std::string describe(const CityPack& pack, const SlaFact& fact) {
  return "SLA: " + fact.clock + " " + std::to_string(fact.seq) +
         (fact.step > 0 ? " step " + std::to_string(fact.step) : "") + " " +
         std::string(name_of(fact.kind)) + " at " + describe_time(pack, fact.at);
}

std::string describe(const Reply& reply) {
  if (const auto* accepted = std::get_if<Accepted>(&reply.answer)) {
    return "accepted, version " + std::to_string(accepted->version) +
           (accepted->repeated ? " (repeated)" : "");
  }
  const Refused& refused = std::get<Refused>(reply.answer);
  return "refused: " + refused.text.en + " / " + refused.text.zh;
}

}  // namespace paidan::scenario
