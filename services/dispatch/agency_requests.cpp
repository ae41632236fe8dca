#include <utility>

#include "dispatch/request_checks.hpp"
#include "paidan/contract/convert.hpp"

/// What agencies ask for.
namespace paidan::dispatch {

Checked<domain::CommandBody> body_of(const v1::AcknowledgeRequest& /*request*/) {
  return domain::CommandBody{domain::AcknowledgeCommand{}};
}

Checked<domain::CommandBody> body_of(const v1::RecordContactRequest& request) {
  if (auto problem = check_text("reason_not_reached", request.reason_not_reached(),
                                limits::reason_characters_max, !request.reached())) {
    return *std::move(problem);
  }
  return domain::CommandBody{
      domain::RecordContactCommand{request.reached(), masked(request.reason_not_reached())}};
}

Checked<domain::CommandBody> body_of(const v1::RequestReturnRequest& request) {
  if (auto problem = first_of({check_reason(request.reason(), true),
                               check_code("suggested_unit", request.suggested_unit(),
                                          limits::unit_bytes_max, false)})) {
    return *std::move(problem);
  }
  return domain::CommandBody{domain::RequestReturnCommand{
      masked(request.reason()), domain::UnitId{request.suggested_unit()}}};
}

Checked<domain::CommandBody> body_of(const v1::CompleteRequest& request) {
  if (!request.has_report()) return Problem{"report", "missing", "is required"};
  const ticket::v1::CompletionReport& report = request.report();
  if (auto problem = first_of(
          {check_text("report.reason_not_contacted", report.reason_not_contacted(),
                      limits::reason_characters_max, false),
           check_text("report.responsibility", report.responsibility(),
                      limits::reason_characters_max, false),
           check_text("report.reply", report.reply(), limits::reply_characters_max, false)})) {
    return *std::move(problem);
  }
  auto converted = contract::from_proto(report, "report");
  if (!converted) return Problem{"report", "invalid", converted.error().why};
  domain::CompletionReport& written = *converted;
  written.reason_not_contacted = masked(written.reason_not_contacted);
  written.responsibility = masked(written.responsibility);
  written.reply = masked(written.reply);
  return domain::CommandBody{domain::CompleteCommand{std::move(written)}};
}

Checked<domain::CommandBody> body_of(const v1::RequestExtensionRequest& request) {
  if (auto problem = check_reason(request.reason(), true)) return *std::move(problem);
  auto wanted = checked_time(request.has_wanted_due_at(), request.wanted_due_at(), "wanted_due_at");
  if (!wanted) return std::move(wanted).error();
  return domain::CommandBody{domain::RequestExtensionCommand{masked(request.reason()), *wanted}};
}

Checked<domain::CommandBody> body_of(const v1::RequestUnreasonableRequest& request) {
  if (auto problem = check_reason(request.reason(), true)) return *std::move(problem);
  return domain::CommandBody{domain::RequestUnreasonableCommand{masked(request.reason())}};
}

Checked<domain::CommandBody> body_of(const v1::SubAssignRequest& request) {
  if (auto problem = check_code("unit", request.unit(), limits::unit_bytes_max, true)) {
    return *std::move(problem);
  }
  auto due_at = checked_time(request.has_due_at(), request.due_at(), "due_at");
  if (!due_at) return std::move(due_at).error();
  return domain::CommandBody{domain::SubAssignCommand{domain::UnitId{request.unit()}, *due_at}};
}

Checked<domain::CommandBody> body_of(const v1::RaiseToDistrictRequest& request) {
  if (auto problem = check_reason(request.reason(), true)) return *std::move(problem);
  return domain::CommandBody{domain::RaiseToDistrictCommand{masked(request.reason())}};
}

Checked<domain::CommandBody> body_of(const v1::ReplyAsCoHandlerRequest& request) {
  if (auto problem =
          check_text("reply", request.reply(), limits::co_handler_reply_characters_max, true)) {
    return *std::move(problem);
  }
  return domain::CommandBody{domain::ReplyAsCoHandlerCommand{masked(request.reply())}};
}

}  // namespace paidan::dispatch
