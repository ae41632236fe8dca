#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "paidan/state/v1/view.pb.h"
#include "paidan/view_reader/view_reader.hpp"

/// Reading the figures of returns and the precedents.
namespace paidan::view_reader {
namespace {

using FiguresByKey = std::map<domain::ReturnKey, domain::ReturnFigures>;
using Words = std::vector<std::string>;

Error unavailable(std::string what) { return {ErrorKind::unavailable, std::move(what)}; }

std::string text_of(const redis::Reply& reply) {
  const std::string* text = reply.text();
  return text == nullptr ? std::string() : *text;
}

std::uint32_t count_of(const std::string& digits) {
  std::uint32_t count = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return count;
}

void add(const std::string& rule, const std::string& field, std::uint32_t count,
         FiguresByKey& figures) {
  const auto parts = Keys::parts_of_returns_field(field);
  if (parts.size() < 3) return;
  const domain::ReturnKey key{rule, domain::CategoryId{parts[0]}, domain::AreaId{parts[1]}};
  domain::ReturnFigures& row = figures[key];
  row.key = key;
  if (parts[2] == assigned_counter) row.assigned = count;
  if (parts[2] == requested_counter) row.requested = count;
  if (parts[2] == granted_counter) row.granted = count;
  if (parts[2] == taker_counter && parts.size() == 4) {
    row.takers.push_back({domain::UnitId{parts[3]}, count});
  }
}

void add(const std::string& rule, const redis::Reply::Array& fields, FiguresByKey& figures) {
  for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
    add(rule, text_of(fields[i]), count_of(text_of(fields[i + 1])), figures);
  }
}

void sort_takers(domain::ReturnFigures& figures) {
  std::ranges::sort(figures.takers, [](const auto& a, const auto& b) {
    return a.count != b.count ? a.count > b.count : a.unit < b.unit;
  });
}

std::optional<domain::PrecedentDecision> decision_of(const std::string& bytes) {
  state::v1::ViewPrecedent stored;
  if (!stored.ParseFromString(bytes)) return std::nullopt;
  domain::PrecedentDecision decision;
  decision.ticket = domain::TicketId{stored.ticket_id()};
  decision.unit = domain::UnitId{stored.unit()};
  decision.decided_at = from_unix_ms(stored.decided_at_ms());
  decision.reason = stored.reason();
  return decision;
}

}  // namespace

Read<std::vector<domain::ReturnFigures>> ViewReader::return_figures(std::string_view rule) const {
  Words rules{std::string(rule)};
  if (rule.empty()) {
    if (auto ready = check(); !ready) return ready.error();
    auto members = ask({{"SMEMBERS", keys_.return_rules()}});
    if (!members) return members.error();
    const auto* known = members->front().array();
    if (known == nullptr) return unavailable("the views hold something unexpected");
    rules.clear();
    std::ranges::transform(*known, std::back_inserter(rules), text_of);
    std::ranges::sort(rules);
  }
  std::vector<domain::ReturnFigures> out;
  for (const std::string& one : rules) {
    auto replies = ask({{"HGETALL", keys_.returns(one)}});
    if (!replies) return replies.error();
    const auto* fields = replies->front().array();
    if (fields == nullptr) return unavailable("the views hold something unexpected");
    FiguresByKey figures;
    add(one, *fields, figures);
    for (auto& [key, row] : figures) {
      if (out.size() == return_rows_max) return out;
      sort_takers(row);
      out.push_back(std::move(row));
    }
  }
  return out;
}

Read<Precedents> ViewReader::precedents(std::string_view category, std::string_view area) const {
  if (auto ready = check(); !ready) return ready.error();
  for (const bool same_area : {true, false}) {
    const std::string key =
        same_area ? keys_.precedents(category, area) : keys_.precedents(category);
    auto replies = ask({{"ZREVRANGE", key, "0", std::to_string(domain::precedents_max - 1)}});
    if (!replies) return replies.error();
    const auto* members = replies->front().array();
    if (members == nullptr) return unavailable("the views hold something unexpected");
    Precedents found{same_area, {}};
    for (const redis::Reply& member : *members) {
      if (auto decision = decision_of(text_of(member)))
        found.decisions.push_back(*std::move(decision));
    }
    if (!found.decisions.empty()) return found;
  }
  return Precedents{};
}

}  // namespace paidan::view_reader
