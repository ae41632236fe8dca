#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "paidan/domain/lifecycle.hpp"

/// docs/life-cycle.md is the table of lifecycle.cpp as people read it. PAIDAN_REWRITE=1 writes it.
namespace paidan::domain {
namespace {

const std::filesystem::path path =
    std::filesystem::path(PAIDAN_SOURCE_DIR) / "docs" / "life-cycle.md";

std::vector<State> states() {
  std::vector<State> out;
  for (std::size_t i = 1; i < state_count; ++i) {
    out.push_back(static_cast<State>(i));
  }
  return out;
}

std::string join(std::string words, const std::string& word) {
  return words.empty() ? word : words + ", " + word;
}

std::string diagram() {
  std::map<std::pair<State, State>, std::string> arrows;
  for (const Transition& row : transitions()) {
    if (row.from != row.to && row.to != State::none) {
      std::string& label = arrows[{row.from, row.to}];
      label = join(label, name_of(row.move).zh);
    }
  }
  std::string out = "```mermaid\nstateDiagram-v2\n";
  for (const State state : states()) {
    out += "  " + std::string(code_of(state)) + " : " + name_of(state).zh + " " +
           name_of(state).en + "\n";
  }
  out += "  [*] --> received\n";
  for (const auto& [ends, label] : arrows) {
    out += "  " + std::string(code_of(ends.first)) + " --> " + std::string(code_of(ends.second)) +
           " : " + label + "\n";
  }
  for (const State state : states()) {
    if (!is_open(state)) {
      out += "  " + std::string(code_of(state)) + " --> [*]\n";
    }
  }
  return out + "```\n";
}

std::string cell(State state, Move move) {
  const auto next = next_state(state, move);
  if (!next) {
    return " ";
  }
  return *next == State::none ? "↩" : *next == state ? "•" : name_of(*next).zh;
}

std::string table() {
  std::string out = "| move |";
  std::string rule = "|---|";
  for (const State state : states()) {
    out += " " + name_of(state).zh + " |";
    rule += "---|";
  }
  out += "\n" + rule + "\n";
  for (std::size_t i = 0; i < move_count; ++i) {
    const auto move = static_cast<Move>(i);
    out += "| " + name_of(move).zh + " " + name_of(move).en + " |";
    for (const State state : states()) {
      out += " " + cell(state, move) + " |";
    }
    out += "\n";
  }
  return out;
}

std::string document() {
  return "# The life cycle of a ticket\n\n"
         "Written by a test from the table of `libs/domain/src/lifecycle.cpp`; "
         "`PAIDAN_REWRITE=1 build/dev/bin/domain_test --gtest_filter='LifeCycleDocument.*'`\n"
         "writes it anew. Each pair of state and move that is not in it is refused by name.\n"
         "The scenarios (`tests/scenario`) take each of its " +
         std::to_string(transitions().size()) +
         " rows.\n\n"
         "## States\n\n"
         "Arrows are the moves that change the state. A request (退单, 延期, 不合理诉求) and "
         "待补充信息 lead back to the state\nin which they were made; that is not drawn.\n\n" +
         diagram() +
         "\n## Moves\n\n"
         "`•`: the state stays. `↩`: back to the state in which the request was made. "
         "Empty: refused.\n\n" +
         table();
}

TEST(LifeCycleDocument, IsCurrent) {
  const std::string wanted = document();
  if (std::getenv("PAIDAN_REWRITE") != nullptr) {
    std::ofstream(path) << wanted;
  }
  std::ifstream in(path);
  const std::string written{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  EXPECT_TRUE(written == wanted) << path << " is not current: PAIDAN_REWRITE=1 writes it";
}

}  // namespace
}  // namespace paidan::domain
