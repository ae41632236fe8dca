#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "paidan/domain/duplicates.hpp"
#include "paidan/domain/pack.hpp"

/// Two tickets of one caller: do they tell of the same?
namespace paidan::domain {

struct Likeness {
  std::uint32_t level = 0;  ///< 0: they do not.
  bool same_area = false;   ///< Both known and equal.
  double similarity = 0;    ///< Of the texts.
};
/// `later` was submitted after `earlier`. Does not look at the window.
Likeness compare(const DuplicatePolicy& policy, const SeenTicket& earlier, const SeenTicket& later);
/// 0 to 1. An equal area counts as much as equal texts: a policy.
double score_of(const Likeness& likeness);
/// Why they are proposed, in a sentence for the office.
Text evidence_of(const SeenTicket& master, const SeenTicket& ticket, const Likeness& likeness);

Milliseconds window_of(const DuplicatePolicy& policy);
SeenTicket remembered(const Sighting& sighting);

TicketIdBytes to_bytes(std::string_view ticket_id);
std::string to_string(const TicketIdBytes& ticket_id);

}  // namespace paidan::domain
