#include "paidan/contract/topics.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <vector>

#include "paidan/kafka/admin.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

namespace {

constexpr Milliseconds reach_deadline{30'000};
constexpr Milliseconds create_deadline{30'000};

struct TopicOptions {
  std::int32_t partitions = 0;  ///< 0: as configured.
  std::int16_t replication = 1;
};

int create(Session& session, const TopicOptions& options) {
  kafka::SilentProbe probe;
  auto admin = kafka::Admin::open(session.connection("paidanctl"), probe);
  if (!admin) return fail(admin.error().what);
  if (auto reached = (*admin)->wait_until_reachable(reach_deadline); !reached) {
    return fail(session.config().text("kafka.brokers") + ": " + reached.error().what);
  }
  const auto shared = options.partitions > 0
                          ? options.partitions
                          : static_cast<std::int32_t>(session.config().integer("kafka.partitions"));
  std::vector<kafka::TopicSpec> specs;
  for (const contract::Topic& topic : contract::topic_table) {
    specs.push_back({.name = topic.name,
                     .partitions = contract::partitions_of(topic, shared),
                     .replication = options.replication,
                     .settings = contract::settings_of(topic)});
  }
  if (auto created = (*admin)->create_topics(specs, create_deadline); !created) {
    return fail(created.error().what);
  }
  std::printf("%zu topics are there\n", specs.size());
  return 0;
}

int list(Session& session) {
  kafka::SilentProbe probe;
  auto admin = kafka::Admin::open(session.connection("paidanctl"), probe);
  if (!admin) return fail(admin.error().what);
  const auto found = (*admin)->describe(create_deadline);
  if (!found) return fail(found.error().what);
  for (const contract::Topic& topic : contract::topic_table) {
    const auto entry = found->find(topic.name);
    if (entry == found->end()) {
      std::printf("%-20s missing\n", std::string(topic.name).c_str());
      continue;
    }
    std::int64_t records = 0;
    const auto marks = (*admin)->watermarks(topic.name, create_deadline);
    if (!marks) return fail(marks.error().what);
    for (const auto& [partition, mark] : *marks) records += mark.high.get() - mark.low.get();
    std::printf("%-20s %3d partitions %12lld offsets\n", std::string(topic.name).c_str(),
                entry->second, static_cast<long long>(records));
  }
  return 0;
}

}  // namespace

void add_topics(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand("topics", "make or list the topics / 主题");
  command->require_subcommand(1);
  auto options = std::make_shared<TopicOptions>();
  auto* create_command = command->add_subcommand("create", "make those that are missing");
  create_command
      ->add_option("--partitions", options->partitions,
                   "of ticket topics, fixed for life; default: kafka.partitions")
      ->check(CLI::Range(1, 1024));
  create_command->add_option("--replication", options->replication)
      ->check(CLI::Range(1, 9))
      ->capture_default_str();
  create_command->callback([&session, &action, options] {
    action = [&session, options] { return create(session, *options); };
  });
  command->add_subcommand("list", "names, partitions and sizes")->callback([&session, &action] {
    action = [&session] { return list(session); };
  });
}

}  // namespace paidan::ctl
