#include "dispatch/pending_commands.hpp"

#include <gtest/gtest.h>

#include "dispatch/token_bucket.hpp"

namespace paidan::dispatch {
namespace {

using std::chrono::seconds;

class PendingCommandsTest : public testing::Test {
 protected:
  bool add(const std::string& correlation, SteadyTime deadline) {
    return pending.add(correlation, deadline,
                       [this](const CommandAnswer& answer) { answers.push_back(answer); });
  }
  const SteadyTime start{};
  PendingCommands pending{2};
  std::vector<CommandAnswer> answers;
};

TEST_F(PendingCommandsTest, AreAnsweredOnce) {
  ASSERT_TRUE(add("a", start + seconds(1)));
  pending.answer("a", domain::Accepted{3, false});
  pending.answer("a", domain::Accepted{4, false});
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(std::get<domain::Accepted>(answers[0]).version, 3U);
  EXPECT_EQ(pending.size(), 0U);
}

TEST_F(PendingCommandsTest, IgnoreAnswersForOthers) {
  ASSERT_TRUE(add("a", start + seconds(1)));
  pending.answer("b", domain::Accepted{3, false});
  EXPECT_TRUE(answers.empty());
  EXPECT_EQ(pending.size(), 1U);
}

TEST_F(PendingCommandsTest, AreUnknownAfterTheirDeadlineAndNotBefore) {
  ASSERT_TRUE(add("a", start + seconds(1)));
  ASSERT_TRUE(add("b", start + seconds(2)));
  pending.expire(start + seconds(1));
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(std::get<Unknown>(answers[0]).why, Unknown::Why::deadline);
  pending.expire(start + seconds(2));
  EXPECT_EQ(answers.size(), 2U);
}

TEST_F(PendingCommandsTest, AreBounded) {
  EXPECT_TRUE(add("a", start));
  EXPECT_TRUE(add("b", start));
  EXPECT_FALSE(add("c", start));
  EXPECT_TRUE(pending.forget("a"));
  EXPECT_TRUE(add("c", start));
  EXPECT_TRUE(answers.empty());
}

TEST_F(PendingCommandsTest, AreAllUnknownWhenTheProcessStops) {
  ASSERT_TRUE(add("a", start + seconds(1)));
  pending.close();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(std::get<Unknown>(answers[0]).why, Unknown::Why::shutting_down);
  EXPECT_FALSE(add("b", start + seconds(1)));
}

TEST(TokenBuckets, LetEachNameTakeItsShareAndRefillItByTheHour) {
  using std::chrono::minutes;
  TokenBuckets buckets(30);
  const TokenBuckets::SteadyTime start{};
  for (int i = 0; i < 30; ++i) EXPECT_TRUE(buckets.take("A", start));
  EXPECT_FALSE(buckets.take("A", start));
  EXPECT_TRUE(buckets.take("B", start));
  EXPECT_FALSE(buckets.take("A", start + minutes(1)));
  EXPECT_TRUE(buckets.take("A", start + minutes(2)));
  EXPECT_FALSE(buckets.take("A", start + minutes(2)));
}

}  // namespace
}  // namespace paidan::dispatch
