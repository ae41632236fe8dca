#include <algorithm>
#include <optional>
#include <vector>

#include "paidan/citypack/edit.hpp"
#include "src/fields.hpp"
#include "src/files.hpp"

namespace paidan::citypack {
namespace {

using domain::Duty;

constexpr const char* file_name = "responsibility.yaml";

PackError trouble(std::uint32_t line, std::string why) { return {file_name, line, std::move(why)}; }

/// Letters that mean nothing to YAML within a word.
bool is_plain(char letter) {
  constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.";
  return static_cast<unsigned char>(letter) >= 0x80 || letters.find(letter) != letters.npos;
}

/// Not a digit or sign: what begins like a number would be read as one by other programs.
bool begins_as_word(const std::string& text) {
  return !text.empty() &&
         std::string_view("0123456789-./").find(text.front()) == std::string_view::npos;
}

/// A YAML scalar: as it is where nothing in it means anything to YAML, else in double quotes.
std::string scalar_of(const std::string& text) {
  if (begins_as_word(text) && std::all_of(text.begin(), text.end(), is_plain)) {
    return text;
  }
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      quoted += '\\';
    }
    quoted += letter;
  }
  return quoted + "\"";
}

std::optional<PackError> check_reason(std::string_view reason) {
  const bool control = std::any_of(reason.begin(), reason.end(), [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20;
  });
  if (reason.empty() || reason.size() > text_bytes_max || control) {
    return trouble(0, "a reason must have 1 to " + std::to_string(text_bytes_max) +
                          " bytes and stand on one line");
  }
  return std::nullopt;
}

std::string reference_of(const domain::CityPack& pack, const domain::UnitReference& reference) {
  using By = domain::UnitReference::By;
  if (reference.by == By::unit) {
    return scalar_of(pack.agencies[static_cast<std::size_t>(reference.unit)].id.get());
  }
  if (reference.by == By::kind) {
    return reference.kind == domain::UnitKind::town ? "{kind: town}" : "{kind: district}";
  }
  return "{function: " + scalar_of(reference.function) +
         ", of: " + scalar_of(pack.area_kinds[static_cast<std::size_t>(reference.area_kind)]) + "}";
}

/// The lead to write; empty: none is written.
Result<std::string, PackError> lead_of(const domain::CityPack& pack, const LineProposal& proposal) {
  if (!proposal.lead.get().empty()) {
    return scalar_of(proposal.lead.get());
  }
  if (proposal.duty == Duty::basic) {
    return std::string{};
  }
  const domain::Category* category = domain::find_category(pack, proposal.category);
  if (category == nullptr || !category->department) {
    return trouble(0, "category \"" + proposal.category.get() +
                          "\" is unknown or has no statutory department: name the lead");
  }
  return reference_of(pack, *category->department);
}

Result<std::string, PackError> area_of(const domain::CityPack& pack, const LineProposal& proposal) {
  const domain::Agency* town = domain::find_agency(pack, proposal.unit);
  if (town == nullptr || town->area < 0) {
    return trouble(0, "unit \"" + proposal.unit.get() + "\" is unknown or has no area");
  }
  if (!proposal.area_class.empty()) {
    const std::string of =
        proposal.area.get().empty() ? "" : ", of: " + scalar_of(proposal.area.get());
    return "{class: " + scalar_of(proposal.area_class) + of + "}";
  }
  return scalar_of(proposal.area.get().empty()
                       ? pack.areas[static_cast<std::size_t>(town->area)].code.get()
                       : proposal.area.get());
}

std::string_view name_of(Duty duty) {
  switch (duty) {
    case Duty::basic:
      return "基本";
    case Duty::cooperate:
      return "配合";
    case Duty::withdrawn:
      return "收回";
    case Duty::lead:
      break;
  }
  return "";
}

/// The keys of the new entry, one a line, without indentation.
Result<std::vector<std::string>, PackError> entry_of(const domain::CityPack& pack,
                                                     const LineProposal& proposal) {
  auto area = area_of(pack, proposal);
  if (!area) {
    return area.error();
  }
  auto lead = lead_of(pack, proposal);
  if (!lead) {
    return lead.error();
  }
  std::vector<std::string> keys{"category: " + scalar_of(proposal.category.get()),
                                "area: " + *area};
  if (!proposal.channel.get().empty()) {
    keys.push_back("channel: " + scalar_of(proposal.channel.get()));
  }
  if (proposal.duty != Duty::lead) {
    keys.push_back("duty: " + std::string(name_of(proposal.duty)));
  }
  if (!lead->empty()) {
    keys.push_back("lead: " + *lead);
  }
  keys.push_back("proposed_by: " + scalar_of(proposal.unit.get()));
  keys.emplace_back("proposed: open");
  keys.push_back("reason: " + scalar_of(proposal.reason));
  return keys;
}

std::vector<std::string> split(std::string_view bytes) {
  std::vector<std::string> lines;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1);
    lines.emplace_back(bytes.substr(0, end + 1));
    bytes.remove_prefix(end + 1);
  }
  return lines;
}

std::string join(const std::vector<std::string>& lines) {
  std::string bytes;
  for (const std::string& line : lines) {
    bytes += line;
  }
  return bytes;
}

/// The file as text and as YAML, whose marks count the same lines.
struct Document {
  std::vector<std::string> text;
  YAML::Node lines;        ///< The list, in block form and not empty.
  std::size_t end = 0;     ///< The line of `text` behind the list.
  std::size_t indent = 0;  ///< Of the "-" of its entries.
};

std::size_t end_of_list(const YAML::Node& root, const std::vector<std::string>& text) {
  const auto begin = root["lines"].Mark().line;
  std::size_t end = text.size();
  for (const auto& entry : root) {
    const int line = entry.first.Mark().line;
    if (line > begin) {
      end = std::min(end, static_cast<std::size_t>(line));
    }
  }
  // A comment before the next key belongs to that key.
  while (end < text.size() && end > 0 && (text[end - 1][0] == '#' || text[end - 1][0] == '\n')) {
    --end;
  }
  return end;
}

Result<Document, PackError> read_document(std::string_view bytes) {
  Errors errors;
  const Files files{{file_name, std::string(bytes)}};
  const auto place = parse(files, file_name, errors);
  if (!place) {
    return errors.take().front();
  }
  Document document{.text = split(bytes), .lines = {}};
  if (!place->node.IsMap() || !place->node["lines"]) {
    return trouble(1, "there is no list \"lines\"");
  }
  document.lines = place->node["lines"];
  const bool block = document.lines.IsSequence() && document.lines.size() > 0 &&
                     document.lines.Style() != YAML::EmitterStyle::Flow;
  if (!block) {
    return trouble(static_cast<std::uint32_t>(document.lines.Mark().line + 1),
                   "\"lines\" must be a list with one entry or more, each behind a \"-\"");
  }
  document.end = end_of_list(place->node, document.text);
  const auto first = static_cast<std::size_t>(document.lines[0].Mark().line);
  document.indent = document.text[first].find('-');
  return document;
}

/// The line of `text` that holds "proposed: open" and nothing else, in the entry at `line`.
Result<std::size_t, PackError> find_open(const Document& document, std::uint32_t line) {
  for (const YAML::Node& entry : document.lines) {
    if (entry.Mark().line + 1 != static_cast<int>(line) || !entry.IsMap() || !entry["proposed"] ||
        entry["proposed"].Scalar() != "open") {
      continue;
    }
    const auto at = static_cast<std::size_t>(entry["proposed"].Mark().line);
    const std::string& text = document.text[at];
    const std::size_t key = text.find_first_not_of(' ');
    if (entry.Style() == YAML::EmitterStyle::Flow || text.compare(key, 9, "proposed:") != 0) {
      return trouble(line, "write the entry with one key a line, \"category\" first");
    }
    return at;
  }
  return trouble(line, "no open proposal begins here");
}

}  // namespace

Result<EditedLines, PackError> add_proposal(std::string_view bytes, const domain::CityPack& pack,
                                            const LineProposal& proposal) {
  if (auto wrong = check_reason(proposal.reason)) {
    return *std::move(wrong);
  }
  auto keys = entry_of(pack, proposal);
  if (!keys) {
    return keys.error();
  }
  auto document = read_document(bytes);
  if (!document) {
    return document.error();
  }
  std::vector<std::string>& text = document->text;
  if (document->end > 0 && text[document->end - 1].back() != '\n') {
    text[document->end - 1] += '\n';
  }
  std::vector<std::string> entry;
  for (const std::string& key : *keys) {
    entry.push_back(std::string(document->indent, ' ') + (entry.empty() ? "- " : "  ") + key +
                    "\n");
  }
  text.insert(text.begin() + static_cast<std::ptrdiff_t>(document->end), entry.begin(),
              entry.end());
  return EditedLines{join(text), static_cast<std::uint32_t>(document->end + 1)};
}

Result<EditedLines, PackError> decide_proposal(std::string_view bytes, std::uint32_t line,
                                               LineDecision decision, std::string_view reason) {
  if (auto wrong = check_reason(reason)) {
    return *std::move(wrong);
  }
  auto document = read_document(bytes);
  if (!document) {
    return document.error();
  }
  const auto at = find_open(*document, line);
  if (!at) {
    return at.error();
  }
  const std::string indent(document->text[*at].find_first_not_of(' '), ' ');
  const std::string decided = indent + "decision: " + scalar_of(std::string(reason)) + "\n";
  document->text[*at] =
      decision == LineDecision::accept ? decided : indent + "proposed: refused\n" + decided;
  return EditedLines{join(document->text), line};
}

}  // namespace paidan::citypack
