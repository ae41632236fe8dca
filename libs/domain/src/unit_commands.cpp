#include <algorithm>

#include "src/command_rules.hpp"
#include "src/ticket_clocks.hpp"

/// The units at work: 签收, 先行联系, 二次派单, 区镇联动, 协办答复, 办结.
namespace paidan::domain {
namespace {

bool is_sub_unit(const Ticket& ticket, const UnitId& unit) {
  const auto& chain = ticket.extras->sub_units;
  return std::find(chain.begin(), chain.end(), unit) != chain.end();
}

const Agency* parent_of(const CityPack& pack, const Agency& unit) {
  return unit.parent < 0 ? nullptr : &pack.agencies[static_cast<std::size_t>(unit.parent)];
}

bool is_below(const CityPack& pack, const UnitId& unit, const UnitId& above) {
  const Agency* at = find_agency(pack, unit);
  while (at != nullptr) {
    at = parent_of(pack, *at);
    if (at != nullptr && at->id == above) {
      return true;
    }
  }
  return false;
}

/// The district of a town; nullptr when the unit is none, or has none.
const Agency* district_of(const CityPack& pack, const UnitId& unit) {
  const Agency* at = find_agency(pack, unit);
  if (at == nullptr || (at->kind != UnitKind::town && at->kind != UnitKind::section)) {
    return nullptr;
  }
  while (at != nullptr && at->kind != UnitKind::district) {
    at = parent_of(pack, *at);
  }
  return at;
}

}  // namespace

// ---- 签收 ----------------------------------------------------------------------------------

Move move_of(const Ticket&, const Actor&, const AcknowledgeCommand&) { return Move::acknowledge; }
/// Once: also while a request of the unit waits, or the office has marked the ticket meanwhile.
Check check(Work& work, const Actor&, const AcknowledgeCommand&) {
  const Ticket& ticket = work.ticket();
  const bool waits =
      ticket.state == State::assigned || ticket.resume_state == State::assigned ||
      (ticket.state == State::difficult && open_clock(ticket, "acknowledge") != nullptr);
  return waits ? std::nullopt : Check(wrong_state(ticket.state, Move::acknowledge));
}
void carry_out(Work& work, const Actor& actor, const AcknowledgeCommand&) {
  work.emit(Acknowledged{}, actor);
}

// ---- 先行联系 ------------------------------------------------------------------------------

Move move_of(const Ticket&, const Actor&, const RecordContactCommand&) { return Move::contact; }
Check check(Work&, const Actor&, const RecordContactCommand& command) {
  return check_text("reason_not_reached", command.reason_not_reached, reason_max, !command.reached);
}
void carry_out(Work& work, const Actor& actor, const RecordContactCommand& command) {
  work.emit(Contacted{command.reached, command.reason_not_reached}, actor);
}

// ---- 办结: the lead's report ends the work, that of a unit below goes to the unit above it --

Move move_of(const Ticket& ticket, const Actor& actor, const CompleteCommand&) {
  return is_sub_unit(ticket, actor.unit) ? Move::sub_complete : Move::complete;
}
Check check(Work& work, const Actor&, const CompleteCommand& command) {
  return check_report(command.report, work.ticket().contacted_at.has_value(), work.happened_at());
}
void carry_out(Work& work, const Actor& actor, const CompleteCommand& command) {
  if (is_sub_unit(work.ticket(), actor.unit)) {
    work.emit(SubCompleted{actor.unit, command.report.reply}, actor);
    return;
  }
  work.emit(Completed{command.report}, actor);
  if (!wants_call_back(work.pack(), work.ticket())) {
    work.emit(Closed{CloseReason::no_call_back_needed, {}}, system_actor());
  }
}

// ---- 二次派单 (浦南办〔2024〕20号: 三级, 四级承办单位) --------------------------------------

Move move_of(const Ticket&, const Actor&, const SubAssignCommand&) { return Move::sub_assign; }
Check check(Work& work, const Actor& actor, const SubAssignCommand& command) {
  if (auto bad = check_unit(work.pack(), "unit", command.unit, true)) {
    return bad;
  }
  if (!is_below(work.pack(), command.unit, actor.unit)) {
    return Refusal{RefusalReason::unknown_unit,
                   {"unit：只能派给本单位的下级单位", "unit: it is not below the unit that asks"}};
  }
  if (!command.due_at) {
    return std::nullopt;
  }
  const std::optional<Instant> above = due_above(work.ticket(), actor.unit);
  const bool late = above && *command.due_at > *above && *above > work.happened_at();
  if (late || *command.due_at <= work.happened_at()) {
    return Refusal{RefusalReason::too_late,
                   {"due_at 须晚于现在、不晚于上级时限",
                    "due_at must lie after now, and not after the due time of the unit above"}};
  }
  return std::nullopt;
}
void carry_out(Work& work, const Actor& actor, const SubAssignCommand& command) {
  const Agency* unit = find_agency(work.pack(), command.unit);
  work.emit(SubAssigned{command.unit, actor.unit, unit->level, command.due_at}, actor);
}

// ---- 区镇联动: the district leads, the town keeps its part ----------------------------------

Move move_of(const Ticket&, const Actor&, const RaiseToDistrictCommand&) { return Move::raise; }
Check check(Work& work, const Actor&, const RaiseToDistrictCommand& command) {
  const Ticket& ticket = work.ticket();
  if (ticket.directed_by_office || ticket.extras->raised_to_district) {
    return Refusal{RefusalReason::return_not_allowed,
                   {"签派工单或已上报过的工单不得再上报",
                    "directed by the office, or raised once already: it cannot be raised"}};
  }
  if (district_of(work.pack(), ticket.lead_unit) == nullptr) {
    return Refusal{
        RefusalReason::unknown_unit,
        {"主办单位不是街镇，无区级单位可上报", "the lead is not a town with a district above it"}};
  }
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const RaiseToDistrictCommand& command) {
  const Ticket& ticket = work.ticket();
  const Agency* district = district_of(work.pack(), ticket.lead_unit);
  Assigned fact;
  fact.lead_unit = district->id;
  fact.queue_unit = district->id;
  fact.co_handlers = ticket.co_handlers;
  std::erase(fact.co_handlers, district->id);
  fact.co_handlers.push_back(ticket.lead_unit);
  fact.assign_epoch = ticket.assign_epoch + 1;
  fact.basis = AssignmentBasis::raised;
  fact.why.rule = "raised by the town to its district (区镇联动)";
  fact.why.rules_version = work.pack().rules_version;
  fact.why.confidence = 1;
  fact.why.explanation = {"区镇联动，由区主办、街镇配合：" + command.reason,
                          "raised to the district, the town joins: " + command.reason};
  work.emit(std::move(fact), actor);
}

// ---- 协办答复 ------------------------------------------------------------------------------

Move move_of(const Ticket&, const Actor&, const ReplyAsCoHandlerCommand&) {
  return Move::reply_as_co_handler;
}
Check check(Work&, const Actor&, const ReplyAsCoHandlerCommand& command) {
  return check_text("reply", command.reply, 4 * reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const ReplyAsCoHandlerCommand& command) {
  work.emit(CoHandlerReplied{actor.unit, command.reply}, actor);
}

}  // namespace paidan::domain
