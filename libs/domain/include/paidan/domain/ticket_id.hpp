#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/domain/ids.hpp"

/// 16 characters: 15 of base32 (75 bits) and a check character, so that a citizen can read it out
/// over the phone. Alphabet: digits and lower-case letters without i, l, o, u (Crockford's).
namespace paidan::domain {

inline constexpr std::size_t ticket_id_length = 16;

/// The first 75 bits of `bytes` (a keyed hash made elsewhere), most significant first.
TicketId make_ticket_id(const std::array<std::uint8_t, 10>& bytes);

enum class TicketIdError { wrong_length, wrong_character, wrong_check };
std::string_view to_string(TicketIdError error);

/// Upper case is accepted, and i, l as 1, o as 0, spaces and hyphens skipped: as people read it.
/// Gives the canonical form.
Result<TicketId, TicketIdError> parse_ticket_id(std::string_view text);
/// True only for the canonical form.
bool is_ticket_id(std::string_view text);

}  // namespace paidan::domain
