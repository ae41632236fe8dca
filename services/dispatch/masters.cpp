#include "dispatch/masters.hpp"

#include "dispatch/rows.hpp"
#include "paidan/domain/lifecycle.hpp"

namespace paidan::dispatch {

std::optional<view_reader::Ticket> master_of(const v1::TicketView& view,
                                             const view_reader::ViewReader& views) {
  if (view.duplicate_of().empty()) return std::nullopt;
  auto master = views.ticket(view.duplicate_of(), 0, Milliseconds{0});
  if (!master) return std::nullopt;
  return std::move(master).value();
}

bool leads_master(const rpc::Caller& caller, const v1::TicketView& duplicate,
                  const view_reader::ViewReader& views) {
  if (caller.role != rpc::Role::agency || duplicate.confidential()) return false;
  const auto master = master_of(duplicate, views);
  return master && leads(caller, master->view);
}

void take_answer(v1::TicketView& duplicate, const view_reader::Ticket& master) {
  if (duplicate.has_report() || master.view.confidential() || !master.view.has_report()) return;
  *duplicate.mutable_report() = master.view.report();
}

void take_progress(v1::TicketView& duplicate, const view_reader::Ticket& master) {
  duplicate.set_answered_together(true);
  // Answered, or on its way back to a unit of its own: its own progress counts.
  if (duplicate.state() != ticket::v1::TICKET_STATE_CLASSIFIED) return;
  const auto state = static_cast<domain::State>(master.view.state());
  // What another citizen is asked is not this one's to answer.
  if (!domain::is_open(state) || state == domain::State::needs_info) return;
  duplicate.set_state(master.view.state());
  duplicate.set_lead_unit(master.view.lead_unit());
  duplicate.set_extension_reason(master.view.extension_reason());
  *duplicate.mutable_clocks() = master.view.clocks();
}

}  // namespace paidan::dispatch
