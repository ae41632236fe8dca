#include "paidan/stream/key_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace paidan::stream {
namespace {

TEST(CompactKey, KeepsEveryLengthAndByte) {
  for (const std::size_t length : {0UL, 1UL, 16UL, 22UL, 23UL, 24UL, 25UL, 300UL}) {
    std::string bytes(length, '\0');
    for (std::size_t i = 0; i < length; ++i) bytes[i] = static_cast<char>(i);
    CompactKey key(bytes);
    EXPECT_TRUE(key.present());
    EXPECT_EQ(key.view(), bytes) << length;
    CompactKey moved = std::move(key);
    EXPECT_EQ(moved.view(), bytes) << length;
    // NOLINTNEXTLINE(bugprone-use-after-move,clang-analyzer-cplusplus.Move): that is the question
    EXPECT_FALSE(key.present()) << "moved from";
    moved = CompactKey("other");
    EXPECT_EQ(moved.view(), "other");
  }
}

TEST(KeyTable, FindsWhatWasInsertedAndNothingElse) {
  KeyTable<int> table;
  EXPECT_EQ(table.find("a"), KeyTable<int>::none);
  const auto slot = table.insert("a");
  EXPECT_EQ(table.value(slot), 0);
  table.value(slot) = 7;
  EXPECT_EQ(table.value(table.find("a")), 7);
  EXPECT_EQ(table.find("b"), KeyTable<int>::none);
  EXPECT_EQ(table.size(), 1U);
  table.erase(slot);
  EXPECT_EQ(table.find("a"), KeyTable<int>::none);
  EXPECT_FALSE(table.holds(slot));
  EXPECT_EQ(table.size(), 0U);
}

TEST(KeyTable, TheEmptyKeyIsAKeyLikeAnyOther) {
  KeyTable<int> table;
  const auto slot = table.insert("");
  EXPECT_TRUE(table.holds(slot));
  EXPECT_EQ(table.find(""), slot);
}

TEST(KeyTable, SlotsAndValuesStayWhileTheTableGrows) {
  KeyTable<std::string> table;
  const auto first = table.insert("first");
  table.value(first) = "kept";
  const std::string* address = &table.value(first);
  for (int i = 0; i < 10'000; ++i) table.insert("key" + std::to_string(i));
  EXPECT_EQ(table.find("first"), first);
  EXPECT_EQ(&table.value(first), address);
}

TEST(KeyTable, AClearedTableIsEmptyAndUsable) {
  KeyTable<int> table;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 500; ++i) table.value(table.insert(std::to_string(i))) = i;
    EXPECT_EQ(table.size(), 500U);
    table.clear();
    EXPECT_EQ(table.size(), 0U);
    EXPECT_EQ(table.find("1"), KeyTable<int>::none);
  }
}

TEST(KeyTable, AgreesWithAMapWhateverTheOrderOfInsertionsAndErasures) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    SCOPED_TRACE("seed=" + std::to_string(seed));
    std::mt19937_64 random(seed);
    KeyTable<int> table;
    std::map<std::string, int> model;
    for (int step = 0; step < 2'000; ++step) {
      const std::string key = std::string(random() % 3 * 12, 'x') + std::to_string(random() % 200);
      const auto slot = table.find(key);
      ASSERT_EQ(slot != KeyTable<int>::none, model.contains(key));
      if (random() % 2 == 0) {
        table.value(slot == KeyTable<int>::none ? table.insert(key) : slot) = step;
        model[key] = step;
      } else if (slot != KeyTable<int>::none) {
        table.erase(slot);
        model.erase(key);
      }
    }
    ASSERT_EQ(table.size(), model.size());
    std::map<std::string, int> found;
    for (std::uint32_t slot = 0; slot < table.slots_end(); ++slot) {
      if (table.holds(slot)) found[std::string(table.key(slot))] = table.value(slot);
    }
    ASSERT_EQ(found, model);
  }
}

}  // namespace
}  // namespace paidan::stream
