#include "dispatch/reveal.hpp"

#include <array>
#include <optional>
#include <utility>

#include "dispatch/masters.hpp"
#include "dispatch/rows.hpp"
#include "paidan/contract/subjects.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/crypto/seal.hpp"
#include "paidan/domain/masking.hpp"
#include "paidan/metrics/names.hpp"
#include "paidan/rpc/client.hpp"

namespace paidan::dispatch {
namespace {

/// Nobody has to be reached any more.
bool is_over(ticket::v1::TicketState state) {
  return state == ticket::v1::TICKET_STATE_CLOSED || state == ticket::v1::TICKET_STATE_WITHDRAWN ||
         state == ticket::v1::TICKET_STATE_DECLINED ||
         state == ticket::v1::TICKET_STATE_TRANSFERRED_OUT;
}

std::optional<Problem> check(const v1::RevealRequest& request) {
  if (!ticket::v1::RevealPurpose_IsValid(request.purpose()) ||
      request.purpose() == ticket::v1::REVEAL_PURPOSE_UNSPECIFIED) {
    return Problem{"purpose", "missing", "is required"};
  }
  const std::string& note = request.purpose_note();
  if (!check_text("purpose_note", note, ContactReveal::note_characters_min - 1, true)) {
    return Problem{
        "purpose_note", "too_short",
        "at least " + std::to_string(ContactReveal::note_characters_min) + " characters"};
  }
  if (note.empty()) return Problem{"purpose_note", "missing", "is required"};
  return check_text("purpose_note", note, ContactReveal::note_characters_max, true);
}

ticket::v1::AuditRecord record_of(const rpc::Caller& caller) {
  ticket::v1::AuditRecord record;
  record.mutable_actor()->set_role(common::v1::ROLE_AGENCY);
  record.mutable_actor()->set_unit(caller.unit);
  record.mutable_actor()->set_name(caller.name);
  return record;
}

std::optional<contract::SubjectContent> opened(const crypto::Key& key_encryption_key,
                                               const contract::Subject& subject) {
  const auto key =
      crypto::unwrap(key_encryption_key, subject.wrapped_data_key, subject.subject_ref);
  if (!key) return std::nullopt;
  const auto bytes = crypto::open(*key, subject.sealed, subject.subject_ref);
  if (!bytes) return std::nullopt;
  auto content = contract::decode_subject_content(*bytes);
  if (!content) return std::nullopt;
  return std::move(content).value();
}

grpc::Status forgotten(grpc::CallbackServerContext& context) {
  return rpc::fail(context, grpc::StatusCode::NOT_FOUND, "forgotten",
                   "联系方式已删除 / the citizen's contact data has been deleted");
}

}  // namespace

ContactReveal::ContactReveal(const Parts& parts, crypto::Key key_encryption_key, double per_hour)
    : parts_(parts), key_encryption_key_(std::move(key_encryption_key)), buckets_(per_hour) {}

grpc::Status ContactReveal::count(grpc::Status status) {
  parts_.registry
      .counter(metrics::names::reveals, {{"outcome", rpc::code_name(status.error_code())}})
      .add();
  return status;
}

grpc::Status ContactReveal::answer(grpc::CallbackServerContext& context, const rpc::Caller& caller,
                                   const v1::RevealRequest& request, v1::RevealResponse& response) {
  auto ticket_id = checked_ticket_id(request.ticket_id(), "ticket_id");
  std::optional<Problem> problem = check(request);
  if (!ticket_id) problem = ticket_id.error();
  if (problem) return count(status_of(context, *problem));
  // Before the look at the ticket, so that guessing costs as much as asking.
  if (!buckets_.take(caller.unit, std::chrono::steady_clock::now())) {
    return count(rpc::overloaded(context, "reveal_limit", "too many reveals in this hour",
                                 Milliseconds{120'000}));
  }
  const auto ticket = parts_.views.ticket(*ticket_id);
  if (!ticket) return count(status_of(context, ticket.error()));
  const Asked asked{caller, request, *std::move(ticket_id)};
  grpc::Status status = permitted(context, asked, *ticket);
  if (!status.ok()) return count(status);
  ticket::v1::AuditRecord record = record_of(caller);
  record.mutable_revealed()->set_ticket_id(asked.ticket_id);
  record.mutable_revealed()->set_subject_ref(ticket->subject_ref);
  record.mutable_revealed()->set_purpose(request.purpose());
  record.mutable_revealed()->set_purpose_note(domain::mask_text(request.purpose_note()).text);
  status = audited(context, asked, std::move(record));
  if (!status.ok()) return count(status);
  return count(show(context, *ticket, response));
}

/// A refusal is audited too; it is answered in any case.
grpc::Status ContactReveal::permitted(grpc::CallbackServerContext& context, const Asked& asked,
                                      const view_reader::Ticket& ticket) {
  const v1::TicketView& view = ticket.view;
  const bool in_charge = (leads(asked.caller, view) &&
                          (!view.confidential() || asked.caller.unit == view.lead_unit())) ||
                         leads_master(asked.caller, view, parts_.views);
  if (!in_charge) {
    ticket::v1::AuditRecord record = record_of(asked.caller);
    record.mutable_denied()->set_method("/paidan.dispatch.v1.AssignmentService/Reveal");
    record.mutable_denied()->set_ticket_id(asked.ticket_id);
    record.mutable_denied()->set_reason("not_in_charge");
    const grpc::Status recorded = audited(context, asked, std::move(record));
    if (!recorded.ok()) return recorded;
    if (!may_see(asked.caller, ticket)) return no_such_ticket(context);
    return rpc::fail(context, grpc::StatusCode::PERMISSION_DENIED, "not_in_charge",
                     "非承办单位 / only the unit in charge may see contact data");
  }
  if (is_over(view.state())) {
    return rpc::fail(context, grpc::StatusCode::FAILED_PRECONDITION, "wrong_state",
                     "工单已了结 / the ticket is over; nobody has to be reached");
  }
  if (ticket.subject_ref.empty()) {
    return rpc::fail(context, grpc::StatusCode::NOT_FOUND, "no_contact_data",
                     "匿名 / the citizen gave no contact data");
  }
  return grpc::Status::OK;
}

grpc::Status ContactReveal::audited(grpc::CallbackServerContext& context, const Asked& asked,
                                    ticket::v1::AuditRecord record) {
  const auto appended = parts_.audit.append(std::move(record), asked.ticket_id,
                                            std::string(rpc::traceparent_of(context)));
  if (appended) return grpc::Status::OK;
  return rpc::fail(context, grpc::StatusCode::UNAVAILABLE, "audit_unavailable",
                   "the audit log does not answer, so nothing is shown; try again");
}

grpc::Status ContactReveal::show(grpc::CallbackServerContext& context,
                                 const view_reader::Ticket& ticket, v1::RevealResponse& response) {
  const std::array<std::int64_t, 1> offsets{ticket.subject_at.offset()};
  const auto read = parts_.records.read(
      {contract::topic::subjects, Partition{ticket.subject_at.partition()}}, offsets, read_max);
  if (!read) {
    return rpc::fail(context, grpc::StatusCode::UNAVAILABLE, "log_unavailable",
                     "the log does not answer; try again");
  }
  if (read->records.empty() || !read->records.front().value) return forgotten(context);
  const auto subject = contract::decode_subject(read->records.front());
  if (!subject || subject->subject_ref != ticket.subject_ref) return forgotten(context);
  const auto content = opened(key_encryption_key_, *subject);
  if (!content) return forgotten(context);
  response.set_name(content->name);
  response.set_phone(content->phone);
  response.set_email(content->email);
  for (const contract::MaskedSpan& span : content->spans) {
    v1::RevealedSpan& shown = *response.add_spans();
    shown.set_field(span.field);
    shown.set_value(span.value);
  }
  return grpc::Status::OK;
}

}  // namespace paidan::dispatch
