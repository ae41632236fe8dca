#include "paidan/whatif/again.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "paidan/whatif/difference.hpp"
#include "paidan/whatif/summary.hpp"
#include "recorder.hpp"

// One story by another pack: exactly what the change changes, and why.

namespace paidan::whatif {
namespace {

using domain::CityPack;
using domain::UnitId;

constexpr auto complaint = R"(# A complaint that is answered on the sixth working day
pack: small

2025-09-02 10:12 submit category=环境/噪声/广场舞 kind=投诉 area=310101
2025-09-02 11:00 acknowledge
2025-09-02 15:00 contact
2025-09-08 16:00 complete
2025-09-09 10:00 rate
)";

/// The small pack with a change.
CityPack with(const CityPack& pack, const std::function<void(CityPack&)>& change) {
  CityPack out = pack;
  change(out);
  out.rules_version = "another";
  return domain::build_index(std::move(out));
}

domain::ClockDefinition& clock(CityPack& pack, const std::string& name) {
  const auto found = std::find_if(pack.clocks.begin(), pack.clocks.end(),
                                  [&](const auto& each) { return each.name == name; });
  EXPECT_NE(found, pack.clocks.end()) << name;
  return *found;
}

struct Compared {
  Difference difference;
  Again again;
  Summary summary;
};

Compared compared(const Recording& recording, const CityPack& pack) {
  const RecordedTicket& ticket = recording.tickets.at("A");
  Compared out;
  out.again = decide_by(pack, ticket, recording.horizon);
  const Outcome then = outcome_of(facts_of(ticket), recording.horizon);
  const Outcome now = outcome_of(out.again.facts, recording.horizon);
  out.difference = compare(then, now, &recording.pack->calendar, pack.calendar);
  add(out.summary, then, now, out.difference, out.again);
  return out;
}

std::vector<std::string> dues_of(const Difference& difference) {
  std::vector<std::string> out;
  for (const DueDifference& line : difference.dues) {
    const Due& any = line.now ? *line.now : *line.then;
    out.push_back(any.clock + " " + std::string(code_of(line.change)) + " " +
                  std::string(code_of(line.cause)));
  }
  return out;
}

TEST(WhatIfTest, AShorterTermMovesDueTimesAndMakesABreach) {
  const Recording recording = record(complaint);
  const CityPack pack = with(*recording.pack, [](CityPack& changed) {
    for (const char* name : {"handle", "citizen"})
      clock(changed, name).terms.back().working_days = 3;
  });
  const Compared result = compared(recording, pack);
  EXPECT_THAT(result.difference.assignments, testing::IsEmpty());
  EXPECT_THAT(dues_of(result.difference),
              testing::ElementsAre("citizen earlier term", "handle earlier term"));
  ASSERT_EQ(result.difference.breaches.size(), 2U);
  EXPECT_TRUE(result.difference.breaches[0].gained);
  EXPECT_EQ(result.summary.breaches_gained, 2U);
  EXPECT_EQ(result.summary.verdicts_worse, 2U);
  EXPECT_EQ(result.summary.changed, 1U);
  const Due& now = *result.difference.dues[1].now;
  EXPECT_EQ(domain::to_rfc3339(pack.calendar.zone, now.due_at), "2025-09-05T17:30:00+08:00");
  EXPECT_THAT(now.explanation.en, testing::HasSubstr("3 working days"));
  EXPECT_THAT(result.difference.dues[1].then->explanation.en, testing::HasSubstr("5 working days"));
}

TEST(WhatIfTest, AnotherLineReassignsAndTheUnitNowInChargeDoesTheWork) {
  const Recording recording = record(complaint);
  const CityPack pack = with(*recording.pack, [](CityPack& changed) {
    for (domain::ResponsibilityLine& line : changed.lines) {
      const bool dance = line.category >= 0 &&
                         changed.categories[static_cast<std::size_t>(line.category)].id.get() ==
                             "环境/噪声/广场舞";
      if (!dance) continue;
      line.duty = domain::Duty::withdrawn;
      line.lead = {.by = domain::UnitReference::By::unit,
                   .unit = changed.index.agencies.at("cg-3101")};
      line.source = "a new list";
    }
  });
  const Compared result = compared(recording, pack);
  ASSERT_EQ(result.difference.assignments.size(), 1U);
  const AssignmentDifference& line = result.difference.assignments[0];
  EXPECT_EQ(line.change, AssignmentChange::reassigned);
  EXPECT_EQ(line.then->lead_unit, UnitId{"t-310101"});
  EXPECT_EQ(line.now->lead_unit, UnitId{"cg-3101"});
  EXPECT_THAT(line.then->why.rule, testing::HasSubstr("responsibility.yaml:"));
  EXPECT_THAT(line.now->why.rule, testing::HasSubstr("a new list"));
  // Every command of the town is taken as the bureau's: the ticket ends as it did.
  EXPECT_THAT(result.again.refused, testing::IsEmpty());
  EXPECT_EQ(result.again.ticket.state, domain::State::closed);
  EXPECT_THAT(result.difference.dues, testing::IsEmpty());
  EXPECT_THAT(result.difference.breaches, testing::IsEmpty());
  EXPECT_THAT(result.difference.verdicts, testing::IsEmpty());
  EXPECT_EQ(result.summary.units.at(UnitId{"t-310101"}).tickets_lost, 1U);
  EXPECT_EQ(result.summary.units.at(UnitId{"cg-3101"}).tickets_gained, 1U);
}

TEST(WhatIfTest, ANewHolidayMovesDueTimesAndIsNamed) {
  const Recording recording = record(complaint);
  using std::chrono::local_days, std::chrono::year, std::chrono::September;
  const domain::Day holiday = local_days{year{2025} / September / 4};
  const CityPack pack = with(*recording.pack, [&](CityPack& changed) {
    auto& days = changed.calendar.special_days;
    days.push_back({holiday, "市庆", true});
    std::sort(days.begin(), days.end(),
              [](const auto& one, const auto& other) { return one.day < other.day; });
  });
  const Compared result = compared(recording, pack);
  EXPECT_THAT(result.difference.assignments, testing::IsEmpty());
  EXPECT_THAT(dues_of(result.difference),
              testing::ElementsAre("citizen later calendar", "handle later calendar"));
  for (const DueDifference& line : result.difference.dues) {
    ASSERT_EQ(line.days.size(), 1U);
    EXPECT_EQ(line.days[0].day, holiday);
    EXPECT_TRUE(line.days[0].working_then);
    EXPECT_FALSE(line.days[0].working_now);
    EXPECT_EQ(line.days[0].name_now, "市庆");
  }
  EXPECT_THAT(result.difference.breaches, testing::IsEmpty());
}

TEST(WhatIfTest, WithoutAnOwnerTheUnitsCommandsAreRefusedAndCounted) {
  const Recording recording = record(complaint);
  const CityPack pack = with(*recording.pack, [](CityPack& changed) {
    // 收回 everywhere by a department that no area has: nobody is in charge.
    changed.lines.clear();
    for (domain::Category& category : changed.categories) category.department.reset();
    domain::ResponsibilityLine none;
    none.duty = domain::Duty::withdrawn;
    none.lead = {.by = domain::UnitReference::By::function, .function = "城管执法", .area_kind = 0};
    changed.lines.push_back(none);
  });
  const Compared result = compared(recording, pack);
  ASSERT_EQ(result.difference.assignments.size(), 1U);
  EXPECT_EQ(result.difference.assignments[0].change, AssignmentChange::lost);
  EXPECT_EQ(result.again.ticket.state, domain::State::needs_triage);
  ASSERT_EQ(result.again.refused.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<domain::AcknowledgeCommand>(result.again.refused[0].body));
  EXPECT_FALSE(result.again.refused[0].text.en.empty());
  std::uint64_t refused = 0;
  for (const auto& [key, count] : result.summary.refused) refused += count;
  EXPECT_EQ(refused, 3U);
}

TEST(WhatIfTest, NothingAfterTheHorizonCounts) {
  const Recording recording = record(complaint);
  const RecordedTicket& ticket = recording.tickets.at("A");
  const Instant horizon = ticket.happenings[3].input.happened_at;
  const Again again = decide_by(*recording.pack, ticket, horizon);
  EXPECT_EQ(again.ticket.state, domain::State::contacted);
  EXPECT_TRUE(compare(outcome_of(facts_of(ticket), horizon), outcome_of(again.facts, horizon),
                      nullptr, recording.pack->calendar)
                  .empty());
}

TEST(WhatIfTest, ACommandThatCameTooLateThenMayComeInTimeNow) {
  const Recording recording = record(R"(# A return asked two working days later
pack: small

2025-09-02 10:12 submit category=环境/噪声/广场舞 kind=投诉 area=310101
2025-09-02 11:00 acknowledge
2025-09-04 15:00 return reason=不属本单位
)");
  const CityPack pack = with(*recording.pack, [](CityPack& changed) {
    clock(changed, "return_request").terms.back().working_days = 5;
  });
  const Compared result = compared(recording, pack);
  EXPECT_EQ(result.again.accepted_now, 1U);
  EXPECT_EQ(result.again.ticket.state, domain::State::return_requested);
  EXPECT_EQ(compared(recording, *recording.pack).again.accepted_now, 0U);
}

}  // namespace
}  // namespace paidan::whatif
