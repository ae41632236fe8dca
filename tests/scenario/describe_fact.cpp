#include "describe.hpp"

namespace paidan::scenario {
namespace {

using namespace domain;  // a sentence for each of its facts: every name is the domain's

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string_view name_of(AssignmentBasis basis) {
  static constexpr std::array<std::string_view, 9> names{
      "none", "基本", "配合", "收回", "statutory", "托底", "签派", "designated", "区镇联动"};
  return names[static_cast<std::size_t>(basis)];
}

std::string_view name_of(TriageReason reason) {
  static constexpr std::array<std::string_view, 4> names{"none", "no category", "no area",
                                                         "no owner"};
  return names[static_cast<std::size_t>(reason)];
}

std::string_view name_of(CloseReason reason) {
  static constexpr std::array<std::string_view, 6> names{
      "none", "rated", "no rating", "no call-back needed", "office", "rechecked"};
  return names[static_cast<std::size_t>(reason)];
}

std::string_view name_of(CompletionOutcome outcome) {
  return outcome == CompletionOutcome::solved ? "实际解决" : "解释说明";
}

std::string_view name_of(DuplicateLevel level) {
  static constexpr std::array<std::string_view, 4> names{"no level named", "the same event again",
                                                         "the same caller, 重复件", "one fault"};
  return names[static_cast<std::size_t>(level)];
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

std::string said(std::string what, const std::string& reason) { return what + quoted(reason); }
std::string decided(std::string what, bool granted, const std::string& reason) {
  return std::move(what) + (granted ? " granted" : " denied") + quoted(reason);
}

/// Who must answer, and how that was found.
struct Assignments {
  std::string operator()(const Opened& fact) const {
    const Classified& c = fact.classified;
    const std::string category = c.category.get().empty() ? "unknown" : c.category.get();
    const std::string area = c.area.get().empty() ? "unknown" : c.area.get();
    const std::string urgency = c.urgency == Urgency::critical ? "特急, "
                                : c.urgency == Urgency::urgent ? "紧急, "
                                                               : "";
    return "opened: category " + category + ", kind " + c.demand_kind + ", " + urgency + "area " +
           area;
  }
  std::string operator()(const Assigned& fact) const {
    return "assigned to " + fact.lead_unit.get() +
           (fact.queue_unit == fact.lead_unit ? "" : " / " + fact.queue_unit.get()) +
           (fact.co_handlers.empty() ? "" : " with " + joined(fact.co_handlers)) + " (" +
           std::string(name_of(fact.basis)) + ", epoch " + std::to_string(fact.assign_epoch) +
           "; rule " + fact.why.rule +
           (fact.why.runner_up.empty() ? "" : "; before " + fact.why.runner_up) + ")";
  }
  std::string operator()(const TriageRequested& fact) const {
    return "sent to triage: " + std::string(name_of(fact.reason));
  }
  std::string operator()(const ArbitrationRequested& fact) const {
    return "sent to arbitration; excluded: " + joined(fact.excluded_units);
  }
  std::string operator()(const Reclassified& fact) const {
    return "reclassified: category " + fact.category.get() + ", area " + fact.area.get() +
           ", kind " + fact.demand_kind;
  }
};

/// What the units do.
struct WorkFacts {
  const CityPack& pack;

  std::string operator()(const Acknowledged&) const { return "acknowledged"; }
  std::string operator()(const Contacted& fact) const {
    return fact.reached ? "contacted" : said("not reached", fact.reason_not_reached);
  }
  std::string operator()(const Completed& fact) const {
    return "completed, " + std::string(name_of(fact.report.outcome));
  }
  std::string operator()(const SubAssigned& fact) const {
    return "handed down by " + fact.by_unit.get() + " to " + fact.unit.get() + ", level " +
           std::to_string(fact.level) +
           (fact.due_at ? ", due " + describe_time(pack, *fact.due_at) : "");
  }
  std::string operator()(const SubCompleted& fact) const {
    return said(fact.unit.get() + " has done its part", fact.reply);
  }
  std::string operator()(const CoHandlerAdded& fact) const {
    return said("co-handler added: " + fact.unit.get(), fact.reason);
  }
  std::string operator()(const CoHandlerReplied& fact) const {
    return said(fact.unit.get() + " replied as co-handler", fact.reply);
  }
  std::string operator()(const ReturnRequested& fact) const {
    return said("return requested", fact.reason) +
           (fact.suggested_unit.get().empty() ? "" : ", suggests " + fact.suggested_unit.get());
  }
  std::string operator()(const ExtensionRequested& fact) const {
    return said("extension requested" + (fact.wanted_due_at
                                             ? " until " + describe_time(pack, *fact.wanted_due_at)
                                             : std::string()),
                fact.reason);
  }
  std::string operator()(const UnreasonableRequested& fact) const {
    return said("asks to find the demand unreasonable", fact.reason);
  }
};

/// What the office does.
struct OfficeFacts {
  const CityPack& pack;

  std::string operator()(const ReturnDecided& fact) const {
    return decided("return", fact.granted, fact.reason);
  }
  std::string operator()(const ExtensionDecided& fact) const {
    return decided(
        "extension" + (fact.due_at ? " until " + describe_time(pack, *fact.due_at) : std::string()),
        fact.granted, fact.reason);
  }
  std::string operator()(const UnreasonableDecided& fact) const {
    return decided("finding of an unreasonable demand", fact.granted, fact.reason);
  }
  std::string operator()(const AppealDecided& fact) const {
    return decided("appeal", fact.granted, fact.reason);
  }
  std::string operator()(const Closed& fact) const {
    return said("closed: " + std::string(name_of(fact.reason)), fact.note);
  }
  std::string operator()(const RedoOrdered& fact) const {
    return said("redo ordered", fact.reason);
  }
  std::string operator()(const Declined& fact) const { return said("declined", fact.reason); }
  std::string operator()(const InfoRequested& fact) const {
    return said("the citizen is asked", fact.question);
  }
  std::string operator()(const MarkedDifficult& fact) const {
    return said("marked as difficult", fact.reason);
  }
  std::string operator()(const Supervised& fact) const {
    return said("supervised", fact.instruction);
  }
  std::string operator()(const Reopened& fact) const { return said("reopened", fact.reason); }
  std::string operator()(const TransferredOut& fact) const {
    return said("transferred out to " + fact.destination, fact.reason);
  }
  std::string operator()(const RecheckOrdered& fact) const {
    return said("on-site recheck ordered", fact.reason);
  }
  std::string operator()(const RecheckRecorded& fact) const {
    return said(fact.solved ? "recheck: solved" : "recheck: not solved", fact.finding);
  }
  std::string operator()(const DueRecalculated&) const {
    return "due times counted again: the holidays are known now";
  }
};

/// What the citizen says, and what clocks say.
struct CitizenFacts {
  std::string operator()(const RatingRecorded& fact) const {
    if (!fact.reached) {
      return "call-back: not reached";
    }
    static constexpr std::array<std::string_view, 4> words{"no word", "satisfied",
                                                           "partly satisfied", "dissatisfied"};
    return std::string("rated: ") + (fact.rating.solved ? "solved, " : "not solved, ") +
           std::string(words[static_cast<std::size_t>(fact.rating.satisfaction)]);
  }
  std::string operator()(const TicketWithdrawn& fact) const {
    return said("withdrawn", fact.reason);
  }
  std::string operator()(const UrgeRecorded& fact) const {
    return "urged, " + std::to_string(fact.count);
  }
  std::string operator()(const SupplementRecorded& fact) const {
    return said("supplemented", fact.text);
  }
  std::string operator()(const ConflictingSubmission&) const { return "conflicting submission"; }
  std::string operator()(const AppealRecorded& fact) const { return said("appealed", fact.reason); }
  std::string operator()(const Escalated& fact) const {
    static constexpr std::array<std::string_view, 6> kinds{"none", "warned",    "breached",
                                                           "met",  "escalated", "retracted"};
    return "escalated: " + fact.sla.clock + " " +
           std::string(kinds[static_cast<std::size_t>(fact.sla.kind)]) +
           (fact.notified_roles.empty() ? "" : ", told: " + joined(fact.notified_roles));
  }
};

/// 并单.
struct LinkFacts {
  const Reader& reader;

  std::string operator()(const DuplicateProposed& fact) const {
    return "proposed as a duplicate of " + reader.name_of(fact.master) + " (" +
           std::string(name_of(fact.level)) + ")" + quoted(fact.evidence.en);
  }
  std::string operator()(const DuplicateProposalDropped& fact) const {
    return said("no duplicate of " + reader.name_of(fact.master), fact.reason);
  }
  std::string operator()(const DuplicateLinked& fact) const {
    return said("linked to " + reader.name_of(fact.master) +
                    (fact.automatic ? " by rule" : " by the office"),
                fact.reason);
  }
  std::string operator()(const DuplicateUnlinked& fact) const {
    return said("unlinked from " + reader.name_of(fact.master), fact.reason);
  }
  std::string operator()(const DuplicateJoined& fact) const {
    return "answers for " + reader.name_of(fact.duplicate) + " too";
  }
  std::string operator()(const DuplicateLeft& fact) const {
    return "answers no longer for " + reader.name_of(fact.duplicate);
  }
  std::string operator()(const MasterAnswered& fact) const {
    return "answered by " + fact.unit.get() + " in " + reader.name_of(fact.master) + ", version " +
           std::to_string(fact.master_version) + ", " + std::string(name_of(fact.outcome));
  }
  std::string operator()(const MasterReopened& fact) const {
    return reader.name_of(fact.master) + " is worked on again";
  }
};

struct Everything : Assignments, WorkFacts, OfficeFacts, CitizenFacts, LinkFacts {
  using Assignments::operator();
  using WorkFacts::operator();
  using OfficeFacts::operator();
  using CitizenFacts::operator();
  using LinkFacts::operator();
};

}  // namespace

std::string describe_body(const Reader& reader, const LifecycleBody& body) {
  return std::visit(Everything{{}, {reader.pack}, {reader.pack}, {}, {reader}}, body);
}

std::string describe(const Reader& reader, const LinkBody& body) {
  return std::visit(
      Overloaded{[](const Linked&) { return std::string("I am a duplicate of yours"); },
                 [](const Unlinked&) { return std::string("I am no duplicate of yours any more"); },
                 [](const MasterAnswer&) { return std::string("I have been answered"); },
                 [](const MasterReopen&) { return std::string("I am worked on again"); },
                 [](const LinkRefused& refused) {
                   return "I cannot answer for you" + quoted(refused.reason);
                 },
                 [&](const MasterMoved& moved) {
                   return "your master is now " + reader.name_of(moved.master);
                 }},
      body);
}

}  // namespace paidan::scenario
