#include "dispatch/messages.hpp"

#include <utility>

#include "dispatch/rows.hpp"

namespace paidan::dispatch {
namespace {

using Kinds = v1::SubscribeResponse;

/// The views may be ahead of the record, or behind: who is in charge is for the record to say.
v1::TicketView merged(v1::TicketView from_views, const v1::TicketView& from_record) {
  if (from_views.version() <= from_record.version()) {
    from_views.set_version(from_record.version());
    from_views.set_state(from_record.state());
    *from_views.mutable_updated_at() = from_record.updated_at();
  }
  from_views.set_lead_unit(from_record.lead_unit());
  from_views.set_queue_unit(from_record.queue_unit());
  from_views.set_assign_epoch(from_record.assign_epoch());
  return from_views;
}

v1::TicketView visible(Attachment attachment, const rpc::Caller& caller) {
  v1::TicketView view = std::move(attachment.view);
  view.set_text(std::move(attachment.text));
  hide_unreadable(view, caller);
  return view;
}

}  // namespace

bool wants_text(HearKind kind) {
  return kind == Kinds::KIND_ASSIGNED || kind == Kinds::KIND_SNAPSHOT;
}

std::optional<Attachment> Attachments::at_hand(const Delivery& delivery) const {
  if (delivery.snapshot) return Attachment{*delivery.snapshot, delivery.snapshot->text()};
  if (!delivery.entry) return Attachment{};
  const Card& card = *delivery.entry->card;
  if (!card.complete) return std::nullopt;
  Attachment attachment{card.view, {}};
  if (wants_text(delivery.kind)) {
    std::optional<std::string> text = texts_.cached(card.content_ref);
    if (!text) return std::nullopt;
    attachment.text = *std::move(text);
  }
  return attachment;
}

Attachment Attachments::look_up(const Delivery& delivery) const {
  if (std::optional<Attachment> attachment = at_hand(delivery)) return *std::move(attachment);
  const Card& card = *delivery.entry->card;
  Attachment attachment{card.view, {}};
  common::v1::ContentRef at = card.content_ref;
  if (!card.complete) {
    const auto ticket = views_.ticket(card.view.ticket_id(), 0, Milliseconds{0});
    if (!ticket) return attachment;
    attachment.view = merged(ticket->view, card.view);
    attachment.text = ticket->text;
    at = ticket->content_ref;
  }
  if (!wants_text(delivery.kind)) {
    attachment.text.clear();
  } else if (attachment.text.empty()) {
    attachment.text = texts_.read(card.view.ticket_id(), at).value_or(std::string{});
  }
  return attachment;
}

void fill(v1::SubscribeResponse& message, const Delivery& delivery, Attachment attachment,
          std::string token, const rpc::Caller& caller) {
  message.Clear();
  message.set_resume_token(std::move(token));
  message.set_kind(delivery.kind);
  message.set_repeated(delivery.repeated);
  if (delivery.kind == Kinds::KIND_LIVE) return;
  if (delivery.entry) {
    ticket::v1::LifecycleRecord& record = *message.mutable_record();
    record.ParseFromString(delivery.entry->record_bytes);
    hide_unreadable(record, attachment.view, caller);
  }
  *message.mutable_ticket() = visible(std::move(attachment), caller);
}

void fill(v1::SubscribeQueueResponse& message, const Delivery& delivery, Attachment attachment,
          std::string token, const rpc::Caller& caller) {
  message.Clear();
  message.set_resume_token(std::move(token));
  message.set_removed(delivery.kind == Kinds::KIND_REMOVED);
  if (delivery.kind == Kinds::KIND_LIVE) return;
  *message.mutable_ticket() = visible(std::move(attachment), caller);
}

}  // namespace paidan::dispatch
