#include "classification/wiring.hpp"

#include <utility>

#include "classification/clusters_codec.hpp"
#include "classification/clusters_logic.hpp"
#include "classification/codec.hpp"
#include "classification/rpc.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/edge/serve.hpp"
#include "paidan/stage/pack.hpp"
#include "paidan/stage/settings.hpp"
#include "paidan/stage/workers.hpp"
#include "paidan/system/clock.hpp"

namespace paidan::classification {

namespace {

struct Parts {
  Parts(const runtime::Config& config, domain::CityPack city,
        std::shared_ptr<const rpc::TokenStore> tokens)
      : pack(std::move(city)),
        classifier(pack),
        logic(classifier),
        codec(static_cast<std::int32_t>(config.integer("kafka.partitions")), pack.rules_version),
        clusters_logic(pack.duplicates),
        clusters_codec(static_cast<std::int32_t>(config.integer("kafka.partitions")),
                       pack.rules_version),
        registry(stage::registry_options(config, "classification")),
        authenticator(std::move(tokens)),
        calls(registry),
        executor(static_cast<std::size_t>(config.integer("grpc.threads")),
                 static_cast<std::size_t>(config.integer("grpc.waiting_calls_max"))),
        rpc({authenticator, calls, executor}, pack, classifier, clock) {}

  system::SystemClock clock;
  domain::CityPack pack;
  domain::Classifier classifier;
  Logic logic;
  Codec codec;
  ClustersLogic clusters_logic;
  ClustersCodec clusters_codec;
  metrics::Registry registry;
  rpc::Authenticator authenticator;
  metrics::CallMetrics calls;
  rpc::Executor executor;
  ClassificationService rpc;
};

/// Two deciders in one process, each with its own group: a clusters worker that lags or restarts
/// holds no ticket up.
std::optional<runtime::StartError> add_stages(runtime::Service& service, Parts& parts) {
  stage::StageOptions options;
  options.group = "classification";
  options.inputs = {contract::topic::submissions};
  auto wrong = stage::add_workers<Logic, Codec>(service, options, parts.logic, parts.codec,
                                                parts.clock, parts.registry);
  if (wrong) return wrong;
  stage::StageOptions clusters;
  clusters.group = "clusters";
  clusters.inputs = {contract::topic::sightings};
  clusters.state = contract::topic::clusters_state;
  clusters.metric_stage = "clusters";
  return stage::add_workers<ClustersLogic, ClustersCodec>(
      service, clusters, parts.clusters_logic, parts.clusters_codec, parts.clock, parts.registry);
}

}  // namespace

std::optional<std::string> check(const runtime::Config& config) {
  const auto pack = stage::load_pack(config.text("pack"));
  return pack ? std::nullopt : std::optional(pack.error().what);
}

Result<std::shared_ptr<void>, runtime::StartError> wire(runtime::Service& service) {
  auto tokens = edge::open_tokens(service);
  if (!tokens) return std::move(tokens).error();
  auto pack = stage::load_pack(service.config.text("pack"));
  if (!pack) return runtime::StartError{pack.error().what};
  auto parts = std::make_shared<Parts>(service.config, std::move(pack).value(), *tokens);
  stage::show_metrics(parts->registry, service);
  if (auto wrong = add_stages(service, *parts)) return std::move(*wrong);
  edge::add_server(service, {&parts->rpc}, {v1::ClassificationService::service_full_name()},
                   std::move(tokens).value());
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace paidan::classification
