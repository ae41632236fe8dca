#include <gtest/gtest.h>

#include <string>
#include <unordered_set>

#include "paidan/base/assert.hpp"
#include "paidan/base/hash.hpp"
#include "paidan/base/ids.hpp"
#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"

namespace paidan {
namespace {

struct Trouble {
  std::string why;
};

TEST(Murmur2, AgreesWithTheJavaClient) {
  // From the tests of org.apache.kafka.common.utils.Utils.
  const struct {
    std::string_view bytes;
    std::int32_t hash;
  } cases[] = {
      {"21", -973932308},
      {"foobar", -790332482},
      {"a-little-bit-long-string", -985981536},
      {"a-little-bit-longer-string", -1486304829},
      {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
      {"abc", 479470107},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(static_cast<std::int32_t>(murmur2(one.bytes)), one.hash) << one.bytes;
  }
}

TEST(Murmur2, HashesNothingAndBytesAboveAscii) {
  EXPECT_NE(murmur2(""), murmur2(std::string_view("\0", 1)));
  EXPECT_NE(murmur2("\xff"), murmur2("\x7f"));
}

TEST(Result, HoldsOneSideAndSaysWhich) {
  const Result<int, Trouble> good = 7;
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, 7);
  const Result<int, Trouble> bad = Trouble{"why"};
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error().why, "why");
}

TEST(Result, MovesItsValueOut) {
  Result<std::string, Trouble> text = std::string(100, 'x');
  const std::string taken = std::move(text).value();
  EXPECT_EQ(taken.size(), 100U);
}

TEST(ResultDeathTest, ReadingTheOtherSideEndsTheProcess) {
  const Result<int, Trouble> bad = Trouble{"why"};
  EXPECT_DEATH((void)bad.value(), "wrong side read");
  const Result<int, Trouble> good = 1;
  EXPECT_DEATH((void)good.error(), "wrong side read");
}

TEST(AssertDeathTest, SaysWhatAndWhyAndWhere) {
  EXPECT_DEATH(PAIDAN_ASSERT(1 == 2, "one is not two"),
               "1 == 2 \\(one is not two\\) at .*base_test");
}

TEST(Strong, ComparesAndHashesLikeItsValue) {
  EXPECT_LT(Partition{1}, Partition{2});
  EXPECT_EQ(NextOffset{5}, NextOffset{5});
  const std::unordered_set<Partition> set{Partition{1}, Partition{1}, Partition{2}};
  EXPECT_EQ(set.size(), 2U);
}

TEST(Instant, IsUnixMilliseconds) {
  EXPECT_EQ(to_unix_ms(from_unix_ms(1'700'000'000'123)), 1'700'000'000'123);
  EXPECT_EQ(to_unix_ms(Instant{}), 0);
  EXPECT_LT(from_unix_ms(-1), Instant{});
}

}  // namespace
}  // namespace paidan
