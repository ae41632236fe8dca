#include "paidanctl/replay/case_file.hpp"

#include <gtest/gtest.h>
#include <lzma.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace paidan::ctl {
namespace {

ReplayMapping mapping() {
  ReplayMapping mapping;
  mapping.time_zone = "America/New_York";
  mapping.time_format = "%Y-%m-%d %H:%M:%S";
  mapping.columns = {{"external_id", "id"},      {"channel", "source"},
                     {"title", "title"},         {"submitted_at", "open"},
                     {"given_due_at", "target"}, {"completed_at", "closed"},
                     {"latitude", "lat"},        {"recorded_verdict", "ontime"}};
  mapping.codes = {{"ward", "ward"}};
  mapping.channels = {{"Self Service", "self_service"}};
  return mapping;
}

constexpr const char* header = "id,source,title,open,target,closed,lat,ontime,ward\n";

class CaseFileTest : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& bytes) {
    folder_ =
        std::filesystem::temp_directory_path() / ("paidan-case-file-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    const auto path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  std::filesystem::path folder_;
};

std::string pack(const std::string& bytes) {
  std::vector<std::uint8_t> out(lzma_stream_buffer_bound(bytes.size()));
  std::size_t size = 0;
  EXPECT_EQ(LZMA_OK, lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, nullptr,
                                             reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                             bytes.size(), out.data(), &size, out.size()));
  return {reinterpret_cast<const char*>(out.data()), size};
}

TEST_F(CaseFileTest, ReadsWallTimesOfTheZoneAndNamesOfThePack) {
  const auto path = write("a.csv", std::string(header) +
                                       "7,Self Service,\"Lamp, out\",2011-07-01 01:32:33,"
                                       "2011-12-15 01:32:32,,42.5,ONTIME, 03 \n");
  const auto file = read_cases(path, mapping(), 0);
  ASSERT_TRUE(file.has_value()) << file.error().what;
  ASSERT_EQ(1U, file->cases.size());
  const ReplayCase& first = file->cases[0];
  EXPECT_EQ("7", first.external_id);
  EXPECT_EQ("self_service", first.channel);
  EXPECT_EQ("Lamp, out", first.title);
  EXPECT_EQ(1'309'498'353'000, to_unix_ms(first.submitted_at));   // EDT, UTC-4
  EXPECT_EQ(1'323'930'752'000, to_unix_ms(*first.given_due_at));  // EST, UTC-5
  EXPECT_FALSE(first.completed_at.has_value());
  EXPECT_EQ("03", first.codes.at("ward"));
  EXPECT_EQ(RecordedVerdict::on_time, first.recorded_verdict);
}

TEST_F(CaseFileTest, ListsEachUnreadableRowAndReadsOn) {
  const std::string good = "1,x,t,2011-07-01 00:00:00,,,1,,\n";
  const auto path = write("a.csv", std::string(header) + good +
                                       "2,x,t,yesterday,,,1,,\n"  // line 3
                                       "3,x,t,2011-07-01 00:00:00,,,north,,\n"
                                       "4,x,t\n"
                                       ",x,t,2011-07-01 00:00:00,,,1,,\n"
                                       "6,x,\xC3\x28,2011-07-01 00:00:00,,,1,,\n"
                                       "7,x,t,2011-07-02 00:00:00,,2011-07-01 00:00:00,1,,\n" +
                                       good);
  const auto file = read_cases(path, mapping(), 0);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(2U, file->cases.size());
  ASSERT_EQ(6U, file->unreadable.size());
  EXPECT_EQ(3, file->unreadable[0].line);
  EXPECT_EQ("open is not a time of the form %Y-%m-%d %H:%M:%S", file->unreadable[0].why);
  EXPECT_EQ("lat is not a number", file->unreadable[1].why);
  EXPECT_EQ("has another number of columns", file->unreadable[2].why);
  EXPECT_EQ("external_id is empty", file->unreadable[3].why);
  EXPECT_EQ("title is not UTF-8", file->unreadable[4].why);
  EXPECT_EQ("completed_at precedes submitted_at", file->unreadable[5].why);
}

TEST_F(CaseFileTest, UnpacksXzAndStopsAtTheLimit) {
  std::string text = header;
  for (int row = 0; row < 5'000; ++row) text += "9,x,t,2011-07-01 00:00:00,,,1,,\n";
  const auto path = write("a.csv.xz", pack(text));
  EXPECT_EQ(5'000U, read_cases(path, mapping(), 0)->cases.size());
  EXPECT_EQ(12U, read_cases(path, mapping(), 12)->cases.size());
}

TEST_F(CaseFileTest, SaysWhatIsWrongWithTheFileAsAWhole) {
  struct Row {
    std::string name;
    std::string bytes;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"a.csv", "", "is empty"},
      {"b.csv", "id,source\n", "column"},
      {"c.csv.xz", "not packed", "is not a whole .xz file"},
      {"d.csv.xz", pack(header).substr(0, 20), "is not a whole .xz file"},
  };
  for (const Row& row : rows) {
    const auto file = read_cases(write(row.name, row.bytes), mapping(), 0);
    ASSERT_FALSE(file.has_value()) << row.name;
    EXPECT_NE(std::string::npos, file.error().what.find(row.expected)) << file.error().what;
  }
  EXPECT_FALSE(read_cases("/nowhere/x.csv", mapping(), 0).has_value());
}

TEST_F(CaseFileTest, ReadsAMappingAndRefusesWhatIsWrongInIt) {
  const auto unknown = load_mapping(write("u.yaml", "time_zone: UTC\ncolumns: {colour: c}\n"));
  ASSERT_FALSE(unknown.has_value());
  EXPECT_NE(std::string::npos, unknown.error().what.find("unknown field colour"));
  EXPECT_FALSE(load_mapping(write("z.yaml", "columns: {}\n")).has_value());
  EXPECT_FALSE(load_mapping(write("b.yaml", "time_zone: [\n")).has_value());
  const std::string columns = "columns: {external_id: a, channel: b, title: c, submitted_at: d}\n";
  for (const char* hours : {"5", "2881", "long"}) {
    const auto window = load_mapping(write(
        "w.yaml", "time_zone: UTC\nwindow_hours_max: " + std::string(hours) + "\n" + columns));
    ASSERT_FALSE(window.has_value()) << hours;
    EXPECT_NE(std::string::npos, window.error().what.find(":2: window_hours_max must lie"));
  }
  const auto scripted = load_mapping(
      write("s.yaml", "time_zone: UTC\nevents: e.csv\nwindow_hours_max: 24\n" + columns));
  ASSERT_TRUE(scripted.has_value()) << scripted.error().what;
  EXPECT_EQ((folder_ / "e.csv").string(), scripted->events);
  EXPECT_EQ(24, scripted->window_hours_max);
}

}  // namespace
}  // namespace paidan::ctl
