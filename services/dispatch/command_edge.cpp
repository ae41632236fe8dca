#include "dispatch/command_edge.hpp"

#include <algorithm>
#include <cctype>

#include "dispatch/masters.hpp"
#include "paidan/metrics/names.hpp"
#include "paidan/rpc/client.hpp"
#include "paidan/system/trace.hpp"
#include "paidan/ticket/v1/commands.pb.h"

namespace paidan::dispatch {
namespace {

/// The reply must come this long before the caller's deadline to reach it.
constexpr Milliseconds answer_margin{20};

grpc::Status status_of(grpc::CallbackServerContext& context, Unknown unknown) {
  const std::string again = "; whether it was taken is unknown: retry with the same command id";
  switch (unknown.why) {
    case Unknown::Why::deadline:
      return rpc::fail(context, grpc::StatusCode::DEADLINE_EXCEEDED, "outcome_unknown",
                       "no answer in time" + again);
    case Unknown::Why::not_delivered:
      return rpc::fail(context, grpc::StatusCode::UNAVAILABLE, "outcome_unknown",
                       "the log did not acknowledge the command" + again);
    case Unknown::Why::shutting_down:
      break;
  }
  return rpc::fail(context, grpc::StatusCode::UNAVAILABLE, "outcome_unknown",
                   "this process stops" + again);
}

grpc::Status status_of(grpc::CallbackServerContext& context, CommandDesk::NotSent not_sent) {
  switch (not_sent) {
    case CommandDesk::NotSent::overloaded:
      return rpc::overloaded(context, "too_busy", "too many commands wait for their answer",
                             Milliseconds{200});
    case CommandDesk::NotSent::too_large:
      return rpc::invalid(context, "request", "too_large", "the command is too large for the log");
    case CommandDesk::NotSent::log_unavailable:
      break;
  }
  return rpc::fail(context, grpc::StatusCode::UNAVAILABLE, "log_unavailable",
                   "the log takes no commands; nothing was done");
}

}  // namespace

std::string reason_name(domain::RefusalReason reason) {
  constexpr std::string_view prefix = "REFUSAL_REASON_";
  std::string name = ticket::v1::RefusalReason_Name(static_cast<int>(reason));
  if (name.starts_with(prefix)) name.erase(0, prefix.size());
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

grpc::StatusCode code_of(domain::RefusalReason reason) {
  switch (reason) {
    case domain::RefusalReason::unknown_ticket:
      return grpc::StatusCode::NOT_FOUND;
    case domain::RefusalReason::not_in_charge:
      return grpc::StatusCode::PERMISSION_DENIED;
    default:
      return grpc::StatusCode::FAILED_PRECONDITION;
  }
}

void CommandEdge::ask(const CallPtr& call, const rpc::Caller& caller,
                      const v1::CommandHeader& header, Checked<domain::CommandBody> body,
                      v1::CommandResult* result) const {
  auto head = checked(header, caller.role, parts_.time_source, parts_.clock.now());
  if (!head) return call->finish(status_of(call->context(), head.error()));
  if (!body) return call->finish(status_of(call->context(), body.error()));
  AskedCommand asked;
  asked.ticket_id = std::move(head->ticket_id);
  asked.command.command_id = std::move(head->command_id);
  asked.command.actor = actor_of(caller);
  asked.command.assign_epoch = head->assign_epoch;
  asked.command.expected_version = head->expected_version;
  asked.command.body = *std::move(body);
  asked.happened_at = head->happened_at;
  asked.traceparent = system::child_traceparent(rpc::traceparent_of(call->context()));
  send(call, caller, std::move(asked), result);
}

void CommandEdge::send(const CallPtr& call, const rpc::Caller& caller, AskedCommand asked,
                       v1::CommandResult* result) const {
  const Milliseconds left = rpc::time_left(call->context(), parts_.wait_max);
  const std::string ticket_id = asked.ticket_id;
  auto on_answer = [this, call, caller, ticket_id, result](const CommandAnswer& answer) {
    if (const auto* accepted = std::get_if<domain::Accepted>(&answer)) {
      result->set_ticket_id(ticket_id);
      result->set_version(accepted->version);
      result->set_repeated(accepted->repeated);
      call->finish(grpc::Status::OK);
    } else if (const auto* refused = std::get_if<domain::Refused>(&answer)) {
      refuse(call, caller, ticket_id, *refused);
    } else {
      call->finish(status_of(call->context(), std::get<Unknown>(answer)));
    }
  };
  const SteadyTime deadline = call->started() + std::max(left - answer_margin, Milliseconds{1});
  const auto sent = parts_.desk.send(std::move(asked), deadline, std::move(on_answer));
  if (!sent) call->finish(status_of(call->context(), sent.error()));
}

/// An agency that never had to do with the ticket learns nothing about it, not even that there is
/// one. Only the views know; without them it gets the answer that tells less.
void CommandEdge::refuse(const CallPtr& call, const rpc::Caller& caller,
                         const std::string& ticket_id, const domain::Refused& refused) const {
  const std::string reason = reason_name(refused.reason);
  parts_.registry.counter(metrics::names::refusals, {{"reason", reason}}).add();
  const grpc::StatusCode code = code_of(refused.reason);
  if (code == grpc::StatusCode::NOT_FOUND) return call->finish(no_such_ticket(call->context()));
  const std::string message = refused.text.zh + " / " + refused.text.en;
  if (code != grpc::StatusCode::PERMISSION_DENIED || caller.role != rpc::Role::agency) {
    return call->finish(rpc::fail(call->context(), code, reason, message));
  }
  const bool looked = parts_.calls.executor.submit([=, this] {
    const auto ticket = parts_.views.ticket(ticket_id, 0, Milliseconds{0});
    const bool known = ticket && (ticket->was_in_charge(caller.unit) ||
                                  leads_master(caller, ticket->view, parts_.views));
    call->finish(known ? rpc::fail(call->context(), code, reason, message)
                       : no_such_ticket(call->context()));
  });
  if (!looked) call->finish(no_such_ticket(call->context()));
}

}  // namespace paidan::dispatch
