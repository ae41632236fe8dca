#include "paidan/rpc/tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "intake_door.hpp"

namespace paidan::rpc {
namespace {

using testing::HasSubstr;

const std::string hash(64, 'a');

std::string error_of(const std::string& yaml) {
  const auto table = TokenTable::parse(yaml, "tokens.yaml");
  return table ? "" : table.error().what;
}

TEST(TokenTable, EveryMistakeIsNamedWithItsLine) {
  const std::pair<std::string, const char*> cases[] = {
      {"a: b\n", "tokens.yaml:1: must be a list of tokens"},
      {"- text\n", "tokens.yaml:1: each token is a map of name, role, unit, hash"},
      {"- {role: channel, hash: " + hash + "}\n", "tokens.yaml:1: name: 1 to 128 bytes"},
      {"\n- {name: a, role: root, hash: " + hash + "}\n",
       "tokens.yaml:2: role: must be channel, agency, office or operations"},
      {"- {name: a, role: agency, hash: " + hash + "}\n",
       "tokens.yaml:1: unit: given for an agency, only there"},
      {"- {name: a, role: channel, unit: u, hash: " + hash + "}\n",
       "tokens.yaml:1: unit: given for an agency, only there"},
      {"- {name: a, role: channel, hash: AA}\n", "tokens.yaml:1: hash: 64 lower-case hex digits"},
      {"- {name: a, rol: channel}\n", "tokens.yaml:1: rol: no such field"},
      {"- {name: a, name: b}\n", "tokens.yaml:1: name is given twice"},
      {"- {name: [a]}\n", "tokens.yaml:1: name: must be one value"},
      {"- {name: a, role: channel, hash: " + hash +
           "}\n- {name: a, role: office, hash: " + std::string(64, 'b') + "}\n",
       "tokens.yaml:2: a: its name or hash was given before"},
      {"- {\n", "tokens.yaml:2: "},
  };
  for (const auto& [yaml, expected] : cases) {
    EXPECT_THAT(error_of(yaml), HasSubstr(expected)) << yaml;
  }
}

TEST(TokenTable, FindsByHashWhoeverItIs) {
  const auto table = TokenTable::parse(test::tokens_yaml(), "tokens.yaml");
  ASSERT_TRUE(table) << table.error().what;
  EXPECT_EQ(table->size(), 3u);
  const TokenCrypto crypto = test::token_crypto();
  const auto agency = table->find(crypto.blake2b_256_hex("agency-token"), crypto);
  ASSERT_TRUE(agency);
  EXPECT_EQ(agency->role, Role::agency);
  EXPECT_EQ(agency->unit, "huangpu");
  EXPECT_FALSE(table->find(crypto.blake2b_256_hex("other"), crypto));
  EXPECT_FALSE(table->find("", crypto));
}

class TokenStoreTest : public testing::Test {
 protected:
  TokenStoreTest() {
    std::string name =
        (std::filesystem::temp_directory_path() / "paidan-tok-").string() + std::string(6, 'X');
    folder_ = mkdtemp(name.data());
  }
  ~TokenStoreTest() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& text) {
    // As an operator's tool should: a new file moved over the old one.
    std::ofstream(folder_ + "/new") << text;
    std::filesystem::rename(folder_ + "/new", path());
  }
  std::string path() const { return folder_ + "/tokens.yaml"; }

  std::string folder_;
};

TEST_F(TokenStoreTest, BeforeTheFirstLoadNobodyIsKnown) {
  TokenStore store(path(), test::token_crypto());
  EXPECT_FALSE(store.find("channel-token"));
  const auto loaded = store.reload();
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().what, HasSubstr("cannot be read"));
}

TEST_F(TokenStoreTest, ChangedFileCountsAndABadOneLeavesTheLastGood) {
  write(test::tokens_yaml());
  TokenStore store(path(), test::token_crypto());
  ASSERT_TRUE(store.reload());
  EXPECT_EQ(store.find("channel-token")->name, "hotline");

  write("- {name: broken}\n");
  EXPECT_FALSE(store.reload_if_changed());
  EXPECT_TRUE(store.find("channel-token"));
  EXPECT_TRUE(store.reload_if_changed());  // unchanged since: nothing to report again

  write("[]\n");
  EXPECT_TRUE(store.reload_if_changed());
  EXPECT_FALSE(store.find("channel-token"));
}

}  // namespace
}  // namespace paidan::rpc
