#include <utility>

#include "paidan/contract/convert.hpp"
#include "paidan/contract/message.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/state/v1/view.pb.h"
#include "views/codec.hpp"

/// A ticket of the views, as it is kept in Redis.
namespace paidan::views {
namespace {

using stream::Malformed;

void to_proto(const Clock& from, state::v1::ViewClock& to) {
  to.set_clock(from.clock);
  to.set_seq(from.seq);
  to.set_step(from.step);
  to.set_unit(from.unit.get());
  to.set_started_at_ms(to_unix_ms(from.started_at));
  to.set_due_at_ms(to_unix_ms(from.due_at));
  if (from.stopped_at) to.set_stopped_at_ms(to_unix_ms(*from.stopped_at));
  to.set_stop(static_cast<ticket::v1::ClockStop>(from.stop));
  to.set_provisional(from.provisional);
  contract::to_proto(from.explanation, *to.mutable_explanation());
  to.set_warned(from.warned);
  to.set_breached(from.breached);
  to.set_retracted(from.retracted);
  to.set_started(from.started);
}

Clock from_proto(const state::v1::ViewClock& from) {
  Clock to;
  to.clock = from.clock();
  to.seq = from.seq();
  to.step = from.step();
  to.unit = domain::UnitId{from.unit()};
  to.started_at = from_unix_ms(from.started_at_ms());
  to.due_at = from_unix_ms(from.due_at_ms());
  if (from.stopped_at_ms() != 0) to.stopped_at = from_unix_ms(from.stopped_at_ms());
  to.stop = static_cast<domain::ClockStop>(from.stop());
  to.provisional = from.provisional();
  to.explanation = {from.explanation().zh(), from.explanation().en()};
  to.warned = from.warned();
  to.breached = from.breached();
  to.retracted = from.retracted();
  to.started = from.started();
  return to;
}

domain::ContentRef from_proto(const common::v1::ContentRef& from) {
  return {from.partition(), from.offset(), from.content_hash()};
}

void classified_to_proto(const domain::Classified& from, state::v1::ViewTicket& to) {
  to.set_channel(from.channel.get());
  to.set_external_id(from.external_id);
  to.set_title(from.title);
  to.set_category(from.category.get());
  to.set_demand_kind(from.demand_kind);
  to.set_urgency(static_cast<ticket::v1::Urgency>(from.urgency));
  to.set_area(from.area.get());
  to.set_masked_name(from.masked_name);
  to.set_masked_phone(from.masked_phone);
  to.set_confidential(from.confidential);
  contract::to_proto(from.content_ref, *to.mutable_content_ref());
  to.set_subject_ref(from.subject_ref);
  contract::to_proto(from.subject_at, *to.mutable_subject_at());
}

/// What a view does not keep (confidence, given due time ...) has its default.
domain::Classified classified_from_proto(const state::v1::ViewTicket& from) {
  domain::Classified to;
  to.channel = domain::ChannelId{from.channel()};
  to.external_id = from.external_id();
  to.title = from.title();
  to.category = domain::CategoryId{from.category()};
  to.demand_kind = from.demand_kind();
  to.urgency = static_cast<domain::Urgency>(from.urgency());
  to.area = domain::AreaId{from.area()};
  to.masked_name = from.masked_name();
  to.masked_phone = from.masked_phone();
  to.confidential = from.confidential();
  to.content_ref = from_proto(from.content_ref());
  to.subject_ref = from.subject_ref();
  to.subject_at = from_proto(from.subject_at());
  return to;
}

void assignment_from_proto(const state::v1::ViewTicket& from, Ticket& to) {
  to.lead_unit = domain::UnitId{from.lead_unit()};
  to.queue_unit = domain::UnitId{from.queue_unit()};
  to.assign_epoch = from.assign_epoch();
  for (const std::string& unit : from.co_handlers()) to.co_handlers.emplace_back(unit);
  for (const std::string& unit : from.units()) to.units.emplace_back(unit);
}

void overlays_to_proto(const Ticket& from, state::v1::ViewTicket& to) {
  to.set_conflicting(from.conflicting);
  to.set_appealed(from.appealed);
  to.set_reminded(from.reminded);
  to.set_supervised(from.supervised);
  to.set_difficult(from.difficult);
  to.set_unreasonable(from.unreasonable);
  to.set_request_reason(from.request_reason);
  if (from.wanted_due_at) to.set_wanted_due_at_ms(to_unix_ms(*from.wanted_due_at));
  to.set_review_reason(from.review_reason);
  to.set_question(from.question);
  to.set_extension_reason(from.extension_reason);
}

void overlays_from_proto(const state::v1::ViewTicket& from, Ticket& to) {
  to.conflicting = from.conflicting();
  to.appealed = from.appealed();
  to.reminded = from.reminded();
  to.supervised = from.supervised();
  to.difficult = from.difficult();
  to.unreasonable = from.unreasonable();
  to.request_reason = from.request_reason();
  if (from.wanted_due_at_ms() != 0) to.wanted_due_at = from_unix_ms(from.wanted_due_at_ms());
  to.review_reason = from.review_reason();
  to.question = from.question();
  to.extension_reason = from.extension_reason();
}

void links_to_proto(const Ticket& from, state::v1::ViewTicket& to) {
  to.set_duplicate_of(from.duplicate_of.get());
  for (const domain::TicketId& duplicate : from.duplicates) to.add_duplicates(duplicate.get());
  for (const domain::UnitId& unit : from.sub_units) to.add_sub_units(unit.get());
  for (const domain::DuplicateProposed& proposal : from.proposals) {
    ticket::v1::DuplicateProposed& out = *to.add_proposals();
    out.set_master_ticket_id(proposal.master.get());
    out.set_level(static_cast<ticket::v1::DuplicateLevel>(proposal.level));
    out.set_score(proposal.score);
    contract::to_proto(proposal.evidence, *out.mutable_evidence());
  }
  for (const domain::CoHandlerReplied& replied : from.co_handler_replies) {
    ticket::v1::CoHandlerReplied& out = *to.add_co_handler_replies();
    out.set_unit(replied.unit.get());
    out.set_reply(replied.reply);
  }
}

void links_from_proto(const state::v1::ViewTicket& from, Ticket& to) {
  to.duplicate_of = domain::TicketId{from.duplicate_of()};
  for (const std::string& duplicate : from.duplicates()) to.duplicates.emplace_back(duplicate);
  for (const std::string& unit : from.sub_units()) to.sub_units.emplace_back(unit);
  for (const ticket::v1::DuplicateProposed& proposal : from.proposals()) {
    to.proposals.push_back({domain::TicketId{proposal.master_ticket_id()},
                            static_cast<domain::DuplicateLevel>(proposal.level()),
                            proposal.score(),
                            {proposal.evidence().zh(), proposal.evidence().en()}});
  }
  for (const ticket::v1::CoHandlerReplied& replied : from.co_handler_replies()) {
    to.co_handler_replies.push_back({domain::UnitId{replied.unit()}, replied.reply()});
  }
}

void to_proto(const domain::ReturnKey& from, state::v1::ReturnKey& to) {
  to.set_rule(from.rule);
  to.set_category(from.category.get());
  to.set_area(from.area.get());
}

domain::ReturnKey from_proto(const state::v1::ReturnKey& from) {
  return {from.rule(), domain::CategoryId{from.category()}, domain::AreaId{from.area()}};
}

void returns_to_proto(const domain::ReturnTrail& from, state::v1::ViewTicket& to) {
  if (from.assigned_by != domain::ReturnKey{}) {
    to_proto(from.assigned_by, *to.mutable_assigned_by());
  }
  to.set_returns_granted(from.returns_granted);
  for (const domain::ReturnKey& key : from.returned_from) to_proto(key, *to.add_returned_from());
}

domain::ReturnTrail returns_from_proto(const state::v1::ViewTicket& from) {
  domain::ReturnTrail to;
  to.assigned_by = from_proto(from.assigned_by());
  to.returns_granted = from.returns_granted();
  for (const auto& key : from.returned_from()) to.returned_from.push_back(from_proto(key));
  return to;
}

}  // namespace

std::string encode_ticket(const Ticket& from) {
  state::v1::ViewTicket to;
  to.set_version(from.version);
  to.set_state(static_cast<ticket::v1::TicketState>(from.state));
  classified_to_proto(from.classified, to);
  to.set_lead_unit(from.lead_unit.get());
  to.set_queue_unit(from.queue_unit.get());
  to.set_assign_epoch(from.assign_epoch);
  for (const domain::UnitId& unit : from.co_handlers) to.add_co_handlers(unit.get());
  for (const domain::UnitId& unit : from.units) to.add_units(unit.get());
  to.set_urge_count(from.urge_count);
  to.set_opened_at_ms(to_unix_ms(from.opened_at));
  to.set_updated_at_ms(to_unix_ms(from.updated_at));
  if (from.report) contract::to_proto(*from.report, *to.mutable_report());
  for (const Clock& clock : from.clocks) to_proto(clock, *to.add_clocks());
  to.set_partition(from.partition);
  to.mutable_lifecycle_offsets()->Add(from.lifecycle_offsets.begin(), from.lifecycle_offsets.end());
  to.set_first_version(from.first_version);
  overlays_to_proto(from, to);
  links_to_proto(from, to);
  returns_to_proto(from.returns, to);
  return contract::serialize(to);
}

Result<Ticket, Malformed> decode_ticket(std::string_view bytes) {
  state::v1::ViewTicket from;
  if (auto malformed = contract::parse(from, bytes, contract::value_bytes_max)) {
    return std::move(*malformed);
  }
  Ticket to;
  to.version = from.version();
  to.state = static_cast<domain::State>(from.state());
  to.classified = classified_from_proto(from);
  assignment_from_proto(from, to);
  to.urge_count = from.urge_count();
  to.opened_at = from_unix_ms(from.opened_at_ms());
  to.updated_at = from_unix_ms(from.updated_at_ms());
  if (from.has_report()) {
    auto report = contract::from_proto(from.report(), "report");
    if (!report) return std::move(report).error();
    to.report = std::move(report).value();
  }
  for (const auto& clock : from.clocks()) to.clocks.push_back(from_proto(clock));
  to.partition = from.partition();
  to.lifecycle_offsets = {from.lifecycle_offsets().begin(), from.lifecycle_offsets().end()};
  to.first_version = from.first_version();
  overlays_from_proto(from, to);
  links_from_proto(from, to);
  to.returns = returns_from_proto(from);
  return to;
}

std::string encode_precedent(const domain::PrecedentDecision& decision) {
  state::v1::ViewPrecedent to;
  to.set_ticket_id(decision.ticket.get());
  to.set_unit(decision.unit.get());
  to.set_decided_at_ms(to_unix_ms(decision.decided_at));
  to.set_reason(decision.reason);
  return contract::serialize(to);
}

}  // namespace paidan::views
