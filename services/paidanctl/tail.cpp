#include "paidan/kafka/tail.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "paidan/contract/cloud_event.hpp"
#include "paidan/contract/json.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/crypto/base64.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

namespace {

constexpr std::size_t records_max = 1'000;
constexpr Milliseconds poll_wait{200};

struct TailOptions {
  std::string topic;
  std::string from = "end";
  bool until_end = false;
  bool json = false;
};

std::string printable(std::string_view bytes) {
  // Headers and keys are text by contract; what is not is shown with its bytes replaced.
  const nlohmann::json text(bytes);
  const std::string dumped = text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return nlohmann::json::parse(dumped).get<std::string>();
}

nlohmann::ordered_json to_json(const stream::InRecord& record) {
  nlohmann::ordered_json headers = nlohmann::ordered_json::object();
  for (const auto& [name, value] : record.headers) headers[printable(name)] = printable(value);
  nlohmann::ordered_json json{
      {"topic", record.topic},        {"partition", record.partition.get()},
      {"offset", record.offset},      {"timestamp", contract::to_rfc3339(record.timestamp)},
      {"key", printable(record.key)}, {"headers", headers}};
  if (!record.value) {
    json["value"] = nullptr;
    return json;
  }
  const auto decoded = contract::to_json(record.topic, *record.value);
  if (decoded) {
    json["value"] = nlohmann::ordered_json::parse(*decoded);
  } else {
    json["value_base64"] = crypto::to_base64(*record.value);
    if (record.topic != contract::topic::deadletters) json["error"] = decoded.error().why;
  }
  return json;
}

void print(const stream::InRecord& record, bool json) {
  const auto shown = to_json(record);
  if (json) {
    std::printf("%s\n", shown.dump().c_str());
    return;
  }
  const auto value =
      shown.contains("value") ? shown["value"].dump(2) : shown["value_base64"].dump();
  std::printf("%s/%d/%lld  %s  key %s\n%s\n", std::string(record.topic).c_str(),
              record.partition.get(), static_cast<long long>(record.offset),
              shown["timestamp"].get<std::string>().c_str(),
              shown["key"].get<std::string>().c_str(), value.c_str());
}

int tail(Session& session, const TailOptions& options) {
  const contract::Topic* topic = contract::find_topic(options.topic);
  if (topic == nullptr) {
    std::string known;
    for (const auto& row : contract::topic_table) known += " " + std::string(row.name);
    return fail("unknown topic " + options.topic + "; known:" + known, 2);
  }
  kafka::SilentProbe probe;
  kafka::TailConfig config;
  config.connection = session.connection("paidanctl");
  config.topics = {topic->name};
  config.from = options.from == "beginning" ? kafka::TailConfig::From::beginning
                                            : kafka::TailConfig::From::end;
  config.stop_at_end = options.until_end;
  auto opened = kafka::Tail::open(std::move(config), probe);
  if (!opened) return fail(options.topic + ": " + opened.error().what);
  while (true) {
    const auto tailed = (*opened)->poll(records_max, poll_wait);
    if (!tailed) return fail(options.topic + ": " + tailed.error().what);
    for (const auto& record : tailed->records) print(record, options.json);
    if (!tailed->records.empty()) std::fflush(stdout);
    if (tailed->finished) return 0;
  }
}

}  // namespace

void add_tail(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand("tail", "print a topic's records, decoded / 查看主题中的记录");
  auto options = std::make_shared<TailOptions>();
  command->add_option("topic", options->topic, "name without the prefix, e.g. lifecycle")
      ->required();
  command->add_option("--from", options->from, "beginning or end")
      ->check(CLI::IsMember({"beginning", "end"}))
      ->capture_default_str();
  command->add_flag("--until-end", options->until_end, "stop at the end that was there at start");
  command->add_flag("--json", options->json, "one JSON object a line");
  command->callback([&session, &action, options] {
    action = [&session, options] { return tail(session, *options); };
  });
}

}  // namespace paidan::ctl
