#pragma once
#include <string_view>

#include "paidan/runtime/config.hpp"

/// The settings that more than one service has, each defined once. A service picks those it needs
/// and gives its own defaults with `with_default`.
namespace paidan::runtime::properties {

Property kafka_brokers();       ///< `kafka.brokers`
Property kafka_topic_prefix();  ///< `kafka.topic_prefix`
Property kafka_partitions();    ///< `kafka.partitions`
Property redis_address();       ///< `redis.address`
Property grpc_listen();         ///< `grpc.listen`; the default must be given by the service.
Property grpc_drain_ms();       ///< `grpc.drain_ms`
Property monitor_listen();      ///< `monitor.listen`; the default must be given by the service.
Property log_level();           ///< `log.level`
Property instance_ordinal();    ///< `instance.ordinal`
Property workers();             ///< `workers`
Property time_source();         ///< `time.source`: live or replay.
Property pack();                ///< `pack`
Property secrets_dir();         ///< `secrets_dir`
Property tokens_file();         ///< `tokens_file`; empty: `<secrets_dir>/tokens.yaml`.
Property peers_classification();
Property peers_dispatch();
Property peers_sla_monitor();

/// Every process has these: monitor.listen, log.level, instance.ordinal, time.source.
PropertyTable of_every_service(std::string_view monitor_listen_default);

/// `tokens_file`, or where it lies in `secrets_dir` when it is empty.
std::string tokens_path(const Config& config);

}  // namespace paidan::runtime::properties
