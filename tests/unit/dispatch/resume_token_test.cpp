#include "dispatch/resume_token.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace paidan::dispatch {
namespace {

crypto::Key key(std::uint8_t fill) {
  const std::vector<std::uint8_t> bytes(crypto::Key::size_bytes, fill);
  return *crypto::Key::from(bytes);
}

const ResumePoint point{"unit:PWDx", {1, 0, 9'000'000'000, 42}, {}};

TEST(ResumeToken, GivesBackWhatItWasMadeOf) {
  const ResumeTokens tokens(key(1));
  const std::string token = tokens.make(TokenKind::resume, point);
  const auto read = tokens.read(TokenKind::resume, token, point.hearer, 4);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(*read, point);
}

TEST(ResumeToken, CarriesTheCursorOfAPage) {
  const ResumeTokens tokens(key(1));
  const ResumePoint page{"queue:1", {5}, std::string("12:\0x", 5)};
  const auto read = tokens.read(TokenKind::page, tokens.make(TokenKind::page, page), "queue:1", 1);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(*read, page);
}

TEST(ResumeToken, IsRefusedWhenAnyCharacterOfItIsChanged) {
  const ResumeTokens tokens(key(1));
  const std::string token = tokens.make(TokenKind::resume, point);
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tokens.read(TokenKind::resume, forged, point.hearer, 4)) << "at " << i;
  }
}

struct Row {
  const char* name;
  TokenKind kind;
  std::string token;
  std::string hearer;
  std::size_t partition_count;
};

class Refusals : public testing::TestWithParam<Row> {};

TEST_P(Refusals, NameWhatIsWrong) {
  const ResumeTokens tokens(key(1));
  const Row& row = GetParam();
  const auto read = tokens.read(row.kind, row.token, row.hearer, row.partition_count);
  ASSERT_FALSE(read);
  EXPECT_FALSE(read.error().what.empty());
}

const std::string good = ResumeTokens(key(1)).make(TokenKind::resume, point);

INSTANTIATE_TEST_SUITE_P(
    ResumeToken, Refusals,
    testing::Values(Row{"of_another_key", TokenKind::resume,
                        ResumeTokens(key(2)).make(TokenKind::resume, point), point.hearer, 4},
                    Row{"of_another_unit", TokenKind::resume, good, "unit:BTDT", 4},
                    Row{"of_another_kind", TokenKind::page, good, point.hearer, 4},
                    Row{"of_another_partition_count", TokenKind::resume, good, point.hearer, 8},
                    Row{"cut_off", TokenKind::resume, good.substr(0, good.size() / 2), point.hearer,
                        4},
                    Row{"no_base64", TokenKind::resume, "%%%%", point.hearer, 4},
                    Row{"empty", TokenKind::resume, "", point.hearer, 4},
                    Row{"huge", TokenKind::resume, std::string(100'000, 'A'), point.hearer, 4}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace paidan::dispatch
