#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidanctl/replay/mapping.hpp"
#include "paidanctl/trouble.hpp"

namespace paidan::ctl {

enum class RecordedVerdict { none, on_time, overdue };

/// One past case: what the citizen said, what the agency did and when, and what the city recorded.
/// Times are instants; nothing means that it never happened.
struct ReplayCase {
  std::int64_t line = 0;  ///< In the file, the header being line 1.
  std::string external_id;
  std::string channel;
  std::string title;
  std::string text;
  std::string category;
  std::string demand_kind;
  std::string address;
  std::string postal_code;
  std::string area;
  std::map<std::string, std::string> codes;
  double latitude = 0;
  double longitude = 0;
  std::string name;
  std::string phone;
  std::string designated_unit;
  bool confidential = false;
  Instant submitted_at{};
  std::optional<Instant> given_due_at;
  std::optional<Instant> acknowledged_at;
  std::optional<Instant> contacted_at;
  std::optional<Instant> completed_at;
  std::optional<Instant> return_requested_at;
  std::string return_reason;
  bool return_granted = false;
  std::optional<Instant> return_decided_at;
  std::optional<Instant> rated_at;
  bool rated_solved = false;
  std::string rated_satisfaction;
  std::string recorded_department;
  std::string recorded_queue;
  RecordedVerdict recorded_verdict = RecordedVerdict::none;
};

struct UnreadableRow {
  std::int64_t line = 0;
  std::string why;  ///< Names the column, never holds its content.
};

struct CaseFile {
  std::vector<ReplayCase> cases;  ///< In order of submission.
  std::vector<UnreadableRow> unreadable;
  std::optional<Instant> final_mark_not_before;
};

/// Reads `path` (.csv or .csv.xz, UTF-8, RFC 4180, first line names the columns), at most
/// `cases_max` rows (0: all). A row that cannot be read is listed and skipped; the error is about
/// the file as a whole.
Result<CaseFile, Trouble> read_cases(const std::string& path, const ReplayMapping& mapping,
                                     std::size_t cases_max);

}  // namespace paidan::ctl
