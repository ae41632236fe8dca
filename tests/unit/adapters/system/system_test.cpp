#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>

#include "paidan/system/clock.hpp"
#include "paidan/system/environment.hpp"
#include "paidan/system/random.hpp"
#include "paidan/system/trace.hpp"

namespace paidan::system {
namespace {

TEST(SystemClock, AgreesWithTheMachineToASecond) {
  const SystemClock clock;
  const auto difference = std::chrono::system_clock::now() - clock.now();
  EXPECT_LT(std::chrono::abs(difference), std::chrono::seconds(1));
}

TEST(Random, UuidHasVersionFourAndItsVariant) {
  const std::string uuid = uuid_v4();
  ASSERT_EQ(uuid.size(), 36u);
  for (const std::size_t dash : {8u, 13u, 18u, 23u}) EXPECT_EQ(uuid[dash], '-') << uuid;
  EXPECT_EQ(uuid[14], '4') << uuid;
  EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos) << uuid;
}

TEST(Random, ThousandUuidsAndNumbersDiffer) {
  std::set<std::string> uuids;
  std::set<std::uint64_t> numbers;
  for (int i = 0; i < 1000; ++i) {
    uuids.insert(uuid_v4());
    numbers.insert(random_u64());
  }
  EXPECT_EQ(uuids.size(), 1000u);
  EXPECT_EQ(numbers.size(), 1000u);
}

TEST(Random, HexHasTwoLowerCaseDigitsPerByte) {
  const std::string hex = random_hex(32);
  EXPECT_EQ(hex.size(), 64u);
  EXPECT_EQ(hex.find_first_not_of("0123456789abcdef"), std::string::npos) << hex;
  EXPECT_EQ(random_hex(0), "");
}

TEST(Trace, NewTraceparentIsValidAndNeverTheSame) {
  EXPECT_TRUE(is_traceparent(new_traceparent())) << new_traceparent();
  EXPECT_NE(new_traceparent(), new_traceparent());
}

TEST(Trace, ChildKeepsTheTraceAndHasItsOwnSpan) {
  const std::string parent = new_traceparent();
  const std::string child = child_traceparent(parent);
  EXPECT_TRUE(is_traceparent(child));
  EXPECT_EQ(child.substr(0, 36), parent.substr(0, 36));
  EXPECT_NE(child.substr(36, 16), parent.substr(36, 16));
}

TEST(Trace, ChildOfNonsenseIsANewTrace) {
  EXPECT_TRUE(is_traceparent(child_traceparent("nonsense")));
}

TEST(Trace, RejectsWhatTheSpecificationForbids) {
  const std::string good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  EXPECT_TRUE(is_traceparent(good));
  const char* bad[] = {
      "",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
      "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
      "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
      "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e473600f067aa0ba902b7-0101",
  };
  for (const char* text : bad) EXPECT_FALSE(is_traceparent(text)) << text;
}

TEST(Environment, TellsUnsetFromEmpty) {
  ASSERT_EQ(setenv("PAIDAN_TEST_EMPTY", "", 1), 0);
  EXPECT_EQ(environment("PAIDAN_TEST_EMPTY"), "");
  EXPECT_EQ(environment("PAIDAN_TEST_NEVER_SET"), std::nullopt);
  EXPECT_FALSE(host_name().empty());
}

}  // namespace
}  // namespace paidan::system
