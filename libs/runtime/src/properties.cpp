#include "paidan/runtime/properties.hpp"

namespace paidan::runtime::properties {
namespace {

Property text(std::string_view name, std::string_view help, std::string_view default_value,
              std::optional<std::string> (*check)(std::string_view)) {
  Property property{name, help, default_value};
  property.check = check;
  return property;
}

Property number(std::string_view name, std::string_view help, std::string_view default_value,
                std::int64_t min, std::int64_t max) {
  return {name, help, default_value, Kind::integer, min, max};
}

Property choice(std::string_view name, std::string_view help, std::string_view default_value,
                std::vector<std::string_view> choices) {
  Property property{name, help, default_value};
  property.choices = std::move(choices);
  return property;
}

// Kafka allows these in a topic's name, whose length it limits to 249.
std::optional<std::string> check_topic_prefix(std::string_view value) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  if (value.size() > 200) return "must have at most 200 characters";
  if (value.find_first_not_of(allowed) != value.npos) return "may hold letters, digits, . _ -";
  return std::nullopt;
}

}  // namespace

Property kafka_brokers() {
  return text("kafka.brokers", "Kafka's first brokers, host:port, comma-separated",
              "127.0.0.1:19092", check_host_ports);
}

Property kafka_topic_prefix() {
  return text("kafka.topic_prefix", "Before each topic's name; one per deployment", "paidan.",
              check_topic_prefix);
}

Property kafka_partitions() {
  return number("kafka.partitions",
                "Partitions of each ticket topic; fixed for a deployment's life", "4", 1, 1024);
}

Property redis_address() {
  return text("redis.address", "Redis: unix:/path or host:port", "127.0.0.1:6379",
              check_redis_address);
}

Property grpc_listen() {
  return text("grpc.listen", "Where gRPC calls are taken: host:port", "127.0.0.1:0",
              check_host_port);
}

Property grpc_drain_ms() {
  return number("grpc.drain_ms", "From NOT_SERVING until new calls are refused", "500", 0, 5000);
}

Property monitor_listen() {
  return text("monitor.listen", "Where /metrics, /healthz, /readyz answer: host:port",
              "127.0.0.1:0", check_host_port);
}

Property log_level() {
  return choice("log.level", "Least level that is logged", "info",
                {"trace", "debug", "info", "warn", "error", "critical", "off"});
}

Property instance_ordinal() {
  return number("instance.ordinal", "This instance's number among those of its service", "0", 0,
                1023);
}

Property workers() {
  return number("workers", "Worker threads; workers x instances <= partitions", "1", 1, 64);
}

Property time_source() {
  return choice("time.source", "Where time comes from: the clock, or marks of a replay", "live",
                {"live", "replay"});
}

Property pack() {
  return text("pack", "The city pack: its name, or a path with /", "shanghai", check_not_empty);
}

Property secrets_dir() {
  return text("secrets_dir", "Folder of keys and tokens, made by paidanctl make-secrets",
              ".paidan/secrets", check_not_empty);
}

Property tokens_file() {
  return text("tokens_file", "Hashes of the callers' tokens; empty: tokens.yaml in secrets_dir", "",
              nullptr);
}

Property peers_classification() {
  return text("peers.classification", "gRPC address of the classification service",
              "127.0.0.1:7002", check_host_port);
}

Property peers_dispatch() {
  return text("peers.dispatch", "gRPC address of the dispatch service", "127.0.0.1:7003",
              check_host_port);
}

Property peers_sla_monitor() {
  return text("peers.sla_monitor", "gRPC address of the SLA monitor", "127.0.0.1:7004",
              check_host_port);
}

PropertyTable of_every_service(std::string_view monitor_listen_default) {
  return {with_default(monitor_listen(), monitor_listen_default), log_level(), instance_ordinal(),
          time_source()};
}

std::string tokens_path(const Config& config) {
  const std::string& given = config.text("tokens_file");
  return given.empty() ? config.text("secrets_dir") + "/tokens.yaml" : given;
}

}  // namespace paidan::runtime::properties
