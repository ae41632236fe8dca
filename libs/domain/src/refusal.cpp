#include "src/refusal.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace paidan::domain {
namespace {

constexpr std::size_t reply_max = 4'000;
constexpr std::size_t reason_max = 1'000;

std::size_t characters_in(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::string_view code_of(RefusalReason reason) {
  static constexpr auto codes = std::to_array<std::string_view>(
      {"none", "unknown_ticket", "wrong_state", "not_in_charge", "stale_epoch", "stale_version",
       "too_late", "return_not_allowed", "unknown_unit", "unknown_category", "unknown_area",
       "incomplete", "extension_not_allowed", "link_not_allowed", "nothing_to_decide"});
  const auto at = static_cast<std::size_t>(reason);
  return at < codes.size() ? codes[at] : "unknown";
}

Refusal wrong_state(State state, Move move) {
  const Text of_state = name_of(state);
  const Text of_move = name_of(move);
  return {RefusalReason::wrong_state,
          {"工单处于“" + of_state.zh + "”，不能" + of_move.zh,
           "the ticket is in state \"" + of_state.en + "\": cannot " + of_move.en}};
}

Refusal missing(std::string_view field) {
  const std::string name(field);
  return {RefusalReason::incomplete, {name + " 必填", name + " is required"}};
}

Refusal too_long(std::string_view field, std::size_t limit) {
  const std::string name(field);
  const std::string bound = std::to_string(limit);
  return {RefusalReason::incomplete,
          {name + " 超过 " + bound + " 字", name + " is longer than " + bound + " characters"}};
}

Check check_text(std::string_view field, std::string_view text, std::size_t limit, bool required) {
  if (required && is_blank(text)) {
    return missing(field);
  }
  return characters_in(text) > limit ? Check(too_long(field, limit)) : std::nullopt;
}

namespace {

Check check_judgements(const CompletionReport& report) {
  if (report.fact_finding == FactFinding::none) {
    return missing("report.fact_finding");
  }
  if (report.claim_judgement == ClaimJudgement::none) {
    return missing("report.claim_judgement");
  }
  return report.outcome == CompletionOutcome::none ? Check(missing("report.outcome"))
                                                   : std::nullopt;
}

}  // namespace

Check check_report(const CompletionReport& report, bool contacted, Instant happened_at) {
  if (report.contacted_at && *report.contacted_at > happened_at) {
    return Refusal{
        RefusalReason::incomplete,
        {"report.contacted_at 晚于办结时间", "report.contacted_at lies after the completion"}};
  }
  const bool must_say_why = !contacted && !report.contacted_at;
  if (auto bad = check_text("report.reason_not_contacted", report.reason_not_contacted, reason_max,
                            must_say_why)) {
    return bad;
  }
  if (auto bad = check_judgements(report)) {
    return bad;
  }
  if (auto bad = check_text("report.responsibility", report.responsibility, reason_max, true)) {
    return bad;
  }
  if (auto bad = check_text("report.reply", report.reply, reply_max, true)) {
    return bad;
  }
  return report.reply_method == ReplyMethod::none ? Check(missing("report.reply_method"))
                                                  : std::nullopt;
}

}  // namespace paidan::domain
