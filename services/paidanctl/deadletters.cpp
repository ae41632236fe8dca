#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "paidan/contract/dead_letter.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/kafka/producer.hpp"
#include "paidan/kafka/tail.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

namespace {

namespace header = contract::dead_letter_header;

constexpr std::size_t records_max = 500;
constexpr Milliseconds poll_wait{200};
constexpr Milliseconds delivery_deadline{30'000};

struct Selection {
  std::string topic;         ///< Of the original record; empty: any.
  std::string service;       ///< Empty: any.
  std::int64_t offset = -1;  ///< In `deadletters`; -1: any.
  std::int32_t partition = -1;
  bool yes = false;
};

bool selected(const stream::InRecord& record, const Selection& selection) {
  return (selection.topic.empty() || record.header(header::topic) == selection.topic) &&
         (selection.service.empty() || record.header(header::service) == selection.service) &&
         (selection.offset < 0 || record.offset == selection.offset) &&
         (selection.partition < 0 || record.partition.get() == selection.partition);
}

/// Calls `visit` for each selected dead letter that is there now. The error is one line.
std::optional<std::string> for_each(
    Session& session, const Selection& selection,
    const std::function<std::optional<std::string>(const stream::InRecord&)>& visit) {
  kafka::SilentProbe probe;
  kafka::TailConfig config;
  config.connection = session.connection("paidanctl");
  config.topics = {contract::topic::deadletters};
  config.from = kafka::TailConfig::From::beginning;
  config.stop_at_end = true;
  auto opened = kafka::Tail::open(std::move(config), probe);
  if (!opened) return opened.error().what;
  while (true) {
    const auto tailed = (*opened)->poll(records_max, poll_wait);
    if (!tailed) return tailed.error().what;
    for (const auto& record : tailed->records) {
      if (!selected(record, selection)) continue;
      if (auto wrong = visit(record)) return wrong;
    }
    if (tailed->finished) return std::nullopt;
  }
}

int list(Session& session, const Selection& selection) {
  std::size_t count = 0;
  const auto wrong = for_each(session, selection, [&](const stream::InRecord& record) {
    ++count;
    const auto text = [&](std::string_view name) { return std::string(record.header(name)); };
    std::printf("%d/%lld  %s  from %s/%s/%s by %s: %s\n", record.partition.get(),
                static_cast<long long>(record.offset), text(header::time).c_str(),
                text(header::topic).c_str(), text(header::partition).c_str(),
                text(header::offset).c_str(), text(header::service).c_str(),
                text(header::reason).c_str());
    return std::optional<std::string>();
  });
  if (wrong) return fail(*wrong);
  std::printf("%zu dead letters\n", count);
  return 0;
}

/// The original record again, with its own headers, on its topic and partition.
std::optional<stream::OutRecord> original_of(const stream::InRecord& letter) {
  const contract::Topic* topic = contract::find_topic(letter.header(header::topic));
  const std::string_view number = letter.header(header::partition);
  std::int32_t partition = 0;
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), partition);
  if (topic == nullptr || error != std::errc() || end != number.data() + number.size()) {
    return std::nullopt;
  }
  stream::OutRecord record{
      .topic = topic->name, .partition = Partition{partition}, .key = std::string(letter.key)};
  if (letter.value) record.value = std::string(*letter.value);
  for (const auto& [name, value] : letter.headers) {
    if (!name.starts_with("dl_")) record.headers.push_back({std::string(name), std::string(value)});
  }
  return record;
}

/// Sends one record and waits for its outcome. The error is one line.
std::optional<std::string> send_again(kafka::Producer& producer, stream::OutRecord record,
                                      std::size_t& failed) {
  const auto taken = producer.send(std::move(record), [&failed](const auto& delivered) {
    if (!delivered) ++failed;
  });
  if (!taken) return taken.error().what;
  const auto flushed = producer.flush(delivery_deadline);
  return flushed ? std::nullopt : std::optional(flushed.error().what);
}

int redrive(Session& session, const Selection& selection) {
  kafka::SilentProbe probe;
  auto producer = kafka::Producer::open({.connection = session.connection("paidanctl")}, probe);
  if (!producer) return fail(producer.error().what);
  std::size_t sent = 0;
  std::size_t failed = 0;
  const auto wrong = for_each(session, selection,
                              [&](const stream::InRecord& letter) -> std::optional<std::string> {
                                auto record = original_of(letter);
                                ++(record ? sent : failed);
                                if (!record || !selection.yes) return std::nullopt;
                                return send_again(**producer, std::move(*record), failed);
                              });
  if (wrong) return fail(*wrong);
  if (selection.yes) {
    std::printf("%zu records sent again, %zu failed\n", sent - std::min(sent, failed), failed);
  } else {
    std::printf("%zu records would be sent again (%zu cannot); add --yes to do it\n", sent, failed);
  }
  return failed == 0 ? 0 : 1;
}

void add_selection(CLI::App& command, Selection& selection) {
  command.add_option("--topic", selection.topic, "only those that came from this topic");
  command.add_option("--service", selection.service, "only those that this service refused");
  command.add_option("--partition", selection.partition, "only of this partition");
  command.add_option("--offset", selection.offset, "only the one at this offset");
}

}  // namespace

void add_deadletters(CLI::App& app, Session& session, Action& action) {
  auto* command =
      app.add_subcommand("deadletters", "list or re-drive what could not be read / 死信");
  command->require_subcommand(1);
  auto selection = std::make_shared<Selection>();
  auto* list_command = command->add_subcommand("list", "where each came from, and why");
  add_selection(*list_command, *selection);
  list_command->callback([&session, &action, selection] {
    action = [&session, selection] { return list(session, *selection); };
  });
  auto* redrive_command = command->add_subcommand("redrive", "send the original records again");
  add_selection(*redrive_command, *selection);
  redrive_command->add_flag("--yes", selection->yes, "do it; without: say what would be done");
  redrive_command->callback([&session, &action, selection] {
    action = [&session, selection] { return redrive(session, *selection); };
  });
}

}  // namespace paidan::ctl
