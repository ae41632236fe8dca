#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "paidan/domain/facts.hpp"

/// The life cycle as data: state and move give the next state. The table stands at the top of
/// lifecycle.cpp; each pair that is not in it is refused by name. States as DESIGN section 3.
namespace paidan::domain {

/// What moves a ticket. Each fact of the history is exactly one move.
enum class Move : std::uint8_t {
  open,
  assign,            ///< By the rules.
  assign_by_office,  ///< 签派
  raise,             ///< 区镇联动: a town raises to its district.
  keep_lead,         ///< The office confirms the lead, perhaps with another queue.
  triage,
  request_info,  ///< 待补充
  decline,       ///< 不予受理
  transfer_out,  ///< 转 110 etc.
  acknowledge,
  contact,
  sub_assign,    ///< 二次派单
  sub_complete,  ///< A unit below has done its part.
  add_co_handler,
  reply_as_co_handler,
  complete,
  try_call_back,  ///< 回访 that did not reach the citizen.
  rate,
  order_recheck,   ///< 现场复核
  record_recheck,  ///< What it found.
  close,
  withdraw,
  reopen,
  request_return,
  grant_return,
  deny_return,
  arbitrate,
  request_extension,
  grant_extension,
  deny_extension,
  request_unreasonable,
  grant_unreasonable,
  deny_unreasonable,
  mark_difficult,
  redo,
  supervise,
  correct,
  urge,
  supplement,
  conflict,
  escalate,
  appeal,
  decide_appeal,
  recalculate,
  propose_duplicate,
  drop_proposal,
  link,
  unlink,
  join,   ///< A duplicate joins this master.
  leave,  ///< A duplicate leaves it.
  master_answer,
  master_reopen
};
inline constexpr std::size_t move_count = 52;
inline constexpr std::size_t state_count = 22;

struct Transition {
  State from;
  Move move;
  State to;  ///< State::none: back to the state from which the return was asked.
};

/// All rows, one per (state, move): for diagrams, and for the test that each is exercised. In the
/// order of the table.
std::span<const Transition> transitions();

/// Nothing: this pair is refused. State::none: back to the remembered state. A ticket that dispatch
/// has not heard of (State::none) is to it RECEIVED: accepted by intake.
std::optional<State> next_state(State from, Move move);

/// The move that a fact is, for a ticket with this epoch before it.
Move move_of(const LifecycleBody& body, std::uint32_t assign_epoch);

/// True while somebody still has to do something for the citizen.
bool is_open(State state);
/// True while a request of the unit waits for the office: 退单, 延期 or 不合理诉求.
bool is_request(State state);
/// Code of the state, e.g. `needs_triage`, and its names: 待人工研判 / needs triage.
std::string_view code_of(State state);
Text name_of(State state);
std::string_view code_of(Move move);
Text name_of(Move move);

}  // namespace paidan::domain
