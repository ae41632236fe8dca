#include <algorithm>

#include "paidan/domain/routing.hpp"
#include "src/refusal.hpp"
#include "src/ticket_clocks.hpp"
#include "src/work.hpp"

/// What agencies and the office ask for. Checked in one order: known ticket, repeat, version, right
/// to act, epoch, state, content. Exactly one Reply each; a refusal changes nothing.
namespace paidan::domain {
namespace {

constexpr std::size_t reason_max = 1'000;
/// 退单 at most twice, then the office decides (DESIGN section 3).
constexpr std::uint32_t returns_max = 2;

/// Who may give a command.
enum class Side { unit_in_charge, office };

// ---- commands: side, move, checks of the content, effect
// -----------------------------------------

constexpr Side side_of(const AcknowledgeCommand&) { return Side::unit_in_charge; }
constexpr Side side_of(const RecordContactCommand&) { return Side::unit_in_charge; }
constexpr Side side_of(const CompleteCommand&) { return Side::unit_in_charge; }
constexpr Side side_of(const RequestReturnCommand&) { return Side::unit_in_charge; }
template <class Other>
constexpr Side side_of(const Other&) {
  return Side::office;
}

Move move_of(const Ticket&, const AcknowledgeCommand&) { return Move::acknowledge; }
Move move_of(const Ticket&, const RecordContactCommand&) { return Move::contact; }
Move move_of(const Ticket&, const CompleteCommand&) { return Move::complete; }
Move move_of(const Ticket&, const RequestReturnCommand&) { return Move::request_return; }
Move move_of(const Ticket&, const DecideReturnCommand& command) {
  return command.granted ? Move::grant_return : Move::deny_return;
}
Move move_of(const Ticket& ticket, const AssignCommand& command) {
  return command.lead_unit == ticket.lead_unit ? Move::keep_lead : Move::assign_by_office;
}
Move move_of(const Ticket&, const CorrectClassificationCommand&) { return Move::correct; }
Move move_of(const Ticket&, const CloseCommand&) { return Move::close; }
Move move_of(const Ticket&, const RecordCallBackCommand& command) {
  return command.reached ? Move::rate : Move::try_call_back;
}
Move move_of(const Ticket&, const RedoCommand&) { return Move::redo; }

Check check_unit(const CityPack& pack, std::string_view field, const UnitId& unit, bool required) {
  if (unit.get().empty()) {
    return required ? Check(missing(field)) : std::nullopt;
  }
  if (find_agency(pack, unit) != nullptr) {
    return std::nullopt;
  }
  const std::string name(field);
  return Refusal{RefusalReason::unknown_unit,
                 {name + "：没有这个承办单位", name + ": the city pack has no such unit"}};
}

Check check(Work&, const AcknowledgeCommand&) { return std::nullopt; }

Check check(Work&, const RecordContactCommand& command) {
  return check_text("reason_not_reached", command.reason_not_reached, reason_max, !command.reached);
}

Check check(Work& work, const CompleteCommand& command) {
  return check_report(command.report, work.ticket().contacted_at.has_value(), work.happened_at());
}

Refusal return_refused(std::string_view zh, std::string_view en) {
  return {RefusalReason::return_not_allowed, {std::string(zh), std::string(en)}};
}

Check check(Work& work, const RequestReturnCommand& command) {
  const Ticket& ticket = work.ticket();
  if (ticket.directed_by_office) {
    return return_refused("签派工单不得退单", "the office has directed this ticket: no return");
  }
  if (ticket.returns_granted >= returns_max) {
    return return_refused("退单已达两次", "the ticket has been returned twice already");
  }
  if (!return_window_open(work.pack(), ticket, work.happened_at())) {
    return Refusal{RefusalReason::too_late,
                   {"已超过退单申请时限", "the time for asking for a return has passed"}};
  }
  if (auto bad = check_text("reason", command.reason, reason_max, true)) {
    return bad;
  }
  return check_unit(work.pack(), "suggested_unit", command.suggested_unit, false);
}

Check check(Work&, const DecideReturnCommand& command) {
  return check_text("reason", command.reason, reason_max, !command.granted);
}

Check check(Work& work, const AssignCommand& command) {
  if (auto bad = check_unit(work.pack(), "lead_unit", command.lead_unit, true)) {
    return bad;
  }
  if (auto bad = check_unit(work.pack(), "queue_unit", command.queue_unit, false)) {
    return bad;
  }
  return check_text("reason", command.reason, reason_max, false);
}

Check check(Work& work, const CorrectClassificationCommand& command) {
  const CityPack& pack = work.pack();
  const bool has_category = !command.category.get().empty();
  const bool has_area = !command.area.get().empty();
  if (!has_category && !has_area && command.demand_kind.empty()) {
    return missing("category, area or demand_kind");
  }
  if (has_category && find_category(pack, command.category) == nullptr) {
    return Refusal{RefusalReason::unknown_category,
                   {"没有这个诉求类别", "category: the city pack has no such category"}};
  }
  if (has_area && find_area(pack, command.area) == nullptr) {
    return Refusal{RefusalReason::unknown_area,
                   {"没有这个区域", "area: the city pack has no such area"}};
  }
  if (!command.demand_kind.empty() && find_demand_kind(pack, command.demand_kind) == nullptr) {
    return Refusal{RefusalReason::unknown_category,
                   {"没有这个诉求类型", "demand_kind: the city pack has no such kind"}};
  }
  return std::nullopt;
}

Check check(Work&, const CloseCommand& command) {
  return check_text("reason", command.reason, reason_max, true);
}
Check check(Work&, const RecordCallBackCommand& command) {
  return check_text("comment", command.comment, reason_max, false);
}
Check check(Work&, const RedoCommand& command) {
  return check_text("reason", command.reason, reason_max, true);
}

void carry_out(Work& work, const Actor& actor, const AcknowledgeCommand&) {
  work.emit(Acknowledged{}, actor);
}

void carry_out(Work& work, const Actor& actor, const RecordContactCommand& command) {
  work.emit(Contacted{command.reached, command.reason_not_reached}, actor);
}

void carry_out(Work& work, const Actor& actor, const CompleteCommand& command) {
  work.emit(Completed{command.report}, actor);
  if (!wants_call_back(work.pack(), work.ticket())) {
    work.emit(Closed{CloseReason::no_call_back_needed}, system_actor());
  }
}

void carry_out(Work& work, const Actor& actor, const RequestReturnCommand& command) {
  work.emit(ReturnRequested{command.reason, command.suggested_unit}, actor);
}

/// A granted return takes the next step of routing; the second one goes to the office.
void carry_out(Work& work, const Actor& actor, const DecideReturnCommand& command) {
  work.emit(ReturnDecided{command.granted, command.reason}, actor);
  if (!command.granted) {
    return;
  }
  const bool arbitrate = work.ticket().returns_granted >= returns_max;
  if (arbitrate || assign_by_rules(work, 1, {}) != TriageReason::none) {
    work.emit(ArbitrationRequested{work.ticket().excluded_units}, system_actor());
  }
}

void carry_out(Work& work, const Actor& actor, const AssignCommand& command) {
  const Ticket& ticket = work.ticket();
  const bool keep = command.lead_unit == ticket.lead_unit;
  Assigned fact;
  fact.lead_unit = command.lead_unit;
  fact.queue_unit = command.queue_unit.get().empty() ? command.lead_unit : command.queue_unit;
  fact.co_handlers = keep ? ticket.co_handlers : std::vector<UnitId>{};
  fact.assign_epoch = ticket.assign_epoch + (keep ? 0 : 1);
  fact.basis = AssignmentBasis::office;
  fact.why.rule = "decision of the office (签派)";
  fact.why.rules_version = work.pack().rules_version;
  fact.why.confidence = 1;
  fact.why.explanation = {"签派：" + command.reason, "directed by the office: " + command.reason};
  work.emit(std::move(fact), actor);
}

/// Routes anew after a correction. What the office has directed (签派) stays until it directs
/// again.
void route_corrected(Work& work) {
  const Ticket& ticket = work.ticket();
  auto routed = route(work.pack(), {ticket.category,
                                    ticket.area,
                                    ticket.channel,
                                    {},
                                    ticket.excluded_units,
                                    1,
                                    "area confirmed by the office"});
  if (const auto* reason = std::get_if<TriageReason>(&routed)) {
    work.emit(TriageRequested{*reason}, system_actor());
    return;
  }
  Route& found = std::get<Route>(routed);
  const bool same_lead = found.lead_unit == ticket.lead_unit;
  if (same_lead && found.queue_unit == ticket.queue_unit) {
    return;
  }
  const std::uint32_t epoch = ticket.assign_epoch + (same_lead ? 0 : 1);
  work.emit(Assigned{std::move(found.lead_unit), std::move(found.queue_unit),
                     std::move(found.co_handlers), epoch, std::move(found.why), found.basis},
            system_actor());
}

void carry_out(Work& work, const Actor& actor, const CorrectClassificationCommand& command) {
  const Ticket& before = work.ticket();
  Reclassified fact{command.category.get().empty() ? before.category : command.category,
                    command.area.get().empty() ? before.area : command.area,
                    command.demand_kind.empty() ? before.demand_kind : command.demand_kind};
  const bool moved = fact.category != before.category || fact.area != before.area;
  const bool waiting = before.lead_unit.get().empty();
  const bool directed = before.directed_by_office && !waiting;
  work.emit(std::move(fact), actor);
  if ((moved || waiting) && !directed) {
    route_corrected(work);
  }
}

void carry_out(Work& work, const Actor& actor, const CloseCommand&) {
  work.emit(Closed{CloseReason::office}, actor);
}

void carry_out(Work& work, const Actor& actor, const RecordCallBackCommand& command) {
  const Rated rating{command.solved, command.satisfaction, command.comment};
  work.emit(RatingRecorded{rating, command.reached}, actor);
  if (command.reached) {
    settle_rating(work, rating);
  }
}

void carry_out(Work& work, const Actor& actor, const RedoCommand& command) {
  work.emit(RedoOrdered{command.reason}, actor);
}

// ---- what all commands share
// ---------------------------------------------------------------------

Check check_right(const Ticket& ticket, const Command& command, Side side) {
  const bool lead =
      command.actor.role == Role::agency && !command.actor.unit.get().empty() &&
      (command.actor.unit == ticket.lead_unit || command.actor.unit == ticket.queue_unit);
  if (side == Side::unit_in_charge ? !lead : command.actor.role != Role::office) {
    return Refusal{RefusalReason::not_in_charge,
                   {"不是本工单的主办单位或无此权限",
                    "not the unit in charge of this ticket, or not the office"}};
  }
  if (side == Side::unit_in_charge && command.assign_epoch != ticket.assign_epoch) {
    return Refusal{RefusalReason::stale_epoch,
                   {"派单已变更，请刷新", "the assignment has changed: read the ticket again"}};
  }
  return std::nullopt;
}

Check check_version(const Ticket& ticket, const Command& command) {
  if (command.expected_version == 0 || command.expected_version == ticket.version) {
    return std::nullopt;
  }
  return Refusal{RefusalReason::stale_version,
                 {"工单已有新进展，请刷新", "the ticket has moved on: read it again"}};
}

TicketDecision refuse(const Ticket& ticket, const Command& command, Refusal refusal) {
  TicketDecision decision;
  decision.reason = code_of(refusal.reason);
  decision.events.emplace_back(
      Reply{command.command_id, command.reply_to,
            Refused{refusal.reason, std::move(refusal.text), ticket.state, ticket.version}});
  return decision;
}

const AnsweredCommand* answered(const Ticket& ticket, const Command& command) {
  const std::uint64_t hash = hash_of(command.command_id);
  const auto found =
      std::find_if(ticket.commands.begin(), ticket.commands.end(),
                   [&](const AnsweredCommand& known) { return known.command_hash == hash; });
  return found == ticket.commands.end() ? nullptr : &*found;
}

template <class Body>
Check check_all(Work& work, const Ticket& ticket, const Command& command, const Body& body) {
  if (auto bad = check_version(ticket, command)) {
    return bad;
  }
  if (auto bad = check_right(ticket, command, side_of(body))) {
    return bad;
  }
  const Move move = move_of(ticket, body);
  if (!next_state(ticket.state, move)) {
    return wrong_state(ticket.state, move);
  }
  return check(work, body);
}

}  // namespace

TicketDecision decide_command(const CityPack& pack, const Ticket& ticket, const Command& command,
                              Instant happened_at) {
  if (ticket.state == State::none) {
    return refuse(ticket, command,
                  {RefusalReason::unknown_ticket, {"没有这张工单", "there is no such ticket"}});
  }
  if (const AnsweredCommand* known = answered(ticket, command)) {
    TicketDecision decision;
    decision.reason = "repeated_command";
    decision.events.emplace_back(
        Reply{command.command_id, command.reply_to, Accepted{known->version, true}});
    return decision;
  }
  Work work(pack, ticket, happened_at);
  return std::visit(
      [&](const auto& body) {
        if (auto refusal = check_all(work, ticket, command, body)) {
          return refuse(ticket, command, std::move(*refusal));
        }
        carry_out(work, command.actor, body);
        TicketDecision decision = work.take();
        const std::uint64_t version = ticket.version + decision.events.size();
        decision.events.emplace_back(
            Reply{command.command_id, command.reply_to, Accepted{version, false}});
        return decision;
      },
      command.body);
}

}  // namespace paidan::domain
