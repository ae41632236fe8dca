#include "intake/topics_check.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "paidan/contract/topics.hpp"
#include "paidan/kafka/admin.hpp"
#include "paidan/runtime/log.hpp"
#include "paidan/runtime/worker.hpp"
#include "paidan/stage/settings.hpp"

namespace paidan::intake {

namespace {

constexpr Milliseconds ask_deadline{2'000};
constexpr Milliseconds ask_again{500};

enum class Found { not_yet, right, wrong };

Found look(kafka::Admin& admin, std::int32_t partitions) {
  const auto topics = admin.describe(ask_deadline);
  if (!topics) return Found::not_yet;
  for (const stream::TopicName name : {contract::topic::submissions, contract::topic::subjects}) {
    const auto found = topics->find(name);
    if (found == topics->end()) return Found::not_yet;
    if (found->second == partitions) continue;
    runtime::log::error("kafka", "kafka.partitions is not what the topic has; it is fixed for life",
                        {runtime::log::topic(name), runtime::log::number("has", found->second),
                         runtime::log::number("setting", partitions)});
    return Found::wrong;
  }
  return Found::right;
}

void pause(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, ask_again, [] { return false; });
}

}  // namespace

void add_topics_check(runtime::Service& service, kafka::KafkaProbe& probe) {
  runtime::Condition& ready = service.health.add_condition("topics");
  const auto partitions = static_cast<std::int32_t>(service.config.integer("kafka.partitions"));
  auto loop = [&ready, &probe, partitions,
               connection = stage::kafka_connection(service.config, service.instance + "-admin")](
                  const std::stop_token& stop, runtime::Heartbeat& heartbeat) {
    auto admin = kafka::Admin::open(connection, probe);
    if (!admin) return runtime::WorkerEnd::fatal;
    while (!stop.stop_requested()) {
      heartbeat.tick();
      const Found found = look(**admin, partitions);
      if (found == Found::wrong) return runtime::WorkerEnd::fatal;
      if (found == Found::right) break;
      pause(stop);
    }
    ready.set(!stop.stop_requested());
    return runtime::WorkerEnd::stop;
  };
  runtime::Supervised::add("topics", std::move(loop), service.lifecycle, service.health);
}

}  // namespace paidan::intake
