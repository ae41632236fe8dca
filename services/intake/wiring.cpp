#include "intake/wiring.hpp"

#include <chrono>
#include <map>
#include <string>
#include <utility>

#include "intake/acceptor.hpp"
#include "intake/keys.hpp"
#include "intake/memory.hpp"
#include "intake/peers.hpp"
#include "intake/rpc.hpp"
#include "intake/topics_check.hpp"
#include "paidan/edge/serve.hpp"
#include "paidan/kafka/producer.hpp"
#include "paidan/runtime/log.hpp"
#include "paidan/stage/observe.hpp"
#include "paidan/stage/pack.hpp"
#include "paidan/stage/settings.hpp"
#include "paidan/system/clock.hpp"

namespace paidan::intake {

namespace {

RedisMemoryOptions memory_options(const runtime::Config& config) {
  RedisMemoryOptions options;
  options.redis = stage::redis_options(config);
  options.redis.connect_timeout = config.milliseconds("redis.timeout_ms");
  options.redis.command_timeout = config.milliseconds("redis.timeout_ms");
  options.key_prefix = config.text("kafka.topic_prefix") + "submission:";
  return options;
}

PeerOptions peer_options(const runtime::Config& config) {
  return {.classification = config.text("peers.classification"),
          .dispatch = config.text("peers.dispatch"),
          .preview_timeout = config.milliseconds("preview.timeout_ms"),
          .track_timeout = config.milliseconds("track.timeout_ms")};
}

kafka::ProducerConfig producer_config(const runtime::Service& service) {
  kafka::ProducerConfig config;
  config.connection = stage::kafka_connection(service.config, service.instance);
  config.unacknowledged_records_max =
      static_cast<std::size_t>(service.config.integer("kafka.unacknowledged_records_max"));
  config.delivery_timeout = service.config.milliseconds("kafka.delivery_timeout_ms");
  return config;
}

std::int32_t partition_count(const runtime::Config& config) {
  return static_cast<std::int32_t>(config.integer("kafka.partitions"));
}

/// What must be there before the rest can be built.
struct Loaded {
  domain::CityPack pack;
  Keys keys;
};

Result<Loaded, std::string> load(const runtime::Config& config) {
  auto pack = stage::load_pack(config.text("pack"));
  if (!pack) return pack.error().what;
  auto keys = Keys::load(config.text("secrets_dir"));
  if (!keys) return keys.error().what;
  return Loaded{std::move(pack).value(), std::move(keys).value()};
}

/// By channel; each is there from the start, at zero.
using TicketCounters = std::map<std::string, metrics::Counter>;

TicketCounters ticket_counters(metrics::Registry& registry, const domain::CityPack& pack) {
  TicketCounters counters;
  for (const domain::Channel& channel : pack.channels) {
    const std::string& id = channel.id.get();
    counters.emplace(id, registry.counter(metrics::names::tickets, {{"channel", id}}));
  }
  return counters;
}

struct Parts {
  Parts(const runtime::Service& service, Loaded loaded_parts,
        std::shared_ptr<const rpc::TokenStore> tokens)
      : loaded(std::move(loaded_parts)),
        registry(stage::registry_options(service.config, service_name)),
        tickets(ticket_counters(registry, loaded.pack)),
        kafka_probe(registry),
        memory(memory_options(service.config)),
        authenticator(std::move(tokens)),
        calls(registry),
        acceptor(acceptor_parts(service.config)),
        peers(peer_options(service.config)),
        door{authenticator, calls, acceptor},
        streams(static_cast<int>(service.config.integer("streams.max"))),
        intake_rpc(stream_parts(service.config)),
        replay_rpc(door, stage::is_replay(service.config), partition_count(service.config)) {}

  AcceptorParts acceptor_parts(const runtime::Config& config) {
    const Rules rules{.pack = loaded.pack,
                      .replay = stage::is_replay(config),
                      .recorded_max = std::chrono::days{config.integer("recorded.age_days_max")}};
    return {.keys = loaded.keys,
            .memory = memory,
            .clock = clock,
            .rules = rules,
            .partition_count = partition_count(config),
            .send =
                [this](stream::OutRecord record, kafka::OnDelivery on_delivery) {
                  return producer->send(std::move(record), std::move(on_delivery));
                },
            .on_accepted = [this](const std::string& channel) { tickets.at(channel).add(); },
            .pending_max = static_cast<int>(config.integer("requests.pending_max"))};
  }

  StreamParts stream_parts(const runtime::Config& config) {
    return {.door = door,
            .peers = peers,
            .streams = streams,
            .under_way_max = static_cast<std::size_t>(config.integer("streams.lines_pending_max"))};
  }

  Loaded loaded;
  system::SystemClock clock;
  metrics::Registry registry;
  TicketCounters tickets;
  stage::ObservedKafka kafka_probe;
  RedisMemory memory;
  rpc::Authenticator authenticator;
  metrics::CallMetrics calls;
  Acceptor acceptor;
  Peers peers;
  Door door;
  rpc::Limit streams;
  IntakeRpc intake_rpc;
  ReplayRpc replay_rpc;
  std::unique_ptr<kafka::Producer> producer;  ///< Last, so that its last callbacks find the rest.
};

/// Opens the producer; at the end waits for what is on its way.
runtime::Component producer_component(const std::shared_ptr<Parts>& parts,
                                      kafka::ProducerConfig config) {
  runtime::Component component;
  component.name = "producer";
  component.start = [parts, config = std::move(config)]() -> Result<Unit, runtime::StartError> {
    auto producer = kafka::Producer::open(config, parts->kafka_probe);
    if (!producer) return runtime::StartError{producer.error().what};
    parts->producer = std::move(producer).value();
    return Unit{};
  };
  component.stop = [parts](runtime::SteadyTime deadline) {
    const auto left =
        std::chrono::duration_cast<Milliseconds>(deadline - std::chrono::steady_clock::now());
    const auto flushed = parts->producer->flush(std::max(left, Milliseconds{0}));
    if (!flushed) {
      runtime::log::warn("kafka", "records were not acknowledged before the end",
                         {runtime::log::text("why", flushed.error().what)});
    }
  };
  return component;
}

}  // namespace

std::optional<std::string> check_settings(const runtime::Config& config) {
  const auto pack = stage::load_pack(config.text("pack"));
  return pack ? std::nullopt : std::optional(pack.error().what);
}

Result<std::shared_ptr<void>, runtime::StartError> wire(runtime::Service& service) {
  auto loaded = load(service.config);
  if (!loaded) return runtime::StartError{loaded.error()};
  auto tokens = edge::open_tokens(service);
  if (!tokens) return std::move(tokens).error();
  auto parts = std::make_shared<Parts>(service, std::move(loaded).value(), *tokens);
  stage::show_metrics(parts->registry, service);
  service.lifecycle.add(producer_component(parts, producer_config(service)));
  add_topics_check(service, parts->kafka_probe);
  edge::add_server(service, {&parts->intake_rpc, &parts->replay_rpc},
                   {v1::IntakeService::service_full_name(), v1::ReplayService::service_full_name()},
                   std::move(tokens).value());
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace paidan::intake
