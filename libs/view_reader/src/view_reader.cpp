#include "paidan/view_reader/view_reader.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "paidan/base/assert.hpp"
#include "paidan/domain/queues.hpp"
#include "stored.hpp"

namespace paidan::view_reader {
namespace {

constexpr Milliseconds look_again{10};
using Words = std::vector<std::string>;

Error unavailable(std::string what) { return {ErrorKind::unavailable, std::move(what)}; }
Error rebuilding() { return unavailable("the views are being rebuilt; try again soon"); }
Error wrong_shape() { return unavailable("the views hold something unexpected"); }

/// The elements of an array, or null.
const redis::Reply::Array* array_of(const redis::Reply& reply, std::size_t size_min = 0) {
  const auto* array = reply.array();
  return array != nullptr && array->size() >= size_min ? array : nullptr;
}

std::string text_of(const redis::Reply& reply) {
  const std::string* text = reply.text();
  return text == nullptr ? std::string() : *text;
}

std::int64_t number_of(std::string_view digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

bool is_live(const redis::Reply& reply) { return text_of(reply) == "1"; }

Words get_live(const Keys& keys) { return {"HGET", keys.meta(), std::string(live_field)}; }

Words get_ticket(const Keys& keys, std::string_view ticket_id) {
  return {"HMGET", keys.ticket(ticket_id), std::string(view_field), std::string(text_field)};
}

std::optional<Ticket> ticket_of(std::string_view ticket_id, const redis::Reply& reply) {
  const auto* fields = array_of(reply, 2);
  if (fields == nullptr || (*fields)[0].text() == nullptr) return std::nullopt;
  return ticket_from(ticket_id, *(*fields)[0].text(), text_of((*fields)[1]));
}

/// `lifecycle/3` -> 3, of the wanted topic only.
std::optional<Partition> partition_of_field(std::string_view field, std::string_view topic) {
  if (field.size() <= topic.size() + 1 || !field.starts_with(topic) || field[topic.size()] != '/') {
    return std::nullopt;
  }
  return Partition{static_cast<std::int32_t>(number_of(field.substr(topic.size() + 1)))};
}

std::map<Partition, NextOffset> positions_of(const redis::Reply::Array& meta,
                                             std::string_view topic) {
  std::map<Partition, NextOffset> positions;
  for (std::size_t i = 0; i + 1 < meta.size(); i += 2) {
    const auto partition = partition_of_field(text_of(meta[i]), topic);
    if (partition) positions[*partition] = NextOffset{number_of(text_of(meta[i + 1]))};
  }
  return positions;
}

bool live_in(const redis::Reply::Array& meta) {
  for (std::size_t i = 0; i + 1 < meta.size(); i += 2) {
    if (text_of(meta[i]) == live_field) return is_live(meta[i + 1]);
  }
  return false;
}

sla_monitor::v1::UnitBoard board_of(const std::string& unit, const redis::Reply::Array& counts) {
  std::map<std::string, sla_monitor::v1::ClockCount, std::less<>> by_clock;
  for (std::size_t i = 0; i + 1 < counts.size(); i += 2) {
    const std::string field = text_of(counts[i]);
    const std::size_t slash = field.rfind('/');
    if (slash == std::string::npos) continue;
    const auto count =
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, number_of(text_of(counts[i + 1]))));
    const std::string_view counter = std::string_view(field).substr(slash + 1);
    auto& clock = by_clock[field.substr(0, slash)];
    if (counter == running_counter) clock.set_running_count(count);
    if (counter == at_risk_counter) clock.set_at_risk_count(count);
    if (counter == breached_counter) clock.set_breached_count(count);
  }
  sla_monitor::v1::UnitBoard board;
  board.set_unit(unit);
  for (auto& [name, clock] : by_clock) {
    clock.set_clock(name);
    *board.add_counts() = clock;
  }
  return board;
}

}  // namespace

ViewReader::ViewReader(redis::Pool& pool, std::string_view deployment)
    : pool_(pool), keys_(deployment) {}

Read<std::vector<redis::Reply>> ViewReader::ask(const std::vector<Words>& commands) const {
  std::vector<redis::Command> views;
  views.reserve(commands.size());
  for (const Words& words : commands) views.emplace_back(words.begin(), words.end());
  auto replies = pool_.pipeline(views);
  // A connection of the pool that a restarted Redis has forgotten fails once; reading is
  // repeatable.
  if (!replies && replies.error().kind == redis::ErrorKind::unavailable) {
    replies = pool_.pipeline(views);
  }
  if (!replies) return unavailable("the views cannot be read: " + replies.error().message);
  for (const redis::Reply& reply : *replies) {
    if (const auto* refused = reply.refused()) {
      return unavailable("the views cannot be read: " + refused->message);
    }
  }
  PAIDAN_ASSERT(replies->size() == commands.size(), "one reply to each command");
  return std::move(replies).value();
}

Read<Ticket> ViewReader::ticket(std::string_view ticket_id, std::uint64_t min_version,
                                Milliseconds wait) const {
  const auto deadline = std::chrono::steady_clock::now() + wait;
  const std::vector<Words> question{get_live(keys_), get_ticket(keys_, ticket_id)};
  while (true) {
    auto replies = ask(question);
    if (!replies) return replies.error();
    if (!is_live((*replies)[0])) return rebuilding();
    std::optional<Ticket> found = ticket_of(ticket_id, (*replies)[1]);
    if (found && found->view.version() >= min_version) return std::move(*found);
    if (!found && min_version == 0) return Error{ErrorKind::not_found, "no such ticket"};
    if (std::chrono::steady_clock::now() + look_again > deadline) {
      return Error{ErrorKind::behind,
                   "the ticket has not reached version " + std::to_string(min_version) + " yet"};
    }
    std::this_thread::sleep_for(look_again);
  }
}

Read<std::vector<Ticket>> ViewReader::tickets(const std::vector<std::string>& ticket_ids) const {
  PAIDAN_ASSERT(ticket_ids.size() <= page_size_max, "a page of tickets at most");
  std::vector<Words> question{get_live(keys_)};
  for (const std::string& id : ticket_ids) question.push_back(get_ticket(keys_, id));
  auto replies = ask(question);
  if (!replies) return replies.error();
  if (!is_live((*replies)[0])) return rebuilding();
  std::vector<Ticket> tickets;
  for (std::size_t i = 0; i < ticket_ids.size(); ++i) {
    auto found = ticket_of(ticket_ids[i], (*replies)[i + 1]);
    if (found) tickets.push_back(std::move(*found));
  }
  return tickets;
}

Read<Page> ViewReader::page(const std::string& list, std::size_t page_size,
                            std::string_view cursor) const {
  const std::size_t size = std::clamp<std::size_t>(page_size, 1, page_size_max);
  const std::string from = cursor.empty() ? "-" : "(" + std::string(cursor);
  // One more than asked for says whether another page follows.
  auto replies = ask({{"HGETALL", keys_.meta()},
                      {"ZRANGEBYLEX", list, from, "+", "LIMIT", "0", std::to_string(size + 1)}});
  if (!replies) return replies.error();
  const auto* meta = array_of((*replies)[0]);
  const auto* members = array_of((*replies)[1]);
  if (meta == nullptr || members == nullptr) return wrong_shape();
  if (!live_in(*meta)) return rebuilding();
  Page page;
  page.lifecycle_positions = positions_of(*meta, "lifecycle");
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < std::min(size, members->size()); ++i) {
    ids.emplace_back(Keys::ticket_of_member(text_of((*members)[i])));
  }
  if (members->size() > size) page.next_cursor = text_of((*members)[size - 1]);
  auto found = tickets(ids);
  if (!found) return found.error();
  page.tickets = std::move(found).value();
  return page;
}

Read<Page> ViewReader::open_list(std::string_view unit, std::size_t page_size,
                                 std::string_view cursor) const {
  return page(keys_.open_list(unit), page_size, cursor);
}

Read<Page> ViewReader::queue(dispatch::v1::Queue queue, std::size_t page_size,
                             std::string_view cursor) const {
  return page(keys_.queue(queue_name(queue)), page_size, cursor);
}

Read<Page> ViewReader::provisional(std::size_t page_size, std::string_view cursor) const {
  return page(keys_.provisional(), page_size, cursor);
}

Read<std::set<std::string>> ViewReader::units() const {
  auto replies = ask({get_live(keys_), {"SMEMBERS", keys_.units()}});
  if (!replies) return replies.error();
  const auto* members = array_of((*replies)[1]);
  if (members == nullptr) return wrong_shape();
  if (!is_live((*replies)[0])) return rebuilding();
  std::set<std::string> units;
  for (const redis::Reply& member : *members) units.insert(text_of(member));
  return units;
}

Read<std::vector<sla_monitor::v1::UnitBoard>> ViewReader::board(std::string_view unit) const {
  auto known = units();
  if (!known) return known.error();
  const std::set<std::string> shown = unit.empty() ? *known : std::set{std::string(unit)};
  std::vector<sla_monitor::v1::UnitBoard> out;
  if (shown.empty()) return out;
  std::vector<Words> question;
  for (const std::string& name : shown) question.push_back({"HGETALL", keys_.board(name)});
  auto boards = ask(question);
  if (!boards) return boards.error();
  for (const std::string& name : shown) {
    const auto* counts = array_of((*boards)[out.size()]);
    if (counts == nullptr) return wrong_shape();
    out.push_back(board_of(name, *counts));
  }
  return out;
}

Read<std::map<Partition, NextOffset>> ViewReader::positions(std::string_view topic) const {
  auto replies = ask({{"HGETALL", keys_.meta()}});
  if (!replies) return replies.error();
  const auto* meta = array_of((*replies)[0]);
  if (meta == nullptr) return wrong_shape();
  return positions_of(*meta, topic);
}

Read<Unit> ViewReader::check() const {
  auto replies = ask({get_live(keys_)});
  if (!replies) return replies.error();
  if (!is_live((*replies)[0])) return rebuilding();
  return Unit{};
}

std::string_view queue_name(dispatch::v1::Queue queue) {
  if (!dispatch::v1::Queue_IsValid(queue)) return {};
  return domain::name_of(static_cast<domain::Queue>(queue));
}

}  // namespace paidan::view_reader
