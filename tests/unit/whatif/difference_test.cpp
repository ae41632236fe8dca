#include "paidan/whatif/difference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paidan/whatif/summary.hpp"

namespace paidan::whatif {
namespace {

using domain::UnitId;

const domain::WorkCalendar weekdays{.zone = {.name = "UTC", .offsets = {}},
                                    .hours = {{std::chrono::hours{9}, std::chrono::hours{17}}}};

Instant at(int hours) { return Instant{} + std::chrono::hours{hours}; }

Assignment to(const char* lead, const char* rule = "responsibility.yaml:8 (noise) list 12") {
  Assignment out;
  out.lead_unit = UnitId{lead};
  out.queue_unit = UnitId{lead};
  out.basis = domain::AssignmentBasis::basic;
  out.why.rule = rule;
  return out;
}

Due due(const char* clock, std::uint32_t seq, int hours, const char* unit = "town") {
  return {
      .clock = clock, .seq = seq, .unit = UnitId{unit}, .started_at = at(0), .due_at = at(hours)};
}

Difference compare(const Outcome& then, const Outcome& now) {
  return compare(then, now, nullptr, weekdays);
}

TEST(DifferenceTest, ARuleIsComparedByWhatItSaysNotByItsLine) {
  EXPECT_EQ(rule_text("responsibility.yaml:8 (noise, class 镇) list 12"),
            "(noise, class 镇) list 12");
  EXPECT_EQ(rule_text("decision of the office (签派)"), "decision of the office (签派)");
  EXPECT_EQ(rule_text(""), "");
  const Outcome then{.assignments = {to("town")}};
  const Outcome moved{.assignments = {to("town", "responsibility.yaml:9 (noise) list 12")}};
  EXPECT_TRUE(compare(then, moved).empty());
  const Outcome other{.assignments = {to("town", "responsibility.yaml:8 (noise) list 13")}};
  ASSERT_EQ(compare(then, other).assignments.size(), 1U);
  EXPECT_EQ(compare(then, other).assignments[0].change, AssignmentChange::other_rule);
}

struct AssignmentRow {
  const char* says;
  std::vector<Assignment> then;
  std::vector<Assignment> now;
  std::vector<AssignmentChange> changes;
};

TEST(DifferenceTest, AssignmentsAreComparedOneByOne) {
  Assignment joined = to("town");
  joined.co_handlers = {UnitId{"bureau"}};
  const AssignmentRow rows[] = {
      {"the same", {to("town")}, {to("town")}, {}},
      {"another lead", {to("town")}, {to("bureau")}, {AssignmentChange::reassigned}},
      {"a co-handler", {to("town")}, {joined}, {AssignmentChange::other_part}},
      {"nobody any more", {to("town")}, {Assignment{}}, {AssignmentChange::lost}},
      {"somebody now", {Assignment{}}, {to("town")}, {AssignmentChange::gained}},
      {"a return less", {to("town"), to("bureau")}, {to("town")}, {AssignmentChange::lost}},
      {"a return more", {to("town")}, {to("town"), to("bureau")}, {AssignmentChange::gained}},
  };
  for (const AssignmentRow& row : rows) {
    std::vector<AssignmentChange> changes;
    const Difference difference = compare({.assignments = row.then}, {.assignments = row.now});
    for (const auto& line : difference.assignments) changes.push_back(line.change);
    EXPECT_EQ(changes, row.changes) << row.says;
  }
}

TEST(DifferenceTest, ClocksOfSeveralUnitsAreToldApartByUnit) {
  const Outcome then{.dues = {due("co_handle", 1, 10, "a"), due("co_handle", 2, 20, "b")}};
  const Outcome now{.dues = {due("co_handle", 1, 20, "b"), due("co_handle", 2, 30, "c")}};
  const Difference difference = compare(then, now);
  ASSERT_EQ(difference.dues.size(), 2U);
  EXPECT_EQ(difference.dues[0].change, DueChange::not_started);
  EXPECT_EQ(difference.dues[0].then->unit, UnitId{"a"});
  EXPECT_EQ(difference.dues[1].change, DueChange::started);
  EXPECT_EQ(difference.dues[1].now->unit, UnitId{"c"});
}

TEST(DifferenceTest, ABreachThatWasTakenBackIsNone) {
  const auto alert = [](domain::SlaKind kind) {
    domain::LifecycleFact fact;
    fact.body = domain::Escalated{{.kind = kind, .clock = "handle", .seq = 1}, {}};
    return fact;
  };
  const std::vector<domain::LifecycleFact> facts{alert(domain::SlaKind::breached),
                                                 alert(domain::SlaKind::retracted)};
  EXPECT_EQ(outcome_of({facts.data(), 1}, at(1)).breaches.size(), 1U);
  EXPECT_THAT(outcome_of(facts, at(1)).breaches, testing::IsEmpty());
}

TEST(DifferenceTest, TheLastVerdictOfAClockHolds) {
  const auto verdict = [](domain::VerdictResult result) {
    domain::LifecycleFact fact;
    fact.verdicts = {
        {.subject = domain::VerdictSubject::clock, .clock = "handle", .seq = 1, .result = result}};
    return fact;
  };
  const std::vector<domain::LifecycleFact> late{verdict(domain::VerdictResult::overdue),
                                                verdict(domain::VerdictResult::late)};
  const std::vector<domain::LifecycleFact> good{verdict(domain::VerdictResult::in_time)};
  const Outcome then = outcome_of(late, at(1));
  ASSERT_EQ(then.verdicts.size(), 1U);
  EXPECT_EQ(then.verdicts[0].result, domain::VerdictResult::late);
  const Difference difference = compare(then, outcome_of(good, at(1)));
  Summary summary;
  add(summary, then, outcome_of(good, at(1)), difference, {});
  EXPECT_EQ(summary.verdicts_better, 1U);
}

TEST(SummaryTest, PartsCountedApartComeToTheSameAsTheWhole) {
  const Outcome then{.assignments = {to("town")}, .dues = {due("handle", 1, 10)}};
  const Outcome now{.assignments = {to("bureau")},
                    .dues = {due("handle", 1, 30)},
                    .breaches = {{"handle", 1, UnitId{"bureau"}, at(30)}}};
  const Difference difference = compare(then, now);
  Summary whole;
  Summary part;
  add(whole, then, now, difference, {});
  add(whole, then, now, difference, {});
  add(part, then, now, difference, {});
  Summary merged = part;
  merge(merged, part);
  EXPECT_EQ(merged.tickets, whole.tickets);
  EXPECT_EQ(merged.changed, whole.changed);
  EXPECT_EQ(merged.due_later, whole.due_later);
  EXPECT_EQ(merged.breaches_gained, whole.breaches_gained);
  EXPECT_EQ(merged.clocks.at("handle").later, whole.clocks.at("handle").later);
  const auto top = top_units(merged, 1);
  ASSERT_EQ(top.size(), 1U);
  EXPECT_EQ(top[0].first, UnitId{"bureau"});  // two tickets and two breaches; the town lost two
  EXPECT_EQ(top[0].second.breaches_gained, 2U);
  ASSERT_EQ(top_rules(merged, 5).size(), 1U);
  EXPECT_EQ(top_rules(merged, 5)[0].second, 2U);
}

}  // namespace
}  // namespace paidan::whatif
