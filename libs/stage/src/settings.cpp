#include "paidan/stage/settings.hpp"

#include <utility>

#include "paidan/contract/topics.hpp"

namespace paidan::stage {

kafka::Connection kafka_connection(const runtime::Config& config, std::string client_id) {
  kafka::Connection connection;
  connection.brokers = config.text("kafka.brokers");
  connection.client_id = std::move(client_id);
  connection.topic_prefix = config.text("kafka.topic_prefix");
  connection.topics = contract::topic_names();
  connection.record_bytes_max = contract::record_bytes_max;
  return connection;
}

redis::Options redis_options(const runtime::Config& config) {
  redis::Options options;
  options.address = config.text("redis.address");
  return options;
}

metrics::RegistryOptions registry_options(const runtime::Config& config, std::string_view service) {
  metrics::RegistryOptions options;
  options.service = std::string(service);
  options.version = std::string(runtime::version());
  options.replay = is_replay(config);
  return options;
}

void show_metrics(const metrics::Registry& registry, runtime::Service& service) {
  service.monitor.metrics = [&registry] { return registry.serialise(); };
  service.monitor.metrics_type = metrics::Registry::content_type;
}

bool is_replay(const runtime::Config& config) { return config.text("time.source") == "replay"; }

}  // namespace paidan::stage
