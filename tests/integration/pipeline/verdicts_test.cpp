#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "decisions.hpp"
#include "paidan/contract/cloud_event.hpp"

// What counts of a ticket, and what the log says when it is decided again.

namespace paidan::pipeline {
namespace {

using testing::HasSubstr;

class VerdictTest : public PipelineTest {};

std::string day_from_now(int days) {
  const auto now = std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
  return contract::to_rfc3339(now + std::chrono::hours{24 * days}).substr(0, 10);
}

nlohmann::json explained(const std::vector<std::string>& arguments) {
  std::vector<std::string> command{"explain-verdict", "--json"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const auto said = deployment().paidanctl(command);
  EXPECT_TRUE(said) << said.error().why;
  return said ? nlohmann::json::parse(*said) : nlohmann::json::array();
}

TEST_F(VerdictTest, EachTermThatWasMetIsExplainedToTheOfficeAndToTheUnit) {
  const auto [id, view] = an_acknowledged_ticket(group_renting("verdicts"));
  Agency agency(deployment(), view.lead_unit());
  ASSERT_TRUE(agency.contact(id, view.assign_epoch()).ok());
  ASSERT_TRUE(agency.complete(id, view.assign_epoch()).ok());
  const nlohmann::json office = explained({id, "--role", "office"});
  std::map<std::string, nlohmann::json> by_clock;
  for (const auto& line : office) by_clock[line["clock"]] = line;
  for (const char* clock : {"acknowledge", "contact", "handle", "citizen"}) {
    ASSERT_TRUE(by_clock.contains(clock)) << clock << ": " << office.dump(2);
    EXPECT_EQ(by_clock[clock]["result"], "in_time") << clock;
    EXPECT_EQ(by_clock[clock]["counted"], true) << clock;
    EXPECT_EQ(by_clock[clock]["stands"], true) << clock;
    EXPECT_EQ(by_clock[clock]["unit"], view.lead_unit()) << clock;
    EXPECT_FALSE(by_clock[clock]["rules_version"].get<std::string>().empty());
    EXPECT_THAT(by_clock[clock]["text_zh"].get<std::string>(), HasSubstr("按时"));
    EXPECT_THAT(by_clock[clock]["text_en"].get<std::string>(), HasSubstr("in time"));
  }
  EXPECT_EQ(explained({id, "--unit", view.lead_unit()}), office);
  const auto text = deployment().paidanctl({"explain-verdict", id});
  ASSERT_TRUE(text) << text.error().why;
  EXPECT_THAT(*text, HasSubstr("按时"));
}

TEST_F(VerdictTest, AUnitLearnsNothingOfAnothersTicket) {
  const auto [id, view] = an_assigned_ticket("verdict-secret");
  const auto said = deployment().paidanctl({"explain-verdict", id, "--unit", another_unit(view)});
  ASSERT_FALSE(said);
  EXPECT_THAT(said.error().why, HasSubstr("NOT_FOUND"));
}

TEST_F(VerdictTest, TheLogOfRealServicesDecidedAgainBySamePackDiffersInNothing) {
  an_assigned_ticket("whatif");
  const std::filesystem::path file = deployment().folder() / "whatif.json";
  const auto said =
      deployment().paidanctl({"whatif", "--from", day_from_now(-1), "--to", day_from_now(1),
                              "--pack", "shanghai", "--json", file.string()});
  ASSERT_TRUE(said) << said.error().why;
  std::ifstream in(file);
  const nlohmann::json json = nlohmann::json::parse(in);
  EXPECT_GE(json["summary"]["tickets"], 1);
  EXPECT_EQ(json["summary"]["unreadable"], 0);
  EXPECT_EQ(json["summary"]["changed"], 0) << json["tickets"].dump(2);
}

}  // namespace
}  // namespace paidan::pipeline
