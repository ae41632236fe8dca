#pragma once
#include <string_view>

#include "paidan/domain/history.hpp"
#include "paidan/domain/pack.hpp"

/// Verdicts 考核记录: what the history says about terms, extensions, returns and closing, once and
/// for all (DESIGN section 3, "KPI ledger"; a later edit of the calendar never rewrites them).
/// The figures read verdicts, never alerts. Pure.
namespace paidan::domain {

/// Why a verdict is counted, or why not. The codes that `Verdict::reason` may hold.
namespace verdict_reason {
inline constexpr std::string_view done = "done";        ///< Counted.
inline constexpr std::string_view ran_out = "ran_out";  ///< Counted: nobody was in time.
inline constexpr std::string_view paused = "paused";    ///< Counted: answered while it stood still.
inline constexpr std::string_view extended = "extended";  ///< Not: the office moved the due time.
inline constexpr std::string_view reassigned = "reassigned";    ///< Not: another unit leads.
inline constexpr std::string_view returned = "returned";        ///< Not: 退单 was granted.
inline constexpr std::string_view superseded = "superseded";    ///< Not: the work ended otherwise.
inline constexpr std::string_view withdrawn = "withdrawn";      ///< Not: by the citizen.
inline constexpr std::string_view declined = "declined";        ///< Not: 不予受理.
inline constexpr std::string_view transferred = "transferred";  ///< Not: 转出.
inline constexpr std::string_view closed_by_office = "closed_by_office";  ///< Not.
inline constexpr std::string_view linked = "linked";  ///< Not: the master's unit answers.
inline constexpr std::string_view unreasonable = "unreasonable";  ///< Not: 不合理诉求, approved.
inline constexpr std::string_view decided = "decided";            ///< Counted: the office decided.
inline constexpr std::string_view rated = "rated";                ///< Counted: the citizen said so.
inline constexpr std::string_view no_rating = "no_rating";  ///< Not: the citizen said nothing.
inline constexpr std::string_view rechecked = "rechecked";  ///< Counted: 现场复核.
inline constexpr std::string_view not_asked = "not_asked";  ///< Not: no call-back for this kind.
}  // namespace verdict_reason

/// One sentence that a unit can check: which term, whose, due when, done when, in time or not,
/// counted or not and why.
Text describe_verdict(const CityPack& pack, const Verdict& verdict);

}  // namespace paidan::domain
