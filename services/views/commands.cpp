#include "views/commands.hpp"

#include <array>
#include <iterator>
#include <utility>

#include "views/codec.hpp"

namespace paidan::views {
namespace {

using view_reader::Keys;

constexpr std::array<std::pair<Counter, std::string_view>, 5> counter_names{
    {{Counter::running, view_reader::running_counter},
     {Counter::at_risk, view_reader::at_risk_counter},
     {Counter::breached, view_reader::breached_counter},
     {Counter::warnings, view_reader::warnings_counter},
     {Counter::breaches, view_reader::breaches_counter}}};

std::string key_of(const Listing& listing, const Keys& keys) {
  return listing.kind == ListKind::open ? keys.open_list(listing.name) : keys.queue(listing.name);
}

std::string member_of(const ListChange& change) {
  const std::int64_t due_at_ms =
      change.listing.due_at ? to_unix_ms(*change.listing.due_at) : Keys::no_due_time_ms();
  return Keys::list_member(due_at_ms, change.ticket_id);
}

}  // namespace

std::string_view to_string(Counter counter) {
  for (const auto& [known, name] : counter_names) {
    if (known == counter) return name;
  }
  return "unknown";
}

std::optional<Counter> counter_of(std::string_view name) {
  for (const auto& [counter, known] : counter_names) {
    if (known == name) return counter;
  }
  return std::nullopt;
}

void append_command(std::vector<std::string> command, std::vector<std::string>& words) {
  words.push_back(std::to_string(command.size()));
  words.insert(words.end(), std::make_move_iterator(command.begin()),
               std::make_move_iterator(command.end()));
}

void append_commands(const Changes& changes, const Keys& keys, std::vector<std::string>& words) {
  for (const auto& [ticket_id, ticket] : changes.tickets) {
    append_command({"HSET", keys.ticket(ticket_id), std::string(view_reader::version_field),
                    std::to_string(ticket.version), std::string(view_reader::view_field),
                    encode_ticket(ticket)},
                   words);
  }
  for (const auto& [ticket_id, text] : changes.texts) {
    append_command({"HSETNX", keys.ticket(ticket_id), std::string(view_reader::text_field), text},
                   words);
  }
  for (const ListChange& change : changes.lists) {
    const std::string key = key_of(change.listing, keys);
    if (change.added) {
      append_command({"ZADD", key, "0", member_of(change)}, words);
    } else {
      append_command({"ZREM", key, member_of(change)}, words);
    }
  }
  for (const auto& [cell, count] : changes.cells) {
    append_command({"SADD", keys.units(), cell.unit}, words);
    append_command({"HINCRBY", keys.board(cell.unit),
                    Keys::board_field(cell.clock, to_string(cell.counter)), std::to_string(count)},
                   words);
  }
}

}  // namespace paidan::views
