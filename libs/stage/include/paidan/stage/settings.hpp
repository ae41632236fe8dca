#pragma once
#include <string>
#include <string_view>

#include "paidan/kafka/connection.hpp"
#include "paidan/metrics/registry.hpp"
#include "paidan/redis/connection.hpp"
#include "paidan/runtime/config.hpp"
#include "paidan/runtime/service.hpp"

/// From settings to the options of adapters, the same in every service.
namespace paidan::stage {

/// Of `kafka.brokers` and `kafka.topic_prefix`, with every topic of the contract.
kafka::Connection kafka_connection(const runtime::Config& config, std::string client_id);
/// Of `redis.address`.
redis::Options redis_options(const runtime::Config& config);
/// With mode="replay" on every series when `time.source` is replay.
metrics::RegistryOptions registry_options(const runtime::Config& config, std::string_view service);
/// Puts the registry behind `/metrics`; it must outlive the process's life cycle.
void show_metrics(const metrics::Registry& registry, runtime::Service& service);

bool is_replay(const runtime::Config& config);

}  // namespace paidan::stage
