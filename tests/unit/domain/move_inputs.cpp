#include "move_inputs.hpp"

#include <functional>
#include <map>

#include "helpers.hpp"

namespace paidan::domain {
namespace {

const TicketId other{"00000000000000zz"};

Instant now() { return at("2025-11-03 10:00"); }

using Make = std::function<Asked(Ticket)>;

template <class Body>
Make by_lead(Body body) {
  return [body](Ticket ticket) {
    TicketInput input{agency_command(body, ticket), now(), {}};
    return Asked{std::move(ticket), std::move(input)};
  };
}
template <class Body>
Make by_office(Body body) {
  return
      [body](Ticket ticket) { return Asked{std::move(ticket), {office_command(body), now(), {}}}; };
}
Make said(CitizenFact fact) {
  return [fact](Ticket ticket) { return Asked{std::move(ticket), {fact, now(), {}}}; };
}
Make told(LinkBody body) {
  return [body](Ticket ticket) {
    return Asked{std::move(ticket), {LinkReceived{other, 7, body}, now(), {}}};
  };
}
/// The same, of a ticket that is linked.
Make of_duplicate(const Make& make) {
  return [make](Ticket ticket) {
    ticket.extras.edit().duplicate_of = other;
    return make(std::move(ticket));
  };
}
Make of_proposed(const Make& make) {
  return [make](Ticket ticket) {
    ticket.extras.edit().proposals.push_back({other, DuplicateLevel::same_caller});
    return make(std::move(ticket));
  };
}

Asked conflicting(Ticket ticket) {
  Classified different = classified("供水", "310101");
  different.content_ref.content_hash = "another";
  return {std::move(ticket), {CitizenFact{different}, now(), {}}};
}
Asked confirming(Ticket ticket) {
  AssignCommand command{ticket.lead_unit, {}, {}};
  return {std::move(ticket), {office_command(std::move(command)), now(), {}}};
}
Asked finished_below(Ticket ticket) {
  ticket.extras.edit().sub_units.push_back(UnitId{"water-1"});
  Command command = agency_command(CompleteCommand{full_report(now())}, ticket);
  command.actor.unit = UnitId{"water-1"};
  return {std::move(ticket), {std::move(command), now(), {}}};
}
Asked replied(Ticket ticket) {
  ticket.co_handlers.push_back(UnitId{"gas"});
  Command command = agency_command(ReplyAsCoHandlerCommand{"done"}, ticket);
  command.actor.unit = UnitId{"gas"};
  return {std::move(ticket), {std::move(command), now(), {}}};
}
Asked left(Ticket ticket) {
  if (ticket.extras->duplicate_of.get().empty()) {  // a duplicate has none itself
    ticket.extras.edit().duplicates.push_back(other);
  }
  return told(Unlinked{})(std::move(ticket));
}
Asked appeal_decided(Ticket ticket) {
  ticket.extras.edit().appeal_pending = true;
  return {std::move(ticket), {office_command(DecideAppealCommand{false, "no"}), now(), {}}};
}
Asked breached(Ticket ticket) {
  return {std::move(ticket),
          {SlaFact{SlaKind::breached, "handle", 0, 1, {}, now(), now(), {}}, now(), {}}};
}

const std::map<Move, Make>& unit_moves() {
  static const std::map<Move, Make> moves{
      {Move::raise, by_lead(RaiseToDistrictCommand{"too wide"})},
      {Move::acknowledge, by_lead(AcknowledgeCommand{})},
      {Move::contact, by_lead(RecordContactCommand{true, {}})},
      {Move::sub_assign, by_lead(SubAssignCommand{UnitId{"water-1"}, {}})},
      {Move::sub_complete, finished_below},
      {Move::reply_as_co_handler, replied},
      {Move::complete, [](Ticket t) { return by_lead(CompleteCommand{full_report(now())})(t); }},
      {Move::request_return, by_lead(RequestReturnCommand{"not ours", {}})},
      {Move::request_extension, by_lead(RequestExtensionCommand{"hard", {}})},
      {Move::request_unreasonable, by_lead(RequestUnreasonableCommand{"too much"})},
  };
  return moves;
}

const std::map<Move, Make>& office_moves() {
  static const std::map<Move, Make> moves{
      {Move::assign_by_office, by_office(AssignCommand{UnitId{"gas"}, {}, {}})},
      {Move::keep_lead, confirming},
      {Move::request_info, by_office(RequestInfoCommand{"where?"})},
      {Move::decline, by_office(DeclineCommand{"not ours"})},
      {Move::transfer_out, by_office(TransferOutCommand{"110", "theft"})},
      {Move::add_co_handler, by_office(AddCoHandlerCommand{UnitId{"gas"}, {}})},
      {Move::try_call_back, by_office(RecordCallBackCommand{})},
      {Move::order_recheck, by_office(OrderRecheckCommand{"sample"})},
      {Move::record_recheck, by_office(RecordRecheckCommand{true, "it works"})},
      {Move::close, by_office(CloseCommand{"settled"})},
      {Move::reopen, by_office(ReopenCommand{"again"})},
      {Move::grant_return, by_office(DecideReturnCommand{true, {}})},
      {Move::deny_return, by_office(DecideReturnCommand{false, "yours"})},
      {Move::grant_extension, by_office(DecideExtensionCommand{true, {}, {}})},
      {Move::deny_extension, by_office(DecideExtensionCommand{false, "no", {}})},
      {Move::grant_unreasonable, by_office(DecideUnreasonableCommand{true, "it is"})},
      {Move::deny_unreasonable, by_office(DecideUnreasonableCommand{false, "it is not"})},
      {Move::mark_difficult, by_office(MarkDifficultCommand{"hard"})},
      {Move::redo, by_office(RedoCommand{"again"})},
      {Move::supervise, by_office(SuperviseCommand{"report"})},
      {Move::correct, by_office(CorrectClassificationCommand{CategoryId{"燃气"}, {}, {}})},
      {Move::decide_appeal, appeal_decided},
      {Move::recalculate, by_office(RecalculateDueCommand{})},
      {Move::drop_proposal, of_proposed(by_office(UnlinkDuplicateCommand{"different"}))},
      {Move::link, by_office(LinkDuplicateCommand{other, {}})},
      {Move::unlink, of_duplicate(by_office(UnlinkDuplicateCommand{"different"}))},
  };
  return moves;
}

const std::map<Move, Make>& other_moves() {
  static const std::map<Move, Make> moves{
      {Move::rate, said(Rated{true, Satisfaction::satisfied, {}})},
      {Move::withdraw, said(Withdrawn{})},
      {Move::urge, said(Urged{})},
      {Move::supplement, said(Supplemented{"more"})},
      {Move::appeal, said(Appealed{"unfair"})},
      {Move::conflict, conflicting},
      {Move::escalate, breached},
      {Move::propose_duplicate,
       [](Ticket ticket) {
         return Asked{std::move(ticket), {LinkProposed{other.get(), 2, false, 1, {}}, now(), {}}};
       }},
      {Move::join, told(Linked{})},
      {Move::leave, left},
      {Move::master_answer, of_duplicate(told(MasterAnswer{CompletionOutcome::solved, 3, {}}))},
      {Move::master_reopen, of_duplicate(told(MasterReopen{}))},
  };
  return moves;
}

}  // namespace

std::optional<Asked> asked_for(Move move, Ticket ticket) {
  for (const auto* moves : {&unit_moves(), &office_moves(), &other_moves()}) {
    if (const auto found = moves->find(move); found != moves->end()) {
      return found->second(std::move(ticket));
    }
  }
  return std::nullopt;
}

}  // namespace paidan::domain
