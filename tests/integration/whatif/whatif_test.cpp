#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "log_writer.hpp"
#include "paidan/citypack/load.hpp"
#include "paidan/contract/cloud_event.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/kafka/admin.hpp"
#include "paidan/testkit/deployment.hpp"

namespace paidan::whatif_test {
namespace {

namespace fs = std::filesystem;
using testkit::Deployment;

constexpr std::int32_t partition_count = 4;
const fs::path small_pack = fs::path(PAIDAN_SOURCE_DIR) / "tests/data/packs/small";

std::uint32_t ticket_count() {
  const char* wanted = std::getenv("PAIDAN_WHATIF_TICKETS");
  return wanted == nullptr ? 400 : static_cast<std::uint32_t>(std::atoi(wanted));
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Kafka with a log of tickets that were opened from 1 to 5 September 2025, by the small pack.
class WhatIfTest : public ::testing::Test {
 public:
  static void SetUpTestSuite() {
    auto opened = Deployment::open({.programs = std::string(PAIDAN_BINARY_DIR) + "/bin",
                                    .city = small_pack.string(),
                                    .partitions = partition_count});
    ASSERT_TRUE(opened) << opened.error().why;
    deployment = std::move(opened).value();
    auto pack = citypack::load(small_pack);
    ASSERT_TRUE(pack);
    kafka::ProducerConfig config;
    config.connection = connection();
    config.unacknowledged_records_max = 100'000;
    config.linger = Milliseconds{5};
    auto producer = kafka::Producer::open(config, probe);
    ASSERT_TRUE(producer) << producer.error().what;
    LogWriter writer(*pack, partition_count, std::move(producer).value());
    const Instant first = *contract::from_rfc3339("2025-09-01T09:00:00+08:00");
    for (std::uint32_t number = 0; number < ticket_count(); ++number) {
      const auto day = std::chrono::hours{24} * (number % 5);
      const auto minute = std::chrono::minutes{(number / 5) % 180};
      writer.write_ticket(number, first + day + minute);
    }
    ASSERT_TRUE(writer.finish(*contract::from_rfc3339("2025-09-30T00:00:00+08:00")));
  }
  static void TearDownTestSuite() { deployment.reset(); }

  static kafka::Connection connection() {
    return {deployment->kafka().brokers(), "test", "paidan.", contract::topic_names(),
            contract::record_bytes_max};
  }

  /// A copy of the small pack with one text replaced in one of its files.
  static std::string pack_with(const std::string& name, const std::string& file,
                               const std::string& text, const std::string& instead) {
    const fs::path folder = deployment->folder() / name;
    fs::copy(small_pack, folder, fs::copy_options::recursive);
    std::string content = read_file(folder / file);
    for (auto at = content.find(text); at != std::string::npos;
         at = content.find(text, at + instead.size())) {
      content.replace(at, text.size(), instead);
    }
    EXPECT_NE(content, read_file(folder / file)) << "the pack no longer says: " << text;
    std::ofstream(folder / file) << content;
    return folder.string();
  }

  struct Run {
    std::string said;
    nlohmann::json json;
  };
  static Run what_if(const std::string& pack) {
    const fs::path file = deployment->folder() / "whatif.json";
    const auto said = deployment->paidanctl({"whatif", "--from", "2025-09-01", "--to", "2025-09-05",
                                             "--pack", pack, "--json", file.string()});
    EXPECT_TRUE(said) << said.error().why;
    if (!said) return {};
    return {*said, nlohmann::json::parse(read_file(file))};
  }
  static std::string refusal(const std::vector<std::string>& arguments) {
    const auto said = deployment->paidanctl(arguments);
    return said ? "not refused" : said.error().why;
  }

  inline static kafka::SilentProbe probe;
  inline static std::unique_ptr<Deployment> deployment;
};

std::map<std::string, std::int64_t> ends_of_log() {
  std::map<std::string, std::int64_t> ends;
  auto admin = kafka::Admin::open(WhatIfTest::connection(), WhatIfTest::probe);
  EXPECT_TRUE(admin);
  for (const auto topic : contract::topic_names()) {
    const auto marks = (*admin)->watermarks(topic, Milliseconds{10'000});
    EXPECT_TRUE(marks) << topic;
    for (const auto& [partition, mark] : *marks) {
      ends[std::string(topic) + "/" + std::to_string(partition.get())] = mark.high.get();
    }
  }
  return ends;
}

TEST_F(WhatIfTest, TheSamePackChangesNothingAndNothingIsWritten) {
  const auto before = ends_of_log();
  const auto started = std::chrono::steady_clock::now();
  const Run run = what_if(small_pack.string());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  std::printf("%u tickets decided again in %.2f s\n", ticket_count(), took.count());
  EXPECT_EQ(run.json["summary"]["tickets"], ticket_count());
  EXPECT_EQ(run.json["summary"]["changed"], 0);
  EXPECT_EQ(run.json["summary"]["unreadable"], 0);
  EXPECT_EQ(run.json["summary"]["horizon"], "2025-09-30T00:00:00+08:00");
  EXPECT_EQ(run.json["tickets"].size(), 0U) << run.json["tickets"][0].dump(2);
  EXPECT_EQ(ends_of_log(), before);
}

TEST_F(WhatIfTest, AShorterTermMovesEveryDueTimeAndSaysWhy) {
  const Run run =
      what_if(pack_with("shorter", "clocks.yaml", "working_days: 5", "working_days: 3"));
  const auto& summary = run.json["summary"];
  EXPECT_EQ(summary["changed"], ticket_count());
  EXPECT_EQ(summary["assignments"]["reassigned"], 0);
  EXPECT_EQ(summary["due_earlier"], 2 * ticket_count());
  EXPECT_EQ(summary["due_later"], 0);
  EXPECT_GT(summary["breaches_gained"], 0);
  EXPECT_EQ(summary["breaches_lost"], 0);
  const auto& due = run.json["tickets"][0]["due_times"][0];
  EXPECT_EQ(due["cause"], "term");
  EXPECT_THAT(due["then"]["explanation_en"], testing::HasSubstr("5 working days"));
  EXPECT_THAT(due["now"]["explanation_en"], testing::HasSubstr("3 working days"));
  EXPECT_THAT(run.said, testing::HasSubstr("due times  时限   earlier 提前"));
}

TEST_F(WhatIfTest, AnotherLineReassignsItsTicketsOnly) {
  const Run run = what_if(pack_with(
      "line", "responsibility.yaml", "category: 环境/噪声/广场舞\n    duty: 基本",
      "category: 环境/噪声/广场舞\n    duty: 收回\n    lead: {function: 城管执法, of: district}"));
  const auto& summary = run.json["summary"];
  EXPECT_EQ(summary["changed"], ticket_count() / 2);
  EXPECT_EQ(summary["assignments"]["reassigned"], ticket_count() / 2);
  EXPECT_EQ(summary["due_earlier"], 0);
  EXPECT_EQ(summary["breaches_gained"], summary["breaches_lost"]);
  for (const auto& ticket : run.json["tickets"]) {
    EXPECT_THAT(ticket["assignments"][0]["then"]["lead_unit"], testing::StartsWith("t-"));
    EXPECT_THAT(ticket["assignments"][0]["now"]["lead_unit"], testing::StartsWith("cg-"));
    EXPECT_THAT(ticket["assignments"][0]["now"]["rule"],
                testing::HasSubstr("responsibility.yaml:"));
    EXPECT_EQ(ticket["refused"].size(), 0U);
  }
}

TEST_F(WhatIfTest, AnotherWeekMovesDueTimesByTheDaysItNames) {
  const Run run = what_if(pack_with("week", "calendar.yaml", "[mon, tue, wed, thu, fri]",
                                    "[mon, tue, wed, thu, fri, sat]"));
  EXPECT_EQ(run.json["summary"]["due_later"], 0);
  EXPECT_GT(run.json["summary"]["due_earlier"], 0);
  for (const auto& ticket : run.json["tickets"]) {
    for (const auto& due : ticket["due_times"]) {
      EXPECT_EQ(due["cause"], "calendar") << due.dump(2);
      ASSERT_GE(due["days"].size(), 1U);
      EXPECT_THAT((std::vector<std::string>{"2025-09-06", "2025-09-13"}),
                  testing::Contains(due["days"][0]["day"].get<std::string>()));
      EXPECT_EQ(due["days"][0]["then"], "off");
      EXPECT_EQ(due["days"][0]["now"], "work");
    }
  }
}

TEST_F(WhatIfTest, WhatCannotBeDoneIsSaidInOneLine) {
  const std::string pack = small_pack.string();
  EXPECT_THAT(
      refusal({"whatif", "--from", "2025-09-01", "--to", "2025-09-05", "--pack", "no-city"}),
      testing::HasSubstr("no-city"));
  EXPECT_THAT(
      refusal({"whatif", "--from", "2024-01-01", "--to", "2024-01-31", "--pack", pack}),
      testing::HasSubstr("no ticket was opened 2024-01-01 to 2024-01-31; the log has tickets "
                         "opened 2025-09-01 to 2025-09-05"));
  EXPECT_THAT(refusal({"whatif", "--from", "2025-09-05", "--to", "2025-09-01", "--pack", pack}),
              testing::HasSubstr("is before --from"));
  EXPECT_THAT(refusal({"whatif", "--from", "soon", "--to", "2025-09-01", "--pack", pack}),
              testing::HasSubstr("--from soon: must be a day, YYYY-MM-DD"));
  EXPECT_THAT(refusal({"whatif", "--from", "2025-09-01", "--to", "2025-09-05", "--pack", pack,
                       "--json", "/no/such/folder/out.json"}),
              testing::HasSubstr("/no/such/folder/out.json"));
}

}  // namespace
}  // namespace paidan::whatif_test
