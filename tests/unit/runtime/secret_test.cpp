#include "paidan/runtime/secret.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "temp_folder.hpp"

namespace paidan::runtime {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(HexKey, IsReadWithWhiteSpaceAroundIt) {
  const test::TempFolder folder;
  const auto key = read_hex_key(folder.write("k", "\n 00fFa1 \n"), 3);
  ASSERT_TRUE(key) << key.error().what;
  EXPECT_THAT(key->bytes(), ElementsAre(0x00, 0xff, 0xa1));
}

TEST(HexKey, IsRefusedByNameAndNeverShown) {
  const test::TempFolder folder;
  const std::pair<const char*, const char*> cases[] = {
      {"c0ffee", "must hold 4 bytes as hex digits"},
      {"c0ffeec0ff", "must hold 4 bytes as hex digits"},
      {"c0ffeeg0", "must hold 4 bytes as hex digits"},
      {"", "must hold 4 bytes as hex digits"},
  };
  for (const auto& [text, why] : cases) {
    const std::string path = folder.write("k", text);
    const auto key = read_hex_key(path, 4);
    ASSERT_FALSE(key) << text;
    EXPECT_EQ(key.error().what, path + ": " + why);
    EXPECT_THAT(key.error().what, Not(HasSubstr("c0ffee")));
  }
}

TEST(HexKey, OfAFileThatOthersCanReadIsRefused) {
  const test::TempFolder folder;
  for (const mode_t mode : {0640u, 0604u, 0660u}) {
    const std::string path = folder.write("k" + std::to_string(mode), "c0ffee", mode);
    const auto key = read_hex_key(path, 3);
    ASSERT_FALSE(key) << mode;
    EXPECT_THAT(key.error().what, HasSubstr("can be read by others; run: chmod 600 " + path));
  }
  EXPECT_TRUE(read_hex_key(folder.write("ok", "c0ffee", 0400), 3));
}

TEST(HexKey, OfAMissingFileOrAFolderIsRefused) {
  const test::TempFolder folder;
  EXPECT_THAT(read_hex_key(folder.path() + "/none", 3).error().what, HasSubstr("No such file"));
  EXPECT_THAT(read_hex_key(folder.path(), 3).error().what, HasSubstr("not a regular file"));
  EXPECT_THAT(read_hex_key(folder.write("big", std::string(5000, '0')), 3).error().what,
              HasSubstr("larger than 4096 bytes"));
}

TEST(Token, IsOneLineOfPrintableCharacters) {
  const test::TempFolder folder;
  EXPECT_EQ(read_token(folder.write("t", "abc-DEF_1\n")).value(), "abc-DEF_1");
  for (const std::string& bad : {std::string(), std::string("a b"), std::string("a\nb"),
                                 std::string("\xe6\xb4\xbe"), std::string(257, 'x')}) {
    EXPECT_FALSE(read_token(folder.write("t", bad))) << bad;
  }
}

TEST(SecretBytes, MovedFromHoldsNothing) {
  SecretBytes first({1, 2, 3});
  const SecretBytes second = std::move(first);
  EXPECT_EQ(second.bytes().size(), 3u);
  EXPECT_TRUE(first.bytes().empty());  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace paidan::runtime
