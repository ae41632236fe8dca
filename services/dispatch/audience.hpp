#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/cards.hpp"
#include "paidan/dispatch/v1/assignment.pb.h"
#include "paidan/dispatch/v1/office.pb.h"
#include "paidan/ticket/v1/lifecycle.pb.h"

/// Who hears of a record of `lifecycle`. Pure.
namespace paidan::dispatch {

using HearKind = v1::SubscribeResponse::Kind;

/// A unit or an office queue, by the name that hearer_of_unit() or hearer_of_queue() gives.
struct Hearer {
  std::string name;
  HearKind kind;
  friend bool operator==(const Hearer&, const Hearer&) = default;
};

std::string hearer_of_unit(std::string_view unit);
std::string hearer_of_queue(v1::Queue queue);

/// The queue in which a ticket of that state lies; QUEUE_UNSPECIFIED: in none.
v1::Queue queue_of(ticket::v1::TicketState state);

/// Each hearer once. Units are told from the record alone: the lead and the queue unit, who is
/// relieved by it, and the co-handlers of an assignment; `before` (what was known of the ticket, or
/// null) adds the co-handlers for later records and the queue that the ticket leaves. Without it,
/// every queue that the fact can end is told: to be told of a removal twice does no harm.
std::vector<Hearer> hearers_of(const ticket::v1::LifecycleRecord& record, const Card* before);

}  // namespace paidan::dispatch
