#include <utility>

#include "dispatch/request_checks.hpp"

/// What the office asks for.
namespace paidan::dispatch {
namespace {

/// A decision that is only its reason.
template <class Command>
Checked<domain::CommandBody> because(const std::string& reason) {
  if (auto problem = check_reason(reason, true)) return *std::move(problem);
  return domain::CommandBody{Command{masked(reason)}};
}

/// A finding about what a citizen wants: says why in any case.
template <class Command, class Request>
Checked<domain::CommandBody> found(const Request& request) {
  if (auto problem = check_reason(request.reason(), true)) return *std::move(problem);
  return domain::CommandBody{Command{request.granted(), masked(request.reason())}};
}

}  // namespace

Checked<domain::CommandBody> body_of(const v1::CorrectClassificationRequest& request) {
  if (auto problem = first_of(
          {check_code("category", request.category(), limits::code_bytes_max, false),
           check_code("area", request.area(), limits::code_bytes_max, false),
           check_code("demand_kind", request.demand_kind(), limits::code_bytes_max, false)})) {
    return *std::move(problem);
  }
  if (request.category().empty() && request.area().empty() && request.demand_kind().empty()) {
    return Problem{"category", "missing", "category, area or demand_kind is required"};
  }
  return domain::CommandBody{
      domain::CorrectClassificationCommand{domain::CategoryId{request.category()},
                                           domain::AreaId{request.area()}, request.demand_kind()}};
}

Checked<domain::CommandBody> body_of(const v1::AssignRequest& request) {
  if (auto problem =
          first_of({check_code("lead_unit", request.lead_unit(), limits::unit_bytes_max, true),
                    check_code("queue_unit", request.queue_unit(), limits::unit_bytes_max, false),
                    check_reason(request.reason(), false)})) {
    return *std::move(problem);
  }
  return domain::CommandBody{domain::AssignCommand{domain::UnitId{request.lead_unit()},
                                                   domain::UnitId{request.queue_unit()},
                                                   masked(request.reason())}};
}

Checked<domain::CommandBody> body_of(const v1::RecordCallBackRequest& request) {
  if (auto problem =
          check_text("comment", request.comment(), limits::reason_characters_max, false)) {
    return *std::move(problem);
  }
  if (!ticket::v1::Satisfaction_IsValid(request.satisfaction())) {
    return Problem{"satisfaction", "invalid", "not a value of this version"};
  }
  return domain::CommandBody{domain::RecordCallBackCommand{
      request.reached(), request.solved(),
      static_cast<domain::Satisfaction>(static_cast<int>(request.satisfaction())),
      masked(request.comment())}};
}

Checked<domain::CommandBody> body_of(const v1::DeclineRequest& request) {
  return because<domain::DeclineCommand>(request.reason());
}
Checked<domain::CommandBody> body_of(const v1::MarkDifficultRequest& request) {
  return because<domain::MarkDifficultCommand>(request.reason());
}
Checked<domain::CommandBody> body_of(const v1::UnlinkDuplicateRequest& request) {
  return because<domain::UnlinkDuplicateCommand>(request.reason());
}
Checked<domain::CommandBody> body_of(const v1::RedoRequest& request) {
  return because<domain::RedoCommand>(request.reason());
}
Checked<domain::CommandBody> body_of(const v1::ReopenRequest& request) {
  return because<domain::ReopenCommand>(request.reason());
}
Checked<domain::CommandBody> body_of(const v1::CloseRequest& request) {
  return because<domain::CloseCommand>(request.reason());
}
Checked<domain::CommandBody> body_of(const v1::OrderRecheckRequest& request) {
  return because<domain::OrderRecheckCommand>(request.reason());
}

Checked<domain::CommandBody> body_of(const v1::DecideReturnRequest& request) {
  if (auto problem = check_reason(request.reason(), !request.granted())) return *std::move(problem);
  return domain::CommandBody{
      domain::DecideReturnCommand{request.granted(), masked(request.reason())}};
}
Checked<domain::CommandBody> body_of(const v1::DecideUnreasonableRequest& request) {
  return found<domain::DecideUnreasonableCommand>(request);
}
Checked<domain::CommandBody> body_of(const v1::DecideAppealRequest& request) {
  return found<domain::DecideAppealCommand>(request);
}

Checked<domain::CommandBody> body_of(const v1::DecideExtensionRequest& request) {
  if (auto problem = check_reason(request.reason(), !request.granted())) return *std::move(problem);
  if (request.has_due_at() && !request.granted()) {
    return Problem{"due_at", "not_granted", "only with granted: true"};
  }
  auto due_at = checked_time(request.has_due_at(), request.due_at(), "due_at");
  if (!due_at) return std::move(due_at).error();
  return domain::CommandBody{
      domain::DecideExtensionCommand{request.granted(), masked(request.reason()), *due_at}};
}

Checked<domain::CommandBody> body_of(const v1::RequestInfoRequest& request) {
  if (auto problem =
          check_text("question", request.question(), limits::reason_characters_max, true)) {
    return *std::move(problem);
  }
  return domain::CommandBody{domain::RequestInfoCommand{masked(request.question())}};
}

Checked<domain::CommandBody> body_of(const v1::AddCoHandlerRequest& request) {
  if (auto problem = first_of({check_code("unit", request.unit(), limits::unit_bytes_max, true),
                               check_reason(request.reason(), false)})) {
    return *std::move(problem);
  }
  return domain::CommandBody{
      domain::AddCoHandlerCommand{domain::UnitId{request.unit()}, masked(request.reason())}};
}

Checked<domain::CommandBody> body_of(const v1::LinkDuplicateRequest& request) {
  auto master = checked_ticket_id(request.master_ticket_id(), "master_ticket_id");
  if (!master) return std::move(master).error();
  const auto own = checked_ticket_id(request.header().ticket_id(), "header.ticket_id");
  if (own && *own == *master) return Problem{"master_ticket_id", "itself", "is the ticket itself"};
  if (auto problem = check_reason(request.reason(), false)) return *std::move(problem);
  return domain::CommandBody{
      domain::LinkDuplicateCommand{domain::TicketId{*std::move(master)}, masked(request.reason())}};
}

Checked<domain::CommandBody> body_of(const v1::SuperviseRequest& request) {
  if (auto problem =
          check_text("instruction", request.instruction(), limits::reason_characters_max, true)) {
    return *std::move(problem);
  }
  return domain::CommandBody{domain::SuperviseCommand{masked(request.instruction())}};
}

Checked<domain::CommandBody> body_of(const v1::TransferOutRequest& request) {
  if (auto problem = first_of({check_text("destination", request.destination(),
                                          limits::destination_characters_max, true),
                               check_reason(request.reason(), true)})) {
    return *std::move(problem);
  }
  return domain::CommandBody{
      domain::TransferOutCommand{masked(request.destination()), masked(request.reason())}};
}

Checked<domain::CommandBody> body_of(const v1::RecordRecheckRequest& request) {
  if (auto problem =
          check_text("finding", request.finding(), limits::finding_characters_max, true)) {
    return *std::move(problem);
  }
  return domain::CommandBody{
      domain::RecordRecheckCommand{request.solved(), masked(request.finding())}};
}

Checked<domain::CommandBody> body_of(const v1::RecalculateDueRequest& /*request*/) {
  return domain::CommandBody{domain::RecalculateDueCommand{}};
}

}  // namespace paidan::dispatch
