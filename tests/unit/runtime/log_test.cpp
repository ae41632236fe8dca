#include "paidan/runtime/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

namespace paidan::runtime::log {
namespace {

using Json = nlohmann::json;

template <class Work>
std::vector<Json> lines_of(Work work) {
  testing::internal::CaptureStderr();
  work();
  std::istringstream text(testing::internal::GetCapturedStderr());
  std::vector<Json> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  return lines;
}

class Log : public testing::Test {
 protected:
  void SetUp() override { start({"dispatch", "1.2.3"}, Level::info); }
};

TEST_F(Log, OneLineIsOneJsonObjectWithTheAgreedFields) {
  const auto lines = lines_of([] {
    info("pump", "assigned",
         {ticket_id("0123456789ABCDEF"),
          trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), topic("lifecycle"),
          partition(Partition{3}), offset(42), text("unit", "黄浦区"), real("age_s", 0.5),
          flag("urgent", true)});
  });
  ASSERT_EQ(lines.size(), 1u);
  Json line = lines[0];
  EXPECT_TRUE(std::regex_match(line["ts"].get<std::string>(),
                               std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")));
  line.erase("ts");
  const Json expected = {{"level", "info"},
                         {"logger", "pump"},
                         {"msg", "assigned"},
                         {"service", "dispatch"},
                         {"version", "1.2.3"},
                         {"ticket_id", "0123456789ABCDEF"},
                         {"trace_id", "4bf92f3577b34da6a3ce929d0e0e4736"},
                         {"span_id", "00f067aa0ba902b7"},
                         {"topic", "lifecycle"},
                         {"partition", 3},
                         {"offset", 42},
                         {"unit", "黄浦区"},
                         {"age_s", 0.5},
                         {"urgent", true}};
  EXPECT_EQ(line, expected);
}

TEST_F(Log, QuotesControlCharactersAndBrokenUtf8StayValidJson) {
  const std::string nasty = "raw \"quote\" \\ \n\t\x01 \xff\xfe \x1e,\"level\":\"forged\"";
  const auto lines = lines_of([&] { error("x", nasty, {text("field", nasty)}); });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["level"], "error");
  EXPECT_THAT(lines[0]["msg"].get<std::string>(), testing::StartsWith("raw \"quote\" \\ \n\t\x01"));
}

TEST_F(Log, LevelChangesAtRunTime) {
  EXPECT_TRUE(lines_of([] { debug("x", "quiet"); }).empty());
  set_level(Level::debug);
  EXPECT_EQ(level(), Level::debug);
  EXPECT_EQ(lines_of([] { debug("x", "loud"); }).size(), 1u);
  set_level(Level::off);
  EXPECT_TRUE(lines_of([] { error("x", "silent"); }).empty());
}

TEST_F(Log, LibraryThatLogsThroughSpdlogWritesTheSameLines) {
  const auto lines = lines_of([] { spdlog::warn("from a \"library\" 13812345678"); });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["msg"], "from a \"library\" 138****5678");
}

TEST_F(Log, TextOfATicketIsMaskedAndIdsAreNot) {
  const auto lines = lines_of([] {
    info("x", "call 13812345678",
         {text("note", "身份证 310101199001011234"), id("cause", "submissions/3/123456789"),
          number("at_ms", 1763971200000)});
  });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["msg"], "call 138****5678");
  EXPECT_EQ(lines[0]["note"], "身份证 31****************");
  EXPECT_EQ(lines[0]["cause"], "submissions/3/123456789");
  EXPECT_EQ(lines[0]["at_ms"], 1763971200000);
}

TEST_F(Log, ATraceparentThatIsNotOneIsLeftOut) {
  const auto lines = lines_of([] { info("x", "m", {trace(""), trace("zz")}); });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_FALSE(lines[0].contains("trace_id"));
}

TEST(Mask, HidesWhatCouldBeAPhoneOrIdentityNumberAndNothingElse) {
  const std::pair<const char*, const char*> cases[] = {
      {"13812345678", "138****5678"},
      {"tel:13812345678.", "tel:138****5678."},
      {"138 1234 5678", "138 **** 5678"},
      {"138-1234-5678", "138-****-5678"},
      {"+86 138 1234 5678", "+86 138 **** 5678"},
      {"8613812345678", "86***********"},
      {"021-12345678", "021-****5678"},
      {"(617) 555-0123", "(61*) ***-****"},
      {"617-555-0123", "61*-***-****"},
      {"１３８１２３４５６７８", "１３８****５６７８"},
      {"31010119900101123X", "31***************X"},
      {"62345678", "62******"},
      {"2025-10-14 17:30:05", "2025-10-14 17:30:05"},
      {"127.0.0.1:19092", "127.0.0.1:19092"},
      {"took 123456 us", "took 123456 us"},
      {"", ""},
      {"派单", "派单"},
  };
  for (const auto& [text, masked] : cases) EXPECT_EQ(mask(text), masked) << text;
}

TEST(Level, NamesGoBothWays) {
  for (const Level level : {Level::trace, Level::debug, Level::info, Level::warn, Level::error,
                            Level::critical, Level::off}) {
    EXPECT_EQ(level_of(to_string(level)), level);
  }
  EXPECT_EQ(level_of("loud"), std::nullopt);
}

}  // namespace
}  // namespace paidan::runtime::log
