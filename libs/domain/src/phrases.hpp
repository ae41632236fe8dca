#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "src/utf8.hpp"

/// Finds many phrases in one pass over a text (Aho and Corasick, 1975).
namespace paidan::domain {

/// Folded letters (utf8.hpp), runs of blanks as one space, none at the ends.
std::u32string normalised(std::string_view utf8);
std::string to_utf8(std::u32string_view letters);

using PhraseId = std::uint32_t;

struct PhraseHit {
  PhraseId phrase = 0;
  std::uint32_t begin = 0;  ///< Letters of the text, [begin, end).
  std::uint32_t end = 0;
};

/// Filled with `add`, closed with `build`, then immutable. Latin phrases match whole words only.
class Phrases {
 public:
  /// The number of a normalised phrase; the same phrase has the same number. Not empty.
  PhraseId add(const std::u32string& phrase);
  void build();

  std::size_t size() const { return phrases_.size(); }
  const std::u32string& at(PhraseId id) const { return phrases_[id]; }
  /// All hits, also overlapping ones, in the order of their ends.
  std::vector<PhraseHit> find(std::u32string_view text) const;

 private:
  using NodeId = std::uint32_t;
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  struct Node {
    NodeId fail = 0;
    NodeId next_output = 0;  ///< The next node down the failure links that ends a phrase.
    PhraseId phrase = none;
  };

  std::uint32_t symbol_of(char32_t letter) const;
  NodeId child(NodeId node, std::uint32_t symbol) const;
  NodeId child_or_new(NodeId node, std::uint32_t symbol);
  NodeId step(NodeId node, std::uint32_t symbol) const;
  void link(NodeId node, NodeId parent, std::uint32_t symbol);

  std::vector<std::u32string> phrases_;
  std::unordered_map<std::u32string, PhraseId> ids_;
  std::unordered_map<char32_t, std::uint32_t> symbols_;  // 1, 2, ...; 0: in no phrase
  std::vector<std::uint32_t> symbols_of_bmp_;            // the same for most letters
  std::vector<Node> nodes_{Node{}};
  std::unordered_map<std::uint64_t, NodeId> edges_;  // by (node, symbol)
  std::vector<NodeId> root_edges_;                   // by symbol
};

}  // namespace paidan::domain
