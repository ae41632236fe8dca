#include "sla_monitor/time_watch.hpp"

#include <gtest/gtest.h>

namespace paidan::sla_monitor {
namespace {

using namespace std::chrono_literals;

class TimeWatchTest : public testing::Test {
 protected:
  void look(std::chrono::seconds at, std::map<Partition, Instant> marks) {
    stream::Positions owned;
    for (const auto& [partition, mark] : marks) {
      owned[{"lifecycle", partition}] = NextOffset{0};
    }
    watch_.look(
        owned, [&](Partition partition) { return marks.at(partition); },
        runtime::SteadyTime{} + 1h + at);
  }

  metrics::Registry registry_{metrics::RegistryOptions{"sla_monitor", "1"}};
  TimeWatch watch_{registry_};
};

TEST_F(TimeWatchTest, TimeStandsStillAfterTenSecondsWithoutAMark) {
  look(0s, {{Partition{0}, from_unix_ms(1)}, {Partition{1}, from_unix_ms(1)}});
  look(9s, {{Partition{0}, from_unix_ms(2)}, {Partition{1}, from_unix_ms(1)}});
  EXPECT_FALSE(watch_.stalled());
  look(10s, {{Partition{0}, from_unix_ms(3)}, {Partition{1}, from_unix_ms(1)}});
  EXPECT_TRUE(watch_.stalled()) << "one partition is enough";
  EXPECT_NE(registry_.serialise().find("paidan_time_stalled"), std::string::npos);
  look(11s, {{Partition{0}, from_unix_ms(3)}, {Partition{1}, from_unix_ms(2)}});
  EXPECT_FALSE(watch_.stalled());
}

TEST_F(TimeWatchTest, WhoOwnsNothingIsNotStalled) {
  look(0s, {{Partition{0}, Instant{}}});
  look(20s, {});
  EXPECT_FALSE(watch_.stalled());
  look(21s, {{Partition{0}, Instant{}}});
  EXPECT_FALSE(watch_.stalled()) << "ten seconds count from when it is owned";
}

TEST_F(TimeWatchTest, LookingIsDueOnceASecond) {
  const runtime::SteadyTime now = runtime::SteadyTime{} + 1h;
  EXPECT_TRUE(watch_.is_due(now));
  look(0s, {});
  EXPECT_FALSE(watch_.is_due(now + 999ms));
  EXPECT_TRUE(watch_.is_due(now + 1s));
}

}  // namespace
}  // namespace paidan::sla_monitor
