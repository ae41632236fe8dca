#include "paidan/domain/lifecycle.hpp"
#include "player.hpp"

/// The words of the outputs.
namespace paidan::scenario {
namespace {

using namespace domain;  // every name below is the domain's

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string_view name_of(SlaKind kind) {
  switch (kind) {
    case SlaKind::warned:
      return "warned";
    case SlaKind::breached:
      return "breached";
    case SlaKind::met:
      return "met";
    case SlaKind::escalated:
      return "escalated";
    case SlaKind::retracted:
      return "retracted";
    case SlaKind::none:
      break;
  }
  return "none";
}

std::string_view name_of(AssignmentBasis basis) {
  static constexpr std::array<std::string_view, 8> names{"none",      "基本", "配合", "收回",
                                                         "statutory", "托底", "签派", "designated"};
  return names[static_cast<std::size_t>(basis)];
}

std::string_view name_of(TriageReason reason) {
  static constexpr std::array<std::string_view, 4> names{"none", "no category", "no area",
                                                         "no owner"};
  return names[static_cast<std::size_t>(reason)];
}

std::string_view name_of(CloseReason reason) {
  static constexpr std::array<std::string_view, 5> names{"none", "rated", "no rating",
                                                         "no call-back needed", "office"};
  return names[static_cast<std::size_t>(reason)];
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    out += (out.empty() ? "" : ", ") + word;
  }
  return out;
}

std::string joined(const std::vector<UnitId>& units) {
  std::vector<std::string> words;
  words.reserve(units.size());
  for (const UnitId& unit : units) {
    words.push_back(unit.get());
  }
  return joined(words);
}

std::string quoted(const std::string& reason) {
  return reason.empty() ? "" : ": \"" + reason + "\"";
}

std::string describe_body(const Opened& fact) {
  const Classified& c = fact.classified;
  return "opened: category " + (c.category.get().empty() ? "unknown" : c.category.get()) +
         ", kind " + c.demand_kind + ", " +
         (c.urgency == Urgency::critical ? "特急, "
          : c.urgency == Urgency::urgent ? "紧急, "
                                         : "") +
         "area " + (c.area.get().empty() ? "unknown" : c.area.get());
}

std::string describe_body(const Assigned& fact) {
  return "assigned to " + fact.lead_unit.get() +
         (fact.queue_unit == fact.lead_unit ? "" : " / " + fact.queue_unit.get()) +
         (fact.co_handlers.empty() ? "" : " with " + joined(fact.co_handlers)) + " (" +
         std::string(name_of(fact.basis)) + ", epoch " + std::to_string(fact.assign_epoch) +
         "; rule " + fact.why.rule +
         (fact.why.runner_up.empty() ? "" : "; before " + fact.why.runner_up) + ")";
}

std::string describe_body(const Escalated& fact) {
  return "escalated: " + fact.sla.clock + " " + std::string(name_of(fact.sla.kind)) +
         (fact.notified_roles.empty() ? "" : ", told: " + joined(fact.notified_roles));
}

std::string describe_body(const RatingRecorded& fact) {
  if (!fact.reached) {
    return "call-back: not reached";
  }
  static constexpr std::array<std::string_view, 4> words{"no word", "satisfied", "partly satisfied",
                                                         "dissatisfied"};
  return std::string("rated: ") + (fact.rating.solved ? "solved, " : "not solved, ") +
         std::string(words[static_cast<std::size_t>(fact.rating.satisfaction)]);
}

std::string describe_body(const LifecycleBody& body) {
  return std::visit(
      Overloaded{
          [](const Opened& fact) { return describe_body(fact); },
          [](const Assigned& fact) { return describe_body(fact); },
          [](const Escalated& fact) { return describe_body(fact); },
          [](const RatingRecorded& fact) { return describe_body(fact); },
          [](const TriageRequested& fact) {
            return "sent to triage: " + std::string(name_of(fact.reason));
          },
          [](const Acknowledged&) { return std::string("acknowledged"); },
          [](const Contacted& fact) {
            return fact.reached ? std::string("contacted")
                                : "not reached" + quoted(fact.reason_not_reached);
          },
          [](const Completed& fact) {
            return std::string("completed, ") +
                   (fact.report.outcome == CompletionOutcome::solved ? "实际解决" : "解释说明");
          },
          [](const ReturnRequested& fact) { return "return requested" + quoted(fact.reason); },
          [](const ReturnDecided& fact) {
            return (fact.granted ? "return granted" : "return denied") + quoted(fact.reason);
          },
          [](const ArbitrationRequested& fact) {
            return "sent to arbitration; excluded: " + joined(fact.excluded_units);
          },
          [](const Closed& fact) { return "closed: " + std::string(name_of(fact.reason)); },
          [](const TicketWithdrawn& fact) { return "withdrawn" + quoted(fact.reason); },
          [](const UrgeRecorded& fact) { return "urged, " + std::to_string(fact.count); },
          [](const SupplementRecorded& fact) { return "supplemented" + quoted(fact.text); },
          [](const ConflictingSubmission&) { return std::string("conflicting submission"); },
          [](const AppealRecorded& fact) { return "appealed" + quoted(fact.reason); },
          [](const RedoOrdered& fact) { return "redo ordered" + quoted(fact.reason); },
          [](const Reclassified& fact) {
            return "reclassified: category " + fact.category.get() + ", area " + fact.area.get() +
                   ", kind " + fact.demand_kind;
          },
      },
      body);
}

std::string describe_clock(const CityPack& pack, const ClockChange& change) {
  if (const auto* stopped = std::get_if<ClockStopped>(&change)) {
    return "    - " + stopped->clock + " " + std::to_string(stopped->seq) +
           (stopped->reason == ClockStop::done ? " done" : " cancelled");
  }
  const ClockStarted& started = std::get<ClockStarted>(change);
  return "    + " + started.clock + " " + std::to_string(started.seq) +
         (started.step > 0 ? " step " + std::to_string(started.step) : "") + " of " +
         (started.unit.get().empty() ? "the office" : started.unit.get()) + ": due " +
         describe_time(pack, started.due_at) +
         (started.warn_at ? ", warns " + describe_time(pack, *started.warn_at) : "") +
         (started.provisional ? ", provisional" : "") + " [" + started.explanation.en + "]";
}

}  // namespace

std::string describe_time(const CityPack& pack, Instant at) {
  const std::string full = to_rfc3339(pack.calendar.zone, at);
  const std::string seconds = full.substr(16, 3);
  return full.substr(0, 10) + " " + full.substr(11, 5) + (seconds == ":00" ? "" : seconds);
}

std::vector<std::string> describe(const CityPack& pack, const Ticket& after,
                                  const LifecycleFact& fact) {
  std::vector<std::string> lines;
  lines.push_back(std::to_string(after.version) + " " + describe_body(fact.body) + " -> " +
                  domain::name_of(after.state).zh + " " + std::string(code_of(after.state)));
  for (const ClockChange& change : fact.clocks) {
    lines.push_back(describe_clock(pack, change));
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
