#pragma once
#include <optional>

#include "paidan/rpc/caller.hpp"
#include "paidan/view_reader/view_reader.hpp"

/// What a linked duplicate 并单 gets from its master.
namespace paidan::dispatch {

namespace v1 = ::paidan::dispatch::v1;

/// The master of a linked ticket, as the views know it; nothing when it has none, or the views do
/// not answer. May block.
std::optional<view_reader::Ticket> master_of(const v1::TicketView& view,
                                             const view_reader::ViewReader& views);

/// The unit that leads the master must answer each caller, so it is in charge of a duplicate as of
/// its own ticket; but never of a confidential one. May block.
bool leads_master(const rpc::Caller& caller, const v1::TicketView& duplicate,
                  const view_reader::ViewReader& views);

/// One answer: the master's report is the duplicate's, unless the master is confidential. Pure.
void take_answer(v1::TicketView& duplicate, const view_reader::Ticket& master);
/// One progress, for the citizen: while the duplicate waits it shows the master's state, unit and
/// due time; never its text or its citizen. Pure.
void take_progress(v1::TicketView& duplicate, const view_reader::Ticket& master);

}  // namespace paidan::dispatch
