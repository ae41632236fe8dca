#pragma once
#include "src/refusal.hpp"
#include "src/work.hpp"

/// For each command: who may give it, which move it is, what its content must be, what it does.
/// decide_command.cpp asks in that order.
namespace paidan::domain {

inline constexpr std::size_t reason_max = 1'000;
/// 协办: a bound of a ticket's state.
inline constexpr std::size_t co_handlers_max = 16;

/// Who may give a command.
enum class Side {
  in_charge,   ///< The lead or its queue unit.
  at_work,     ///< These, and the units below that the work was handed to (二次派单).
  co_handler,  ///< 协办
  office,
  office_or_operations
};

Check check_unit(const CityPack& pack, std::string_view field, const UnitId& unit, bool required);

// Every command has these three; `side_of` defaults to the office.
#define PAIDAN_COMMAND_RULES(Body)                                             \
  Move move_of(const Ticket& ticket, const Actor& actor, const Body& command); \
  Check check(Work& work, const Actor& actor, const Body& command);            \
  void carry_out(Work& work, const Actor& actor, const Body& command)

// unit_commands.cpp
PAIDAN_COMMAND_RULES(AcknowledgeCommand);
PAIDAN_COMMAND_RULES(RecordContactCommand);
PAIDAN_COMMAND_RULES(CompleteCommand);
PAIDAN_COMMAND_RULES(SubAssignCommand);
PAIDAN_COMMAND_RULES(RaiseToDistrictCommand);
PAIDAN_COMMAND_RULES(ReplyAsCoHandlerCommand);
// request_commands.cpp
PAIDAN_COMMAND_RULES(RequestReturnCommand);
PAIDAN_COMMAND_RULES(DecideReturnCommand);
PAIDAN_COMMAND_RULES(RequestExtensionCommand);
PAIDAN_COMMAND_RULES(DecideExtensionCommand);
PAIDAN_COMMAND_RULES(RequestUnreasonableCommand);
PAIDAN_COMMAND_RULES(DecideUnreasonableCommand);
PAIDAN_COMMAND_RULES(DecideAppealCommand);
// office_commands.cpp
PAIDAN_COMMAND_RULES(AssignCommand);
PAIDAN_COMMAND_RULES(CorrectClassificationCommand);
PAIDAN_COMMAND_RULES(AddCoHandlerCommand);
PAIDAN_COMMAND_RULES(DeclineCommand);
PAIDAN_COMMAND_RULES(RequestInfoCommand);
PAIDAN_COMMAND_RULES(TransferOutCommand);
PAIDAN_COMMAND_RULES(MarkDifficultCommand);
PAIDAN_COMMAND_RULES(SuperviseCommand);
PAIDAN_COMMAND_RULES(RecalculateDueCommand);
// ending_commands.cpp
PAIDAN_COMMAND_RULES(CloseCommand);
PAIDAN_COMMAND_RULES(RecordCallBackCommand);
PAIDAN_COMMAND_RULES(RedoCommand);
PAIDAN_COMMAND_RULES(OrderRecheckCommand);
PAIDAN_COMMAND_RULES(RecordRecheckCommand);
PAIDAN_COMMAND_RULES(ReopenCommand);
// link_commands.cpp
PAIDAN_COMMAND_RULES(LinkDuplicateCommand);
PAIDAN_COMMAND_RULES(UnlinkDuplicateCommand);

#undef PAIDAN_COMMAND_RULES

constexpr Side side_of(const AcknowledgeCommand&) { return Side::in_charge; }
constexpr Side side_of(const RecordContactCommand&) { return Side::at_work; }
constexpr Side side_of(const CompleteCommand&) { return Side::at_work; }
constexpr Side side_of(const SubAssignCommand&) { return Side::at_work; }
constexpr Side side_of(const RaiseToDistrictCommand&) { return Side::in_charge; }
constexpr Side side_of(const ReplyAsCoHandlerCommand&) { return Side::co_handler; }
constexpr Side side_of(const RequestReturnCommand&) { return Side::in_charge; }
constexpr Side side_of(const RequestExtensionCommand&) { return Side::in_charge; }
constexpr Side side_of(const RequestUnreasonableCommand&) { return Side::in_charge; }
constexpr Side side_of(const RecalculateDueCommand&) { return Side::office_or_operations; }
template <class Other>
constexpr Side side_of(const Other&) {
  return Side::office;
}

/// Refuses what ended longer ago than the pack lets a ticket be reopened.
Check check_reopen_window(Work& work);

/// 签派: the office names the lead. Also of a reopened ticket that the office had directed.
Assigned directed(const CityPack& pack, const Ticket& ticket, UnitId lead, UnitId queue,
                  const std::string& reason);

}  // namespace paidan::domain
