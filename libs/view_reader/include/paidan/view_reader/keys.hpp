#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/ids.hpp"

/// Where the views lie in Redis: the one place that knows. `services/views` writes, everybody else
/// reads through ViewReader.
///
///   <prefix>meta             hash    position of each topic, `seq`, `live`
///   <prefix>t:<ticket id>    hash    v = version, view = ViewTicket, text = masked text
///   <prefix>open:<unit>      zset    the unit's open tickets, by due time
///   <prefix>queue:<queue>    zset    an office queue, by due time
///   <prefix>provisional      zset    open tickets with a provisional due time, by due time
///   <prefix>units            set     units that have a board
///   <prefix>board:<unit>     hash    <clock>/<counter> -> count
///   <prefix>return_rules     set     rules that have assigned something
///   <prefix>returns:<rule>   hash    <category> US <area> US <counter> [US <unit>] -> count
///   <prefix>precedents:...   zset    ViewPrecedent, by time: of a category, of it and an area
///
/// US is the ASCII unit separator, which no id of a pack holds.
/// <prefix> is `<topic prefix>view:<generation>:`. Views of another generation are neither read nor
/// written: a new schema fills a namespace of its own while the old one still serves.
namespace paidan::view_reader {

/// Of the schema. Raise it whenever a key or the meaning of a value changes.
inline constexpr int schema_generation = 2;

/// The fields of a ticket's hash.
inline constexpr std::string_view version_field = "v";
inline constexpr std::string_view view_field = "view";
inline constexpr std::string_view text_field = "text";

/// The fields of `meta` beside the positions: how many batches were applied, and `1` once all that
/// was in the log at the start of a rebuild is in the views.
inline constexpr std::string_view seq_field = "seq";
inline constexpr std::string_view live_field = "live";

/// The counters of a board. The first three go up and down, the others only up.
inline constexpr std::string_view running_counter = "running";
inline constexpr std::string_view at_risk_counter = "at_risk";
inline constexpr std::string_view breached_counter = "breached";
inline constexpr std::string_view warnings_counter = "warnings";
inline constexpr std::string_view breaches_counter = "breaches";

/// The counters of the figures of returns; the last one is per unit.
inline constexpr std::string_view assigned_counter = "assigned";
inline constexpr std::string_view requested_counter = "requested";
inline constexpr std::string_view granted_counter = "granted";
inline constexpr std::string_view taker_counter = "taker";

/// Immutable, so thread-safe.
class Keys {
 public:
  /// `deployment`: the prefix of the deployment's topics, e.g. `paidan.`.
  explicit Keys(std::string_view deployment);

  const std::string& prefix() const { return prefix_; }
  std::string meta() const { return prefix_ + "meta"; }
  std::string ticket(std::string_view ticket_id) const;
  std::string open_list(std::string_view unit) const;
  std::string queue(std::string_view name) const;
  std::string units() const { return prefix_ + "units"; }
  std::string board(std::string_view unit) const;
  std::string provisional() const { return prefix_ + "provisional"; }
  std::string return_rules() const { return prefix_ + "return_rules"; }
  std::string returns(std::string_view rule) const;
  std::string precedents(std::string_view category) const;
  std::string precedents(std::string_view category, std::string_view area) const;

  /// Field of `meta` that holds the next offset to be read.
  static std::string position_field(std::string_view topic, Partition partition);
  /// Field of a board. Clock names hold no `/`.
  static std::string board_field(std::string_view clock, std::string_view counter);
  /// Field of the figures of a rule; `unit` only for takers.
  static std::string returns_field(std::string_view category, std::string_view area,
                                   std::string_view counter, std::string_view unit = {});
  /// Its parts: 3, or 4 for takers.
  static std::vector<std::string> parts_of_returns_field(std::string_view field);

  /// Members of a list sort by due time, then ticket id; without a due time last. `due_at_ms` is
  /// Unix milliseconds, negative ones count as 0.
  static std::string list_member(std::int64_t due_at_ms, std::string_view ticket_id);
  static std::int64_t no_due_time_ms();
  /// The ticket id in a member; empty if it is none.
  static std::string_view ticket_of_member(std::string_view member);

 private:
  std::string prefix_;
};

}  // namespace paidan::view_reader
