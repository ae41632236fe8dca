#include <gtest/gtest.h>

#include <algorithm>

#include "distant_member.hpp"
#include "kafka_setup.hpp"
#include "paidan/kafka/producer.hpp"
#include "paidan/kafka/tail.hpp"
#include "raw_transaction.hpp"

namespace paidan::conformance {

namespace {

class KafkaWorld : public World {
 public:
  explicit KafkaWorld(kafka::Connection connection) : connection_(std::move(connection)) {}

  std::unique_ptr<stream::TransactionalLog> join(int ordinal) override {
    auto log = kafka::KafkaLog::open(log_config(connection_, ordinal), clock, probe_);
    EXPECT_TRUE(log) << log.error().what;
    return std::move(log).value();
  }

  std::unique_ptr<DistantMember> join_from_afar(int ordinal) override {
    return std::make_unique<MemberProcess>(connection_, ordinal);
  }

  void append(stream::OutRecord record) override {
    if (!producer_) {
      auto opened = kafka::Producer::open({connection_}, probe_);
      ASSERT_TRUE(opened) << opened.error().what;
      producer_ = std::move(opened).value();
    }
    const auto taken = producer_->send(std::move(record), [](const auto& delivery) {
      EXPECT_TRUE(delivery) << delivery.error().what;
    });
    ASSERT_TRUE(taken) << taken.error().what;
    const auto flushed = producer_->flush(Milliseconds{10'000});
    ASSERT_TRUE(flushed) << flushed.error().what;
  }

  std::vector<Seen> committed(stream::TopicName topic) override {
    kafka::TailConfig config;
    config.connection = connection_;
    config.topics = {topic};
    config.from = kafka::TailConfig::From::beginning;
    config.stop_at_end = true;
    std::vector<Seen> all;
    auto tail = kafka::Tail::open(config, probe_);
    EXPECT_TRUE(tail) << tail.error().what;
    if (!tail) return all;
    for (bool finished = false; !finished;) {
      auto tailed = tail.value()->poll(1'000, Milliseconds{100});
      EXPECT_TRUE(tailed) << tailed.error().what;
      if (!tailed) return all;
      for (const stream::InRecord& in : tailed->records) all.push_back(copy_of(in));
      finished = tailed->finished;
    }
    std::sort(all.begin(), all.end(), [](const Seen& a, const Seen& b) {
      return std::pair(a.record.partition, a.offset) < std::pair(b.record.partition, b.offset);
    });
    return all;
  }

  void leave_open(int ordinal, const std::vector<stream::OutRecord>& records) override {
    RawTransaction(connection_,
                   connection_.topic_prefix + "group-" + std::to_string(ordinal) + "-0", records);
  }

  void cork(stream::TopicPartition at) override {
    cork_ = std::make_unique<RawTransaction>(
        connection_, connection_.topic_prefix + "cork",
        std::vector<stream::OutRecord>{{at.topic, at.partition, "cork", "cork", {}}});
  }
  void uncork() override { cork_->abort(); }

 private:
  static Seen copy_of(const stream::InRecord& in) {
    Seen seen{in.offset, {in.topic, in.partition, std::string(in.key), {}, {}}};
    if (in.value) seen.record.value = std::string(*in.value);
    for (const auto& [name, value] : in.headers) {
      seen.record.headers.push_back({std::string(name), std::string(value)});
    }
    return seen;
  }

  const kafka::Connection connection_;
  TalkingProbe probe_;
  std::unique_ptr<kafka::Producer> producer_;
  std::unique_ptr<RawTransaction> cork_;
};

}  // namespace

std::unique_ptr<World> make_world() {
  testkit::KafkaServer* server = shared_kafka();
  if (server == nullptr) return nullptr;
  const auto connection = connection_to(server->brokers(), fresh_prefix());
  create_topics(connection);
  return std::make_unique<KafkaWorld>(connection);
}

}  // namespace paidan::conformance
