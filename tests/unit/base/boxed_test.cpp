#include "paidan/base/boxed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paidan {
namespace {

struct Rare {
  std::string note;
  std::vector<int> numbers;
  friend bool operator==(const Rare&, const Rare&) = default;
};

TEST(Boxed, UntouchedOneIsItsDefaultValue) {
  const Boxed<Rare> box;
  EXPECT_EQ(*box, Rare{});
  EXPECT_TRUE(box->note.empty());
  EXPECT_EQ(sizeof(box), sizeof(void*));
}

TEST(Boxed, CopyIsDeep) {
  Boxed<Rare> first;
  first.edit().note = "督办";
  Boxed<Rare> second = first;
  second.edit().note = "疑难";
  EXPECT_EQ(first->note, "督办");
  first = second;
  EXPECT_EQ(first->note, "疑难");
  const Boxed<Rare>& same = first;
  first = same;
  EXPECT_EQ(first->note, "疑难");
}

TEST(Boxed, OneThatWasEditedBackEqualsAnUntouchedOne) {
  Boxed<Rare> box;
  box.edit().numbers.push_back(1);
  EXPECT_NE(box, Boxed<Rare>{});
  box.edit().numbers.clear();
  EXPECT_EQ(box, Boxed<Rare>{});
}

TEST(Boxed, MoveLeavesTheDefault) {
  Boxed<Rare> box;
  box.edit().note = "催单";
  const Boxed<Rare> taken = std::move(box);
  EXPECT_EQ(taken->note, "催单");
  EXPECT_EQ(*box, Rare{});  // NOLINT(bugprone-use-after-move): what it promises
}

}  // namespace
}  // namespace paidan
