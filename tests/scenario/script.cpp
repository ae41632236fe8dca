#include "script.hpp"

#include <sstream>

namespace paidan::scenario {
namespace {

constexpr std::string_view output_mark = "  |";

bool starts_with_digit(const std::string& line) {
  return !line.empty() && line[0] >= '0' && line[0] <= '9';
}

/// Words apart by blanks; quotes keep a value with blanks together.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  for (const char letter : line) {
    if (letter == '"') {
      quoted = !quoted;
    } else if (letter == ' ' && !quoted) {
      if (!word.empty()) {
        words.push_back(std::move(word));
      }
      word.clear();
    } else {
      word += letter;
    }
  }
  if (!word.empty()) {
    words.push_back(std::move(word));
  }
  return words;
}

std::optional<Step> parse_step(const std::string& line, std::size_t number) {
  const std::vector<std::string> words = words_of(line);
  if (words.size() < 3) {
    return std::nullopt;
  }
  Step step{number, line, words[0] + " " + words[1], words[2], {}};
  for (std::size_t i = 3; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    if (equals == std::string::npos) {
      return std::nullopt;
    }
    step.values[words[i].substr(0, equals)] = words[i].substr(equals + 1);
  }
  return step;
}

}  // namespace

std::string Step::get(const std::string& key, const std::string& otherwise) const {
  const auto found = values.find(key);
  return found == values.end() ? otherwise : found->second;
}

std::optional<Script> parse_script(const std::string& text, std::string& error) {
  Script script;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.starts_with(output_mark)) {
      continue;
    }
    script.text.push_back(line);
    const std::size_t number = script.text.size() - 1;
    if (line.empty() || line[0] == '#') {
      continue;
    }
    if (line.starts_with("pack: ")) {
      script.pack = line.substr(6);
      continue;
    }
    auto step = starts_with_digit(line) ? parse_step(line, number) : std::nullopt;
    if (!step) {
      error = "not a step: " + line;
      return std::nullopt;
    }
    script.steps.push_back(*std::move(step));
  }
  return script;
}

std::string render_script(const Script& script,
                          const std::vector<std::vector<std::string>>& outputs) {
  std::string out;
  std::size_t step = 0;
  for (std::size_t i = 0; i < script.text.size(); ++i) {
    out += script.text[i] + "\n";
    if (step < script.steps.size() && script.steps[step].line == i) {
      for (const std::string& line : outputs[step]) {
        out += std::string(output_mark) + " " + line + "\n";
      }
      ++step;
    }
  }
  return out;
}

}  // namespace paidan::scenario
