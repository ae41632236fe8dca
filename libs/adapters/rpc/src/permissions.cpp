#include "paidan/rpc/permissions.hpp"

#include <algorithm>

namespace paidan::rpc {
namespace {

// Operations run the machines and decide nothing: reads only, the marks of a replay, and the
// recount of provisional due times when a pack with a year's holidays was loaded. What a role sees
// of a single ticket (an agency only its own) is for the service to decide.
constexpr Roles channel{Role::channel};
constexpr Roles agency{Role::agency};
constexpr Roles office{Role::office};
constexpr Roles operations{Role::operations};
constexpr Roles channel_and_office{Role::channel, Role::office};
constexpr Roles office_and_operations{Role::office, Role::operations};
constexpr Roles previewers{Role::channel, Role::office, Role::operations};
constexpr Roles readers{Role::channel, Role::agency, Role::office, Role::operations};

constexpr Permission table[] = {
    {"/paidan.intake.v1.IntakeService/Submit", channel},
    {"/paidan.intake.v1.IntakeService/SubmitStream", channel},
    {"/paidan.intake.v1.IntakeService/Supplement", channel},
    {"/paidan.intake.v1.IntakeService/Urge", channel},
    {"/paidan.intake.v1.IntakeService/Withdraw", channel},
    {"/paidan.intake.v1.IntakeService/Rate", channel},
    {"/paidan.intake.v1.IntakeService/Appeal", channel},
    {"/paidan.intake.v1.IntakeService/Track", channel_and_office},
    {"/paidan.intake.v1.ReplayService/WriteMark", operations},
    {"/paidan.classification.v1.ClassificationService/Classify", previewers},
    {"/paidan.dispatch.v1.AssignmentService/Subscribe", agency},
    {"/paidan.dispatch.v1.AssignmentService/List", agency},
    {"/paidan.dispatch.v1.AssignmentService/Acknowledge", agency},
    {"/paidan.dispatch.v1.AssignmentService/RecordContact", agency},
    {"/paidan.dispatch.v1.AssignmentService/RequestReturn", agency},
    {"/paidan.dispatch.v1.AssignmentService/RequestExtension", agency},
    {"/paidan.dispatch.v1.AssignmentService/RequestUnreasonable", agency},
    {"/paidan.dispatch.v1.AssignmentService/SubAssign", agency},
    {"/paidan.dispatch.v1.AssignmentService/RaiseToDistrict", agency},
    {"/paidan.dispatch.v1.AssignmentService/ReplyAsCoHandler", agency},
    {"/paidan.dispatch.v1.AssignmentService/Complete", agency},
    {"/paidan.dispatch.v1.AssignmentService/Reveal", agency},
    {"/paidan.dispatch.v1.OfficeService/SubscribeQueue", office},
    {"/paidan.dispatch.v1.OfficeService/ListQueue", office},
    {"/paidan.dispatch.v1.OfficeService/Decline", office},
    {"/paidan.dispatch.v1.OfficeService/RequestInfo", office},
    {"/paidan.dispatch.v1.OfficeService/CorrectClassification", office},
    {"/paidan.dispatch.v1.OfficeService/Assign", office},
    {"/paidan.dispatch.v1.OfficeService/AddCoHandler", office},
    {"/paidan.dispatch.v1.OfficeService/DecideReturn", office},
    {"/paidan.dispatch.v1.OfficeService/DecideExtension", office},
    {"/paidan.dispatch.v1.OfficeService/DecideUnreasonable", office},
    {"/paidan.dispatch.v1.OfficeService/DecideAppeal", office},
    {"/paidan.dispatch.v1.OfficeService/MarkDifficult", office},
    {"/paidan.dispatch.v1.OfficeService/LinkDuplicate", office},
    {"/paidan.dispatch.v1.OfficeService/UnlinkDuplicate", office},
    {"/paidan.dispatch.v1.OfficeService/RecordCallBack", office},
    {"/paidan.dispatch.v1.OfficeService/Redo", office},
    {"/paidan.dispatch.v1.OfficeService/Reopen", office},
    {"/paidan.dispatch.v1.OfficeService/Supervise", office},
    {"/paidan.dispatch.v1.OfficeService/TransferOut", office},
    {"/paidan.dispatch.v1.OfficeService/Close", office},
    {"/paidan.dispatch.v1.OfficeService/OrderRecheck", office},
    {"/paidan.dispatch.v1.OfficeService/RecordRecheck", office},
    {"/paidan.dispatch.v1.OfficeService/Precedents", office},
    {"/paidan.dispatch.v1.OfficeService/ReturnReport", office},
    {"/paidan.dispatch.v1.OfficeService/RecalculateDue", office_and_operations},
    {"/paidan.dispatch.v1.OfficeService/ListProvisional", office_and_operations},
    {"/paidan.dispatch.v1.TicketService/Get", readers},
    {"/paidan.dispatch.v1.TicketService/History", readers},
    {"/paidan.dispatch.v1.TicketService/Why", readers},
    {"/paidan.sla_monitor.v1.SlaService/Clocks", readers},
    {"/paidan.sla_monitor.v1.SlaService/Explain", readers},
    {"/paidan.sla_monitor.v1.SlaService/Board", readers},
};

}  // namespace

std::span<const Permission> permissions() { return table; }

bool allowed(std::string_view method, Role role) {
  const auto* found = std::ranges::find(table, method, &Permission::method);
  return found != std::end(table) && found->roles.contains(role);
}

}  // namespace paidan::rpc
