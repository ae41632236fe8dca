#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "paidan/domain/facts.hpp"

/// The life cycle as data: state and input give the next state. The table stands at the top of
/// lifecycle.cpp; each pair that is not in it is refused by name.
namespace paidan::domain {

/// What may move a ticket. Overlays (urge, supplement, conflict, escalation, appeal) leave the
/// state.
enum class Move : std::uint8_t {
  open,
  assign,
  triage,
  acknowledge,
  contact,
  complete,
  call_back,
  rate,
  close,
  withdraw,
  request_return,
  grant_return,
  deny_return,
  arbitrate,
  assign_by_office,
  correct,
  redo,
  urge,
  supplement,
  conflict,
  escalate,
  appeal
};
inline constexpr std::size_t move_count = 22;
inline constexpr std::size_t state_count = 22;

struct Transition {
  State from;
  Move move;
  State to;  ///< State::none: stays, or goes back to the remembered state.
};

/// All rows, for diagrams and for the test that each row is exercised.
const Transition* transitions_begin();
const Transition* transitions_end();

/// Nothing: this pair is refused.
std::optional<State> next_state(State from, Move move);

/// True while somebody still has to do something.
bool is_open(State state);
/// Code of the state (`needs_triage`), and its names (待人工研判 / needs triage).
std::string_view code_of(State state);
Text name_of(State state);
std::string_view code_of(Move move);
Text name_of(Move move);

}  // namespace paidan::domain
