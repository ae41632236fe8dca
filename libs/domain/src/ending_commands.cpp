#include "src/command_rules.hpp"

/// After the answer: 回访, 现场复核, 重办, 结案, 重启.
namespace paidan::domain {

Move move_of(const Ticket&, const Actor&, const CloseCommand&) { return Move::close; }
Check check(Work&, const Actor&, const CloseCommand& command) {
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const CloseCommand& command) {
  work.emit(Closed{CloseReason::office, command.reason}, actor);
}

Move move_of(const Ticket&, const Actor&, const RecordCallBackCommand& command) {
  return command.reached ? Move::rate : Move::try_call_back;
}
Check check(Work& work, const Actor&, const RecordCallBackCommand& command) {
  const State state = work.ticket().state;
  if (!is_open(state)) {  // only the citizen's own word may come late
    return wrong_state(state, Move::rate);
  }
  return check_text("comment", command.comment, reason_max, false);
}
void carry_out(Work& work, const Actor& actor, const RecordCallBackCommand& command) {
  const Rated rating{command.solved, command.satisfaction, command.comment};
  work.emit(RatingRecorded{rating, command.reached}, actor);
  if (command.reached) {
    settle_rating(work, rating);
  }
}

/// A linked duplicate has no unit of its own that could do it again: it is taken from its master.
Move move_of(const Ticket& ticket, const Actor&, const RedoCommand&) {
  return is_linked(ticket) ? Move::unlink : Move::redo;
}
Check check(Work&, const Actor&, const RedoCommand& command) {
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const RedoCommand& command) {
  if (is_linked(work.ticket())) {
    unlink(work, command.reason, actor);
  } else {
    work.emit(RedoOrdered{command.reason}, actor);
  }
}

Move move_of(const Ticket&, const Actor&, const OrderRecheckCommand&) {
  return Move::order_recheck;
}
Check check(Work&, const Actor&, const OrderRecheckCommand& command) {
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const OrderRecheckCommand& command) {
  work.emit(RecheckOrdered{command.reason}, actor);
}

Move move_of(const Ticket&, const Actor&, const RecordRecheckCommand&) {
  return Move::record_recheck;
}
Check check(Work&, const Actor&, const RecordRecheckCommand& command) {
  return check_text("finding", command.finding, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const RecordRecheckCommand& command) {
  work.emit(RecheckRecorded{command.solved, command.finding}, actor);
  if (command.solved) {
    work.emit(Closed{CloseReason::rechecked, {}}, system_actor());
  } else if (is_linked(work.ticket())) {
    unlink(work, command.finding, actor);
  } else {
    work.emit(RedoOrdered{command.finding}, system_actor());
  }
}

Move move_of(const Ticket&, const Actor&, const ReopenCommand&) { return Move::reopen; }
Check check_reopen_window(Work& work) {
  const auto& closed_at = work.ticket().closed_at;
  const std::chrono::days window(work.pack().reopen_window_days);
  if (closed_at && work.happened_at() > *closed_at + window) {
    const std::string days = std::to_string(work.pack().reopen_window_days);
    return Refusal{RefusalReason::too_late,
                   {"结案已超过 " + days + " 天，请另立新单",
                    "it ended more than " + days + " days ago: open a new ticket"}};
  }
  return std::nullopt;
}
Check check(Work& work, const Actor&, const ReopenCommand& command) {
  if (auto bad = check_reopen_window(work)) {
    return bad;
  }
  return check_text("reason", command.reason, reason_max, true);
}
void carry_out(Work& work, const Actor& actor, const ReopenCommand& command) {
  take_up_again(work, command.reason, actor);
}

}  // namespace paidan::domain
