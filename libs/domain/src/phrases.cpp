#include "src/phrases.hpp"

#include <deque>

namespace paidan::domain {
namespace {

constexpr char32_t bmp_end = 0x10000;

constexpr std::uint64_t edge_key(std::uint32_t node, std::uint32_t symbol) {
  return std::uint64_t{node} << 32U | symbol;
}

bool is_blank(char32_t code) {
  return code == U' ' || code == U'\t' || code == U'\n' || code == U'\r' || code == U'\u00A0';
}

bool inside_word(std::u32string_view text, std::size_t left, std::size_t right) {
  return is_latin(text[left]) && is_latin(text[right]);
}

/// A Latin phrase must not begin or end within a longer word.
bool is_whole(std::u32string_view text, std::size_t begin, std::size_t end) {
  const bool cut_before = begin > 0 && inside_word(text, begin - 1, begin);
  const bool cut_after = end < text.size() && inside_word(text, end - 1, end);
  return !cut_before && !cut_after;
}

}  // namespace

std::u32string normalised(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  for (const Letter& letter : decode(utf8)) {
    const char32_t code = folded(letter.code);
    if (!is_blank(code)) {
      out += code;
    } else if (!out.empty() && out.back() != U' ') {
      out += U' ';
    }
  }
  if (!out.empty() && out.back() == U' ') {
    out.pop_back();
  }
  return out;
}

std::string to_utf8(std::u32string_view letters) {
  std::string out;
  for (const char32_t code : letters) {
    append_utf8(out, code);
  }
  return out;
}

std::uint32_t Phrases::symbol_of(char32_t letter) const {
  if (letter < bmp_end) {
    return symbols_of_bmp_[letter];
  }
  const auto found = symbols_.find(letter);
  return found == symbols_.end() ? 0 : found->second;
}

Phrases::NodeId Phrases::child(NodeId node, std::uint32_t symbol) const {
  const auto found = edges_.find(edge_key(node, symbol));
  return found == edges_.end() ? none : found->second;
}

Phrases::NodeId Phrases::child_or_new(NodeId node, std::uint32_t symbol) {
  const auto next = static_cast<NodeId>(nodes_.size());
  const auto [edge, fresh] = edges_.emplace(edge_key(node, symbol), next);
  if (fresh) {
    nodes_.emplace_back();
  }
  return edge->second;
}

PhraseId Phrases::add(const std::u32string& phrase) {
  const auto [known, fresh] = ids_.emplace(phrase, static_cast<PhraseId>(phrases_.size()));
  if (!fresh) {
    return known->second;
  }
  phrases_.push_back(phrase);
  NodeId node = 0;
  for (const char32_t letter : phrase) {
    const auto next_symbol = static_cast<std::uint32_t>(symbols_.size() + 1);
    node = child_or_new(node, symbols_.emplace(letter, next_symbol).first->second);
  }
  nodes_[node].phrase = known->second;
  return known->second;
}

void Phrases::link(NodeId node, NodeId parent, std::uint32_t symbol) {
  if (parent != 0) {
    nodes_[node].fail = step(nodes_[parent].fail, symbol);
  }
  const NodeId fail = nodes_[node].fail;
  nodes_[node].next_output = nodes_[fail].phrase != none ? fail : nodes_[fail].next_output;
}

void Phrases::build() {
  symbols_of_bmp_.assign(bmp_end, 0);
  root_edges_.assign(symbols_.size() + 1, 0);
  for (const auto& [letter, symbol] : symbols_) {
    if (letter < bmp_end) {
      symbols_of_bmp_[letter] = symbol;
    }
    const NodeId first = child(0, symbol);
    root_edges_[symbol] = first == none ? 0 : first;
  }
  // Breadth first, so that a node's failure link is ready before those of its children.
  std::vector<std::vector<std::pair<std::uint32_t, NodeId>>> children(nodes_.size());
  for (const auto& [key, node] : edges_) {
    children[key >> 32U].emplace_back(static_cast<std::uint32_t>(key), node);
  }
  std::deque<NodeId> queue{0};
  while (!queue.empty()) {
    const NodeId parent = queue.front();
    queue.pop_front();
    for (const auto& [symbol, node] : children[parent]) {
      link(node, parent, symbol);
      queue.push_back(node);
    }
  }
}

Phrases::NodeId Phrases::step(NodeId node, std::uint32_t symbol) const {
  if (symbol == 0) {
    return 0;
  }
  while (node != 0) {
    const NodeId next = child(node, symbol);
    if (next != none) {
      return next;
    }
    node = nodes_[node].fail;
  }
  return root_edges_[symbol];
}

std::vector<PhraseHit> Phrases::find(std::u32string_view text) const {
  std::vector<PhraseHit> hits;
  NodeId node = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    node = step(node, symbol_of(text[i]));
    NodeId output = nodes_[node].phrase != none ? node : nodes_[node].next_output;
    for (; output != 0; output = nodes_[output].next_output) {
      const PhraseId phrase = nodes_[output].phrase;
      const std::size_t end = i + 1;
      const std::size_t begin = end - phrases_[phrase].size();
      if (is_whole(text, begin, end)) {
        hits.push_back(
            {phrase, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
      }
    }
  }
  return hits;
}

}  // namespace paidan::domain
