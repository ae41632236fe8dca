#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "paidan/kafka/log.hpp"
#include "paidan/metrics/registry.hpp"
#include "paidan/runtime/service.hpp"
#include "paidan/runtime/worker.hpp"
#include "paidan/stage/observe.hpp"
#include "paidan/stream/pump.hpp"

/// The workers of a stage: each with its own consumer, producer, pump and state, sharing nothing.
namespace paidan::stage {

struct StageOptions {
  std::string group;                      ///< E.g. "dispatch"; also the name of the workers.
  std::vector<stream::TopicName> inputs;  ///< Of equal partition counts.
  std::optional<stream::TopicName> state;
  bool report_caught_up = false;  ///< For a stage that writes time marks.
  /// Label of its metrics, where a process runs a second stage; empty: none.
  std::string metric_stage;
  stream::PumpLimits limits{};
};

/// The settings that a stage needs beside those of every service: kafka.*, workers.
runtime::PropertyTable stage_properties();

/// The log of worker `worker`, per settings.
kafka::LogConfig log_config(const StageOptions& options, const runtime::Service& service,
                            std::int32_t worker);

/// Opens the log, trying again while no broker answers. Null: asked to stop, or (with `fatal`) it
/// never will.
std::unique_ptr<kafka::KafkaLog> open_log(const kafka::LogConfig& config,
                                          const stream::Clock& clock, kafka::KafkaProbe& probe,
                                          const std::stop_token& stop,
                                          runtime::Heartbeat& heartbeat, bool& fatal);

/// More workers than partitions would idle for ever.
std::optional<runtime::StartError> check_workers(const runtime::Config& config);

/// Sees a pump after each of its turns, on its thread: one per worker, made by `make_watch`.
template <class PumpType>
using Watch = std::function<void(const PumpType&)>;

/// Adds the stage's workers to the life cycle. `decider`, `codec`, `clock` and `registry` must
/// outlive it. `make_watch` may be null; else it is called once for each worker, now.
template <class D, class C>
std::optional<runtime::StartError> add_workers(
    runtime::Service& service, const StageOptions& options, const D& decider, const C& codec,
    const stream::Clock& clock, metrics::Registry& registry,
    const std::function<Watch<stream::Pump<D, C>>()>& make_watch = nullptr) {
  if (auto wrong = check_workers(service.config)) return wrong;
  const auto workers = static_cast<std::int32_t>(service.config.integer("workers"));
  for (std::int32_t worker = 0; worker < workers; ++worker) {
    const std::string name = options.group + "-worker-" + std::to_string(worker);
    runtime::Condition& ready = service.health.add_condition(name);
    auto watch = make_watch ? make_watch() : Watch<stream::Pump<D, C>>{};
    const kafka::LogConfig log_settings = log_config(options, service, worker);
    auto loop = [&decider, &codec, &clock, &registry, &ready, log_settings, watch,
                 limits = options.limits, stage = options.metric_stage](
                    const std::stop_token& stop, runtime::Heartbeat& heartbeat) {
      ObservedKafka kafka_probe(registry, stage);
      ObservedPump pump_probe(registry, clock, ready, stage);
      bool fatal = false;
      const auto log = open_log(log_settings, clock, kafka_probe, stop, heartbeat, fatal);
      if (log == nullptr) return fatal ? runtime::WorkerEnd::fatal : runtime::WorkerEnd::stop;
      stream::Pump<D, C> pump(decider, codec, *log, clock, pump_probe, limits);
      while (!stop.stop_requested()) {
        heartbeat.tick();
        if (pump.turn() == stream::Turn::stop) return runtime::WorkerEnd::fatal;
        if (watch) watch(pump);
      }
      return runtime::WorkerEnd::stop;
    };
    runtime::Supervised::add(name, std::move(loop), service.lifecycle, service.health);
  }
  return std::nullopt;
}

}  // namespace paidan::stage
