#include <array>

#include "paidan/domain/calendar.hpp"
#include "paidan/domain/verdicts.hpp"
#include "src/ticket_clocks.hpp"

namespace paidan::domain {
namespace {

struct Words {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

constexpr auto reasons = std::to_array<Words>({
    {verdict_reason::done, "已办", "done"},
    {verdict_reason::ran_out, "期满未办", "the term ran out"},
    {verdict_reason::paused, "计时暂停期间办结", "answered while the clock stood still"},
    {verdict_reason::extended, "已准延期", "an extension was granted"},
    {verdict_reason::reassigned, "已改派", "another unit leads"},
    {verdict_reason::returned, "退单获准", "the return was granted"},
    {verdict_reason::superseded, "已另行了结", "the work ended otherwise"},
    {verdict_reason::withdrawn, "市民撤回", "withdrawn by the citizen"},
    {verdict_reason::declined, "不予受理", "declined"},
    {verdict_reason::transferred, "已转出", "transferred out"},
    {verdict_reason::closed_by_office, "热线办结案", "closed by the office"},
    {verdict_reason::linked, "已并单，由主单答复", "linked: the master's unit answers"},
    {verdict_reason::unreasonable, "认定为不合理诉求", "found unreasonable"},
    {verdict_reason::decided, "热线办审定", "decided by the office"},
    {verdict_reason::rated, "市民评价", "rated by the citizen"},
    {verdict_reason::no_rating, "市民未评价", "the citizen gave no rating"},
    {verdict_reason::rechecked, "现场复核", "on-site recheck"},
    {verdict_reason::not_asked, "此类不回访", "no call-back for this kind"},
});

constexpr std::array<Words, 10> results{{
    {"none", "", ""},
    {"in_time", "按时", "in time"},
    {"late", "逾期办理", "late"},
    {"overdue", "逾期未办", "overdue"},
    {"cancelled", "终止", "ended without a verdict"},
    {"granted", "同意", "granted"},
    {"denied", "不同意", "denied"},
    {"solved", "已解决", "solved"},
    {"not_solved", "未解决", "not solved"},
    {"unrated", "未评价", "unrated"},
}};

constexpr std::array<Words, 7> subjects{{
    {"none", "", ""},
    {"clock", "时限", "term"},
    {"extension", "延期申请", "extension"},
    {"return_request", "退单申请", "return"},
    {"unreasonable", "不合理诉求认定", "finding of an unreasonable demand"},
    {"appeal", "申诉", "appeal"},
    {"close", "结案", "closing"},
}};

Words words_of(const std::string& reason) {
  for (const Words& known : reasons) {
    if (known.code == reason) {
      return known;
    }
  }
  return {reason, reason, reason};
}

Text name_of_subject(const CityPack& pack, const Verdict& verdict) {
  const Words& words = subjects[static_cast<std::size_t>(verdict.subject)];
  if (verdict.subject != VerdictSubject::clock) {
    return {std::string(words.zh), std::string(words.en)};
  }
  const ClockDefinition* clock = find_clock(pack, verdict.clock);
  return clock == nullptr ? Text{verdict.clock, verdict.clock} : clock->title;
}

Text name_of_unit(const CityPack& pack, const UnitId& unit) {
  if (unit.get() == office_unit) {
    return {"热线办", "the office"};
  }
  const Agency* agency = find_agency(pack, unit);
  return agency == nullptr ? Text{unit.get(), unit.get()} : agency->name;
}

}  // namespace

Text describe_verdict(const CityPack& pack, const Verdict& verdict) {
  Text out = name_of_subject(pack, verdict);
  if (!verdict.unit.get().empty()) {
    const Text unit = name_of_unit(pack, verdict.unit);
    out.zh += "（" + unit.zh + "）";
    out.en += " (" + unit.en + ")";
  }
  const Words& result = results[static_cast<std::size_t>(verdict.result)];
  out.zh += "：" + std::string(result.zh);
  out.en += ": " + std::string(result.en);
  if (verdict.due_at) {
    const Text due = describe_instant(pack.calendar, *verdict.due_at);
    out.zh += "；到期 " + due.zh;
    out.en += "; due " + due.en;
  }
  const Text at = describe_instant(pack.calendar, verdict.at);
  const Words why = words_of(verdict.reason);
  out.zh += "；记录 " + at.zh + (verdict.counted ? "；计入考核：" : "；不计入考核：");
  out.en += "; recorded " + at.en + (verdict.counted ? "; counted: " : "; not counted: ");
  out.zh += why.zh;
  out.en += why.en;
  return out;
}

}  // namespace paidan::domain
