#include "paidan/crypto/seal.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "paidan/crypto/random.hpp"

namespace paidan::crypto {
namespace {

constexpr std::string_view phone = "13800138000";

TEST(Seal, OpensWithTheSameKeyAndAssociatedDataOnly) {
  const Key key = Key::random();
  const std::string sealed = seal(key, phone, "subject-1|phone");
  EXPECT_EQ(sealed.size(), phone.size() + seal_overhead_bytes);
  EXPECT_EQ(sealed.find(phone), std::string::npos);
  EXPECT_EQ(open(key, sealed, "subject-1|phone").value(), phone);
  EXPECT_FALSE(open(key, sealed, "subject-2|phone"));
  EXPECT_FALSE(open(Key::random(), sealed, "subject-1|phone"));
}

TEST(Seal, TwoSealsOfTheSameTextDiffer) {
  const Key key = Key::random();
  EXPECT_NE(seal(key, phone, ""), seal(key, phone, ""));
}

TEST(Seal, SealsTheEmptyTextAndALargeOne) {
  const Key key = Key::random();
  const std::string large(1 << 20, 'x');
  EXPECT_EQ(open(key, seal(key, "", "a"), "a").value(), "");
  EXPECT_EQ(open(key, seal(key, large, "a"), "a").value(), large);
}

TEST(Open, NoticesEachChangedBitAndEachCut) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const Key key = Key::random();
  const std::string sealed = seal(key, phone, "a");
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(open(key, std::string_view(sealed).substr(0, size), "a")) << size;
  }
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ (1 << (random() % 8)));
    EXPECT_FALSE(open(key, changed, "a")) << at;
  }
}

TEST(Wrap, GivesTheDataKeyBackToItsSubjectOnly) {
  const Key master = Key::random();
  const Key data = Key::random();
  const std::string sealed = seal(data, phone, "s1|phone");
  const std::string wrapped = wrap(master, data, "s1");
  auto unwrapped = unwrap(master, wrapped, "s1");
  ASSERT_TRUE(unwrapped);
  EXPECT_EQ(open(*unwrapped, sealed, "s1|phone").value(), phone);
  EXPECT_FALSE(unwrap(master, wrapped, "s2"));
  EXPECT_FALSE(unwrap(data, wrapped, "s1"));
}

TEST(Wrap, SealedDataIsNeverTakenForAKey) {
  const Key master = Key::random();
  EXPECT_FALSE(unwrap(master, seal(master, std::string(32, 'k'), "s1"), "s1"));
}

TEST(RandomBytes, HaveTheirSizeAndDiffer) {
  EXPECT_EQ(random_bytes(24).size(), 24u);
  EXPECT_NE(random_bytes(24), random_bytes(24));
}

}  // namespace
}  // namespace paidan::crypto
