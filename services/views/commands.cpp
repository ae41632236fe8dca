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
  switch (listing.kind) {
    case ListKind::open:
      return keys.open_list(listing.name);
    case ListKind::queue:
      return keys.queue(listing.name);
    case ListKind::provisional:
      break;
  }
  return keys.provisional();
}

std::string member_of(const ListChange& change) {
  const std::int64_t due_at_ms =
      change.listing.due_at ? to_unix_ms(*change.listing.due_at) : Keys::no_due_time_ms();
  return Keys::list_member(due_at_ms, change.ticket_id);
}

std::string_view name_of(domain::ReturnCounter counter) {
  switch (counter) {
    case domain::ReturnCounter::assigned:
      return view_reader::assigned_counter;
    case domain::ReturnCounter::requested:
      return view_reader::requested_counter;
    case domain::ReturnCounter::granted:
      break;
  }
  return view_reader::granted_counter;
}

void append_figure(const domain::ReturnKey& key, std::string field, std::uint32_t count,
                   const Keys& keys, std::vector<std::string>& words) {
  append_command({"SADD", keys.return_rules(), key.rule}, words);
  append_command({"HINCRBY", keys.returns(key.rule), std::move(field), std::to_string(count)},
                 words);
}

void append_precedent(const domain::PrecedentDecision& decision, const Keys& keys,
                      std::vector<std::string>& words) {
  const std::string oldest_kept = std::to_string(domain::precedents_max + 1);
  const std::string at_ms = std::to_string(to_unix_ms(decision.decided_at));
  const std::string& category = decision.category.get();
  for (const std::string& key :
       {keys.precedents(category), keys.precedents(category, decision.area.get())}) {
    append_command({"ZADD", key, at_ms, encode_precedent(decision)}, words);
    append_command({"ZREMRANGEBYRANK", key, "0", "-" + oldest_kept}, words);
  }
}

void append_returns(const domain::ReturnChanges& changes, const Keys& keys,
                    std::vector<std::string>& words) {
  for (const auto& [of, count] : changes.counts) {
    const auto& [key, counter] = of;
    append_figure(key, Keys::returns_field(key.category.get(), key.area.get(), name_of(counter)),
                  count, keys, words);
  }
  for (const auto& [of, count] : changes.takers) {
    const auto& [key, unit] = of;
    append_figure(key,
                  Keys::returns_field(key.category.get(), key.area.get(),
                                      view_reader::taker_counter, unit.get()),
                  count, keys, words);
  }
  for (const auto& decision : changes.precedents) append_precedent(decision, keys, words);
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
  append_returns(changes.returns, keys, words);
}

}  // namespace paidan::views
