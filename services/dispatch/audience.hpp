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

/// Each hearer once. `before` is what was known of the ticket, or null; `after` is the card with
/// this record. Units: the lead and the queue unit (from the record alone), the co-handlers and the
/// sub units 二次派单, and who has nothing more to do with it. Queues: where the ticket lies now,
/// and those that it leaves; where the past is not known, every queue that the fact can end is
/// told: to be told of a removal twice does no harm.
std::vector<Hearer> hearers_of(const ticket::v1::LifecycleRecord& record, const Card* before,
                               const Card& after);

}  // namespace paidan::dispatch
