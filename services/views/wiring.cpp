#include "views/wiring.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

#include "paidan/runtime/worker.hpp"
#include "paidan/stage/observe.hpp"
#include "paidan/stage/settings.hpp"
#include "paidan/system/clock.hpp"
#include "views/builder.hpp"
#include "views/kafka_source.hpp"
#include "views/observe.hpp"
#include "views/store.hpp"

namespace paidan::views {
namespace {

using std::chrono::steady_clock;

BuilderConfig builder_config(const runtime::Config& config) {
  BuilderConfig builder;
  builder.partition_count = static_cast<std::int32_t>(config.integer("kafka.partitions"));
  builder.records_max = static_cast<std::size_t>(config.integer("views.batch_records"));
  return builder;
}

/// Waits, but not when the stop is requested.
void pause(const std::stop_token& stop, Milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, time, [] { return false; });
}

struct Parts {
  explicit Parts(runtime::Service& service)
      : registry(stage::registry_options(service.config, "views")),
        kafka_probe(registry),
        builder_probe(registry, clock, service.health.add_condition("views_complete")),
        boards(registry),
        store(stage::redis_options(service.config), service.config.text("kafka.topic_prefix")),
        source(stage::kafka_connection(service.config, service.instance), kafka_probe),
        builder(store, source, builder_probe, builder_config(service.config)),
        board_interval(service.config.milliseconds("views.board_interval_ms")) {}

  runtime::WorkerEnd run(const std::stop_token& stop, runtime::Heartbeat& heartbeat) {
    steady_clock::time_point boards_due{};
    while (!stop.stop_requested()) {
      heartbeat.tick();
      const Milliseconds wait = builder.step();
      if (wait > Milliseconds{0}) {
        pause(stop, wait);
      } else if (steady_clock::now() >= boards_due) {
        if (const auto cells = store.boards()) boards.show(*cells);
        boards_due = steady_clock::now() + board_interval;
      }
    }
    return runtime::WorkerEnd::stop;
  }

  system::SystemClock clock;
  metrics::Registry registry;
  stage::ObservedKafka kafka_probe;
  ObservedBuilder builder_probe;
  BoardMetrics boards;
  Store store;
  KafkaSource source;
  Builder builder;
  Milliseconds board_interval;
};

}  // namespace

Result<std::shared_ptr<void>, runtime::StartError> wire(runtime::Service& service) {
  auto parts = std::make_shared<Parts>(service);
  stage::show_metrics(parts->registry, service);
  runtime::Supervised::add(
      "views-builder",
      [&parts = *parts](const std::stop_token& stop, runtime::Heartbeat& heartbeat) {
        return parts.run(stop, heartbeat);
      },
      service.lifecycle, service.health);
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace paidan::views
