#include "paidan/domain/clocks.hpp"
#include "src/command_rules.hpp"
#include "src/ticket_clocks.hpp"

/// What a unit asks the office for, and the answer: 退单, 延期, 不合理诉求; and the citizen's 申诉.
namespace paidan::domain {
namespace {

Refusal return_refused(std::string_view zh, std::string_view en) {
  return {RefusalReason::return_not_allowed, {std::string(zh), std::string(en)}};
}
Refusal extension_refused(std::string_view zh, std::string_view en) {
  return {RefusalReason::extension_not_allowed, {std::string(zh), std::string(en)}};
}

/// The latest due time that the pack allows, for the unit's clock; nothing: no extension at all.
std::optional<ExtensionLimit> limit_of(const Work& work, const Ticket& ticket,
                                       const OpenClock& handle) {
  return extension_limit(work.pack(), ticket.opened_at, handle.due_at);
}

Check check_wanted(std::string_view field, const std::optional<Instant>& wanted,
                   const OpenClock& handle, const ExtensionLimit& limit) {
  if (!wanted || (*wanted > handle.due_at && *wanted <= limit.latest_due_at)) {
    return std::nullopt;
  }
  const std::string name(field);
  return Refusal{RefusalReason::extension_not_allowed,
                 {name + " 须晚于现时限且不超过上限：" + limit.explanation.zh,
                  name + " must lie after the present due time and within the limit: " +
                      limit.explanation.en}};
}

}  // namespace

// ---- 退单: with a reason, at most twice, never a 签派 (青夏街〔2022〕22号: 谨慎退单) ----------

Move move_of(const Ticket&, const Actor&, const RequestReturnCommand&) {
  return Move::request_return;
}
Check check(Work& work, const Actor&, const RequestReturnCommand& command) {
  const Ticket& ticket = work.ticket();
  if (ticket.directed_by_office) {
    return return_refused("签派工单不得退单", "the office has directed this ticket: no return");
  }
  if (ticket.returns_granted >= work.pack().returns.granted_max) {
    return return_refused("退单次数已达上限", "the ticket has been returned as often as may be");
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
void carry_out(Work& work, const Actor& actor, const RequestReturnCommand& command) {
  work.emit(ReturnRequested{command.reason, command.suggested_unit}, actor);
}

Move move_of(const Ticket&, const Actor&, const DecideReturnCommand& command) {
  return command.granted ? Move::grant_return : Move::deny_return;
}
Check check(Work&, const Actor&, const DecideReturnCommand& command) {
  return check_text("reason", command.reason, reason_max, !command.granted);
}
/// A granted return takes the next step of routing; the last one goes to the office.
void carry_out(Work& work, const Actor& actor, const DecideReturnCommand& command) {
  work.emit(ReturnDecided{command.granted, command.reason}, actor);
  if (!command.granted) {
    return;
  }
  const bool arbitrate = work.ticket().returns_granted >= work.pack().returns.granted_max;
  if (arbitrate || assign_by_rules(work, 1, {}) != TriageReason::none) {
    work.emit(ArbitrationRequested{work.ticket().excluded_units}, system_actor());
  }
}

// ---- 延期: before the due time only, with a reason, decided, the citizen told (mission.md 2.4)

Move move_of(const Ticket&, const Actor&, const RequestExtensionCommand&) {
  return Move::request_extension;
}
Check check(Work& work, const Actor&, const RequestExtensionCommand& command) {
  const Ticket& ticket = work.ticket();
  const OpenClock* handle = open_clock(ticket, "handle");
  const auto limit = handle == nullptr ? std::nullopt : limit_of(work, ticket, *handle);
  if (!limit) {
    return extension_refused("本工单不适用延期", "this ticket has no term that can be extended");
  }
  if (ticket.extras->extensions_granted >= work.pack().extension.times_max) {
    return extension_refused("延期次数已达上限", "it has been extended as often as may be");
  }
  if (handle->due_at < work.happened_at()) {
    return Refusal{RefusalReason::too_late,
                   {"延期须在到期前申请", "an extension is asked before the due time only"}};
  }
  if (limit->latest_due_at <= handle->due_at) {
    return extension_refused("现时限已是最长期限", "the due time is the latest possible already");
  }
  if (auto bad = check_text("reason", command.reason, reason_max, true)) {
    return bad;
  }
  return check_wanted("wanted_due_at", command.wanted_due_at, *handle, *limit);
}
void carry_out(Work& work, const Actor& actor, const RequestExtensionCommand& command) {
  work.emit(ExtensionRequested{command.reason, command.wanted_due_at}, actor);
}

Move move_of(const Ticket&, const Actor&, const DecideExtensionCommand& command) {
  return command.granted ? Move::grant_extension : Move::deny_extension;
}
/// Granted as the office says, else as the unit wanted, else (or when that has passed meanwhile) as
/// far as the pack allows. Nothing: there is no term that could be extended.
std::optional<Instant> granted_due(const Work& work, const Ticket& ticket,
                                   const DecideExtensionCommand& command) {
  const OpenClock* handle = open_clock(ticket, "handle");
  const auto limit = handle == nullptr ? std::nullopt : limit_of(work, ticket, *handle);
  if (!limit) {
    return std::nullopt;
  }
  const auto& wanted = ticket.extras->extension_wanted_due_at;
  if (command.due_at) {
    return command.due_at;
  }
  return wanted && *wanted > work.happened_at() ? wanted : limit->latest_due_at;
}

Check check_grant(const Work& work, const Ticket& ticket, const DecideExtensionCommand& command) {
  const auto due = granted_due(work, ticket, command);
  if (!due) {
    return extension_refused("没有可延长的时限", "no term of this ticket can be extended now");
  }
  if (*due <= work.happened_at()) {
    return Refusal{RefusalReason::too_late,
                   {"延长后的时限已过", "the due time that would be granted has passed"}};
  }
  const OpenClock& handle = *open_clock(ticket, "handle");
  return check_wanted("due_at", command.due_at, handle, *limit_of(work, ticket, handle));
}

Check check(Work& work, const Actor&, const DecideExtensionCommand& command) {
  if (command.granted) {
    if (auto bad = check_grant(work, work.ticket(), command)) {
      return bad;
    }
  }
  return check_text("reason", command.reason, reason_max, !command.granted);
}
void carry_out(Work& work, const Actor& actor, const DecideExtensionCommand& command) {
  ExtensionDecided fact{command.granted, command.reason, {}};
  if (command.granted) {
    fact.due_at = granted_due(work, work.ticket(), command);
  }
  work.emit(std::move(fact), actor);
}

// ---- 不合理诉求 ----------------------------------------------------------------------------

Move move_of(const Ticket&, const Actor&, const RequestUnreasonableCommand&) {
  return Move::request_unreasonable;
}
Check check(Work& work, const Actor&, const RequestUnreasonableCommand& command) {
  if (work.ticket().extras->unreasonable) {
    return Refusal{RefusalReason::nothing_to_decide,
                   {"已认定为不合理诉求", "it has been found unreasonable already"}};
  }
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const RequestUnreasonableCommand& command) {
  work.emit(UnreasonableRequested{command.reason}, actor);
}

Move move_of(const Ticket&, const Actor&, const DecideUnreasonableCommand& command) {
  return command.granted ? Move::grant_unreasonable : Move::deny_unreasonable;
}
Check check(Work&, const Actor&, const DecideUnreasonableCommand& command) {
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const DecideUnreasonableCommand& command) {
  work.emit(UnreasonableDecided{command.granted, command.reason}, actor);
}

// ---- 申诉 ----------------------------------------------------------------------------------

Move move_of(const Ticket&, const Actor&, const DecideAppealCommand&) {
  return Move::decide_appeal;
}
Check check(Work& work, const Actor&, const DecideAppealCommand& command) {
  if (!work.ticket().extras->appeal_pending) {
    return Refusal{RefusalReason::nothing_to_decide,
                   {"没有待审核的申诉", "there is no appeal to decide"}};
  }
  if (command.granted && !is_open(work.ticket().state)) {
    if (auto bad = check_reopen_window(work)) {
      return bad;
    }
  }
  return check_text("reason", command.reason, reason_max, true);
}
/// A granted appeal takes an ended ticket up again, and an answered one back to work.
void carry_out(Work& work, const Actor& actor, const DecideAppealCommand& command) {
  work.emit(AppealDecided{command.granted, command.reason}, actor);
  if (!command.granted) {
    return;
  }
  const State state = work.ticket().state;
  if (!is_open(state)) {
    take_up_again(work, command.reason, actor);
  } else if (next_state(state, Move::redo) && is_linked(work.ticket())) {
    unlink(work, command.reason, actor);
  } else if (next_state(state, Move::redo)) {
    work.emit(RedoOrdered{command.reason}, actor);
  }
}

}  // namespace paidan::domain
