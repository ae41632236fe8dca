#include "deployment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "paidan/contract/topics.hpp"
#include "paidan/kafka/producer.hpp"
#include "paidan/kafka/tail.hpp"

namespace paidan::pipeline {
namespace {

constexpr Milliseconds ready_deadline{90'000};

kafka::Connection connection_to(Deployment& deployment) {
  return {deployment.kafka().brokers(), "test", "paidan.", contract::topic_names(),
          contract::record_bytes_max};
}

Logged copied(const stream::InRecord& record) {
  Logged logged{record.topic, record.partition, record.offset, std::string(record.key), {}, {}};
  if (record.value) logged.value = std::string(*record.value);
  for (const auto& [name, value] : record.headers) {
    logged.headers[std::string(name)] = std::string(value);
  }
  return logged;
}

}  // namespace

std::unique_ptr<Deployment> start_deployment() {
  auto opened =
      Deployment::open({.programs = std::string(PAIDAN_BINARY_DIR) + "/bin", .city = "shanghai"});
  if (!opened) {
    ADD_FAILURE() << opened.error().why;
    return nullptr;
  }
  std::unique_ptr<Deployment> deployment = std::move(opened).value();
  const auto started = deployment->start_and_wait(Deployment::all_services, ready_deadline);
  if (started) return deployment;
  ADD_FAILURE() << started.error().why;
  return nullptr;
}

bool run(Deployment& deployment, const std::string& service) {
  const auto started = deployment.start_and_wait({service}, ready_deadline);
  if (!started) ADD_FAILURE() << started.error().why;
  return started.has_value();
}

std::vector<Logged> read(Deployment& deployment, stream::TopicName topic) {
  kafka::SilentProbe probe;
  kafka::TailConfig config;
  config.connection = connection_to(deployment);
  config.topics = {topic};
  config.from = kafka::TailConfig::From::beginning;
  config.stop_at_end = true;
  auto tail = kafka::Tail::open(config, probe);
  std::vector<Logged> all;
  while (tail) {
    const auto tailed = (*tail)->poll(1'000, Milliseconds{1'000});
    if (!tailed) {
      ADD_FAILURE() << topic << ": " << tailed.error().what;
      return all;
    }
    std::transform(tailed->records.begin(), tailed->records.end(), std::back_inserter(all), copied);
    if (tailed->finished) return all;
  }
  ADD_FAILURE() << topic << ": " << tail.error().what;
  return all;
}

bool append(Deployment& deployment, stream::OutRecord record) {
  kafka::SilentProbe probe;
  auto producer = kafka::Producer::open({connection_to(deployment)}, probe);
  if (!producer) return false;
  const auto sent = (*producer)->send(std::move(record), [](const auto&) {});
  return sent && (*producer)->flush(Milliseconds{10'000});
}

}  // namespace paidan::pipeline
