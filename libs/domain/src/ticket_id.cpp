#include "paidan/domain/ticket_id.hpp"

#include <string>

namespace paidan::domain {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
static_assert(alphabet.size() == 32);
constexpr std::size_t body_length = ticket_id_length - 1;

/// 0 to 31, or -1.
int value_of(char letter) {
  const char lower =
      letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  if (lower == 'o') {
    return 0;
  }
  if (lower == 'i' || lower == 'l') {
    return 1;
  }
  const std::size_t at = lower == '\0' ? std::string_view::npos : alphabet.find(lower);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// Doubling in GF(32), polynomial x^5 + x^2 + 1.
constexpr unsigned doubled(unsigned value) {
  const unsigned shifted = value << 1U;
  return (shifted & 32U) != 0 ? (shifted ^ 37U) : shifted;
}

/// Finds each single wrong character and each swap of two neighbours, as the powers of two in
/// GF(32) differ from place to place (their order is 31).
char check_character(std::string_view body) {
  unsigned sum = 0;
  for (const char letter : body) {
    sum = doubled(sum ^ static_cast<unsigned>(value_of(letter)));
  }
  return alphabet[sum];
}

}  // namespace

TicketId make_ticket_id(const std::array<std::uint8_t, 10>& bytes) {
  std::string id;
  id.reserve(ticket_id_length);
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : bytes) {
    buffer = buffer << 8U | byte;
    bits += 8;
    while (bits >= 5 && id.size() < body_length) {
      bits -= 5;
      id += alphabet[buffer >> bits & 31U];
    }
    buffer &= (1U << bits) - 1U;
  }
  id += check_character(id);
  return TicketId{std::move(id)};
}

std::string_view to_string(TicketIdError error) {
  switch (error) {
    case TicketIdError::wrong_length:
      return "a ticket id has 16 characters";
    case TicketIdError::wrong_character:
      return "a ticket id has digits and letters only";
    case TicketIdError::wrong_check:
      return "the check character does not fit: mistyped?";
  }
  return "not a ticket id";
}

Result<TicketId, TicketIdError> parse_ticket_id(std::string_view text) {
  std::string id;
  for (const char letter : text) {
    if (letter == ' ' || letter == '-') {
      continue;
    }
    const int value = value_of(letter);
    if (value < 0) {
      return TicketIdError::wrong_character;
    }
    if (id.size() == ticket_id_length) {
      return TicketIdError::wrong_length;
    }
    id += alphabet[static_cast<std::size_t>(value)];
  }
  if (id.size() != ticket_id_length) {
    return TicketIdError::wrong_length;
  }
  if (check_character(std::string_view(id).substr(0, body_length)) != id.back()) {
    return TicketIdError::wrong_check;
  }
  return TicketId{std::move(id)};
}

bool is_ticket_id(std::string_view text) {
  if (text.size() != ticket_id_length) {
    return false;
  }
  for (const char letter : text) {
    if (letter == '\0' || alphabet.find(letter) == std::string_view::npos) {
      return false;
    }
  }
  return check_character(text.substr(0, body_length)) == text.back();
}

}  // namespace paidan::domain
