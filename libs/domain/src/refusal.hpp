#pragma once
#include <optional>
#include <string_view>

#include "paidan/domain/facts.hpp"
#include "paidan/domain/lifecycle.hpp"

/// Why a command is not carried out, in words for its sender.
namespace paidan::domain {

struct Refusal {
  RefusalReason reason = RefusalReason::none;
  Text text;
};
/// Nothing: carry on.
using Check = std::optional<Refusal>;

std::string_view code_of(RefusalReason reason);
Refusal wrong_state(State state, Move move);
/// `field` is missing or too long.
Refusal missing(std::string_view field);
Refusal too_long(std::string_view field, std::size_t limit);

/// Checks that a text is not empty (if `required`) and has at most `limit` characters.
Check check_text(std::string_view field, std::string_view text, std::size_t limit, bool required);
/// All that a report of completion must say (闵行 form, mission.md 2.2).
Check check_report(const CompletionReport& report, bool contacted, Instant happened_at);

}  // namespace paidan::domain
