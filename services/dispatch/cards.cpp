#include "dispatch/cards.hpp"

namespace paidan::dispatch {
namespace {

using Record = ticket::v1::LifecycleRecord;

void open(Card& card, const Record& record) {
  const ticket::v1::Classified& classified = record.opened().classified();
  v1::TicketView& view = card.view;
  view.set_channel(classified.channel());
  view.set_external_id(classified.external_id());
  view.set_title(classified.title());
  view.set_category(classified.category());
  view.set_demand_kind(classified.demand_kind());
  view.set_urgency(classified.urgency());
  view.set_area(classified.area());
  view.set_masked_name(classified.masked_name());
  view.set_masked_phone(classified.masked_phone());
  view.set_confidential(classified.confidential());
  *view.mutable_opened_at() = record.meta().happened_at();
  card.content_ref = classified.content_ref();
  card.complete = true;
}

void apply(Card& card, const Record& record) {
  v1::TicketView& view = card.view;
  switch (record.fact_case()) {
    case Record::kOpened:
      open(card, record);
      break;
    case Record::kAssigned:
      *view.mutable_co_handlers() = record.assigned().co_handlers();
      break;
    case Record::kCompleted:
      *view.mutable_report() = record.completed().report();
      break;
    case Record::kUrgeRecorded:
      view.set_urge_count(record.urge_recorded().count());
      break;
    case Record::kEscalated:
      if (record.escalated().sla().kind() == ticket::v1::SLA_KIND_BREACHED) view.set_breached(true);
      break;
    case Record::kReclassified:
      view.set_category(record.reclassified().category());
      view.set_area(record.reclassified().area());
      view.set_demand_kind(record.reclassified().demand_kind());
      break;
    case Record::kConflictingSubmission:
      card.conflicting = true;
      break;
    default:
      break;
  }
}

}  // namespace

Card next_card(const Card* before, const Record& record) {
  Card card;
  if (before != nullptr) card = *before;
  apply(card, record);
  v1::TicketView& view = card.view;
  view.set_ticket_id(record.ticket_id());
  view.set_state(record.state());
  view.set_version(record.version());
  view.set_lead_unit(record.lead_unit());
  view.set_queue_unit(record.queue_unit());
  if (record.lead_unit().empty()) view.clear_co_handlers();
  view.set_assign_epoch(record.assign_epoch());
  *view.mutable_updated_at() = record.meta().happened_at();
  return card;
}

std::shared_ptr<const Card> Cards::find(std::string_view ticket_id) const {
  const auto found = by_id_.find(ticket_id);
  return found == by_id_.end() ? nullptr : found->second->second;
}

void Cards::put(const std::string& ticket_id, std::shared_ptr<const Card> card) {
  const auto found = by_id_.find(ticket_id);
  if (found != by_id_.end()) {
    found->second->second = std::move(card);
    order_.splice(order_.begin(), order_, found->second);
    return;
  }
  order_.emplace_front(ticket_id, std::move(card));
  by_id_.emplace(order_.front().first, order_.begin());
  if (by_id_.size() <= cards_max_) return;
  by_id_.erase(order_.back().first);
  order_.pop_back();
}

}  // namespace paidan::dispatch
