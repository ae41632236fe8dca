#include "dispatch/cards.hpp"

#include <algorithm>
#include <string>

namespace paidan::dispatch {
namespace {

using Record = ticket::v1::LifecycleRecord;
using Names = google::protobuf::RepeatedPtrField<std::string>;

void add_once(Names& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) *names.Add() = name;
}

void erase(Names& names, const std::string& name) {
  names.erase(std::remove(names.begin(), names.end(), name), names.end());
}

/// From `first` on.
void cut(Names& names, Names::iterator first) { names.erase(first, names.end()); }

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

/// Below `by_unit` there is one chain: handing down anew replaces what was below.
void hand_down(Names& chain, const ticket::v1::SubAssigned& fact) {
  const auto by = std::find(chain.begin(), chain.end(), fact.by_unit());
  cut(chain, by == chain.end() ? chain.begin() : by + 1);
  *chain.Add() = fact.unit();
}

/// The newest ones.
void add_reply(v1::TicketView& view, const ticket::v1::CoHandlerReplied& replied) {
  constexpr int replies_max = 16;
  auto& replies = *view.mutable_co_handler_replies();
  *replies.Add() = replied;
  if (replies.size() > replies_max) replies.DeleteSubrange(0, 1);
}

// Each of these takes its own kinds of facts, and leaves the others alone.

void apply_work(Card& card, const Record& record) {
  v1::TicketView& view = card.view;
  switch (record.fact_case()) {
    case Record::kOpened:
      return open(card, record);
    case Record::kAssigned:
      *view.mutable_co_handlers() = record.assigned().co_handlers();
      return;
    case Record::kReclassified:
      view.set_category(record.reclassified().category());
      view.set_area(record.reclassified().area());
      view.set_demand_kind(record.reclassified().demand_kind());
      return;
    case Record::kCompleted:
      *view.mutable_report() = record.completed().report();
      view.clear_sub_units();
      return;
    default:
      return;
  }
}

void apply_units(v1::TicketView& view, const Record& record) {
  Names& chain = *view.mutable_sub_units();
  switch (record.fact_case()) {
    case Record::kCoHandlerAdded:
      return add_once(*view.mutable_co_handlers(), record.co_handler_added().unit());
    case Record::kCoHandlerReplied:
      return add_reply(view, record.co_handler_replied());
    case Record::kSubAssigned:
      return hand_down(chain, record.sub_assigned());
    case Record::kSubCompleted:
      return cut(chain, std::find(chain.begin(), chain.end(), record.sub_completed().unit()));
    default:
      return;
  }
}

void apply_requests(v1::TicketView& view, const Record& record) {
  switch (record.fact_case()) {
    case Record::kReturnRequested:
      return view.set_request_reason(record.return_requested().reason());
    case Record::kExtensionRequested:
      view.set_request_reason(record.extension_requested().reason());
      if (record.extension_requested().has_wanted_due_at()) {
        *view.mutable_wanted_due_at() = record.extension_requested().wanted_due_at();
      }
      return;
    case Record::kUnreasonableRequested:
      return view.set_request_reason(record.unreasonable_requested().reason());
    case Record::kExtensionDecided:
      if (record.extension_decided().granted()) {
        const std::string& reason = record.extension_decided().reason();
        view.set_extension_reason(reason.empty() ? view.request_reason() : reason);
      }
      return;
    case Record::kInfoRequested:
      return view.set_question(record.info_requested().question());
    default:
      return;
  }
}

void apply_reviews(Card& card, const Record& record) {
  v1::TicketView& view = card.view;
  switch (record.fact_case()) {
    case Record::kAppealRecorded:
      view.set_appealed(true);
      card.review_reason = record.appeal_recorded().reason();
      return;
    case Record::kAppealDecided:
      view.set_appealed(false);
      if (record.appeal_decided().granted()) view.set_unreasonable(false);
      return;
    case Record::kRecheckOrdered:
      card.review_reason = record.recheck_ordered().reason();
      return;
    case Record::kMarkedDifficult:
      view.set_difficult(true);
      card.review_reason = record.marked_difficult().reason();
      return;
    case Record::kReopened:  // a life of its own: what was found in the first one is spent
      return view.set_unreasonable(false);
    case Record::kUnreasonableDecided:
      return view.set_unreasonable(record.unreasonable_decided().granted());
    default:
      return;
  }
}

/// A breach that is taken back leaves those of other clocks standing.
void escalate(Card& card, const ticket::v1::SlaFact& sla) {
  if (sla.kind() == ticket::v1::SLA_KIND_WARNED) card.view.set_reminded(true);
  if (sla.kind() == ticket::v1::SLA_KIND_BREACHED) ++card.breach_count;
  const bool taken_back = sla.kind() == ticket::v1::SLA_KIND_RETRACTED && sla.step() == 0;
  if (taken_back && card.breach_count > 0) --card.breach_count;
  card.view.set_breached(card.breach_count > 0);
}

void apply_overlays(Card& card, const Record& record) {
  v1::TicketView& view = card.view;
  switch (record.fact_case()) {
    case Record::kUrgeRecorded:
      return view.set_urge_count(record.urge_recorded().count());
    case Record::kSupervised:
      return view.set_supervised(true);
    case Record::kEscalated:
      return escalate(card, record.escalated().sla());
    case Record::kConflictingSubmission:
      return view.set_conflicting(true);
    default:
      return;
  }
}

void apply_links(v1::TicketView& view, const Record& record) {
  switch (record.fact_case()) {
    case Record::kDuplicateProposed:
      *view.add_proposals() = record.duplicate_proposed();
      return;
    case Record::kDuplicateProposalDropped: {
      const std::string& master = record.duplicate_proposal_dropped().master_ticket_id();
      auto& proposals = *view.mutable_proposals();
      const auto gone = std::remove_if(
          proposals.begin(), proposals.end(),
          [&](const auto& proposal) { return proposal.master_ticket_id() == master; });
      proposals.erase(gone, proposals.end());
      return;
    }
    case Record::kDuplicateLinked:
      view.set_duplicate_of(record.duplicate_linked().master_ticket_id());
      view.clear_proposals();
      return view.clear_duplicates();
    case Record::kDuplicateUnlinked:
    case Record::kReopened:
      return view.clear_duplicate_of();
    case Record::kDuplicateJoined:
      return add_once(*view.mutable_duplicates(), record.duplicate_joined().ticket_id());
    case Record::kDuplicateLeft:
      return erase(*view.mutable_duplicates(), record.duplicate_left().ticket_id());
    default:
      return;
  }
}

/// Another lead, or none: who worked beside and below the old one does so no more.
void leave_unit(v1::TicketView& view, const Record& record) {
  if (!record.lead_unit().empty() && record.assign_epoch() == view.assign_epoch()) return;
  view.clear_co_handlers();
  view.clear_sub_units();
  view.clear_co_handler_replies();
}

/// What only a state makes meaningful goes with it.
void forget_what_is_over(Card& card) {
  v1::TicketView& view = card.view;
  const auto state = static_cast<domain::State>(view.state());
  const bool asked = domain::is_request(state);
  if (!asked) {
    view.clear_request_reason();
    view.clear_wanted_due_at();
  }
  if (state != domain::State::needs_info) view.clear_question();
  if (!lies_in(domain::Queue::review, waiting_of(view))) card.review_reason.clear();
  if (!asked) view.set_request_reason(card.review_reason);
}

}  // namespace

domain::Waiting waiting_of(const v1::TicketView& view) {
  return {static_cast<domain::State>(view.state()), view.conflicting(), view.appealed(),
          view.difficult(), view.proposals_size() > 0};
}

bool is_act_of_office(const Record& record) {
  return record.actor().role() == common::v1::ROLE_OFFICE && !record.has_due_recalculated();
}

Card next_card(const Card* before, const Record& record) {
  Card card;
  if (before != nullptr) card = *before;
  v1::TicketView& view = card.view;
  if (is_act_of_office(record)) view.set_conflicting(false);
  leave_unit(view, record);
  view.set_ticket_id(record.ticket_id());
  view.set_state(record.state());
  view.set_version(record.version());
  view.set_lead_unit(record.lead_unit());
  view.set_queue_unit(record.queue_unit());
  view.set_assign_epoch(record.assign_epoch());
  *view.mutable_updated_at() = record.meta().happened_at();
  apply_work(card, record);
  apply_units(view, record);
  apply_requests(view, record);
  apply_reviews(card, record);
  apply_overlays(card, record);
  apply_links(view, record);
  forget_what_is_over(card);
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
