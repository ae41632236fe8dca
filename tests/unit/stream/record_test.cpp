#include "paidan/stream/record.hpp"

#include <gtest/gtest.h>

namespace paidan::stream {
namespace {

TEST(InRecord, GivesTheFirstHeaderOfANameOrNothing) {
  InRecord record{"in", Partition{2}, 7, {}, "key", "value", {}};
  record.headers = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
  EXPECT_EQ(record.header("a"), "1");
  EXPECT_EQ(record.header("b"), "2");
  EXPECT_EQ(record.header("c"), "");
}

TEST(CauseOf, NamesARecordForEver) {
  const InRecord record{"submissions", Partition{2}, 7'000'000'000, {}, "key", {}, {}};
  EXPECT_EQ(cause_of(record), "submissions/2/7000000000");
}

TEST(Positions, OfTwoTopicsDoNotCollide) {
  Positions positions;
  positions[{"classified", Partition{0}}] = NextOffset{1};
  positions[{"commands", Partition{0}}] = NextOffset{2};
  EXPECT_EQ(positions.size(), 2U);
}

}  // namespace
}  // namespace paidan::stream
