#include <algorithm>

#include "paidan/domain/duplicates.hpp"
#include "src/utf8.hpp"

namespace paidan::domain {
namespace {

constexpr std::uint64_t fnv_basis = 0xcbf29ce484222325;
constexpr std::uint64_t fnv_prime = 0x100000001b3;
constexpr std::uint32_t empty_lane = 0x10000;  // one above the largest 16-bit value
constexpr std::uint32_t lane_shift = 0x9E37;
constexpr unsigned letter_bits = 21;  // of a code point, so that three of them fit into 63

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): each bit depends on each.
constexpr std::uint64_t mixed(std::uint64_t bits) {
  bits += 0x9e3779b97f4a7c15;
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31U);
}

/// Blanks, punctuation, masks and broken bytes say nothing about a matter.
constexpr bool says_something(char32_t folded_code) {
  if (folded_code < 0x80) return is_latin(folded_code);
  const bool punctuation = folded_code < 0xC0 || (folded_code >= 0x2000 && folded_code < 0x2070) ||
                           (folded_code >= 0x3000 && folded_code < 0x3040) ||
                           (folded_code >= 0xFE30 && folded_code < 0xFE50);
  return !punctuation && folded_code != invalid_letter;
}

void append_letters(std::string_view text, std::vector<char32_t>& letters) {
  for (const Letter& letter : decode(text)) {
    const char32_t code = folded(letter.code);
    if (says_something(code)) letters.push_back(code);
  }
}

/// An empty lane takes the value of the next one that is not, moved by the distance.
void fill_empty(std::array<std::uint32_t, Fingerprint::lanes>& least) {
  const auto found = least;
  for (std::size_t lane = 0; lane < least.size(); ++lane) {
    std::uint32_t distance = 0;
    while (found[(lane + distance) % least.size()] == empty_lane) ++distance;
    least[lane] = (found[(lane + distance) % least.size()] + distance * lane_shift) & 0xFFFFU;
  }
}

}  // namespace

Fingerprint fingerprint(std::string_view title, std::string_view text) {
  std::vector<char32_t> letters;
  letters.reserve((title.size() + text.size()) / 2);
  append_letters(title, letters);
  append_letters(text, letters);
  Fingerprint out;
  if (letters.empty()) return out;

  out.whole = fnv_basis;
  for (const char32_t letter : letters) out.whole = (out.whole ^ letter) * fnv_prime;
  out.whole = std::max<std::uint64_t>(1, mixed(out.whole));

  while (letters.size() < 3) letters.push_back(0);  // so that there is one piece at least
  std::array<std::uint32_t, Fingerprint::lanes> least{};
  least.fill(empty_lane);
  for (std::size_t at = 0; at + 2 < letters.size(); ++at) {
    const std::uint64_t piece = letters[at] | std::uint64_t{letters[at + 1]} << letter_bits |
                                std::uint64_t{letters[at + 2]} << 2 * letter_bits;
    const std::uint64_t hash = mixed(piece);
    std::uint32_t& lane = least[hash % Fingerprint::lanes];
    lane = std::min(lane, static_cast<std::uint32_t>(hash >> 48U));
  }
  fill_empty(least);
  std::ranges::transform(least, out.sketch.begin(),
                         [](std::uint32_t value) { return static_cast<std::uint16_t>(value); });
  return out;
}

double similarity(const Fingerprint& one, const Fingerprint& other) {
  if (one.whole == 0 || other.whole == 0) return 0;
  if (one.whole == other.whole) return 1;
  std::size_t equal = 0;
  for (std::size_t lane = 0; lane < Fingerprint::lanes; ++lane) {
    equal += one.sketch[lane] == other.sketch[lane] ? 1 : 0;
  }
  return static_cast<double>(equal) / Fingerprint::lanes;
}

}  // namespace paidan::domain
