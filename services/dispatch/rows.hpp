#pragma once
#include "paidan/dispatch/v1/ticket.pb.h"
#include "paidan/rpc/caller.hpp"
#include "paidan/ticket/v1/lifecycle.pb.h"
#include "paidan/view_reader/view_reader.hpp"

/// Which tickets a caller may see, and what of them. The permission table says who may call what;
/// this says about which ticket. Pure.
namespace paidan::dispatch {

/// Office and operations see every ticket; an agency those of which it is or was lead, queue,
/// co-handler or sub unit 二次派单; a channel its own. Where this is false the answer is NOT_FOUND,
/// as if there were no such ticket.
bool may_see(const rpc::Caller& caller, const view_reader::Ticket& ticket);

/// The unit leads the ticket now, or it is its queue: the only ones to whom contact data is shown.
bool leads(const rpc::Caller& caller, const v1::TicketView& view);

/// Whether the caller may read what the citizen said. The words of a confidential 保密 ticket reach
/// the lead only, and the office as long as nobody leads it.
bool may_read(const rpc::Caller& caller, const v1::TicketView& view);

/// Takes title, text, name and phone out of the view, unless the caller may read them.
void hide_unreadable(v1::TicketView& view, const rpc::Caller& caller);
/// The same for what a record of the history says.
void hide_unreadable(ticket::v1::LifecycleRecord& record, const v1::TicketView& view,
                     const rpc::Caller& caller);

}  // namespace paidan::dispatch
