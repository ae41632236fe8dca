#include "stored.hpp"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <utility>

#include "paidan/state/v1/view.pb.h"

namespace paidan::view_reader {
namespace {

using google::protobuf::util::TimeUtil;
using sla_monitor::v1::ClockState;

ClockState state_of(const state::v1::ViewClock& clock) {
  if (clock.stopped_at_ms() == 0) {
    if (clock.breached()) return sla_monitor::v1::CLOCK_STATE_BREACHED;
    return clock.warned() ? sla_monitor::v1::CLOCK_STATE_AT_RISK
                          : sla_monitor::v1::CLOCK_STATE_RUNNING;
  }
  switch (clock.stop()) {
    case ticket::v1::CLOCK_STOP_CANCELLED:
      return sla_monitor::v1::CLOCK_STATE_CANCELLED;
    case ticket::v1::CLOCK_STOP_MOVED:
      return sla_monitor::v1::CLOCK_STATE_MOVED;
    case ticket::v1::CLOCK_STOP_HANDED_OVER:
      return sla_monitor::v1::CLOCK_STATE_HANDED_OVER;
    case ticket::v1::CLOCK_STOP_PAUSED:
      return sla_monitor::v1::CLOCK_STATE_PAUSED;
    default:
      return clock.breached() ? sla_monitor::v1::CLOCK_STATE_MET_LATE
                              : sla_monitor::v1::CLOCK_STATE_MET;
  }
}

sla_monitor::v1::ClockView clock_view(const state::v1::ViewClock& from) {
  sla_monitor::v1::ClockView to;
  to.set_clock(from.clock());
  to.set_seq(from.seq());
  to.set_step(from.step());
  to.set_unit(from.unit());
  *to.mutable_started_at() = TimeUtil::MillisecondsToTimestamp(from.started_at_ms());
  *to.mutable_due_at() = TimeUtil::MillisecondsToTimestamp(from.due_at_ms());
  to.set_state(state_of(from));
  if (from.stopped_at_ms() != 0) {
    *to.mutable_stopped_at() = TimeUtil::MillisecondsToTimestamp(from.stopped_at_ms());
  }
  *to.mutable_explanation() = from.explanation();
  to.set_provisional(from.provisional());
  return to;
}

void set_overlays(const state::v1::ViewTicket& from, dispatch::v1::TicketView& to) {
  to.set_reminded(from.reminded());
  to.set_supervised(from.supervised());
  to.set_difficult(from.difficult());
  to.set_unreasonable(from.unreasonable());
  to.set_appealed(from.appealed());
  to.set_conflicting(from.conflicting());
  to.set_request_reason(from.request_reason().empty() ? from.review_reason()
                                                      : from.request_reason());
  if (from.wanted_due_at_ms() != 0) {
    *to.mutable_wanted_due_at() = TimeUtil::MillisecondsToTimestamp(from.wanted_due_at_ms());
  }
  to.set_question(from.question());
  to.set_extension_reason(from.extension_reason());
}

void set_links(const state::v1::ViewTicket& from, dispatch::v1::TicketView& to) {
  to.set_duplicate_of(from.duplicate_of());
  *to.mutable_duplicates() = from.duplicates();
  *to.mutable_sub_units() = from.sub_units();
  *to.mutable_proposals() = from.proposals();
  *to.mutable_co_handler_replies() = from.co_handler_replies();
}

dispatch::v1::TicketView view_of(std::string_view ticket_id, const state::v1::ViewTicket& from) {
  dispatch::v1::TicketView to;
  to.set_ticket_id(std::string(ticket_id));
  to.set_channel(from.channel());
  to.set_external_id(from.external_id());
  to.set_state(from.state());
  to.set_version(from.version());
  to.set_title(from.title());
  to.set_category(from.category());
  to.set_demand_kind(from.demand_kind());
  to.set_urgency(from.urgency());
  to.set_area(from.area());
  to.set_lead_unit(from.lead_unit());
  to.set_queue_unit(from.queue_unit());
  *to.mutable_co_handlers() = from.co_handlers();
  to.set_assign_epoch(from.assign_epoch());
  to.set_masked_name(from.masked_name());
  to.set_masked_phone(from.masked_phone());
  to.set_confidential(from.confidential());
  to.set_urge_count(from.urge_count());
  *to.mutable_opened_at() = TimeUtil::MillisecondsToTimestamp(from.opened_at_ms());
  *to.mutable_updated_at() = TimeUtil::MillisecondsToTimestamp(from.updated_at_ms());
  if (from.has_report()) *to.mutable_report() = from.report();
  set_overlays(from, to);
  set_links(from, to);
  for (const auto& clock : from.clocks()) {
    if (!clock.started()) continue;
    to.set_breached(to.breached() || clock.breached());
    *to.add_clocks() = clock_view(clock);
  }
  return to;
}

}  // namespace

std::optional<Ticket> ticket_from(std::string_view ticket_id, const std::string& view_bytes,
                                  std::string text) {
  state::v1::ViewTicket stored;
  if (!stored.ParseFromString(view_bytes)) return std::nullopt;
  const bool received = stored.state() == ticket::v1::TICKET_STATE_RECEIVED;
  if (stored.version() == 0 && !received) return std::nullopt;
  Ticket ticket;
  ticket.view = view_of(ticket_id, stored);
  ticket.text = std::move(text);
  ticket.partition = Partition{stored.partition()};
  ticket.lifecycle_offsets = {stored.lifecycle_offsets().begin(), stored.lifecycle_offsets().end()};
  ticket.first_version = stored.first_version();
  ticket.content_ref = stored.content_ref();
  ticket.subject_ref = stored.subject_ref();
  ticket.subject_at = stored.subject_at();
  ticket.units = {stored.units().begin(), stored.units().end()};
  return ticket;
}

bool Ticket::was_in_charge(std::string_view unit) const {
  return !unit.empty() && std::ranges::find(units, unit) != units.end();
}

bool Ticket::is_in_charge(std::string_view unit) const {
  if (unit.empty()) return false;
  return view.lead_unit() == unit || view.queue_unit() == unit ||
         std::ranges::find(view.co_handlers(), unit) != view.co_handlers().end() ||
         std::ranges::find(view.sub_units(), unit) != view.sub_units().end();
}

}  // namespace paidan::view_reader
