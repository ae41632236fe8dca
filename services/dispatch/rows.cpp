#include "dispatch/rows.hpp"

namespace paidan::dispatch {

bool may_see(const rpc::Caller& caller, const view_reader::Ticket& ticket) {
  switch (caller.role) {
    case rpc::Role::office:
    case rpc::Role::operations:
      return true;
    case rpc::Role::agency:
      return !caller.unit.empty() && ticket.was_in_charge(caller.unit);
    case rpc::Role::channel:
      return caller.unit.empty() || ticket.view.channel() == caller.unit;
  }
  return false;
}

bool leads(const rpc::Caller& caller, const v1::TicketView& view) {
  if (caller.role != rpc::Role::agency || caller.unit.empty()) return false;
  return caller.unit == view.lead_unit() || caller.unit == view.queue_unit();
}

bool may_read(const rpc::Caller& caller, const v1::TicketView& view) {
  if (!view.confidential() || caller.role == rpc::Role::channel) return true;
  if (caller.role == rpc::Role::office) return view.lead_unit().empty();
  return caller.role == rpc::Role::agency && caller.unit == view.lead_unit();
}

void hide_unreadable(v1::TicketView& view, const rpc::Caller& caller) {
  if (may_read(caller, view)) return;
  view.clear_title();
  view.clear_text();
  view.clear_masked_name();
  view.clear_masked_phone();
  if (view.appealed()) view.clear_request_reason();  // Perhaps the citizen's words.
  for (ticket::v1::DuplicateProposed& proposal : *view.mutable_proposals()) {
    proposal.clear_evidence();
  }
}

void hide_unreadable(ticket::v1::LifecycleRecord& record, const v1::TicketView& view,
                     const rpc::Caller& caller) {
  if (may_read(caller, view)) return;
  if (record.has_opened()) {
    ticket::v1::Classified& opened = *record.mutable_opened()->mutable_classified();
    opened.clear_title();
    opened.clear_masked_name();
    opened.clear_masked_phone();
    opened.clear_why();
    opened.clear_candidates();
  }
  if (record.has_supplement_recorded()) record.mutable_supplement_recorded()->clear_text();
  if (record.has_rating_recorded()) {
    record.mutable_rating_recorded()->mutable_rating()->clear_comment();
  }
  if (record.has_withdrawn()) record.mutable_withdrawn()->clear_reason();
  if (record.has_appeal_recorded()) record.mutable_appeal_recorded()->clear_reason();
  if (record.has_duplicate_proposed()) record.mutable_duplicate_proposed()->clear_evidence();
}

}  // namespace paidan::dispatch
