#include "dispatch/wiring.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "dispatch/assignment_rpc.hpp"
#include "dispatch/calendar_gauge.hpp"
#include "dispatch/codec.hpp"
#include "dispatch/logic.hpp"
#include "dispatch/office_rpc.hpp"
#include "dispatch/tails.hpp"
#include "dispatch/ticket_rpc.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/edge/serve.hpp"
#include "paidan/redis/pool.hpp"
#include "paidan/runtime/log.hpp"
#include "paidan/runtime/secret.hpp"
#include "paidan/stage/pack.hpp"
#include "paidan/stage/settings.hpp"
#include "paidan/stage/workers.hpp"
#include "paidan/system/clock.hpp"

namespace paidan::dispatch {
namespace {

namespace log = runtime::log;
using runtime::StartError;

constexpr std::size_t redis_connections = 8;
constexpr std::size_t record_readers = 2;

/// The keys that the edge needs, out of the secrets directory.
struct Keys {
  crypto::Key resume_token;
  crypto::Key subject;
  crypto::Key audit_seed;
};

Result<crypto::Key, StartError> read_key(const runtime::Config& config, const std::string& name) {
  const auto bytes =
      runtime::read_hex_key(config.text("secrets_dir") + "/" + name, crypto::Key::size_bytes);
  if (!bytes) return StartError{bytes.error().what};
  auto key = crypto::Key::from(bytes->bytes());
  if (!key) return StartError{name + ": not a key"};
  return *std::move(key);
}

Result<Keys, StartError> read_keys(const runtime::Config& config) {
  auto resume_token = read_key(config, "resume_token.key");
  if (!resume_token) return resume_token.error();
  auto subject = read_key(config, "subject.key");
  if (!subject) return subject.error();
  auto audit_seed = read_key(config, "audit_sign.key");
  if (!audit_seed) return audit_seed.error();
  return Keys{std::move(resume_token).value(), std::move(subject).value(),
              std::move(audit_seed).value()};
}

std::size_t size_of(const runtime::Config& config, std::string_view name) {
  return static_cast<std::size_t>(config.integer(name));
}

FeedLimits feed_limits(const runtime::Config& config) {
  return {{size_of(config, "feed.ring_records_max"), size_of(config, "feed.ring_bytes_max")},
          size_of(config, "feed.cards_max")};
}

/// The adapters, opened.
struct Doors {
  std::unique_ptr<kafka::Producer> producer;
  std::unique_ptr<kafka::RecordReader> records;
};

Result<Doors, StartError> open_doors(const runtime::Service& service, kafka::KafkaProbe& probe) {
  const std::string client = service.instance + "-edge";
  auto producer = kafka::Producer::open({stage::kafka_connection(service.config, client)}, probe);
  if (!producer) return StartError{producer.error().what};
  auto records = kafka::RecordReader::open(
      {stage::kafka_connection(service.config, client), record_readers}, probe);
  if (!records) return StartError{records.error().what};
  return Doors{std::move(producer).value(), std::move(records).value()};
}

/// What decides: shared by all workers.
struct Brain {
  domain::CityPack pack;
  Logic logic;
  Codec codec;

  Brain(domain::CityPack loaded, TimeSource source, std::int32_t partition_count)
      : pack(std::move(loaded)), logic(pack, source), codec(partition_count, pack.rules_version) {}
};

/// The edge: every part of it, in an order in which each finds what it needs.
struct Edge {
  Edge(const runtime::Service& service, Keys keys, Doors opened, const Brain& brain,
       std::shared_ptr<rpc::TokenStore> token_store, metrics::Registry& registry,
       const stream::Clock& clock, std::uint64_t epoch);

  Doors doors;
  redis::Pool redis;
  view_reader::ViewReader views;
  rpc::Executor executor;
  std::shared_ptr<rpc::TokenStore> tokens;
  rpc::Authenticator authenticator;
  metrics::CallMetrics call_metrics;
  CallParts calls;
  CommandDesk desk;
  CommandEdge commands;
  Texts texts;
  Feed feed;
  Attachments attachments;
  ResumeTokens resume_tokens;
  rpc::Limit stream_limit;
  StreamDoor streams;
  crypto::Signer signer;
  AuditLog audit;
  ContactReveal reveal;
  SlaClient sla;
  AssignmentRpc assignment_rpc;
  OfficeRpc office_rpc;
  TicketRpc ticket_rpc;
};

DeskConfig desk_config(const runtime::Service& service, const Brain& brain, std::uint64_t epoch) {
  const auto ordinal = static_cast<std::int32_t>(service.config.integer("instance.ordinal"));
  return {service.instance,
          epoch,
          Partition{ordinal % contract::reply_partitions},
          static_cast<std::int32_t>(service.config.integer("kafka.partitions")),
          brain.pack.rules_version,
          size_of(service.config, "commands.pending_max")};
}

TimeSource time_source(const runtime::Config& config) {
  return stage::is_replay(config) ? TimeSource::replay : TimeSource::live;
}

Edge::Edge(const runtime::Service& service, Keys keys, Doors opened, const Brain& brain,
           std::shared_ptr<rpc::TokenStore> token_store, metrics::Registry& registry,
           const stream::Clock& clock, std::uint64_t epoch)
    : doors(std::move(opened)),
      redis(stage::redis_options(service.config), redis_connections),
      views(redis, service.config.text("kafka.topic_prefix")),
      executor(size_of(service.config, "calls.threads"),
               size_of(service.config, "calls.waiting_max")),
      tokens(std::move(token_store)),
      authenticator(tokens),
      call_metrics(registry),
      calls{authenticator, call_metrics, executor},
      desk(desk_config(service, brain, epoch), *doors.producer, clock),
      commands({calls, desk, views, registry, clock, time_source(service.config),
                service.config.milliseconds("commands.wait_max_ms")}),
      texts(size_of(service.config, "feed.texts_bytes_max"), views, *doors.records),
      feed(feed_limits(service.config), size_of(service.config, "kafka.partitions")),
      attachments(texts, views),
      resume_tokens(std::move(keys.resume_token)),
      stream_limit(static_cast<int>(service.config.integer("streams.max"))),
      streams{authenticator,
              stream_limit,
              {feed, attachments, resume_tokens, executor, call_metrics,
               size_of(service.config, "kafka.partitions"),
               size_of(service.config, "streams.queue_max")}},
      signer(keys.audit_seed),
      audit({service.instance, epoch}, *doors.producer, signer, clock),
      reveal({views, *doors.records, audit, registry}, std::move(keys.subject),
             static_cast<double>(service.config.integer("reveal.per_hour_max"))),
      sla(service.config.text("peers.sla_monitor")),
      assignment_rpc({calls, commands, streams, views, reveal}),
      office_rpc({calls, commands, streams, views, brain.pack}),
      ticket_rpc({calls, views, *doors.records, sla}) {}

/// Everything, for the life of the process.
struct Process {
  explicit Process(const runtime::Config& config)
      : registry(stage::registry_options(config, "dispatch")), kafka_probe(registry) {}

  system::SystemClock clock;
  metrics::Registry registry;
  stage::ObservedKafka kafka_probe;
  std::unique_ptr<Brain> brain;
  std::unique_ptr<Edge> edge;
};

/// What stops only: nothing has to be started.
runtime::Component stopping(std::string name, std::function<void(runtime::SteadyTime)> stop) {
  return {std::move(name), []() -> Result<Unit, StartError> { return Unit{}; }, std::move(stop)};
}

Milliseconds left_until(runtime::SteadyTime deadline) {
  const auto left = deadline - std::chrono::steady_clock::now();
  return std::max(std::chrono::duration_cast<Milliseconds>(left), Milliseconds{0});
}

runtime::WorkerLoop keep_audit(AuditLog& audit) {
  return [&audit](const std::stop_token& stop, runtime::Heartbeat& heartbeat) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      heartbeat.tick();
      const auto written = audit.checkpoint_if_due();
      if (!written) log::warn("audit", "no checkpoint", {log::text("why", written.error().what)});
      stopped.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
    }
    (void)audit.checkpoint();
    return runtime::WorkerEnd::stop;
  };
}

/// Added first, so stopped last: what calls and workers still use while they end.
void add_log_parts(runtime::Service& service, Process& process) {
  Edge& edge = *process.edge;
  service.lifecycle.add(stopping("producer", [&edge](runtime::SteadyTime deadline) {
    (void)edge.doors.producer->flush(left_until(deadline));
  }));
  runtime::Supervised::add("audit", keep_audit(edge.audit), service.lifecycle, service.health);
}

void add_edge(runtime::Service& service, Process& process) {
  Edge& edge = *process.edge;
  const auto ordinal = static_cast<std::int32_t>(service.config.integer("instance.ordinal"));
  const auto tail_parts = [&](const std::string& name) {
    return TailParts{stage::kafka_connection(service.config, service.instance + "-" + name),
                     process.kafka_probe, service.health.add_condition(name)};
  };
  runtime::Supervised::add("replies",
                           read_replies(tail_parts("replies"),
                                        Partition{ordinal % contract::reply_partitions}, edge.desk),
                           service.lifecycle, service.health);
  runtime::Supervised::add(
      "feed",
      read_feed(tail_parts("feed"), size_of(service.config, "feed.ring_records_max"), edge.feed,
                edge.texts),
      service.lifecycle, service.health);
  service.lifecycle.add(stopping("calls", [&edge](runtime::SteadyTime) {
    edge.desk.close();
    edge.executor.stop();
  }));
  edge::add_server(service, {&edge.assignment_rpc, &edge.office_rpc, &edge.ticket_rpc},
                   {"paidan.dispatch.v1.AssignmentService", "paidan.dispatch.v1.OfficeService",
                    "paidan.dispatch.v1.TicketService"},
                   edge.tokens);
  service.lifecycle.add(stopping("streams", [&edge](runtime::SteadyTime) { edge.feed.close(); }));
}

stage::StageOptions stage_options(const runtime::Config& config) {
  stage::StageOptions options;
  options.group = "dispatch";
  options.inputs = {contract::topic::classified, contract::topic::commands, contract::topic::sla,
                    contract::topic::matches, contract::topic::links};
  options.state = contract::topic::dispatch_state;
  options.report_caught_up = !stage::is_replay(config);
  return options;
}

}  // namespace

Result<std::shared_ptr<void>, StartError> wire(runtime::Service& service) {
  auto process = std::make_shared<Process>(service.config);
  stage::show_metrics(process->registry, service);
  auto pack = stage::load_pack(service.config.text("pack"));
  if (!pack) return StartError{pack.error().what};
  process->brain = std::make_unique<Brain>(
      std::move(pack).value(), time_source(service.config),
      static_cast<std::int32_t>(service.config.integer("kafka.partitions")));
  service.monitor.metrics = with_calendar_gauge(
      std::move(service.monitor.metrics), process->registry, process->brain->pack, process->clock);
  auto keys = read_keys(service.config);
  if (!keys) return keys.error();
  auto tokens = edge::open_tokens(service);
  if (!tokens) return tokens.error();
  auto doors = open_doors(service, process->kafka_probe);
  if (!doors) return doors.error();
  process->edge =
      std::make_unique<Edge>(service, std::move(keys).value(), std::move(doors).value(),
                             *process->brain, *tokens, process->registry, process->clock,
                             static_cast<std::uint64_t>(to_unix_ms(process->clock.now())));
  add_log_parts(service, *process);
  if (auto wrong = stage::add_workers(service, stage_options(service.config), process->brain->logic,
                                      process->brain->codec, process->clock, process->registry)) {
    return *std::move(wrong);
  }
  add_edge(service, *process);
  return std::shared_ptr<void>(std::move(process));
}

}  // namespace paidan::dispatch
