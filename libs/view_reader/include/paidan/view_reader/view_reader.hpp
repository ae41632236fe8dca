#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/ids.hpp"
#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/common/v1/common.pb.h"
#include "paidan/dispatch/v1/office.pb.h"
#include "paidan/dispatch/v1/ticket.pb.h"
#include "paidan/domain/return_figures.hpp"
#include "paidan/redis/pool.hpp"
#include "paidan/sla_monitor/v1/sla.pb.h"
#include "paidan/view_reader/keys.hpp"

namespace paidan::view_reader {

enum class ErrorKind {
  unavailable,  ///< Redis does not answer, or the views are being rebuilt: UNAVAILABLE.
  not_found,    ///< No such ticket: NOT_FOUND.
  behind,       ///< The ticket has not reached `min_version` in time: UNAVAILABLE.
};

/// `what` is for people and holds no data of a citizen.
struct Error {
  ErrorKind kind;
  std::string what;
};

template <class T>
using Read = Result<T, Error>;

/// A ticket as the views know it.
struct Ticket {
  /// With its clocks; `text` is empty: whether the caller may read it is for the caller to decide.
  dispatch::v1::TicketView view;
  std::string text;     ///< Masked. Empty also when `submissions` has not been read that far yet.
  Partition partition;  ///< Of the ticket's topics.
  /// Of its lifecycle records, ascending; the first is of version `first_version` (1, but for a
  /// ticket of more than 4,096 records).
  std::vector<std::int64_t> lifecycle_offsets;
  std::uint64_t first_version = 1;
  common::v1::ContentRef content_ref;  ///< In `submissions`.
  std::string subject_ref;
  common::v1::ContentRef subject_at;  ///< In `subjects`.
  std::vector<std::string> units;     ///< Ever lead, queue, co-handler or sub unit 二次派单.

  /// Row check of an agency: it is, or was, in charge.
  bool was_in_charge(std::string_view unit) const;
  /// It is lead, queue, co-handler or sub unit now.
  bool is_in_charge(std::string_view unit) const;
};

/// A page of a list. A ticket may have moved on since its place in the list was read.
struct Page {
  std::vector<Ticket> tickets;  ///< By due time, those without one last.
  std::string next_cursor;      ///< Empty: that was the last page.
  /// Next offset of each partition of `lifecycle`, read before the list: a tail that starts here
  /// misses nothing. For several pages, that of the *first* page counts; keep it in the page token.
  std::map<Partition, NextOffset> lifecycle_positions;
};

struct Precedents {
  bool same_area = false;  ///< Else of the category alone.
  /// Category and area are not filled in.
  std::vector<domain::PrecedentDecision> decisions;
};

/// Reads the views in Redis that `paidan-views` keeps. Every call answers by its own deadline: at
/// most the command timeout of the pool, and `wait_max` more where a version is waited for. It
/// blocks, so never call it on a gRPC thread: see `paidan/rpc/executor.hpp`. Thread-safe; the pool
/// must outlive it.
class ViewReader {
 public:
  static constexpr Milliseconds wait_max{1'000};  ///< For `min_version` (DESIGN section 2).
  static constexpr std::size_t page_size_max = 500;
  static constexpr std::size_t return_rows_max = 10'000;

  /// `deployment`: the prefix of the topics, e.g. `paidan.`.
  ViewReader(redis::Pool& pool, std::string_view deployment);

  /// Waits up to `wait` for `min_version` (0: whatever is there; of version 0 and RECEIVED while
  /// only its submission is known).
  Read<Ticket> ticket(std::string_view ticket_id, std::uint64_t min_version = 0,
                      Milliseconds wait = wait_max) const;
  /// Those of the tickets that exist, in the order asked for; at most page_size_max.
  Read<std::vector<Ticket>> tickets(const std::vector<std::string>& ticket_ids) const;

  /// Open tickets of which the unit is lead, queue, co-handler or sub unit.
  Read<Page> open_list(std::string_view unit, std::size_t page_size, std::string_view cursor) const;
  /// An office queue.
  Read<Page> queue(dispatch::v1::Queue queue, std::size_t page_size, std::string_view cursor) const;

  /// Open tickets with a provisional due time.
  Read<Page> provisional(std::size_t page_size, std::string_view cursor) const;

  /// The figures of returns of one rule, or of all when empty: sorted by rule, category and area,
  /// at most `return_rows_max`.
  Read<std::vector<domain::ReturnFigures>> return_figures(std::string_view rule) const;
  /// What the office decided (签派) in that category and area, else in that category: newest first,
  /// at most domain::precedents_max.
  Read<Precedents> precedents(std::string_view category, std::string_view area) const;

  /// Counts of open clocks. Empty `unit`: of all units, by name.
  Read<std::vector<sla_monitor::v1::UnitBoard>> board(std::string_view unit) const;

  /// How far the views are: the next offset of each partition of a topic.
  Read<std::map<Partition, NextOffset>> positions(std::string_view topic) const;

  /// Whether Redis answers and the views are complete: for readiness.
  Read<Unit> check() const;

  const Keys& keys() const { return keys_; }

 private:
  Read<std::vector<redis::Reply>> ask(const std::vector<std::vector<std::string>>& commands) const;
  Read<std::set<std::string>> units() const;
  Read<Page> page(const std::string& list, std::size_t page_size, std::string_view cursor) const;

  redis::Pool& pool_;
  Keys keys_;
};

/// The name of a queue in keys, e.g. `RETURN`; empty for QUEUE_UNSPECIFIED.
std::string_view queue_name(dispatch::v1::Queue queue);

}  // namespace paidan::view_reader
