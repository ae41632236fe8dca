#include "paidan/rpc/executor.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>

#include "paidan/rpc/limit.hpp"

namespace paidan::rpc {
namespace {

TEST(Executor, RunsAllThatWaitsBeforeItStops) {
  std::atomic<int> ran = 0;
  Executor executor(2, 1000);
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(executor.submit([&] { ++ran; }));
  executor.stop();
  EXPECT_EQ(ran, 500);
  EXPECT_FALSE(executor.submit([&] { ++ran; }));
}

TEST(Executor, AFullQueueRefuses) {
  std::promise<void> started, release;
  Executor executor(1, 1);
  ASSERT_TRUE(executor.submit([&] {
    started.set_value();
    release.get_future().wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(executor.submit([] {}));
  EXPECT_FALSE(executor.submit([] {}));
  release.set_value();
}

TEST(Limit, LendsItsPlacesAndTakesThemBack) {
  std::optional<Limit> limit(2);
  auto first = limit->take();
  auto second = limit->take();
  EXPECT_TRUE(first);
  EXPECT_TRUE(second);
  EXPECT_FALSE(limit->take());
  EXPECT_EQ(limit->open(), 2);
  second.reset();
  EXPECT_EQ(limit->open(), 1);
  EXPECT_TRUE(limit->take());
  limit.reset();
  first.reset();  // may outlive the limit
}

}  // namespace
}  // namespace paidan::rpc
