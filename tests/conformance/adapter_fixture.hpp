#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "kafka_setup.hpp"
#include "paidan/kafka/admin.hpp"
#include "paidan/kafka/producer.hpp"
#include "paidan/kafka/record_reader.hpp"
#include "paidan/kafka/tail.hpp"

namespace paidan::conformance {

/// Topics of its own on the shared broker.
class AdapterTest : public testing::Test {
 protected:
  void SetUp() override {
    testkit::KafkaServer* server = shared_kafka();
    ASSERT_NE(server, nullptr);
    connection_ = connection_to(server->brokers(), fresh_prefix());
    ASSERT_NO_FATAL_FAILURE(create_topics(connection_));
  }

  std::unique_ptr<kafka::Producer> producer(kafka::ProducerConfig config = {}) {
    config.connection = connection_;
    auto opened = kafka::Producer::open(config, probe_);
    EXPECT_TRUE(opened) << opened.error().what;
    return std::move(opened).value();
  }
  /// Sends and waits; keys `first`.. in partition.
  void fill(std::int32_t partition, int first, int count) {
    const auto to = producer();
    for (int i = first; i < first + count; ++i) {
      ASSERT_TRUE(to->send({input, Partition{partition}, std::to_string(i), "v", {}},
                           [](const auto& delivery) { EXPECT_TRUE(delivery); }));
    }
    ASSERT_TRUE(to->flush(Milliseconds{20'000}));
  }
  std::unique_ptr<kafka::Tail> tail(kafka::TailConfig config) {
    config.connection = connection_;
    if (config.topics.empty()) config.topics = {input};
    auto opened = kafka::Tail::open(config, probe_);
    EXPECT_TRUE(opened) << opened.error().what;
    return std::move(opened).value();
  }
  /// `partition/key` of the records up to the end, or up to `count` of them.
  static std::vector<std::string> keys_from(kafka::Tail& tail, std::size_t count) {
    std::vector<std::string> keys;
    bool finished = false;
    for (int polls = 0; polls < 200 && keys.size() < count && !finished; ++polls) {
      const auto tailed = tail.poll(1'000, Milliseconds{100});
      EXPECT_TRUE(tailed) << tailed.error().what;
      if (!tailed) break;
      for (const auto& record : tailed->records) {
        keys.push_back(std::to_string(record.partition.get()) + "/" + std::string(record.key));
      }
      finished = tailed->finished;
    }
    return keys;
  }

  kafka::Connection connection_;
  TalkingProbe probe_;
};

}  // namespace paidan::conformance
