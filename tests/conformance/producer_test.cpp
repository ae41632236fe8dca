// The idempotent producer against a real Kafka, its bounds, and a broker that comes and goes.
#include <atomic>
#include <mutex>
#include <set>

#include "adapter_fixture.hpp"
#include "paidan/testkit/wait.hpp"

namespace paidan::conformance {
namespace {

using kafka::Delivered;
using kafka::Error;
using kafka::ErrorKind;

class ProducerTest : public AdapterTest {};

stream::OutRecord record(std::int32_t partition, std::string key, std::string value = "v") {
  return {input, Partition{partition}, std::move(key), std::move(value), {}};
}

TEST_F(ProducerTest, TellsEachRecordItsOffset) {
  const auto to = producer();
  std::mutex mutex;
  std::vector<std::int64_t> offsets;
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(to->send(record(1, std::to_string(i)), [&](const auto& delivery) {
      const std::lock_guard lock(mutex);
      ASSERT_TRUE(delivery) << delivery.error().what;
      EXPECT_EQ(delivery->partition, Partition{1});
      offsets.push_back(delivery->offset);
    }));
  }
  ASSERT_TRUE(to->flush(Milliseconds{20'000}));
  EXPECT_EQ(to->unacknowledged_records(), 0U);
  ASSERT_EQ(offsets.size(), 100U);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(offsets[static_cast<std::size_t>(i)], i);
}

TEST_F(ProducerTest, RefusesWhatIsTooLargeOrTooMuchAndTakesNothingOfIt) {
  kafka::ProducerConfig config;
  config.unacknowledged_records_max = 2;
  config.linger = Milliseconds{500};
  const auto to = producer(config);
  const auto large = to->send(record(0, "k", std::string(600UL * 1024, 'x')),
                              [](const auto&) { ADD_FAILURE() << "it was not taken"; });
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().kind, ErrorKind::too_large);
  EXPECT_TRUE(to->send(record(0, "1"), [](const auto&) {}));
  EXPECT_TRUE(to->send(record(0, "2"), [](const auto&) {}));
  const auto third = to->send(record(0, "3"), [](const auto&) { ADD_FAILURE() << "not taken"; });
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().kind, ErrorKind::full);
  ASSERT_TRUE(to->flush(Milliseconds{20'000}));
  EXPECT_TRUE(to->send(record(0, "4"), [](const auto&) {})) << "there is room again";
  ASSERT_TRUE(to->flush(Milliseconds{20'000}));
}

TEST_F(ProducerTest, APartitionThatIsNotThereIsATypedError) {
  const auto to = producer();
  std::atomic<int> unknown{0};
  const auto count = [&](const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::unknown_topic) << error.what;
    ++unknown;
  };
  // Before the first look at the metadata it is taken and fails later; after it, at once.
  for (int i = 0; i < 2; ++i) {
    const auto taken = to->send(record(99, "k"), [&](const auto& delivery) {
      ASSERT_FALSE(delivery);
      count(delivery.error());
    });
    if (!taken) count(taken.error());
    ASSERT_TRUE(to->flush(Milliseconds{20'000}));
  }
  EXPECT_EQ(unknown, 2);
}

TEST_F(ProducerTest, WithoutABrokerTheOutcomeIsUnknownInTimeAndClosingAnswersTheRest) {
  kafka::SilentProbe silent;
  kafka::ProducerConfig config;
  config.connection = connection_to("127.0.0.1:" + std::to_string(testkit::free_port()), "nobody.");
  config.delivery_timeout = Milliseconds{1'000};
  auto to = kafka::Producer::open(config, silent);
  ASSERT_TRUE(to);
  std::atomic<int> timed_out{0};
  ASSERT_TRUE(to.value()->send(record(0, "k"), [&](const auto& delivery) {
    if (!delivery && delivery.error().kind == ErrorKind::timed_out) ++timed_out;
  }));
  ASSERT_TRUE(to.value()->flush(Milliseconds{10'000}));
  EXPECT_EQ(timed_out, 1);

  std::atomic<int> closed{0};
  ASSERT_TRUE(to.value()->send(record(0, "k"), [&](const auto& delivery) {
    if (!delivery && delivery.error().kind == ErrorKind::closed) ++closed;
  }));
  to = Error{};
  EXPECT_EQ(closed, 1);
}

TEST(ProducerFaults, ABrokerKilledInTheMiddleLosesNothingThatWasAcknowledged) {
  // A broker of its own, since it is killed.
  const auto server = testkit::KafkaServer::start_or_explain();
  ASSERT_TRUE(server) << server.error().why;
  const auto connection = connection_to(server.value()->brokers(), "kill.");
  ASSERT_NO_FATAL_FAILURE(create_topics(connection));
  kafka::SilentProbe probe;
  kafka::ProducerConfig config{connection};
  config.delivery_timeout = Milliseconds{60'000};
  config.unacknowledged_records_max = 5'000;
  const auto to = kafka::Producer::open(config, probe);
  ASSERT_TRUE(to);
  std::mutex mutex;
  std::map<std::int64_t, std::string> acknowledged;
  std::atomic<int> sent{0};
  const auto send = [&](int count) {
    for (int i = 0; i < count; ++i) {
      const std::string key = std::to_string(sent++);
      ASSERT_TRUE(to.value()->send(record(0, key), [&, key](const auto& delivery) {
        ASSERT_TRUE(delivery) << delivery.error().what;
        const std::lock_guard lock(mutex);
        acknowledged[delivery->offset] = key;
      }));
    }
  };
  send(1'000);
  server.value()->kill();
  send(1'000);
  ASSERT_TRUE(server.value()->start_again());
  send(100);
  ASSERT_TRUE(to.value()->flush(Milliseconds{60'000}));

  kafka::TailConfig read{.connection = connection, .topics = {input}};
  read.from = kafka::TailConfig::From::beginning;
  read.stop_at_end = true;
  const auto tail = kafka::Tail::open(read, probe);
  ASSERT_TRUE(tail) << tail.error().what;
  std::map<std::int64_t, std::string> stored;
  std::set<std::string> keys;
  for (bool finished = false; !finished;) {
    const auto tailed = tail.value()->poll(1'000, Milliseconds{100});
    ASSERT_TRUE(tailed) << tailed.error().what;
    for (const auto& in : tailed->records) {
      stored[in.offset] = std::string(in.key);
      keys.emplace(in.key);
    }
    finished = tailed->finished;
  }
  EXPECT_EQ(keys.size(), 2'100U);
  for (const auto& [offset, key] : acknowledged) EXPECT_EQ(stored[offset], key);
}

}  // namespace
}  // namespace paidan::conformance
