#include "kafka_setup.hpp"

#include <gtest/gtest.h>

#include <cstdio>

#include "paidan/kafka/admin.hpp"

namespace paidan::conformance {

kafka::Connection connection_to(const std::string& brokers, const std::string& prefix) {
  return {brokers, "conformance", prefix, {input, second_input, output, state}};
}

testkit::KafkaServer* shared_kafka() {
  static const auto server = testkit::KafkaServer::start_or_explain();
  if (server) return server->get();
  ADD_FAILURE() << server.error().why;
  return nullptr;
}

std::string fresh_prefix() {
  static int count = 0;
  return "test" + std::to_string(++count) + ".";
}

void create_topics(const kafka::Connection& connection) {
  kafka::SilentProbe probe;
  const auto admin = kafka::Admin::open(connection, probe);
  ASSERT_TRUE(admin) << admin.error().what;
  const kafka::TopicSpec topics[] = {
      {input, partition_count, 1, {}},
      {second_input, partition_count, 1, {}},
      {output, partition_count, 1, {}},
      {state, partition_count, 1, {{"cleanup.policy", "compact"}}},
  };
  const auto made = admin.value()->create_topics(topics, Milliseconds{20'000});
  ASSERT_TRUE(made) << made.error().what;
}

kafka::LogConfig log_config(const kafka::Connection& connection, int ordinal) {
  kafka::LogConfig config;
  config.connection = connection;
  config.group = "group";
  config.instance_ordinal = ordinal;
  config.inputs = {input, second_input};
  config.state = state;
  config.report_caught_up = true;
  config.ends_interval = Milliseconds{100};
  config.session_timeout = test_session_timeout;
  return config;
}

void TalkingProbe::aborted(std::string_view why) {
  std::printf("  aborted: %.*s\n", static_cast<int>(why.size()), why.data());
}
void TalkingProbe::warned(std::string_view what) {
  std::printf("  %.*s\n", static_cast<int>(what.size()), what.data());
}

}  // namespace paidan::conformance
