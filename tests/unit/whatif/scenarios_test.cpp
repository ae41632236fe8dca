#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "paidan/contract/lifecycle.hpp"
#include "paidan/whatif/again.hpp"
#include "paidan/whatif/difference.hpp"
#include "recorder.hpp"

// Every story of tests/scenario, decided again.

namespace paidan::whatif {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> stories() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(fs::path(PAIDAN_SOURCE_DIR) / "tests/scenario")) {
    if (entry.path().extension() == ".txt" && entry.path().filename() != "CMakeLists.txt") {
      out.push_back(entry.path());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

Recording recording_of(const fs::path& story) {
  std::ifstream in(story);
  return record({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
}

std::string bytes_of(const RecordedTicket& ticket, const domain::LifecycleFact& fact,
                     const domain::Ticket& after) {
  const stream::Cause cause{.id = "classified/0/0", .traceparent = {}, .partition = Partition{0}};
  const contract::Stamp stamp{cause, 0, fact.happened_at, fact.happened_at, {}, "dispatch"};
  return *contract::encode_lifecycle(ticket.id.get(), fact, after, stamp).value;
}

std::vector<std::string> recorded_bytes(const RecordedTicket& ticket) {
  std::vector<std::string> out;
  domain::Ticket after;
  for (const domain::LifecycleFact& fact : facts_of(ticket)) {
    after = domain::evolve(std::move(after), fact);
    out.push_back(bytes_of(ticket, fact, after));
  }
  return out;
}

class Story : public ::testing::TestWithParam<fs::path> {};

TEST_P(Story, DecidedAgainFromItsCausesIsEqualToTheByte) {
  const Recording recording = recording_of(GetParam());
  ASSERT_NE(recording.pack, nullptr);
  if (!recording.one_pack) GTEST_SKIP() << "each part of it is decided by a pack of its own";
  for (const auto& [name, ticket] : recording.tickets) {
    SCOPED_TRACE(name);
    std::vector<std::string> again;
    decide_as_recorded(
        *recording.pack, ticket,
        [&](std::size_t, const domain::LifecycleFact& fact, const domain::Ticket& after) {
          again.push_back(bytes_of(ticket, fact, after));
        });
    EXPECT_EQ(again, recorded_bytes(ticket));
  }
}

TEST_P(Story, ByTheSamePackDiffersInNothing) {
  const Recording recording = recording_of(GetParam());
  ASSERT_NE(recording.pack, nullptr);
  if (!recording.one_pack) GTEST_SKIP() << "each part of it is decided by a pack of its own";
  if (!recording.in_order)
    GTEST_SKIP() << "alerts or links came late; what-if takes clocks in time";
  for (const auto& [name, ticket] : recording.tickets) {
    SCOPED_TRACE(name);
    const Again again = decide_by(*recording.pack, ticket, recording.horizon);
    const Difference difference = compare(outcome_of(facts_of(ticket), recording.horizon),
                                          outcome_of(again.facts, recording.horizon),
                                          &recording.pack->calendar, recording.pack->calendar);
    EXPECT_TRUE(difference.empty())
        << difference.assignments.size() << " assignments, " << difference.dues.size()
        << " due times, " << difference.breaches.size() << " breaches, "
        << difference.verdicts.size() << " verdicts";
    EXPECT_THAT(again.refused, testing::IsEmpty());
    EXPECT_EQ(again.accepted_now, 0U);
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Story, ::testing::ValuesIn(stories()),
                         [](const auto& param) { return param.param.stem().string(); });

}  // namespace
}  // namespace paidan::whatif
