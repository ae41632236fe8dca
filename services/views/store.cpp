#include "views/store.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "paidan/base/assert.hpp"
#include "paidan/contract/topics.hpp"
#include "views/batch_script.hpp"
#include "views/codec.hpp"
#include "views/commands.hpp"

namespace paidan::views {
namespace {

using view_reader::Keys;

constexpr std::string_view scan_count = "1000";
constexpr std::array read_topics{contract::topic::lifecycle, contract::topic::sla,
                                 contract::topic::submissions};

Trouble waiting(std::string what) { return {std::move(what), false}; }
Trouble broken(std::string what) { return {std::move(what), true}; }

/// A refused command: the wrong type of a key is ours to mend, the rest is the server's state.
Trouble refused(const std::string& message) {
  return message.starts_with("WRONGTYPE") ? broken(message) : waiting(message);
}

std::string text_of(const redis::Reply& reply) {
  const std::string* text = reply.text();
  return text == nullptr ? std::string() : *text;
}

std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const auto end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

std::optional<stream::TopicPartition> topic_partition_of(std::string_view field) {
  const std::size_t slash = field.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto topic = std::ranges::find(read_topics, field.substr(0, slash));
  const auto partition = number_of(field.substr(slash + 1));
  if (topic == read_topics.end() || !partition) return std::nullopt;
  return stream::TopicPartition{*topic, Partition{static_cast<std::int32_t>(*partition)}};
}

/// `*`, `?`, `[` and `\` of a prefix are no patterns.
std::string as_pattern(const std::string& prefix) {
  std::string pattern;
  for (const char c : prefix) {
    if (c == '*' || c == '?' || c == '[' || c == '\\') pattern.push_back('\\');
    pattern.push_back(c);
  }
  return pattern + "*";
}

std::vector<std::string> position_words(const Batch& batch) {
  std::vector<std::string> words{std::to_string(batch.seq), std::to_string(batch.to.size())};
  for (const auto& [at, next] : batch.to) {
    const auto from = batch.from.find(at);
    words.push_back(Keys::position_field(at.topic, at.partition));
    words.push_back(from == batch.from.end() ? "-" : std::to_string(from->second.get()));
    words.push_back(std::to_string(next.get()));
  }
  return words;
}

void add_board(const std::string& unit, const redis::Reply::Array& counts,
               std::map<Cell, std::int64_t>& cells) {
  for (std::size_t i = 0; i + 1 < counts.size(); i += 2) {
    const std::string field = text_of(counts[i]);
    const std::size_t slash = std::min(field.rfind('/'), field.size());
    const auto counter =
        counter_of(std::string_view(field).substr(std::min(slash + 1, field.size())));
    const auto count = number_of(text_of(counts[i + 1]));
    if (counter && count) cells[{unit, field.substr(0, slash), *counter}] = *count;
  }
}

}  // namespace

Store::Store(redis::Options options, std::string_view deployment)
    : keys_(deployment), connection_(std::move(options)), script_(batch_script()) {}

Result<std::vector<redis::Reply>, Trouble> Store::ask(const std::vector<Words>& commands) {
  std::vector<redis::Command> views;
  views.reserve(commands.size());
  for (const Words& words : commands) views.emplace_back(words.begin(), words.end());
  auto replies = connection_.pipeline(views);
  if (!replies) return waiting(replies.error().message);
  for (const redis::Reply& reply : *replies) {
    if (const auto* no = reply.refused()) return refused(no->message);
  }
  PAIDAN_ASSERT(replies->size() == commands.size(), "one reply to each command");
  return std::move(replies).value();
}

Result<Meta, Trouble> Store::meta() {
  auto replies = ask({{"HGETALL", keys_.meta()}});
  if (!replies) return std::move(replies).error();
  const auto* fields = replies->front().array();
  if (fields == nullptr) return broken("the meta hash is no hash");
  Meta meta;
  for (std::size_t i = 0; i + 1 < fields->size(); i += 2) {
    const std::string field = text_of((*fields)[i]);
    const auto number = number_of(text_of((*fields)[i + 1]));
    if (!number) return broken("the meta hash holds something that is no number");
    if (field == view_reader::seq_field) meta.seq = static_cast<std::uint64_t>(*number);
    if (field == view_reader::live_field) meta.live = *number == 1;
    if (const auto at = topic_partition_of(field)) meta.positions[*at] = NextOffset{*number};
  }
  return meta;
}

Result<std::uint64_t, Trouble> Store::seq() {
  auto replies = ask({{"HGET", keys_.meta(), std::string(view_reader::seq_field)}});
  if (!replies) return std::move(replies).error();
  return static_cast<std::uint64_t>(number_of(text_of(replies->front())).value_or(0));
}

Result<std::map<std::string, Ticket>, Trouble> Store::load(
    const std::set<std::string>& ticket_ids) {
  std::map<std::string, Ticket> tickets;
  if (ticket_ids.empty()) return tickets;
  std::vector<Words> question;
  for (const std::string& id : ticket_ids) {
    question.push_back({"HGET", keys_.ticket(id), std::string(view_reader::view_field)});
  }
  auto replies = ask(question);
  if (!replies) return std::move(replies).error();
  auto reply = replies->begin();
  for (const std::string& id : ticket_ids) {
    const std::string* bytes = (reply++)->text();
    if (bytes == nullptr) continue;
    auto ticket = decode_ticket(*bytes);
    if (!ticket) return broken("a stored ticket cannot be read: " + ticket.error().why);
    tickets.emplace(id, std::move(ticket).value());
  }
  return tickets;
}

Result<Applied, Trouble> Store::apply(const Batch& batch) {
  Words words = position_words(batch);
  append_commands(batch.changes, keys_, words);
  if (batch.becomes_live) {
    append_command({"HSET", keys_.meta(), std::string(view_reader::live_field), "1"}, words);
  }
  const std::string meta = keys_.meta();
  const auto reply = connection_.eval(script_, {meta}, {words.begin(), words.end()});
  if (reply) {
    const std::int64_t* done = reply->integer();
    if (done == nullptr) return waiting("the batch script gave no number");
    return *done == 1 ? Applied::done : Applied::repeated;
  }
  const std::string& message = reply.error().message;
  if (reply.error().kind == redis::ErrorKind::refused) {
    if (message.find("GAP") != std::string::npos) return Applied::gap;
    if (message.find("HALF") != std::string::npos) return broken(message);
    return refused(message);
  }
  return waiting(message);
}

Result<Unit, Trouble> Store::wipe() {
  auto gone = ask({{"UNLINK", keys_.meta()}});  // First: from here on nobody takes it for live.
  if (!gone) return std::move(gone).error();
  const std::string pattern = as_pattern(keys_.prefix());
  std::string cursor = "0";
  do {
    auto replies = ask({{"SCAN", cursor, "MATCH", pattern, "COUNT", std::string(scan_count)}});
    if (!replies) return std::move(replies).error();
    const auto* pair = replies->front().array();
    const bool shaped = pair != nullptr && pair->size() == 2 && (*pair)[1].array() != nullptr;
    if (!shaped) return waiting("SCAN answers in an unknown shape");
    cursor = text_of((*pair)[0]);
    Words unlink{"UNLINK"};
    for (const redis::Reply& key : *(*pair)[1].array()) unlink.push_back(text_of(key));
    if (unlink.size() == 1) continue;
    auto unlinked = ask({unlink});
    if (!unlinked) return std::move(unlinked).error();
  } while (cursor != "0");
  return Unit{};
}

Result<std::map<Cell, std::int64_t>, Trouble> Store::boards() {
  auto members = ask({{"SMEMBERS", keys_.units()}});
  if (!members) return std::move(members).error();
  std::map<Cell, std::int64_t> cells;
  const auto* units = members->front().array();
  if (units == nullptr || units->empty()) return cells;
  std::vector<Words> question;
  for (const redis::Reply& unit : *units)
    question.push_back({"HGETALL", keys_.board(text_of(unit))});
  auto boards = ask(question);
  if (!boards) return std::move(boards).error();
  for (std::size_t i = 0; i < units->size(); ++i) {
    if (const auto* counts = (*boards)[i].array()) add_board(text_of((*units)[i]), *counts, cells);
  }
  return cells;
}

}  // namespace paidan::views
