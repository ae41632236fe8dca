#pragma once
#include <cstdint>

#include "paidan/domain/lifecycle.hpp"

/// Sets of states, so that the table of the life cycle reads as rules.
namespace paidan::domain {

class States {
 public:
  constexpr States(State state)
      : bits_(1U << static_cast<unsigned>(state)) {}  // NOLINT: a set of one
  constexpr bool has(State state) const {
    return (bits_ & (1U << static_cast<unsigned>(state))) != 0;
  }
  friend constexpr States operator|(States a, States b) { return States(a.bits_ | b.bits_); }
  friend constexpr States operator&(States a, States b) { return States(a.bits_ & b.bits_); }
  friend constexpr States operator~(States a) { return States(~a.bits_); }

 private:
  explicit constexpr States(std::uint32_t bits) : bits_(bits) {}
  std::uint32_t bits_;
};
constexpr States operator|(State a, State b) { return States(a) | States(b); }
constexpr States operator~(State a) { return ~States(a); }

/// Where a move leads: to a state, nowhere, or back.
struct Target {
  enum class Kind { to, stay, back };
  constexpr Target(State to) : state(to) {}  // NOLINT: a state is a target
  constexpr Target(Kind of) : kind(of) {}    // NOLINT
  Kind kind = Kind::to;
  State state = State::none;
};
inline constexpr Target stay{Target::Kind::stay};
/// The state in which the request was made.
inline constexpr Target back{Target::Kind::back};

struct Row {
  States from;
  Move move;
  Target target;
};

}  // namespace paidan::domain
