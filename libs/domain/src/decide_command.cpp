#include <algorithm>

#include "src/command_rules.hpp"

/// What agencies and the office ask for. Checked in one order: known ticket, repeat, version, right
/// to act, epoch, state, content. Exactly one Reply each; a refusal changes nothing.
namespace paidan::domain {
namespace {

template <class Values, class Value>
bool has(const Values& values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool is_in_charge(const Ticket& ticket, const UnitId& unit) {
  return unit == ticket.lead_unit || unit == ticket.queue_unit;
}

bool agency_may(const Ticket& ticket, const UnitId& unit, Side side) {
  switch (side) {
    case Side::in_charge:
      return is_in_charge(ticket, unit);
    case Side::at_work:
      return is_in_charge(ticket, unit) || has(ticket.extras->sub_units, unit);
    case Side::co_handler:
      return has(ticket.co_handlers, unit);
    default:
      return false;
  }
}

bool may(const Ticket& ticket, const Actor& actor, Side side) {
  switch (actor.role) {
    case Role::agency:
      return !actor.unit.get().empty() && agency_may(ticket, actor.unit, side);
    case Role::office:
      return side == Side::office || side == Side::office_or_operations;
    case Role::operations:
    case Role::system:
      return side == Side::office_or_operations;
    default:
      return false;
  }
}

Check check_right(const Ticket& ticket, const Command& command, Side side) {
  if (!may(ticket, command.actor, side)) {
    return Refusal{RefusalReason::not_in_charge,
                   {"不是本工单的承办单位或无此权限",
                    "not a unit in charge of this ticket, or not the office"}};
  }
  if (command.actor.role == Role::agency && command.assign_epoch != ticket.assign_epoch) {
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
  const Move move = move_of(ticket, command.actor, body);
  if (!next_state(ticket.state, move)) {
    return wrong_state(ticket.state, move);
  }
  return check(work, command.actor, body);
}

}  // namespace

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

TicketDecision decide_command(const Known& known, const Command& command) {
  const Ticket& ticket = known.ticket;
  if (ticket.state == State::none) {
    return refuse(ticket, command,
                  {RefusalReason::unknown_ticket, {"没有这张工单", "there is no such ticket"}});
  }
  if (const AnsweredCommand* repeated = answered(ticket, command)) {
    TicketDecision decision;
    decision.reason = "repeated_command";
    decision.events.emplace_back(
        Reply{command.command_id, command.reply_to, Accepted{repeated->version, true}});
    return decision;
  }
  Work work(known);
  return std::visit(
      [&](const auto& body) {
        if (auto refusal = check_all(work, ticket, command, body)) {
          return refuse(ticket, command, std::move(*refusal));
        }
        carry_out(work, command.actor, body);
        work.answer({command.command_id, command.reply_to, Accepted{work.version(), false}});
        return work.take();
      },
      command.body);
}

}  // namespace paidan::domain
