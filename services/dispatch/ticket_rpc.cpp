#include "dispatch/ticket_rpc.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "dispatch/masters.hpp"
#include "dispatch/rows.hpp"
#include "paidan/contract/message.hpp"
#include "paidan/contract/topics.hpp"

namespace paidan::dispatch {
namespace {

/// What one read of the record reader may be asked for.
constexpr std::size_t offsets_per_read = 1'024;

using Record = ticket::v1::LifecycleRecord;

v1::AssignmentWhy why_of(const Record& record) {
  v1::AssignmentWhy why;
  why.set_version(record.version());
  why.set_lead_unit(record.assigned().lead_unit());
  why.set_queue_unit(record.assigned().queue_unit());
  why.set_basis(record.assigned().basis());
  *why.mutable_why() = record.assigned().why();
  *why.mutable_happened_at() = record.meta().happened_at();
  *why.mutable_text() = record.assigned().why().explanation();
  return why;
}

}  // namespace

Result<view_reader::Ticket, grpc::Status> TicketRpc::ticket(grpc::CallbackServerContext& context,
                                                            const rpc::Caller& caller,
                                                            const std::string& ticket_id,
                                                            std::uint64_t min_version) const {
  const auto id = checked_ticket_id(ticket_id, "ticket_id");
  if (!id) return status_of(context, id.error());
  const Milliseconds wait = rpc::time_left(context, view_reader::ViewReader::wait_max);
  auto found = parts_.views.ticket(*id, min_version, wait);
  if (!found) return status_of(context, found.error());
  if (!may_see(caller, *found) && !leads_master(caller, found->view, parts_.views)) {
    return no_such_ticket(context);
  }
  return std::move(found).value();
}

void TicketRpc::set_clocks(grpc::CallbackServerContext& context, const view_reader::Ticket& ticket,
                           Clocks& clocks) const {
  auto asked = parts_.sla.clocks(context, ticket.view.ticket_id(), ticket.view.version());
  clocks = asked ? *std::move(asked) : ticket.view.clocks();
}

Result<std::vector<Record>, grpc::Status> TicketRpc::history(
    grpc::CallbackServerContext& context, const rpc::Caller& caller,
    const view_reader::Ticket& ticket) const {
  std::vector<Record> history;
  const std::size_t bytes_max = contract::find_topic(contract::topic::lifecycle)->bytes_max;
  std::span<const std::int64_t> offsets = ticket.lifecycle_offsets;
  while (!offsets.empty()) {
    const auto some = offsets.first(std::min(offsets.size(), offsets_per_read));
    offsets = offsets.subspan(some.size());
    const auto read =
        parts_.records.read({contract::topic::lifecycle, ticket.partition}, some, read_max);
    if (!read || read->records.size() != some.size()) {
      return rpc::fail(context, grpc::StatusCode::UNAVAILABLE, "log_unavailable",
                       "the log does not give the whole history; try again");
    }
    for (const stream::InRecord& record : read->records) {
      Record parsed;
      if (!record.value || contract::parse(parsed, *record.value, bytes_max)) {
        return rpc::fail(context, grpc::StatusCode::DATA_LOSS, "unreadable_record",
                         "a record of the history cannot be read");
      }
      hide_unreadable(parsed, ticket.view, caller);
      history.push_back(std::move(parsed));
    }
  }
  return history;
}

void TicketRpc::show_master(v1::TicketView& view, const rpc::Caller& caller) const {
  const auto master = master_of(view, parts_.views);
  if (!master) return;
  take_answer(view, *master);
  if (caller.role == rpc::Role::channel) take_progress(view, *master);
}

grpc::ServerUnaryReactor* TicketRpc::Get(grpc::CallbackServerContext* context,
                                         const v1::GetRequest* request, v1::GetResponse* response) {
  return answer(parts_.calls, *context, "/paidan.dispatch.v1.TicketService/Get",
                [=, this](const CallPtr& call, const rpc::Caller& caller) {
                  auto found =
                      ticket(*context, caller, request->ticket_id(), request->min_version());
                  if (!found) return call->finish(found.error());
                  set_clocks(*context, *found, *found->view.mutable_clocks());
                  found->view.set_text(std::move(found->text));
                  show_master(found->view, caller);
                  hide_unreadable(found->view, caller);
                  *response->mutable_ticket() = std::move(found->view);
                  call->finish(grpc::Status::OK);
                });
}

grpc::ServerUnaryReactor* TicketRpc::History(grpc::CallbackServerContext* context,
                                             const v1::HistoryRequest* request,
                                             v1::HistoryResponse* response) {
  return answer(parts_.calls, *context, "/paidan.dispatch.v1.TicketService/History",
                [=, this](const CallPtr& call, const rpc::Caller& caller) {
                  const auto found =
                      ticket(*context, caller, request->ticket_id(), request->min_version());
                  if (!found) return call->finish(found.error());
                  auto records = history(*context, caller, *found);
                  if (!records) return call->finish(records.error());
                  for (Record& record : *records) *response->add_records() = std::move(record);
                  call->finish(grpc::Status::OK);
                });
}

grpc::ServerUnaryReactor* TicketRpc::Why(grpc::CallbackServerContext* context,
                                         const v1::WhyRequest* request, v1::WhyResponse* response) {
  return answer(parts_.calls, *context, "/paidan.dispatch.v1.TicketService/Why",
                [=, this](const CallPtr& call, const rpc::Caller& caller) {
                  const auto found =
                      ticket(*context, caller, request->ticket_id(), request->min_version());
                  if (!found) return call->finish(found.error());
                  const auto records = history(*context, caller, *found);
                  if (!records) return call->finish(records.error());
                  for (const Record& record : *records) {
                    if (record.has_assigned()) *response->add_assignments() = why_of(record);
                    if (record.has_opened()) {
                      *response->mutable_classification() = record.opened().classified().why();
                    }
                  }
                  set_clocks(*context, *found, *response->mutable_clocks());
                  call->finish(grpc::Status::OK);
                });
}

}  // namespace paidan::dispatch
