// Members in processes of their own, killed at moments that a seed chooses, over and over: what
// they copied is the input, each record once and in order.
#include <signal.h>

#include <array>
#include <cstdlib>
#include <random>

#include "adapter_fixture.hpp"
#include "distant_member.hpp"
#include "paidan/testkit/wait.hpp"

namespace paidan::conformance {
namespace {

class KillTest : public AdapterTest {
 protected:
  std::int64_t committed_outputs() {
    const auto admin = kafka::Admin::open(connection_, probe_);
    const auto marks = admin.value()->watermarks(output, Milliseconds{10'000});
    std::int64_t sum = 0;
    if (marks) {
      for (const auto& [partition, mark] : *marks) sum += mark.high.get();
    }
    return sum;
  }
};

TEST_F(KillTest, KillingMembersInFullFlowNeitherLosesNorDoublesARecord) {
  const char* given = std::getenv("PAIDAN_FIRST_SEED");
  const std::uint64_t seed = given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
  SCOPED_TRACE("seed=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  constexpr int rounds = 5;
  constexpr int per_round = 400;
  constexpr std::uint64_t some_max = 800;
  std::array<std::unique_ptr<MemberProcess>, 2> members;
  const auto start = [&](std::size_t i) {
    members[i] = std::make_unique<MemberProcess>(connection_, static_cast<int>(i));
    members[i]->run();
  };
  start(0);
  start(1);
  int appended = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto before = committed_outputs();
    for (std::int32_t p = 0; p < partition_count; ++p) fill(p, appended, per_round);
    appended += per_round;
    // Killed when some of it has gone through; how much, the seed and the scheduler say.
    const auto some = before + static_cast<std::int64_t>(random() % some_max);
    ASSERT_TRUE(
        testkit::eventually([&] { return committed_outputs() > some; }, Milliseconds{60'000}));
    const std::size_t victim = random() % members.size();
    members[victim]->kill();
    start(victim);
  }
  kafka::TailConfig config;
  config.topics = {output};
  config.from = kafka::TailConfig::From::beginning;
  const auto reader = tail(config);
  std::map<std::int32_t, std::vector<std::string>> copied;
  std::size_t total = 0;
  const std::size_t wanted = static_cast<std::size_t>(appended) * partition_count;
  const auto read_on = [&] {
    const auto tailed = reader->poll(10'000, Milliseconds{100});
    EXPECT_TRUE(tailed) << tailed.error().what;
    for (const auto& in : tailed->records) {
      copied[in.partition.get()].emplace_back(in.key);
      ++total;
    }
    return total >= wanted;
  };
  ASSERT_TRUE(testkit::eventually(read_on, Milliseconds{60'000})) << total << " of " << wanted;
  for (int i = 0; i < 5; ++i) read_on();  // one too many would come now
  EXPECT_EQ(total, wanted);
  for (std::int32_t p = 0; p < partition_count; ++p) {
    ASSERT_EQ(copied[p].size(), static_cast<std::size_t>(appended));
    for (int i = 0; i < appended; ++i) {
      ASSERT_EQ(copied[p][static_cast<std::size_t>(i)], std::to_string(i)) << "partition " << p;
    }
  }
}

TEST_F(KillTest, ABrokerThatSleepsLongerThanATransactionTearsNone) {
  const auto server = testkit::KafkaServer::start_or_explain();
  ASSERT_TRUE(server) << server.error().why;
  connection_ = connection_to(server.value()->brokers(), "sleep.");
  ASSERT_NO_FATAL_FAILURE(create_topics(connection_));
  fill(0, 0, 500);
  auto member = std::make_unique<MemberProcess>(connection_, 0);
  member->run();
  ASSERT_TRUE(testkit::eventually([&] { return committed_outputs() > 0; }, Milliseconds{60'000}));
  fill(0, 500, 500);
  server.value()->process().signal(SIGSTOP);
  // Longer than a commit may take; then the member must have given itself up or rewound.
  (void)testkit::eventually([] { return false; }, Milliseconds{4'000});
  server.value()->process().signal(SIGCONT);
  fill(0, 1'000, 10);
  member = std::make_unique<MemberProcess>(connection_, 0);
  member->run();
  kafka::TailConfig config;
  config.topics = {output};
  config.from = kafka::TailConfig::From::beginning;
  const auto keys = keys_from(*tail(config), 1'010);
  ASSERT_EQ(keys.size(), 1'010U);
  for (int i = 0; i < 1'010; ++i) {
    ASSERT_EQ(keys[static_cast<std::size_t>(i)], "0/" + std::to_string(i));
  }
}

}  // namespace
}  // namespace paidan::conformance
