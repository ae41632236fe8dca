#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "paidanctl/replay/report.hpp"

namespace paidan::ctl {

namespace {

/// A line of the table: every count whose name is, or begins with, one of `names`.
struct Line {
  const char* en;
  const char* zh;
  std::array<std::string_view, 6> names;
};

constexpr std::array<Line, 32> lines{{
    {"tickets", "工单", {"opened", "confidential", "urgency."}},
    {"assigned", "派单", {"assigned."}},
    {"triage", "人工研判", {"triage.", "reclassified"}},
    {"at work", "办理", {"acknowledged", "contacted.", "completed."}},
    {"returns", "退单", {"return."}},
    {"extensions", "延期", {"extension."}},
    {"unreasonable", "不合理诉求", {"unreasonable."}},
    {"appeals", "申诉", {"appeal."}},
    {"difficult", "疑难", {"difficult"}},
    {"supervised", "督办", {"supervised"}},
    {"urged", "催单", {"urged"}},
    {"reminded", "催办", {"reminded"}},
    {"co-handlers", "协办", {"co_handler."}},
    {"handed down", "二次派单", {"sub_assigned.", "sub_completed"}},
    {"info", "补充", {"info_requested", "supplemented", "conflicting"}},
    {"matches", "疑似重复", {"match."}},
    {"duplicates", "重复件", {"duplicate."}},
    {"call-back", "回访", {"call_back."}},
    {"rechecks", "现场复核", {"recheck."}},
    {"redo", "重办", {"redo"}},
    {"reopened", "重启", {"reopened"}},
    {"ended", "终结", {"closed.", "declined", "transferred_out", "withdrawn"}},
    {"states", "末状态", {"state."}},
    {"clocks moved", "时限变更", {"clock."}},
    {"provisional", "暂定时限", {"provisional", "recalculated"}},
    {"warned", "预警", {"warned."}},
    {"breached", "超期", {"breached.", "retracted."}},
    {"ladder", "督促阶梯", {"ladder."}},
    {"judged", "判定", {"verdict."}},
    {"counted", "计入", {"verdict_counted"}},
    {"not counted", "不计入", {"verdict_not_counted."}},
    {"refused", "按规则拒绝", {"refused."}},
}};

/// Chinese for the words that the names are made of; a whole name comes before its last part.
struct Word {
  std::string_view code;
  const char* zh;
};
constexpr std::array<Word, 94> words{{
    {"assigned.basic", "基本"},
    {"assigned.cooperate", "配合"},
    {"assigned.withdrawn", "收回"},
    {"assigned.statutory", "法定"},
    {"assigned.fallback", "托底"},
    {"assigned.office", "签派"},
    {"assigned.designated", "现场指定"},
    {"assigned.raised", "区镇联动"},
    {"acknowledge", "签收"},
    {"acknowledged", "已签收"},
    {"added", "加派"},
    {"answered_together", "一并答复"},
    {"arbitrated", "提交签派"},
    {"arbitration", "签派"},
    {"by_list", "清单协办"},
    {"call_back", "回访"},
    {"citizen", "市民"},
    {"closed", "结案"},
    {"closed.rated", "评价结案"},
    {"closed.no_rating", "未评价"},
    {"closed.office", "热线办结案"},
    {"closed.rechecked", "复核结案"},
    {"closed.no_call_back_needed", "无需回访"},
    {"co_handle", "协办"},
    {"completed.solved", "实际解决"},
    {"completed.explained", "解释说明"},
    {"confidential", "保密"},
    {"contact", "先行联系"},
    {"contacted", "先行联系"},
    {"contacted.reached", "已联系"},
    {"contacted.not_reached", "未联系上"},
    {"declined", "不予受理"},
    {"denied", "不同意"},
    {"difficult", "疑难"},
    {"extension_decision", "延期审核"},
    {"granted", "同意"},
    {"handed_over", "移交"},
    {"handle", "办理"},
    {"joined", "并入"},
    {"left", "拆出"},
    {"level_2", "区级"},
    {"level_3", "街镇"},
    {"level_4", "村居"},
    {"linked_by_office", "并单"},
    {"linked_by_rule", "自动并单"},
    {"made", "提出"},
    {"master_reopened", "主单重办"},
    {"moved", "变更"},
    {"not_reached", "未接通"},
    {"not_solved", "未解决"},
    {"proposed", "提出"},
    {"proposed.same_caller", "老户重复"},
    {"proposed.same_event", "同一事件"},
    {"rated", "已评价"},
    {"reclassified", "改分类"},
    {"redo", "重办"},
    {"refused", "不并"},
    {"replied", "答复"},
    {"requested", "申请"},
    {"return_decision", "退单审核"},
    {"review", "现场复核"},
    {"solved", "解决"},
    {"sub_completed", "下级办结"},
    {"sub_handle", "下级办理"},
    {"supervise", "督办"},
    {"transferred_out", "转出"},
    {"triage.no_area", "区域不明"},
    {"triage.no_category", "类别不明"},
    {"triage.no_owner", "无承办单位"},
    {"unlinked", "拆单"},
    {"unreasonable_decision", "不合理诉求审核"},
    {"withdrawn", "撤回"},
    {"clock.in_time", "按时"},
    {"clock.late", "逾期办结"},
    {"clock.overdue", "逾期未结"},
    {"clock.cancelled", "不再需要"},
    {"close.solved", "解决"},
    {"close.not_solved", "未解决"},
    {"close.unrated", "未评价"},
    {"urgency.normal", "一般"},
    {"urgency.urgent", "紧急"},
    {"urgency.critical", "特急"},
    {"reminded", "催办"},
    {"supervised", "督办"},
    {"urged", "催单"},
    {"opened", "受理"},
    {"reopened", "重启"},
    {"info_requested", "要求补充"},
    {"supplemented", "已补充"},
    {"provisional", "暂定"},
    {"recalculated", "重算"},
    {"assigned", "待签收"},
    {"ladder.citizen.step_1", "催办通知书"},
    {"ladder.citizen.step_2", "通报"},
}};

bool is_of(std::string_view name, std::string_view wanted) {
  if (wanted.empty()) return false;
  return wanted.ends_with('.') ? name.starts_with(wanted) : name == wanted;
}

/// Named even where they never happened: that they did not is worth knowing.
constexpr std::array<std::string_view, 4> always_named{
    "assigned.fallback", "duplicate.linked_by_rule", "provisional", "recalculated"};

const Word* find_word(std::string_view code) {
  const auto word = std::ranges::find(words, code, &Word::code);
  return word == words.end() ? nullptr : &*word;
}

/// Without the prefix where the line has but one.
std::string label(std::string_view name, const Line& line) {
  const bool one_prefix = line.names[1].empty() && line.names[0].ends_with('.');
  const std::string_view code = one_prefix ? name.substr(line.names[0].size()) : name;
  const Word* word = find_word(name);
  if (word == nullptr) word = find_word(code);
  if (word == nullptr) word = find_word(name.substr(name.find('.') + 1));
  return std::string(code) + (word == nullptr ? "" : std::string(" ") + word->zh);
}

/// To one width on a terminal, where each of these letters (three bytes) takes two columns.
std::string padded(std::string_view zh) {
  constexpr std::size_t columns = 12;
  const std::size_t width = zh.size() / 3 * 2;
  return std::string(zh) + std::string(width < columns ? columns - width : 0, ' ');
}

}  // namespace

std::string mechanisms_table(const Counts& mechanisms) {
  Counts shown = mechanisms;
  if (!shown.empty()) {
    for (const std::string_view name : always_named) shown.try_emplace(std::string(name), 0);
  }
  std::string text;
  for (const Line& line : lines) {
    std::string counted;
    for (const auto& [name, count] : shown) {
      const bool here = std::ranges::any_of(
          line.names, [&, &name = name](std::string_view wanted) { return is_of(name, wanted); });
      if (here) counted += fmt::format("  {} {}", label(name, line), count);
    }
    if (!counted.empty()) text += fmt::format("{:<13}{}{}\n", line.en, padded(line.zh), counted);
  }
  return text;
}

}  // namespace paidan::ctl
