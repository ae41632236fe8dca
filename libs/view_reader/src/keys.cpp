#include "paidan/view_reader/keys.hpp"

#include <algorithm>

namespace paidan::view_reader {
namespace {

constexpr std::size_t due_digits = 15;
constexpr std::int64_t no_due_ms = 999'999'999'999'999;

/// Between the parts of a name: no id holds it, and no category can look like another's area.
constexpr std::string_view unit_separator = "\x1f";

std::string joined(std::string_view first, std::string_view second, std::string_view third) {
  std::string out;
  out.reserve(first.size() + second.size() + third.size());
  return out.append(first).append(second).append(third);
}

}  // namespace

Keys::Keys(std::string_view deployment)
    : prefix_(joined(deployment, "view:", std::to_string(schema_generation) + ":")) {}

std::string Keys::ticket(std::string_view ticket_id) const {
  return joined(prefix_, "t:", ticket_id);
}
std::string Keys::open_list(std::string_view unit) const { return joined(prefix_, "open:", unit); }
std::string Keys::queue(std::string_view name) const { return joined(prefix_, "queue:", name); }
std::string Keys::board(std::string_view unit) const { return joined(prefix_, "board:", unit); }

std::string Keys::returns(std::string_view rule) const { return joined(prefix_, "returns:", rule); }
std::string Keys::precedents(std::string_view category) const {
  return joined(prefix_, "precedents:", category);
}
std::string Keys::precedents(std::string_view category, std::string_view area) const {
  return joined(precedents(category), unit_separator, area);
}

std::string Keys::returns_field(std::string_view category, std::string_view area,
                                std::string_view counter, std::string_view unit) {
  std::string field = joined(joined(category, unit_separator, area), unit_separator, counter);
  return unit.empty() ? field : joined(field, unit_separator, unit);
}

std::vector<std::string> Keys::parts_of_returns_field(std::string_view field) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = field.find(unit_separator);
    parts.emplace_back(field.substr(0, end));
    if (end == std::string_view::npos) return parts;
    field.remove_prefix(end + unit_separator.size());
  }
}

std::string Keys::position_field(std::string_view topic, Partition partition) {
  return joined(topic, "/", std::to_string(partition.get()));
}

std::string Keys::board_field(std::string_view clock, std::string_view counter) {
  return joined(clock, "/", counter);
}

std::string Keys::list_member(std::int64_t due_at_ms, std::string_view ticket_id) {
  const std::string digits = std::to_string(std::clamp<std::int64_t>(due_at_ms, 0, no_due_ms));
  return joined(std::string(due_digits - digits.size(), '0'), digits + ":", ticket_id);
}

std::int64_t Keys::no_due_time_ms() { return no_due_ms; }

std::string_view Keys::ticket_of_member(std::string_view member) {
  if (member.size() <= due_digits || member[due_digits] != ':') return {};
  return member.substr(due_digits + 1);
}

}  // namespace paidan::view_reader
