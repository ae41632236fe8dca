#include <gtest/gtest.h>

#include "paidan/citypack/edit.hpp"
#include "paidan/citypack/proposals.hpp"
#include "spoilt_pack.hpp"

/// 自下而上: a town proposes a line, the office decides it.
namespace paidan::citypack {
namespace {

using domain::Duty;

const char* const file = "responsibility.yaml";

const fs::path small = source_dir / "tests/data/packs/small";

domain::CityPack small_pack() { return std::move(load(small)).value(); }

LineProposal street_lead() {
  return {.unit = domain::UnitId{"t-310101"},
          .category = domain::CategoryId{"市容/违法搭建"},
          .duty = Duty::basic,
          .reason = "就近处置：\"当日\"可到"};
}

/// The pack with the edited lines; the errors when it does not load.
std::string load_errors(const std::string& bytes) {
  const auto loaded = load(small, {{file, bytes}});
  return loaded ? "" : to_string(loaded.error().front());
}

TEST(ProposeLine, AppendsAnEntryAndKeepsTheRestByteForByte) {
  const std::string before = read_file(small / file);
  const auto edited = add_proposal(before, small_pack(), street_lead());
  ASSERT_TRUE(edited.has_value()) << to_string(edited.error());
  EXPECT_EQ(edited->line, 25U);
  EXPECT_EQ(edited->bytes, before +
                               "  - category: 市容/违法搭建\n"
                               "    area: \"310101\"\n"
                               "    duty: 基本\n"
                               "    proposed_by: t-310101\n"
                               "    proposed: open\n"
                               "    reason: \"就近处置：\\\"当日\\\"可到\"\n");
  const auto loaded = load(small, {{file, edited->bytes}});
  ASSERT_TRUE(loaded.has_value()) << to_string(loaded.error().front());
  ASSERT_EQ(loaded->proposed_lines.size(), 1U);
  EXPECT_EQ(loaded->proposed_lines[0].reason, "就近处置：\"当日\"可到");
  EXPECT_EQ(loaded->lines.size(), small_pack().lines.size()) << "a proposal is no line";
}

TEST(ProposeLine, TakesTheStatutoryDepartmentWhereTheTownDoesNotLead) {
  LineProposal proposal = street_lead();
  proposal.category = domain::CategoryId{"环境/噪声/广场舞"};
  proposal.duty = Duty::cooperate;
  proposal.area_class = "街道";
  const auto edited = add_proposal(read_file(small / file), small_pack(), proposal);
  ASSERT_TRUE(edited.has_value()) << to_string(edited.error());
  EXPECT_NE(edited->bytes.find("    area: {class: 街道}\n    duty: 配合\n"
                               "    lead: {function: 生态环境, of: district}\n"),
            std::string::npos)
      << edited->bytes;
  EXPECT_EQ(load_errors(edited->bytes), "");
  proposal.category = domain::CategoryId{"市容/乱张贴"};
  const auto nobody = add_proposal(read_file(small / file), small_pack(), proposal);
  ASSERT_FALSE(nobody.has_value());
  EXPECT_EQ(to_string(nobody.error()),
            "responsibility.yaml: category \"市容/乱张贴\" is unknown or has no statutory "
            "department: name the lead");
}

TEST(ProposeLine, WritesBeforeTheNextKeyAndItsComment) {
  const std::string before = read_file(small / file) + "# how many\nreturns: {granted_max: 3}\n";
  const auto edited = add_proposal(before, small_pack(), street_lead());
  ASSERT_TRUE(edited.has_value()) << to_string(edited.error());
  EXPECT_EQ(edited->line, 25U);
  EXPECT_TRUE(edited->bytes.ends_with("可到\"\n# how many\nreturns: {granted_max: 3}\n"));
  EXPECT_EQ(load_errors(edited->bytes), "");
}

TEST(ProposeLine, WritesBehindAFileWithoutALastLineBreak) {
  std::string before = read_file(small / file);
  before.pop_back();
  const auto edited = add_proposal(before, small_pack(), street_lead());
  ASSERT_TRUE(edited.has_value()) << to_string(edited.error());
  EXPECT_EQ(load_errors(edited->bytes), "");
}

TEST(ProposeLine, IsRefusedWithFileAndLineWhenItCannotBeALine) {
  const struct {
    const char* what;
    const char* category;
    const char* area;
    const char* error;
  } rows[] = {
      {"an unknown category", "市容/没有", "",
       "responsibility.yaml:25: unknown category "
       "\"市容/没有\""},
      {"a place of another district", "市容/违法搭建", "311502",
       "responsibility.yaml:25: proposal: \"t-310101\" proposes it for places that it does not "
       "belong to"},
      {"an area that is none", "市容/违法搭建", "999",
       "responsibility.yaml:26: unknown area "
       "\"999\""},
  };
  for (const auto& row : rows) {
    LineProposal proposal = street_lead();
    proposal.category = domain::CategoryId{row.category};
    proposal.area = domain::AreaId{row.area};
    const auto edited = add_proposal(read_file(small / file), small_pack(), proposal);
    ASSERT_TRUE(edited.has_value()) << row.what;
    EXPECT_EQ(load_errors(edited->bytes), row.error) << row.what;
  }
}

TEST(ProposeLine, IsNotMadeTwice) {
  const auto once = add_proposal(read_file(small / file), small_pack(), street_lead());
  ASSERT_TRUE(once.has_value());
  const auto twice = add_proposal(once->bytes, small_pack(), street_lead());
  ASSERT_TRUE(twice.has_value());
  EXPECT_EQ(load_errors(twice->bytes),
            "responsibility.yaml:31: line: the proposal at responsibility.yaml:25 is for the same "
            "category, area and channel");
}

TEST(ProposeLine, WantsAReasonOnOneLine) {
  for (const std::string& reason : {std::string(), std::string("a\nb"), std::string(1'001, 'x')}) {
    LineProposal proposal = street_lead();
    proposal.reason = reason;
    const auto edited = add_proposal(read_file(small / file), small_pack(), proposal);
    ASSERT_FALSE(edited.has_value());
    EXPECT_EQ(edited.error().message, "a reason must have 1 to 1000 bytes and stand on one line");
  }
}

std::string proposed() {
  return add_proposal(read_file(small / file), small_pack(), street_lead())->bytes;
}

TEST(DecideLine, MakesAnAcceptedProposalALine) {
  const auto edited = decide_proposal(proposed(), 25, LineDecision::accept, "同意，自下月起");
  ASSERT_TRUE(edited.has_value()) << to_string(edited.error());
  const auto loaded = load(small, {{file, edited->bytes}});
  ASSERT_TRUE(loaded.has_value()) << to_string(loaded.error().front());
  EXPECT_TRUE(loaded->proposed_lines.empty());
  EXPECT_EQ(loaded->lines.back().proposed_by.get(), "t-310101");
  EXPECT_EQ(loaded->lines.back().duty, Duty::basic);
  EXPECT_NE(edited->bytes.find("    proposed_by: t-310101\n    decision: 同意，自下月起\n"),
            std::string::npos)
      << edited->bytes;
}

TEST(DecideLine, KeepsARefusedProposalForTheRecord) {
  const auto edited = decide_proposal(proposed(), 25, LineDecision::refuse, "须执法资格");
  ASSERT_TRUE(edited.has_value()) << to_string(edited.error());
  const auto loaded = load(small, {{file, edited->bytes}});
  ASSERT_TRUE(loaded.has_value()) << to_string(loaded.error().front());
  ASSERT_EQ(loaded->proposed_lines.size(), 1U);
  EXPECT_EQ(loaded->proposed_lines[0].status, domain::ProposedLine::Status::refused);
  EXPECT_EQ(loaded->proposed_lines[0].decision, "须执法资格");
  EXPECT_EQ(loaded->lines.size(), small_pack().lines.size());
  const auto again = add_proposal(edited->bytes, small_pack(), street_lead());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(load_errors(again->bytes), "") << "a refused one may be proposed again";
}

TEST(DecideLine, FindsOpenProposalsOnly) {
  for (const std::uint32_t line : {1U, 2U, 26U, 400U}) {
    const auto edited = decide_proposal(proposed(), line, LineDecision::accept, "同意");
    ASSERT_FALSE(edited.has_value());
    EXPECT_EQ(to_string(edited.error()),
              "responsibility.yaml:" + std::to_string(line) + ": no open proposal begins here");
  }
}

TEST(DecideLine, LeavesAnEntryOnOneLineToItsWriter) {
  const auto edited = decide_proposal(read_file(small / file) +
                                          "  - {category: 市容/乱张贴, duty: 基本, proposed_by: "
                                          "t-310101, proposed: open, reason: x}\n",
                                      25, LineDecision::accept, "同意");
  ASSERT_FALSE(edited.has_value());
  EXPECT_EQ(edited.error().message, "write the entry with one key a line, \"category\" first");
}

TEST(OpenProposals, SayWhoseTicketsWouldGoElsewhere) {
  LineProposal proposal = street_lead();
  proposal.area_class = "街道";
  const auto edited = add_proposal(read_file(small / file), small_pack(), proposal);
  const auto pack = load(small, {{file, edited->bytes}});
  ASSERT_TRUE(pack.has_value()) << to_string(pack.error().front());
  const std::vector<OpenProposal> open = open_proposals(*pack);
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(domain::to_string(open[0].at), "responsibility.yaml:25");
  EXPECT_EQ(open[0].proposed_by.get(), "t-310101");
  EXPECT_EQ(open[0].scope, "市容/违法搭建, class 街道");
  EXPECT_EQ(open[0].pairs, 2U);
  EXPECT_EQ(open[0].changed, 2U);
  EXPECT_EQ(open[0].examples,
            (std::vector<std::string>{"市容/违法搭建 at 310101 南京东路街道: cg-3101 -> t-310101",
                                      "市容/违法搭建 at 310102 外滩街道: cg-3101 -> t-310102"}));
}

}  // namespace
}  // namespace paidan::citypack
