#include "paidanctl/replay/script.hpp"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "paidan/dispatch/v1/office.pb.h"

namespace paidan::ctl {
namespace {

constexpr const char* header = "external_id,at,who,verb,fields,refusal\n";

/// Two cases of one caller, and one of somebody else.
class ScriptTest : public testing::Test {
 protected:
  ScriptTest() {
    mapping_.time_zone = "Asia/Shanghai";
    mapping_.time_format = "%Y-%m-%d %H:%M:%S";
    mapping_.events = (std::filesystem::temp_directory_path() /
                       ("paidan-events-" + std::to_string(::getpid()) + ".csv"))
                          .string();
    const Instant monday{std::chrono::seconds{1'759'107'600}};  // 2025-09-29 09:00 in Shanghai
    for (const auto& [id, phone] : {std::pair{"A", "19900001000"}, std::pair{"B", "19900001000"},
                                    std::pair{"C", "19900001001"}}) {
      file_.cases.push_back({.external_id = id, .phone = phone, .submitted_at = monday});
    }
  }
  ~ScriptTest() override { std::filesystem::remove(mapping_.events); }

  Result<std::vector<Story>, Trouble> read(const std::string& rows, bool cut = false) {
    std::ofstream(mapping_.events) << header << rows;
    return scripted_stories(file_, mapping_, cut);
  }

  CaseFile file_;
  ReplayMapping mapping_;
};

TEST_F(ScriptTest, ReadsTheStepsOfEachCaseInTheOrderOfTheirTimes) {
  const auto stories = read(
      "A,2025-09-29 11:00:00,lead,Complete,,\n"
      "A,2025-09-29 10:00:00,office,DecideReturn,\"{\"\"granted\"\":true}\",wrong_state\n");
  ASSERT_TRUE(stories.has_value()) << stories.error().what;
  const auto& steps = (*stories)[0].steps;
  ASSERT_EQ(2U, steps.size());
  EXPECT_EQ("DecideReturn", steps[0].call.method->name());
  EXPECT_EQ("wrong_state", steps[0].refusal);
  EXPECT_EQ(3, steps[0].line);
  EXPECT_TRUE(
      dynamic_cast<const dispatch::v1::DecideReturnRequest&>(*steps[0].call.request).granted());
  EXPECT_EQ("Complete", steps[1].call.method->name());
}

TEST_F(ScriptTest, OneCallerAndWhatIsLinkedIsOneGroup) {
  const auto alone = read("");
  ASSERT_TRUE(alone.has_value());
  EXPECT_EQ((*alone)[0].group, (*alone)[1].group);
  EXPECT_NE((*alone)[0].group, (*alone)[2].group);
  const auto linked = read(
      "C,2025-09-29 11:00:00,office,LinkDuplicate,"
      "\"{\"\"master_ticket_id\"\":\"\"@A\"\"}\",\n");
  ASSERT_TRUE(linked.has_value()) << linked.error().what;
  EXPECT_EQ((*linked)[0].group, (*linked)[2].group);
}

TEST_F(ScriptTest, LeavesOutWhatBelongsToCasesThatWereCutOff) {
  const std::string row = "Z,2025-09-29 10:00:00,lead,Acknowledge,,\n";
  EXPECT_FALSE(read(row).has_value());
  EXPECT_TRUE(read(row, true).has_value());
}

TEST_F(ScriptTest, NamesTheLineAndWhatIsWrongWithIt) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"A,yesterday,lead,Acknowledge,,\n", "at is not a time"},
      {"A,2025-09-28 10:00:00,lead,Acknowledge,,\n", "at precedes the submission"},
      {"A,2025-09-29 10:00:00,,Acknowledge,,\n", "who is empty"},
      {"A,2025-09-29 10:00:00,lead,Explode,,\n", "AssignmentService has no such call"},
      {"A,2025-09-29 10:00:00,office,ListQueue,,\n", "OfficeService has no such call"},
      {"A,2025-09-29 10:00:00,citizen,Rate,\"{\"\"stars\"\":5}\",\n", "not a RateRequest"},
      {"A,2025-09-29 10:00:00,lead\n", "another number of columns"},
      {"Q,2025-09-29 10:00:00,lead,Acknowledge,,\n", "external_id names no case"},
  };
  for (const auto& [row, expected] : rows) {
    const auto stories = read(row);
    ASSERT_FALSE(stories.has_value()) << row;
    EXPECT_NE(std::string::npos, stories.error().what.find(":2: ")) << stories.error().what;
    EXPECT_NE(std::string::npos, stories.error().what.find(expected)) << stories.error().what;
  }
}

}  // namespace
}  // namespace paidan::ctl
