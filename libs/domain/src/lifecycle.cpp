#include "paidan/domain/lifecycle.hpp"

#include <array>

#include "src/overloaded.hpp"

namespace paidan::domain {
namespace {

using enum State;

// The life cycle. Sources: mission.md 2.5 (states of living systems), DESIGN section 3.
constexpr auto table = std::to_array<Transition>({
    {none, Move::open, classified},

    // Who must answer (派单). The office may move a ticket that somebody is working on.
    {classified, Move::assign, assigned},
    {needs_triage, Move::assign, assigned},
    {arbitration, Move::assign, assigned},
    {assigned, Move::assign, assigned},
    {acknowledged, Move::assign, assigned},
    {contacted, Move::assign, assigned},
    {classified, Move::triage, needs_triage},
    {needs_triage, Move::triage, needs_triage},
    {arbitration, Move::triage, needs_triage},
    {assigned, Move::triage, needs_triage},
    {acknowledged, Move::triage, needs_triage},
    {contacted, Move::triage, needs_triage},
    {needs_triage, Move::assign_by_office, assigned},
    {arbitration, Move::assign_by_office, assigned},
    {assigned, Move::assign_by_office, assigned},
    {acknowledged, Move::assign_by_office, assigned},
    {contacted, Move::assign_by_office, assigned},
    {redo, Move::assign_by_office, assigned},
    {return_requested, Move::assign_by_office, assigned},
    {assigned, Move::keep_lead, assigned},
    {acknowledged, Move::keep_lead, acknowledged},
    {contacted, Move::keep_lead, contacted},
    {redo, Move::keep_lead, redo},
    {return_requested, Move::keep_lead, none},

    // The unit at work: 签收, 先行联系, 办结.
    {assigned, Move::acknowledge, acknowledged},
    {acknowledged, Move::contact, contacted},
    {contacted, Move::contact, contacted},
    {redo, Move::contact, redo},
    {acknowledged, Move::complete, completed},
    {contacted, Move::complete, completed},
    {redo, Move::complete, completed},

    // 退单
    {assigned, Move::request_return, return_requested},
    {acknowledged, Move::request_return, return_requested},
    {contacted, Move::request_return, return_requested},
    {return_requested, Move::grant_return, classified},
    {return_requested, Move::deny_return, none},
    {classified, Move::arbitrate, arbitration},

    // 回访, 重办, 结案
    {completed, Move::try_call_back, call_back},
    {call_back, Move::try_call_back, call_back},
    {completed, Move::rate, call_back},
    {call_back, Move::rate, call_back},
    {completed, Move::redo, redo},
    {call_back, Move::redo, redo},
    {completed, Move::close, closed},
    {call_back, Move::close, closed},

    // The office closes, the citizen withdraws: whatever is open.
    {classified, Move::close, closed},
    {needs_triage, Move::close, closed},
    {arbitration, Move::close, closed},
    {assigned, Move::close, closed},
    {acknowledged, Move::close, closed},
    {contacted, Move::close, closed},
    {return_requested, Move::close, closed},
    {redo, Move::close, closed},
    {classified, Move::withdraw, withdrawn},
    {needs_triage, Move::withdraw, withdrawn},
    {arbitration, Move::withdraw, withdrawn},
    {assigned, Move::withdraw, withdrawn},
    {acknowledged, Move::withdraw, withdrawn},
    {contacted, Move::withdraw, withdrawn},
    {return_requested, Move::withdraw, withdrawn},
    {redo, Move::withdraw, withdrawn},
    {completed, Move::withdraw, withdrawn},
    {call_back, Move::withdraw, withdrawn},

    // Overlays: the state stays.
    {needs_triage, Move::correct, needs_triage},
    {arbitration, Move::correct, arbitration},
    {assigned, Move::correct, assigned},
    {acknowledged, Move::correct, acknowledged},
    {contacted, Move::correct, contacted},
    {needs_triage, Move::urge, needs_triage},
    {arbitration, Move::urge, arbitration},
    {assigned, Move::urge, assigned},
    {acknowledged, Move::urge, acknowledged},
    {contacted, Move::urge, contacted},
    {return_requested, Move::urge, return_requested},
    {redo, Move::urge, redo},
});

/// Overlays that every known ticket takes, a closed one too: nothing that was accepted is lost, and
/// a breach may reach a ticket that was completed meanwhile.
constexpr auto always =
    std::to_array<Move>({Move::supplement, Move::conflict, Move::escalate, Move::appeal});

constexpr std::uint8_t refused = 0xFF;
using Grid = std::array<std::array<std::uint8_t, move_count>, state_count>;

constexpr Grid make_grid() {
  Grid grid{};
  for (auto& row : grid) {
    row.fill(refused);
  }
  for (const Transition& row : table) {
    grid[static_cast<std::size_t>(row.from)][static_cast<std::size_t>(row.move)] =
        static_cast<std::uint8_t>(row.to);
  }
  for (std::size_t state = 1; state < state_count; ++state) {
    for (const Move move : always) {
      grid[state][static_cast<std::size_t>(move)] = static_cast<std::uint8_t>(state);
    }
  }
  return grid;
}
constexpr Grid grid = make_grid();

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
    {"keep_lead", "确认主办", "confirm the lead"},
    {"triage", "转人工研判", "send to triage"},
    {"acknowledge", "签收", "acknowledge"},
    {"contact", "先行联系", "record a contact"},
    {"complete", "办结", "complete"},
    {"try_call_back", "回访", "call back"},
    {"rate", "评价", "rate"},
    {"close", "结案", "close"},
    {"withdraw", "撤回", "withdraw"},
    {"request_return", "申请退单", "request a return"},
    {"grant_return", "同意退单", "grant a return"},
    {"deny_return", "不同意退单", "deny a return"},
    {"arbitrate", "提交签派", "send to arbitration"},
    {"redo", "重办", "order a redo"},
    {"correct", "更正分类", "correct the classification"},
    {"urge", "催单", "urge"},
    {"supplement", "补充", "supplement"},
    {"conflict", "重复提交冲突", "record a conflicting submission"},
    {"escalate", "升级", "escalate"},
    {"appeal", "申诉", "appeal"},
}};

Move move_of_assignment(const Assigned& fact, std::uint32_t assign_epoch) {
  if (fact.assign_epoch == assign_epoch) {
    return Move::keep_lead;
  }
  return fact.basis == AssignmentBasis::office ? Move::assign_by_office : Move::assign;
}

}  // namespace

std::span<const Transition> transitions() { return table; }

std::optional<State> next_state(State from, Move move) {
  const std::uint8_t to = grid[static_cast<std::size_t>(from)][static_cast<std::size_t>(move)];
  return to == refused ? std::nullopt : std::optional(static_cast<State>(to));
}

Move move_of(const LifecycleBody& body, std::uint32_t assign_epoch) {
  return std::visit(
      Overloaded{
          [](const Opened&) { return Move::open; },
          [&](const Assigned& fact) { return move_of_assignment(fact, assign_epoch); },
          [](const TriageRequested&) { return Move::triage; },
          [](const Acknowledged&) { return Move::acknowledge; },
          [](const Contacted&) { return Move::contact; },
          [](const Completed&) { return Move::complete; },
          [](const ReturnRequested&) { return Move::request_return; },
          [](const ReturnDecided& fact) {
            return fact.granted ? Move::grant_return : Move::deny_return;
          },
          [](const ArbitrationRequested&) { return Move::arbitrate; },
          [](const RatingRecorded& fact) {
            return fact.reached ? Move::rate : Move::try_call_back;
          },
          [](const Closed&) { return Move::close; },
          [](const TicketWithdrawn&) { return Move::withdraw; },
          [](const UrgeRecorded&) { return Move::urge; },
          [](const SupplementRecorded&) { return Move::supplement; },
          [](const ConflictingSubmission&) { return Move::conflict; },
          [](const Escalated&) { return Move::escalate; },
          [](const AppealRecorded&) { return Move::appeal; },
          [](const RedoOrdered&) { return Move::redo; },
          [](const Reclassified&) { return Move::correct; },
      },
      body);
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
