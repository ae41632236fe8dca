#include <string>

#include "src/routing_choice.hpp"
#include "src/visit_lines.hpp"

namespace paidan::domain {
namespace {

/// So that most of these sentences are built with one allocation.
constexpr std::size_t words_usual_bytes = 120;

void add_scope(std::string& out, const CityPack& pack, const ResponsibilityLine& line) {
  out += line.at.file;
  out += ':';
  out += std::to_string(line.at.line);
  out += " (";
  out +=
      line.category < 0 ? "*" : pack.categories[static_cast<std::size_t>(line.category)].id.get();
  if (line.area >= 0) {
    out += ", area ";
    out += pack.areas[static_cast<std::size_t>(line.area)].code.get();
  }
  if (line.area_class >= 0) {
    out += ", class ";
    out += pack.area_classes[static_cast<std::size_t>(line.area_class)];
  }
  if (line.channel >= 0) {
    out += ", channel ";
    out += pack.channels[static_cast<std::size_t>(line.channel)].id.get();
  }
  out += ')';
}

std::string_view name_of(Duty duty) {
  constexpr std::array<std::string_view, 4> names{"lead", "基本", "配合", "收回"};
  return names[static_cast<std::size_t>(duty)];
}

/// "responsibility.yaml:8 (环境/噪声, class 镇) 收回: cg-3115"
std::string name_of_beaten(const Query& query, const Match& match) {
  const auto& line = query.pack.lines[static_cast<std::size_t>(match.line)];
  std::string out;
  out.reserve(words_usual_bytes);
  add_scope(out, query.pack, line);
  out += ' ';
  out += name_of(line.duty);
  out += ": ";
  out += match.unit < 0 ? "no unit here" : agency(query.pack, match.unit).id.get();
  if (match.unit >= 0 && excluded(query, match.unit)) {
    out += ", whose return was granted";
  }
  return out;
}

/// What towns have proposed (自下而上) that would stand before the winner, were it decided.
void add_proposals(const Query& query, const Choices& choices, std::vector<std::string>& beaten) {
  const CityPack& pack = query.pack;
  if (pack.index.proposals.empty()) {
    return;
  }
  const bool by_line = choices.best[0].line >= 0;
  visit_matching(
      pack, pack.index.proposals, query.category, query.area, query.channel,
      [&](Index proposal, std::uint32_t exactness) {
        if (beaten.size() == Why::beaten_max || (by_line && exactness >= choices.exactness)) {
          return true;
        }
        const auto& line = pack.proposed_lines[static_cast<std::size_t>(proposal)].line;
        const Index unit = resolve_unit(pack, line.lead, query.area);
        if (unit >= 0 && !excluded(query, unit)) {
          std::string out = "proposed by " + line.proposed_by.get() + ", not decided: ";
          add_scope(out, pack, line);
          out += ' ';
          out += name_of(line.duty);
          out += " would give " + agency(pack, unit).id.get();
          beaten.push_back(std::move(out));
        }
        return false;
      });
}

}  // namespace

std::string name_of_line(const CityPack& pack, const ResponsibilityLine& line) {
  std::string out;
  out.reserve(words_usual_bytes);
  add_scope(out, pack, line);
  if (!line.source.empty()) {
    out += ' ';
    out += line.source;
  }
  return out;
}

std::vector<std::string> beaten_by(const Query& query, const Choices& choices) {
  std::vector<std::string> beaten;
  if (choices.matched > 1) {
    beaten.reserve(choices.matched);
  }
  add_proposals(query, choices, beaten);
  for (std::size_t i = 0; i < choices.matched && beaten.size() < Why::beaten_max; ++i) {
    if (choices.matches[i].line != choices.best[0].line) {
      beaten.push_back(name_of_beaten(query, choices.matches[i]));
    }
  }
  return beaten;
}

}  // namespace paidan::domain
