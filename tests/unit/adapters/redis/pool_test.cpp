#include "paidan/redis/pool.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "redis_server.hpp"

namespace paidan::redis {
namespace {

TEST(Pool, ServesManyThreadsWithFewConnections) {
  const test::RedisServer server;
  Pool pool(Options{server.address()}, 3);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 200; ++n) EXPECT_TRUE(pool.command({"INCR", "n"}));
    });
  }
  threads.clear();
  EXPECT_EQ(*pool.command({"GET", "n"})->text(), "1600");
  const auto clients = pool.command({"CLIENT", "LIST"});
  const std::string& list = *clients->text();
  EXPECT_LE(std::count(list.begin(), list.end(), '\n'), 3);
}

TEST(Pool, WithAllLentABorrowerWaitsAndThenIsRefused) {
  const test::RedisServer server;
  Pool pool(Options{server.address()}, 1);
  {
    auto lease = pool.borrow(Milliseconds{0});
    ASSERT_TRUE(lease);
    EXPECT_TRUE((*lease)->reachable());
    const auto refused = pool.borrow(Milliseconds{1});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  }
  EXPECT_TRUE(pool.borrow(Milliseconds{0}));
}

TEST(Pool, PipelinesAndScriptsGoThroughItToo) {
  const test::RedisServer server;
  Pool pool(Options{server.address()}, 1);
  const std::vector<Command> commands = {{"SET", "a", "1"}, {"GET", "a"}};
  EXPECT_EQ(*pool.pipeline(commands)->back().text(), "1");
  EXPECT_EQ(*pool.eval(Script("return ARGV[1]"), {}, {"x"})->text(), "x");
}

}  // namespace
}  // namespace paidan::redis
