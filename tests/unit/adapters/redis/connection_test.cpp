#include "paidan/redis/connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "redis_server.hpp"

namespace paidan::redis {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ConnectionTest : public testing::Test {
 protected:
  Connection connect(Milliseconds command_timeout = Milliseconds{1000}) {
    Options options{server_.address()};
    options.command_timeout = command_timeout;
    options.backoff_min = options.backoff_max = Milliseconds{0};
    return Connection(options);
  }

  test::RedisServer server_;
};

std::string text_of(const RedisResult<Reply>& reply) {
  if (!reply) return "error: " + reply.error().message;
  return reply->text() == nullptr ? "not a text" : *reply->text();
}

TEST_F(ConnectionTest, KeysAndValuesAreBinarySafe) {
  Connection redis = connect();
  const std::string key("k\0 \r\n%s", 7);
  const std::string value("\xff\0\x01\r\n", 5);
  EXPECT_EQ(text_of(redis.command({"SET", key, value})), "OK");
  EXPECT_EQ(text_of(redis.command({"GET", key})), value);
  EXPECT_EQ(text_of(redis.command({"SET", "empty", {}})), "OK");
  EXPECT_EQ(text_of(redis.command({"GET", "empty"})), "");
}

TEST_F(ConnectionTest, EveryKindOfReplyIsTold) {
  Connection redis = connect();
  EXPECT_TRUE(redis.command({"GET", "nothing"})->is_nil());
  EXPECT_EQ(*redis.command({"INCR", "n"})->integer(), 1);
  const auto refused = redis.command({"LPUSH", "n", "x"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::refused);
  EXPECT_THAT(refused.error().message, StartsWith("WRONGTYPE"));
  const auto list = redis.command({"MGET", "n", "nothing"});
  ASSERT_EQ(list->array()->size(), 2u);
  EXPECT_EQ(*list->array()->at(0).text(), "1");
  EXPECT_TRUE(list->array()->at(1).is_nil());
  EXPECT_TRUE(redis.connected());
}

TEST_F(ConnectionTest, PipelineGivesOneReplyEachAndOneRefusalSpoilsNoOther) {
  Connection redis = connect();
  const std::vector<Command> commands = {{"SET", "a", "1"}, {"LPUSH", "a", "x"}, {"INCR", "a"}};
  const auto replies = redis.pipeline(commands);
  ASSERT_TRUE(replies) << replies.error().message;
  ASSERT_EQ(replies->size(), 3u);
  ASSERT_NE((*replies)[1].refused(), nullptr);
  EXPECT_THAT((*replies)[1].refused()->message, StartsWith("WRONGTYPE"));
  EXPECT_EQ(*(*replies)[2].integer(), 2);
  EXPECT_TRUE(redis.pipeline({})->empty());
}

TEST_F(ConnectionTest, LargePipelineArrivesWhole) {
  Connection redis = connect();
  const std::string value(2000, 'v');
  const std::vector<Command> commands(2000, Command{"APPEND", "big", value});
  const auto replies = redis.pipeline(commands);
  ASSERT_TRUE(replies) << replies.error().message;
  EXPECT_EQ(*replies->back().integer(), 2000 * 2000);
}

TEST_F(ConnectionTest, ScriptRunsByItsHashAndSurvivesAFlushAndARestart) {
  Connection redis = connect();
  const Script script("#!lua\nreturn {KEYS[1], ARGV[1], redis.call('INCR', KEYS[1])}");
  const auto run = [&] { return redis.eval(script, {"{t}n"}, {"x"}); };
  const auto first = run();
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(*first->array()->at(2).integer(), 1);
  EXPECT_EQ(*run()->array()->at(2).integer(), 2);
  ASSERT_TRUE(redis.command({"SCRIPT", "FLUSH"}));
  EXPECT_EQ(*run()->array()->at(2).integer(), 3);
  server_.kill();
  server_.start();
  EXPECT_EQ(run().error().kind, ErrorKind::unavailable);  // found out by using it
  EXPECT_EQ(*run()->array()->at(2).integer(), 1);         // a new server, an empty store
}

TEST_F(ConnectionTest, ErrorOfAScriptIsARefusal) {
  Connection redis = connect();
  const auto gap = redis.eval(Script("#!lua\nreturn redis.error_reply('GAP 7')"), {}, {});
  ASSERT_FALSE(gap);
  EXPECT_EQ(gap.error().kind, ErrorKind::refused);
  EXPECT_THAT(gap.error().message, HasSubstr("GAP 7"));
  const auto broken = redis.eval(Script("#!lua\nthis is no lua"), {}, {});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().kind, ErrorKind::refused);
}

TEST_F(ConnectionTest, SilentServerIsATimeoutAndTheConnectionIsMadeAnew) {
  Connection redis = connect(Milliseconds{50});
  ASSERT_TRUE(redis.command({"SET", "a", "1"}));
  server_.freeze();
  const auto late = redis.command({"GET", "a"});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::timeout) << late.error().message;
  EXPECT_FALSE(redis.connected());
  server_.unfreeze();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!redis.reachable() && std::chrono::steady_clock::now() < deadline) {
  }
  EXPECT_EQ(text_of(redis.command({"GET", "a"})), "1");
}

TEST_F(ConnectionTest, DeadServerIsUnavailableAndIsNotAskedAgainDuringTheBackoff) {
  Options options{server_.address()};
  options.backoff_min = options.backoff_max = Milliseconds{60'000};
  Connection redis(options);
  ASSERT_TRUE(redis.reachable());
  server_.kill();
  EXPECT_EQ(redis.command({"PING"}).error().kind, ErrorKind::unavailable);
  EXPECT_THAT(redis.command({"PING"}).error().message, HasSubstr("Connection refused"));
  server_.start();
  EXPECT_THAT(redis.command({"PING"}).error().message, HasSubstr("waiting to connect again"));
}

TEST(ConnectionWithoutServer, NamesTheAddress) {
  for (const char* address : {"unix:/nowhere/redis.sock", "127.0.0.1:1", "no colon"}) {
    Connection redis(Options{address});
    const auto reply = redis.command({"PING"});
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().kind, ErrorKind::unavailable) << address;
    EXPECT_THAT(reply.error().message, HasSubstr(address));
  }
}

}  // namespace
}  // namespace paidan::redis
