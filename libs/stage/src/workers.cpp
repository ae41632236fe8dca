#include "paidan/stage/workers.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "paidan/runtime/log.hpp"
#include "paidan/runtime/properties.hpp"
#include "paidan/stage/settings.hpp"

namespace paidan::stage {
namespace {

constexpr std::chrono::milliseconds retry_interval{500};

/// Waits, but not when the stop is requested.
void pause(const std::stop_token& stop, std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, time, [] { return false; });
}

bool may_pass(kafka::ErrorKind kind) {
  return kind == kafka::ErrorKind::unreachable || kind == kafka::ErrorKind::timed_out ||
         kind == kafka::ErrorKind::unknown_topic;
}

}  // namespace

runtime::PropertyTable stage_properties() {
  using namespace runtime::properties;
  return {kafka_brokers(), kafka_topic_prefix(), kafka_partitions(), workers()};
}

kafka::LogConfig log_config(const StageOptions& options, const runtime::Service& service,
                            std::int32_t worker) {
  kafka::LogConfig config;
  config.connection = kafka_connection(
      service.config, service.instance + "-" + options.metric_stage + std::to_string(worker));
  config.group = options.group;
  config.instance_ordinal = static_cast<std::int32_t>(service.config.integer("instance.ordinal"));
  config.worker = worker;
  config.inputs = options.inputs;
  config.state = options.state;
  config.report_caught_up = options.report_caught_up;
  return config;
}

std::unique_ptr<kafka::KafkaLog> open_log(const kafka::LogConfig& config,
                                          const stream::Clock& clock, kafka::KafkaProbe& probe,
                                          const std::stop_token& stop,
                                          runtime::Heartbeat& heartbeat, bool& fatal) {
  while (!stop.stop_requested()) {
    heartbeat.tick();
    auto log = kafka::KafkaLog::open(config, clock, probe);
    if (log) return std::move(log).value();
    runtime::log::warn("kafka", "the log cannot be opened",
                       {runtime::log::text("why", log.error().what)});
    fatal = !may_pass(log.error().kind);
    if (fatal) return nullptr;
    pause(stop, retry_interval);
  }
  return nullptr;
}

std::optional<runtime::StartError> check_workers(const runtime::Config& config) {
  const std::int64_t workers = config.integer("workers");
  const std::int64_t partitions = config.integer("kafka.partitions");
  if (workers <= partitions) return std::nullopt;
  return runtime::StartError{"workers: " + std::to_string(workers) +
                             " are more than kafka.partitions (" + std::to_string(partitions) +
                             "); workers x instances must not exceed it"};
}

}  // namespace paidan::stage
