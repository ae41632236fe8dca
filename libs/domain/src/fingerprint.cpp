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

/// Of the blocks beyond ASCII: Latin-1, general, CJK, and CJK compatibility forms.
constexpr bool is_punctuation(char32_t code) {
  return code < 0xC0 || (code >= 0x2000 && code < 0x2070) || (code >= 0x3000 && code < 0x3040) ||
         (code >= 0xFE30 && code < 0xFE50);
}

/// The letter as it counts, or 0: blanks, punctuation, masks and broken bytes say nothing about a
/// matter.
constexpr char32_t counted(char32_t code) {
  code = folded(code);
  if (code < 0x80) return is_latin(code) ? code : 0;
  return is_punctuation(code) || code == invalid_letter ? 0 : code;
}

constexpr std::array<char32_t, 0x80> counted_ascii = [] {
  std::array<char32_t, 0x80> table{};
  for (std::size_t code = 0; code < table.size(); ++code) {
    table[code] = counted(static_cast<char32_t>(code));
  }
  return table;
}();

using Lanes = std::array<std::uint32_t, Fingerprint::lanes>;

/// Takes in a text letter by letter: it runs for every submission, over the whole text.
class Reader {
 public:
  Reader() { least_.fill(empty_lane); }

  void read(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte < counted_ascii.size()) {
        add(counted_ascii[byte]);
        ++at;
      } else {
        const Letter letter = letter_at(text, at);
        add(counted(letter.code));
        at += letter.length;
      }
    }
  }
  std::uint64_t letters() const { return letters_; }
  std::uint64_t whole() const { return std::max<std::uint64_t>(1, mixed(whole_)); }
  Lanes least() const {
    Lanes least = least_;
    // Fewer letters than a piece has are one piece.
    if (letters_ < 3) put(window_ >> letter_bits * (3 - letters_), least);
    return least;
  }

 private:
  void add(char32_t letter) {
    if (letter == 0) return;
    ++letters_;
    whole_ = (whole_ ^ letter) * fnv_prime;
    window_ = window_ >> letter_bits | std::uint64_t{letter} << 2 * letter_bits;
    if (letters_ >= 3) put(window_, least_);
  }
  static void put(std::uint64_t piece, Lanes& least) {
    const std::uint64_t hash = mixed(piece);
    std::uint32_t& lane = least[hash % Fingerprint::lanes];
    lane = std::min(lane, static_cast<std::uint32_t>(hash >> 48U));
  }

  std::uint64_t letters_ = 0;
  std::uint64_t whole_ = fnv_basis;
  std::uint64_t window_ = 0;  ///< The last three letters, the oldest in the lowest bits.
  Lanes least_{};
};

/// An empty lane takes the value of the next one that is not, moved by the distance.
Lanes filled(const Lanes& found) {
  Lanes out{};
  for (std::size_t lane = 0; lane < found.size(); ++lane) {
    std::uint32_t distance = 0;
    while (found[(lane + distance) % found.size()] == empty_lane) ++distance;
    out[lane] = (found[(lane + distance) % found.size()] + distance * lane_shift) & 0xFFFFU;
  }
  return out;
}

}  // namespace

Fingerprint fingerprint(std::string_view title, std::string_view text) {
  Reader reader;
  reader.read(title);
  reader.read(text);
  Fingerprint out;
  if (reader.letters() == 0) return out;
  out.whole = reader.whole();
  const Lanes least = filled(reader.least());
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
