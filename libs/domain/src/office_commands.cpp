#include <algorithm>

#include "paidan/domain/routing.hpp"
#include "src/command_rules.hpp"
#include "src/ticket_clocks.hpp"

/// The office while a ticket is open: 签派, 改分类, 加派协办, 不予受理, 待补充, 转出, 疑难, 督办.
namespace paidan::domain {
namespace {

constexpr std::size_t destination_max = 100;

/// Where the rules alone would send it now.
std::variant<Route, TriageReason> route_again(Work& work) {
  const Ticket& ticket = work.ticket();
  return route(work.pack(), {ticket.category,
                             ticket.area,
                             ticket.channel,
                             {},
                             ticket.excluded_units,
                             1,
                             "area confirmed by the office"});
}

std::vector<UnitId> co_handlers_of(const std::variant<Route, TriageReason>& routed) {
  const auto* found = std::get_if<Route>(&routed);
  return found == nullptr ? std::vector<UnitId>{} : found->co_handlers;
}

/// Those that the rules name now, and those that the office had added to what they named before.
std::vector<UnitId> joined(const Ticket& ticket, const std::vector<UnitId>& named_before,
                           const Route& now) {
  std::vector<UnitId> units = now.co_handlers;
  const auto has = [](const std::vector<UnitId>& in, const UnitId& unit) {
    return std::find(in.begin(), in.end(), unit) != in.end();
  };
  for (const UnitId& unit : ticket.co_handlers) {
    if (!has(named_before, unit) && !has(units, unit) && unit != now.lead_unit) {
      units.push_back(unit);
    }
  }
  return units;
}

/// Routes anew after a correction. What the office has directed (签派) stays until it directs
/// again.
void route_corrected(Work& work, const std::vector<UnitId>& named_before) {
  const Ticket& ticket = work.ticket();
  auto routed = route_again(work);
  if (const auto* reason = std::get_if<TriageReason>(&routed)) {
    work.emit(TriageRequested{*reason}, system_actor());
    return;
  }
  Route& found = std::get<Route>(routed);
  const bool same_lead = found.lead_unit == ticket.lead_unit;
  std::vector<UnitId> units = same_lead ? joined(ticket, named_before, found) : found.co_handlers;
  if (same_lead && found.queue_unit == ticket.queue_unit && units == ticket.co_handlers) {
    return;
  }
  const std::uint32_t epoch = ticket.assign_epoch + (same_lead ? 0 : 1);
  work.emit(Assigned{std::move(found.lead_unit), std::move(found.queue_unit), std::move(units),
                     epoch, std::move(found.why), found.basis},
            system_actor());
}

Refusal unknown(RefusalReason reason, std::string_view zh, std::string_view en) {
  return {reason, {std::string(zh), std::string(en)}};
}

}  // namespace

// ---- 签派 ----------------------------------------------------------------------------------

Assigned directed(const CityPack& pack, const Ticket& ticket, UnitId lead, UnitId queue,
                  const std::string& reason) {
  const bool keep = lead == ticket.lead_unit && ticket.state != State::reopened;
  Assigned fact;
  fact.queue_unit = queue.get().empty() ? lead : std::move(queue);
  fact.lead_unit = std::move(lead);
  fact.co_handlers = keep ? ticket.co_handlers : std::vector<UnitId>{};
  fact.assign_epoch = ticket.assign_epoch + (keep ? 0 : 1);
  fact.basis = AssignmentBasis::office;
  fact.why.rule = "decision of the office (签派)";
  fact.why.rules_version = pack.rules_version;
  fact.why.confidence = 1;
  fact.why.explanation = {"签派：" + reason, "directed by the office: " + reason};
  return fact;
}

Move move_of(const Ticket& ticket, const Actor&, const AssignCommand& command) {
  return command.lead_unit == ticket.lead_unit ? Move::keep_lead : Move::assign_by_office;
}
Check check(Work& work, const Actor&, const AssignCommand& command) {
  if (auto bad = check_unit(work.pack(), "lead_unit", command.lead_unit, true)) {
    return bad;
  }
  if (auto bad = check_unit(work.pack(), "queue_unit", command.queue_unit, false)) {
    return bad;
  }
  return check_text("reason", command.reason, reason_max, false);
}
void carry_out(Work& work, const Actor& actor, const AssignCommand& command) {
  work.emit(
      directed(work.pack(), work.ticket(), command.lead_unit, command.queue_unit, command.reason),
      actor);
}

// ---- 改分类 --------------------------------------------------------------------------------

Move move_of(const Ticket&, const Actor&, const CorrectClassificationCommand&) {
  return Move::correct;
}
Check check(Work& work, const Actor&, const CorrectClassificationCommand& command) {
  const CityPack& pack = work.pack();
  const bool has_category = !command.category.get().empty();
  const bool has_area = !command.area.get().empty();
  if (!has_category && !has_area && command.demand_kind.empty()) {
    return missing("category, area or demand_kind");
  }
  if (has_category && find_category(pack, command.category) == nullptr) {
    return unknown(RefusalReason::unknown_category, "没有这个诉求类别",
                   "category: the city pack has no such category");
  }
  if (has_area && find_area(pack, command.area) == nullptr) {
    return unknown(RefusalReason::unknown_area, "没有这个区域",
                   "area: the city pack has no such area");
  }
  if (!command.demand_kind.empty() && find_demand_kind(pack, command.demand_kind) == nullptr) {
    return unknown(RefusalReason::unknown_category, "没有这个诉求类型",
                   "demand_kind: the city pack has no such kind");
  }
  return std::nullopt;
}
void carry_out(Work& work, const Actor& actor, const CorrectClassificationCommand& command) {
  const Ticket& before = work.ticket();
  Reclassified fact{command.category.get().empty() ? before.category : command.category,
                    command.area.get().empty() ? before.area : command.area,
                    command.demand_kind.empty() ? before.demand_kind : command.demand_kind};
  const bool moved = fact.category != before.category || fact.area != before.area;
  const bool waiting = before.lead_unit.get().empty();
  const bool directed_lead = before.directed_by_office && !waiting;
  const bool routed_anew = (moved || waiting) && !directed_lead;
  const std::vector<UnitId> named_before =
      routed_anew ? co_handlers_of(route_again(work)) : std::vector<UnitId>{};
  work.emit(std::move(fact), actor);
  if (routed_anew) {
    route_corrected(work, named_before);
  }
}

// ---- 加派协办 ------------------------------------------------------------------------------

Move move_of(const Ticket&, const Actor&, const AddCoHandlerCommand&) {
  return Move::add_co_handler;
}
Check check(Work& work, const Actor&, const AddCoHandlerCommand& command) {
  if (auto bad = check_unit(work.pack(), "unit", command.unit, true)) {
    return bad;
  }
  const Ticket& ticket = work.ticket();
  const auto& present = ticket.co_handlers;
  if (command.unit == ticket.lead_unit ||
      std::find(present.begin(), present.end(), command.unit) != present.end()) {
    return unknown(RefusalReason::nothing_to_decide, "该单位已是主办或协办",
                   "unit: it is the lead or a co-handler already");
  }
  if (present.size() >= co_handlers_max) {
    return unknown(RefusalReason::incomplete, "协办单位已达 16 个",
                   "unit: the ticket has 16 co-handlers already");
  }
  return check_text("reason", command.reason, reason_max, false);
}
void carry_out(Work& work, const Actor& actor, const AddCoHandlerCommand& command) {
  work.emit(CoHandlerAdded{command.unit, command.reason}, actor);
}

// ---- 不予受理, 待补充, 转出 -----------------------------------------------------------------

Move move_of(const Ticket&, const Actor&, const DeclineCommand&) { return Move::decline; }
Check check(Work&, const Actor&, const DeclineCommand& command) {
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const DeclineCommand& command) {
  work.emit(Declined{command.reason}, actor);
}

Move move_of(const Ticket&, const Actor&, const RequestInfoCommand&) { return Move::request_info; }
Check check(Work&, const Actor&, const RequestInfoCommand& command) {
  return check_text("question", command.question, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const RequestInfoCommand& command) {
  work.emit(InfoRequested{command.question}, actor);
}

/// 国办发〔2022〕12号: 12345 and 110 hand matters to each other.
Move move_of(const Ticket&, const Actor&, const TransferOutCommand&) { return Move::transfer_out; }
Check check(Work&, const Actor&, const TransferOutCommand& command) {
  if (auto bad = check_text("destination", command.destination, destination_max, true)) {
    return bad;
  }
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const TransferOutCommand& command) {
  work.emit(TransferredOut{command.destination, command.reason}, actor);
}

// ---- 疑难, 督办 ----------------------------------------------------------------------------

Move move_of(const Ticket&, const Actor&, const MarkDifficultCommand&) {
  return Move::mark_difficult;
}
Check check(Work&, const Actor&, const MarkDifficultCommand& command) {
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const MarkDifficultCommand& command) {
  work.emit(MarkedDifficult{command.reason}, actor);
}

Move move_of(const Ticket&, const Actor&, const SuperviseCommand&) { return Move::supervise; }
Check check(Work&, const Actor&, const SuperviseCommand& command) {
  return check_text("instruction", command.instruction, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const SuperviseCommand& command) {
  work.emit(Supervised{command.instruction}, actor);
}

// ---- a year's holidays became known --------------------------------------------------------

Move move_of(const Ticket&, const Actor&, const RecalculateDueCommand&) {
  return Move::recalculate;
}
Check check(Work& work, const Actor&, const RecalculateDueCommand&) {
  const auto& clocks = work.ticket().clocks;
  const bool provisional = std::any_of(clocks.begin(), clocks.end(), [&](const OpenClock& clock) {
    return can_be_counted_again(clock, work.happened_at());
  });
  if (!provisional) {
    return unknown(RefusalReason::nothing_to_decide, "没有未到期的暂定时限",
                   "the ticket has no provisional due time that is still to come");
  }
  return std::nullopt;
}
void carry_out(Work& work, const Actor& actor, const RecalculateDueCommand&) {
  work.emit(DueRecalculated{work.pack().rules_version}, actor);
}

}  // namespace paidan::domain
