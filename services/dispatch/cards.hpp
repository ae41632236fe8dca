#pragma once
#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "paidan/common/v1/common.pb.h"
#include "paidan/dispatch/v1/ticket.pb.h"
#include "paidan/domain/lifecycle.hpp"
#include "paidan/domain/queues.hpp"
#include "paidan/ticket/v1/lifecycle.pb.h"

namespace paidan::dispatch {

/// What a message about a ticket shows beside the record itself; never the text.
struct Card {
  v1::TicketView view;
  common::v1::ContentRef content_ref;  ///< Where the text lies.
  std::string review_reason;           ///< Of what lies in the queue REVIEW.
  std::uint32_t breach_count = 0;      ///< Clocks whose breach stands.
  bool complete = false;               ///< Its history is known from the first record on.
};

/// What decides in which queues the ticket lies.
domain::Waiting waiting_of(const v1::TicketView& view);
/// The office has looked at the ticket. A recount of due times is no look.
bool is_act_of_office(const ticket::v1::LifecycleRecord& record);

/// The card after one more record; `before` is null when nothing is known of the ticket.
Card next_card(const Card* before, const ticket::v1::LifecycleRecord& record);

/// The cards of the tickets that moved last. Not thread-safe.
class Cards {
 public:
  explicit Cards(std::size_t cards_max) : cards_max_(cards_max) {}

  /// Null when it was never seen, or is forgotten.
  std::shared_ptr<const Card> find(std::string_view ticket_id) const;
  /// Forgets the one that has not moved for longest when there is no room.
  void put(const std::string& ticket_id, std::shared_ptr<const Card> card);
  std::size_t size() const { return by_id_.size(); }

 private:
  using Order = std::list<std::pair<std::string, std::shared_ptr<const Card>>>;
  std::size_t cards_max_;
  Order order_;                                                  ///< The last that moved first.
  std::unordered_map<std::string_view, Order::iterator> by_id_;  ///< Views into `order_`.
};

}  // namespace paidan::dispatch
