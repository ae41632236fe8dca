#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "paidan/domain/facts.hpp"

/// The life cycle as data: state and move give the next state. The table stands at the top of
/// lifecycle.cpp; each pair that is not in it is refused by name. States as DESIGN section 3; side
/// paths that no move of today reaches (declined, difficult ...) have names and no rows yet.
namespace paidan::domain {

/// What moves a ticket. Each fact of the history is exactly one move; overlays (urge, supplement,
/// conflict, escalate, appeal, correct) leave the state.
enum class Move : std::uint8_t {
  open,
  assign,            ///< By the rules.
  assign_by_office,  ///< 签派
  keep_lead,         ///< The office confirms the lead, perhaps with another queue.
  triage,
  acknowledge,
  contact,
  complete,
  try_call_back,  ///< 回访 that did not reach the citizen.
  rate,
  close,
  withdraw,
  request_return,
  grant_return,
  deny_return,
  arbitrate,
  redo,
  correct,
  urge,
  supplement,
  conflict,
  escalate,
  appeal
};
inline constexpr std::size_t move_count = 23;
inline constexpr std::size_t state_count = 22;

struct Transition {
  State from;
  Move move;
  State to;  ///< State::none: back to the state from which the return was asked.
};

/// All rows, for diagrams and for the test that each is exercised.
std::span<const Transition> transitions();

/// Nothing: this pair is refused. State::none: back to the remembered state.
std::optional<State> next_state(State from, Move move);

/// The move that a fact is, for a ticket with this epoch before it.
Move move_of(const LifecycleBody& body, std::uint32_t assign_epoch);

/// True while somebody still has to do something for the citizen.
bool is_open(State state);
/// Code of the state, e.g. `needs_triage`, and its names: 待人工研判 / needs triage.
std::string_view code_of(State state);
Text name_of(State state);
std::string_view code_of(Move move);
Text name_of(Move move);

}  // namespace paidan::domain
