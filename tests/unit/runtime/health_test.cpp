#include "paidan/runtime/health.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paidan::runtime {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

TEST(Health, ProcessWithoutPartsIsLiveAndReady) {
  const Health health;
  EXPECT_TRUE(health.liveness(std::chrono::steady_clock::now()).ok);
  EXPECT_TRUE(health.readiness().ok);
}

TEST(Health, LoopThatStoodTenSecondsIsNotAlive) {
  Health health;
  Heartbeat& heartbeat = health.add_heartbeat("worker-0");
  heartbeat.tick();
  const auto now = std::chrono::steady_clock::now();
  EXPECT_TRUE(health.liveness(now + seconds(9)).ok);
  EXPECT_THAT(health.liveness(now + seconds(11)).failing, ElementsAre("worker-0"));
  heartbeat.retire();
  EXPECT_TRUE(health.liveness(now + seconds(11)).ok);
}

TEST(Health, ReadyOnlyWhenEveryConditionIsMetAndNotDraining) {
  Health health;
  Condition& kafka = health.add_condition("kafka");
  Condition& redis = health.add_condition("redis");
  EXPECT_THAT(health.readiness().failing, ElementsAre("kafka", "redis"));
  kafka.set(true);
  redis.set(true);
  EXPECT_TRUE(health.readiness().ok);
  redis.set(false);
  EXPECT_THAT(health.readiness().failing, ElementsAre("redis"));
  redis.set(true);
  health.start_draining();
  EXPECT_THAT(health.readiness().failing, ElementsAre("draining"));
}

TEST(HealthDeathTest, ANameUsedTwiceIsABug) {
  Health health;
  health.add_condition("kafka");
  EXPECT_DEATH(health.add_condition("kafka"), "used twice");
}

}  // namespace
}  // namespace paidan::runtime
