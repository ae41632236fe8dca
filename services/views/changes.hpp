#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "views/logic.hpp"

/// From records to what changes in the views: tickets, lists, queues, boards. Pure.
namespace paidan::views {

/// Of a unit; of the office; of tickets with a provisional due time.
enum class ListKind { open, queue, provisional };

/// A place in a list.
struct Listing {
  ListKind kind = ListKind::open;
  std::string name;               ///< The unit or the queue; empty for `provisional`.
  std::optional<Instant> due_at;  ///< The place: by due time, none last.
  friend auto operator<=>(const Listing&, const Listing&) = default;
};

/// The first three are numbers of clocks now; the others only grow.
enum class Counter { running, at_risk, breached, warnings, breaches };

struct Cell {
  std::string unit;  ///< `none`: a clock of no unit, before anybody is in charge.
  std::string clock;
  Counter counter = Counter::running;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

/// Where a ticket stands: every list it is in, and what it adds to the boards.
struct Standing {
  std::vector<Listing> lists;  ///< Sorted.
  std::map<Cell, std::int64_t> cells;
};
Standing standing_of(const Ticket& ticket);

struct ListChange {
  std::string ticket_id;
  Listing listing;
  bool added = false;
  friend bool operator==(const ListChange&, const ListChange&) = default;
};

/// What one batch changes. Applied all together or not at all.
struct Changes {
  std::map<std::string, Ticket> tickets;     ///< New value, by ticket id.
  std::map<std::string, std::string> texts;  ///< Kept only where there is none yet.
  std::vector<ListChange> lists;
  std::map<Cell, std::int64_t> cells;  ///< To be added.
  domain::ReturnChanges returns;       ///< To be added.
};

/// Folds one batch.
class BatchFold {
 public:
  /// `before`: what the views hold of the tickets of the batch; absent: nothing.
  explicit BatchFold(std::map<std::string, Ticket> before) : before_(std::move(before)) {}

  Folded add(const std::string& ticket_id, const Input& input);
  Changes finish() const;

 private:
  Ticket& ticket(const std::string& ticket_id);

  std::map<std::string, Ticket> before_;
  std::map<std::string, Ticket> after_;
  std::map<std::string, std::string> texts_;
  Effects effects_;
};

}  // namespace paidan::views
