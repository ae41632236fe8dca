#include "sla_monitor/wiring.hpp"

#include <chrono>
#include <utility>

#include "paidan/contract/topics.hpp"
#include "paidan/edge/serve.hpp"
#include "paidan/redis/pool.hpp"
#include "paidan/stage/settings.hpp"
#include "paidan/stage/workers.hpp"
#include "paidan/stream/pump.hpp"
#include "paidan/system/clock.hpp"
#include "sla_monitor/codec.hpp"
#include "sla_monitor/rpc.hpp"
#include "sla_monitor/time_watch.hpp"

namespace paidan::sla_monitor {
namespace {

using Pump = stream::Pump<Logic, Codec>;

TimeSource time_source_of(const runtime::Config& config) {
  return stage::is_replay(config) ? TimeSource::replay : TimeSource::live;
}

struct Parts {
  Parts(const runtime::Config& config, std::shared_ptr<const rpc::TokenStore> tokens)
      : registry(stage::registry_options(config, "sla_monitor")),
        logic(time_source_of(config)),
        codec(static_cast<std::int32_t>(config.integer("kafka.partitions"))),
        authenticator(std::move(tokens)),
        calls(registry),
        pool(stage::redis_options(config),
             static_cast<std::size_t>(config.integer("grpc.threads"))),
        views(pool, config.text("kafka.topic_prefix")),
        executor(static_cast<std::size_t>(config.integer("grpc.threads")),
                 static_cast<std::size_t>(config.integer("grpc.waiting_calls_max"))),
        sla_service({authenticator, calls, executor}, views) {}

  system::SystemClock clock;
  metrics::Registry registry;
  Logic logic;
  Codec codec;
  rpc::Authenticator authenticator;
  metrics::CallMetrics calls;
  redis::Pool pool;
  view_reader::ViewReader views;
  rpc::Executor executor;
  SlaService sla_service;
};

/// In a replay time moves when the source says so, and nobody waits for an alert.
std::function<stage::Watch<Pump>()> time_watch(Parts& parts) {
  return [&parts] {
    auto watch = std::make_shared<TimeWatch>(parts.registry);
    return [watch](const Pump& pump) {
      const auto now = std::chrono::steady_clock::now();
      if (!watch->is_due(now)) return;
      const auto mark_of = [&pump](Partition partition) {
        const State* state = pump.find(stream::partition_key(partition));
        const auto* time = state ? std::get_if<domain::PartitionTime>(state) : nullptr;
        return time == nullptr ? Instant{} : time->mark_at;
      };
      watch->look(pump.positions(), mark_of, now);
    };
  };
}

}  // namespace

Result<std::shared_ptr<void>, runtime::StartError> wire(runtime::Service& service) {
  auto tokens = edge::open_tokens(service);
  if (!tokens) return std::move(tokens).error();
  auto parts = std::make_shared<Parts>(service.config, *tokens);
  stage::show_metrics(parts->registry, service);
  stage::StageOptions options;
  options.group = "sla_monitor";
  options.inputs = {contract::topic::lifecycle};
  options.state = contract::topic::sla_monitor_state;
  const bool live = !stage::is_replay(service.config);
  auto wrong =
      stage::add_workers<Logic, Codec>(service, options, parts->logic, parts->codec, parts->clock,
                                       parts->registry, live ? time_watch(*parts) : nullptr);
  if (wrong) return std::move(*wrong);
  edge::add_server(service, {&parts->sla_service}, {v1::SlaService::service_full_name()},
                   std::move(tokens).value());
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace paidan::sla_monitor
