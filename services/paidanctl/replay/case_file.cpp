#include "paidanctl/replay/case_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "paidanctl/replay/csv.hpp"
#include "paidanctl/replay/wall_time.hpp"

namespace paidan::ctl {

namespace {

/// Bytes of the UTF-8 sequence that starts with `lead` (RFC 3629); 0: none does. NUL is refused, as
/// the channel API refuses it.
std::size_t sequence_length(unsigned char lead) {
  if (lead == 0 || lead > 0xF4) return 0;
  if (lead < 0x80) return 1;
  if (lead >= 0xF0) return 4;
  if (lead >= 0xE0) return 3;
  return lead >= 0xC2 ? 2 : 0;
}

bool is_utf8(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(byte(at));
    if (length == 0 || at + length > text.size()) return false;
    for (std::size_t next = at + 1; next < at + length; ++next) {
      if ((byte(next) & 0xC0U) != 0x80U) return false;
    }
    at += length;
  }
  return true;
}

/// One row, read field by field; remembers the first thing that is wrong.
class RowReader {
 public:
  RowReader(const ReplayMapping& mapping, const WallTime& wall,
            const std::unordered_map<std::string, std::size_t>& columns, const CsvRow& row)
      : mapping_(mapping), wall_(wall), columns_(columns), row_(row) {}

  const std::string& wrong() const { return wrong_; }

  std::string column(const std::string& name) {
    const std::string& value = row_.fields[columns_.at(name)];
    if (!is_utf8(value)) fail(name, "is not UTF-8");
    const std::size_t from = value.find_first_not_of(" \t");
    if (from == std::string::npos) return {};
    return value.substr(from, value.find_last_not_of(" \t") - from + 1);
  }
  std::string text(const std::string& field) {
    const auto mapped = mapping_.columns.find(field);
    return mapped == mapping_.columns.end() ? std::string() : column(mapped->second);
  }
  std::optional<Instant> time(const std::string& field) {
    const std::string value = text(field);
    if (value.empty()) return std::nullopt;
    const auto instant = wall_.parse(value, mapping_.time_format);
    if (!instant)
      fail(mapping_.columns.at(field), "is not a time of the form " + mapping_.time_format);
    return instant;
  }
  double number(const std::string& field) {
    const std::string value = text(field);
    if (value.empty()) return 0;
    double parsed = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
    if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(parsed)) {
      fail(mapping_.columns.at(field), "is not a number");
    }
    return parsed;
  }
  bool yes(const std::string& field) { return text(field) == "yes"; }
  void fail(const std::string& name, const std::string& what) {
    if (wrong_.empty()) wrong_ = name + " " + what;
  }

 private:
  const ReplayMapping& mapping_;
  const WallTime& wall_;
  const std::unordered_map<std::string, std::size_t>& columns_;
  const CsvRow& row_;
  std::string wrong_;
};

RecordedVerdict verdict(const std::string& text) {
  if (text == "ONTIME") return RecordedVerdict::on_time;
  return text == "OVERDUE" ? RecordedVerdict::overdue : RecordedVerdict::none;
}

void read_what_was_said(RowReader& row, const ReplayMapping& mapping, ReplayCase& made) {
  made.external_id = row.text("external_id");
  made.channel = row.text("channel");
  if (const auto mapped = mapping.channels.find(made.channel); mapped != mapping.channels.end()) {
    made.channel = mapped->second;
  }
  made.title = row.text("title");
  made.text = row.text("text");
  made.category = row.text("category");
  made.demand_kind = row.text("demand_kind");
  made.address = row.text("address");
  made.postal_code = row.text("postal_code");
  made.area = row.text("area");
  for (const auto& [kind, column] : mapping.codes) {
    if (std::string code = row.column(column); !code.empty()) made.codes[kind] = std::move(code);
  }
  made.latitude = row.number("latitude");
  made.longitude = row.number("longitude");
  made.name = row.text("name");
  made.phone = row.text("phone");
  made.designated_unit = row.text("designated_unit");
  made.confidential = row.yes("confidential");
}

void read_what_was_done(RowReader& row, ReplayCase& made) {
  if (const auto submitted = row.time("submitted_at"))
    made.submitted_at = *submitted;
  else
    row.fail("submitted_at", "is empty");
  made.given_due_at = row.time("given_due_at");
  made.acknowledged_at = row.time("acknowledged_at");
  made.contacted_at = row.time("contacted_at");
  made.completed_at = row.time("completed_at");
  made.return_requested_at = row.time("return_requested_at");
  made.return_reason = row.text("return_reason");
  made.return_granted = row.yes("return_granted");
  made.return_decided_at = row.time("return_decided_at");
  made.rated_at = row.time("rated_at");
  made.rated_solved = row.yes("rated_solved");
  made.rated_satisfaction = row.text("rated_satisfaction");
  made.recorded_department = row.text("recorded_department");
  made.recorded_queue = row.text("recorded_queue");
  made.recorded_verdict = verdict(row.text("recorded_verdict"));
  if (made.external_id.empty()) row.fail("external_id", "is empty");
  if (made.completed_at && *made.completed_at < made.submitted_at) {
    row.fail("completed_at", "precedes submitted_at");
  }
}

/// The columns of the header that the mapping names; the error is one line.
Result<std::unordered_map<std::string, std::size_t>, Trouble> find_columns(
    const std::string& path, const ReplayMapping& mapping, const CsvRow& header) {
  std::unordered_map<std::string, std::size_t> columns;
  for (std::size_t at = 0; at < header.fields.size(); ++at) {
    std::string name = header.fields[at];
    if (at == 0 && name.starts_with("\xEF\xBB\xBF")) name.erase(0, 3);
    columns.emplace(std::move(name), at);
  }
  for (const auto* names : {&mapping.columns, &mapping.codes}) {
    for (const auto& [field, column] : *names) {
      if (!columns.contains(column)) {
        std::string what = path;
        what.append(":1: column ").append(column).append(" is missing");
        return Trouble{std::move(what)};
      }
    }
  }
  return columns;
}

struct Reader {
  const std::string& path;
  const ReplayMapping& mapping;
  const WallTime& wall;
  std::size_t cases_max;
  CaseFile file{};
  std::unordered_map<std::string, std::size_t> columns{};
  std::size_t width = 0;
  std::optional<std::string> wrong{};

  bool take(const CsvRow& row) {
    if (row.line == 1) return take_header(row);
    if (row.fields.size() != width) {
      file.unreadable.push_back(
          {row.line, row.too_long ? "row is too long" : "has another number of columns"});
      return true;
    }
    RowReader reader(mapping, wall, columns, row);
    ReplayCase made{.line = row.line};
    read_what_was_said(reader, mapping, made);
    read_what_was_done(reader, made);
    if (reader.wrong().empty())
      file.cases.push_back(std::move(made));
    else
      file.unreadable.push_back({row.line, reader.wrong()});
    return cases_max == 0 || file.cases.size() < cases_max;
  }
  bool take_header(const CsvRow& row) {
    auto found = find_columns(path, mapping, row);
    if (!found) {
      wrong = found.error().what;
      return false;
    }
    columns = std::move(found).value();
    width = row.fields.size();
    return true;
  }
};

}  // namespace

Result<CaseFile, Trouble> read_cases(const std::string& path, const ReplayMapping& mapping,
                                     std::size_t cases_max) {
  const auto wall = WallTime::of_zone(mapping.time_zone);
  if (!wall) return wall.error();
  Reader reader{.path = path, .mapping = mapping, .wall = *wall, .cases_max = cases_max};
  const auto wrong = read_csv(path, [&](CsvRow&& row) { return reader.take(row); });
  if (wrong) return Trouble{*wrong};
  if (reader.wrong) return Trouble{*reader.wrong};
  if (reader.width == 0) return Trouble{path + ": is empty"};
  if (!mapping.final_mark_not_before.empty()) {
    reader.file.final_mark_not_before =
        wall->parse(mapping.final_mark_not_before, mapping.time_format);
    if (!reader.file.final_mark_not_before)
      return Trouble{"replay.yaml: final_mark_not_before is not a time"};
  }
  std::ranges::stable_sort(reader.file.cases, {}, &ReplayCase::submitted_at);
  return std::move(reader.file);
}

}  // namespace paidan::ctl
