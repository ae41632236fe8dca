#include "paidan/domain/lifecycle.hpp"

#include <array>

#include "src/states.hpp"

namespace paidan::domain {
namespace {

using enum State;

// ---- the life cycle ------------------------------------------------------------------------
// Sources: mission.md 2.5 (states of living systems), DESIGN section 3; of single rows, beside
// them. `stay`: the state remains; `back`: to the state in which the request was made.

constexpr States unassigned = needs_triage | arbitration | needs_info;
constexpr States at_work = assigned | acknowledged | contacted;
/// A request waits for the office while the unit works on.
constexpr States asked = extension_requested | unreasonable;
constexpr States answering = acknowledged | contacted | asked | difficult | redo;
constexpr States in_charge = at_work | asked | difficult | redo | return_requested;
constexpr States answered = completed | call_back;
constexpr States ended = closed | declined | State::withdrawn | transferred_out;
constexpr States known = classified | unassigned | in_charge | answered | onsite_recheck | ended;

constexpr auto table = std::to_array<Row>({
    {received, Move::open, classified},

    // Who must answer (派单). The rules may move a ticket when the office corrects its category.
    {classified | unassigned | reopened | at_work, Move::assign, assigned},
    {classified | unassigned | reopened | at_work, Move::triage, needs_triage},
    {unassigned | reopened | in_charge, Move::assign_by_office, assigned},
    {at_work, Move::raise, assigned},
    {at_work | difficult | redo, Move::keep_lead, stay},
    {return_requested | asked | needs_info, Move::keep_lead, back},

    // 待补充, 不予受理, 转出
    {needs_triage | arbitration | at_work, Move::request_info, needs_info},
    {needs_info, Move::supplement, back},
    {unassigned | at_work | return_requested, Move::decline, declined},
    {classified | unassigned | in_charge, Move::transfer_out, transferred_out},

    // The unit at work: 签收, 先行联系, 二次派单, 协办, 办结
    {assigned, Move::acknowledge, acknowledged},
    {return_requested | difficult, Move::acknowledge, stay},
    {acknowledged, Move::contact, contacted},
    {contacted | asked | difficult | redo, Move::contact, stay},
    {answering, Move::sub_assign, stay},
    {answering, Move::sub_complete, stay},
    {at_work | asked | difficult | redo, Move::add_co_handler, stay},
    {in_charge, Move::reply_as_co_handler, stay},
    {answering, Move::complete, completed},

    // 退单, 签派
    {at_work, Move::request_return, return_requested},
    {return_requested, Move::grant_return, classified},
    {return_requested, Move::deny_return, back},
    {classified, Move::arbitrate, arbitration},

    // 延期, 不合理诉求, 疑难, 督办
    {acknowledged | contacted | difficult, Move::request_extension, extension_requested},
    {extension_requested, Move::grant_extension, back},
    {extension_requested, Move::deny_extension, back},
    {acknowledged | contacted | difficult | redo, Move::request_unreasonable, unreasonable},
    {unreasonable, Move::grant_unreasonable, back},
    {unreasonable, Move::deny_unreasonable, back},
    {at_work | redo, Move::mark_difficult, difficult},
    {in_charge, Move::supervise, stay},

    // 回访, 现场复核, 重办, 结案, 重启
    {answered, Move::try_call_back, call_back},
    {answered, Move::rate, call_back},
    {onsite_recheck | closed, Move::rate, stay},  // closed: heard late, see decide_citizen.cpp
    {answered, Move::order_recheck, onsite_recheck},
    {onsite_recheck, Move::record_recheck, stay},
    {answered | onsite_recheck, Move::redo, redo},
    {answered | onsite_recheck, Move::close, closed},
    {ended, Move::reopen, reopened},

    // The office closes, the citizen withdraws: whatever is open.
    {classified | unassigned | in_charge, Move::close, closed},
    {classified | unassigned | in_charge | answered, Move::withdraw, State::withdrawn},

    // 重复件: the master's unit answers; the duplicate waits in CLASSIFIED.
    {unassigned | in_charge, Move::propose_duplicate, stay},
    {classified | unassigned | in_charge, Move::link, classified},
    {classified | answered | onsite_recheck, Move::unlink, classified},
    {classified, Move::master_answer, completed},
    {answered, Move::master_reopen, classified},

    // Overlays that need an open ticket ...
    {unassigned | at_work, Move::correct, stay},
    {classified | unassigned | in_charge, Move::urge, stay},
    {classified | unassigned | in_charge | answered | onsite_recheck, Move::recalculate, stay},

    // ... and those that every known ticket takes, an ended one too: nothing that was accepted is
    // lost, and a breach may reach a ticket that was completed meanwhile.
    {known & ~needs_info, Move::supplement, stay},
    {known, Move::conflict, stay},
    {known, Move::escalate, stay},
    {known, Move::appeal, stay},
    {known, Move::decide_appeal, stay},

    // A linked ticket has neither proposals nor duplicates; an ended one takes no more of these.
    {known & ~classified, Move::drop_proposal, stay},
    {known & ~classified & ~ended, Move::join, stay},
    {known & ~classified, Move::leave, stay},
});

constexpr std::uint8_t refused = 0xFF;
using Grid = std::array<std::array<std::uint8_t, move_count>, state_count>;

constexpr State target_of(const Row& row, State from) {
  return row.target.kind == Target::Kind::stay ? from : row.target.state;
}

constexpr std::size_t count_pairs() {
  std::size_t count = 0;
  for (const Row& row : table) {
    for (std::size_t state = 0; state < state_count; ++state) {
      count += row.from.has(static_cast<State>(state)) ? 1 : 0;
    }
  }
  return count;
}

constexpr auto make_pairs() {
  std::array<Transition, count_pairs()> pairs{};
  std::size_t at = 0;
  for (const Row& row : table) {
    for (std::size_t state = 0; state < state_count; ++state) {
      const State from = static_cast<State>(state);
      if (row.from.has(from)) {
        pairs[at++] = {from, row.move, target_of(row, from)};
      }
    }
  }
  return pairs;
}
constexpr auto pairs = make_pairs();

constexpr Grid make_grid() {
  Grid grid{};
  for (auto& row : grid) {
    row.fill(refused);
  }
  for (const Transition& pair : pairs) {
    grid[static_cast<std::size_t>(pair.from)][static_cast<std::size_t>(pair.move)] =
        static_cast<std::uint8_t>(pair.to);
  }
  grid[static_cast<std::size_t>(none)] = grid[static_cast<std::size_t>(received)];
  return grid;
}
constexpr Grid grid = make_grid();

constexpr bool each_pair_once() {
  std::array<bool, state_count * move_count> seen{};
  for (const Transition& pair : pairs) {
    bool& once = seen[static_cast<std::size_t>(pair.from) * move_count +
                      static_cast<std::size_t>(pair.move)];
    if (once) {
      return false;
    }
    once = true;
  }
  return true;
}
static_assert(each_pair_once(), "a state and a move have one row");

struct Name {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

constexpr std::array<Name, state_count> state_names{{
    {"none", "无", "none"},
    {"received", "已受理", "received"},
    {"classified", "已分类", "classified"},
    {"assigned", "待签收", "assigned"},
    {"acknowledged", "已签收", "acknowledged"},
    {"contacted", "先行联系", "contacted"},
    {"completed", "已办结", "completed"},
    {"call_back", "回访", "call-back"},
    {"onsite_recheck", "现场复核", "on-site recheck"},
    {"closed", "结案", "closed"},
    {"needs_triage", "待人工研判", "needs triage"},
    {"declined", "不予受理", "declined"},
    {"needs_info", "待补充信息", "needs info"},
    {"withdrawn", "已撤回", "withdrawn"},
    {"transferred_out", "已转出", "transferred out"},
    {"return_requested", "退单申请", "return requested"},
    {"extension_requested", "延期申请", "extension requested"},
    {"difficult", "疑难", "difficult"},
    {"unreasonable", "不合理诉求", "unreasonable"},
    {"redo", "重办", "redo"},
    {"reopened", "重新打开", "reopened"},
    {"arbitration", "待签派", "arbitration"},
}};

constexpr std::array<Name, move_count> move_names{{
    {"open", "受理", "open"},
    {"assign", "派单", "assign"},
    {"assign_by_office", "签派", "assign by the office"},
    {"raise", "区镇联动", "raise to the district"},
    {"keep_lead", "确认主办", "confirm the lead"},
    {"triage", "转人工研判", "send to triage"},
    {"request_info", "要求补充", "ask the citizen"},
    {"decline", "不予受理", "decline"},
    {"transfer_out", "转出", "transfer out"},
    {"acknowledge", "签收", "acknowledge"},
    {"contact", "先行联系", "record a contact"},
    {"sub_assign", "二次派单", "hand down"},
    {"sub_complete", "下级办结", "finish below"},
    {"add_co_handler", "加派协办", "add a co-handler"},
    {"reply_as_co_handler", "协办答复", "reply as co-handler"},
    {"complete", "办结", "complete"},
    {"try_call_back", "回访", "call back"},
    {"rate", "评价", "rate"},
    {"order_recheck", "现场复核", "order an on-site recheck"},
    {"record_recheck", "复核结果", "record the recheck"},
    {"close", "结案", "close"},
    {"withdraw", "撤回", "withdraw"},
    {"reopen", "重启", "reopen"},
    {"request_return", "申请退单", "request a return"},
    {"grant_return", "同意退单", "grant a return"},
    {"deny_return", "不同意退单", "deny a return"},
    {"arbitrate", "提交签派", "send to arbitration"},
    {"request_extension", "申请延期", "request an extension"},
    {"grant_extension", "同意延期", "grant an extension"},
    {"deny_extension", "不同意延期", "deny an extension"},
    {"request_unreasonable", "申请认定不合理诉求", "ask to find unreasonable"},
    {"grant_unreasonable", "认定不合理诉求", "find unreasonable"},
    {"deny_unreasonable", "不认定不合理诉求", "do not find unreasonable"},
    {"mark_difficult", "列为疑难", "mark as difficult"},
    {"redo", "重办", "order a redo"},
    {"supervise", "督办", "supervise"},
    {"correct", "更正分类", "correct the classification"},
    {"urge", "催单", "urge"},
    {"supplement", "补充", "supplement"},
    {"conflict", "重复提交冲突", "record a conflicting submission"},
    {"escalate", "升级", "escalate"},
    {"appeal", "申诉", "appeal"},
    {"decide_appeal", "申诉审核", "decide an appeal"},
    {"recalculate", "重算时限", "recalculate due times"},
    {"propose_duplicate", "疑似重复", "propose as a duplicate"},
    {"drop_proposal", "撤销疑似重复", "drop a proposal"},
    {"link", "并单", "link as a duplicate"},
    {"unlink", "拆单", "unlink"},
    {"join", "并入", "take a duplicate"},
    {"leave", "拆出", "let a duplicate go"},
    {"master_answer", "主单答复", "take the master's answer"},
    {"master_reopen", "主单重办", "follow the master's reopening"},
}};

}  // namespace

std::span<const Transition> transitions() { return pairs; }

std::optional<State> next_state(State from, Move move) {
  const std::uint8_t next = grid[static_cast<std::size_t>(from)][static_cast<std::size_t>(move)];
  return next == refused ? std::nullopt : std::optional(static_cast<State>(next));
}

bool is_open(State state) {
  switch (state) {
    case none:
    case closed:
    case declined:
    case State::withdrawn:
    case transferred_out:
      return false;
    default:
      return true;
  }
}

bool is_request(State state) {
  return state == return_requested || state == extension_requested || state == unreasonable;
}

std::string_view code_of(State state) { return state_names[static_cast<std::size_t>(state)].code; }
Text name_of(State state) {
  const Name& name = state_names[static_cast<std::size_t>(state)];
  return {std::string(name.zh), std::string(name.en)};
}
std::string_view code_of(Move move) { return move_names[static_cast<std::size_t>(move)].code; }
Text name_of(Move move) {
  const Name& name = move_names[static_cast<std::size_t>(move)];
  return {std::string(name.zh), std::string(name.en)};
}

}  // namespace paidan::domain
