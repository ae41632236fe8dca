#include "paidanctl/replay/report.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "paidan/ticket/v1/lifecycle.pb.h"
#include "paidan/ticket/v1/matches.pb.h"
#include "paidan/ticket/v1/sla.pb.h"
#include "paidanctl/replay/script.hpp"

namespace paidan::ctl {
namespace {

namespace v1 = paidan::ticket::v1;

/// A log as an outsider reads it.
class ReportTest : public testing::Test {
 protected:
  void lifecycle(const std::string& ticket, std::uint64_t version,
                 const std::function<void(v1::LifecycleRecord&)>& fill) {
    v1::LifecycleRecord record;
    record.set_ticket_id(ticket);
    record.set_version(version);
    fill(record);
    observe("lifecycle", record.SerializeAsString());
  }
  void sla(const std::string& ticket, v1::SlaKind kind) {
    v1::SlaRecord record;
    record.set_ticket_id(ticket);
    record.mutable_sla()->set_kind(kind);
    record.mutable_sla()->set_clock("citizen");
    observe("sla", record.SerializeAsString());
  }
  void observe(stream::TopicName topic, const std::string& value) {
    observer_.observe({.topic = topic, .value = value});
  }
  void open_and_assign(const std::string& ticket, const std::string& lead) {
    lifecycle(ticket, 1, [](auto& record) { record.mutable_opened(); });
    lifecycle(ticket, 2, [&](auto& record) { record.mutable_assigned()->set_lead_unit(lead); });
  }
  ReplayReport report() {
    Timeline timeline(stories_of(file_, mapping_), false);
    for (std::size_t index = 0; index < file_.cases.size(); ++index) {
      timeline.take(Instant::max());
      timeline.accepted(index, "T" + std::to_string(index));
    }
    return make_report(file_, timeline, observer_,
                       {.accepted = file_.cases.size(), .elapsed = std::chrono::seconds{2}});
  }

  CaseFile file_;
  ReplayMapping mapping_;
  Observer observer_;
};

ReplayCase given(RecordedVerdict verdict) {
  return {.given_due_at = Instant{}, .recorded_department = "PWDx", .recorded_verdict = verdict};
}

TEST_F(ReportTest, ComparesOurClocksWithWhatTheCityRecorded) {
  file_.cases = {given(RecordedVerdict::on_time), given(RecordedVerdict::overdue),
                 given(RecordedVerdict::on_time), given(RecordedVerdict::none)};
  for (const char* ticket : {"T0", "T1", "T2", "T3"}) open_and_assign(ticket, "PWDx");
  sla("T0", v1::SLA_KIND_MET);
  sla("T1", v1::SLA_KIND_BREACHED);
  sla("T2", v1::SLA_KIND_BREACHED);
  const ReplayReport made = report();
  EXPECT_EQ(3U, made.verdicts_compared);
  EXPECT_EQ(2U, made.verdicts_equal);
  ASSERT_EQ(1U, made.differing_verdicts.size());
  EXPECT_EQ(4U, made.department_equal);
}

TEST_F(ReportTest, ABreachThatWasTakenBackIsNotOverdue) {
  file_.cases = {given(RecordedVerdict::on_time)};
  open_and_assign("T0", "PWDx");
  sla("T0", v1::SLA_KIND_BREACHED);
  sla("T0", v1::SLA_KIND_RETRACTED);
  EXPECT_EQ(1U, report().verdicts_equal);
}

TEST_F(ReportTest, FindsWhatWasLostAndWhatWasDoubled) {
  file_.cases = {given(RecordedVerdict::none), given(RecordedVerdict::none),
                 given(RecordedVerdict::none), given(RecordedVerdict::none)};
  open_and_assign("T0", "PWDx");                                      // well
  lifecycle("T1", 1, [](auto& record) { record.mutable_opened(); });  // nobody is in charge
  open_and_assign("T2", "PWDx");
  lifecycle("T2", 3, [](auto& record) { record.mutable_opened(); });  // opened twice
  open_and_assign("T3", "PWDx");
  lifecycle("T3", 4, [](auto& record) { record.mutable_acknowledged(); });  // version 3 is missing
  const ReplayReport made = report();
  EXPECT_EQ(1U, made.lost);
  EXPECT_EQ(2U, made.doubled);
}

TEST_F(ReportTest, CountsATicketThatAPersonHadToRouteAsNotRouted) {
  file_.cases = {given(RecordedVerdict::none)};
  lifecycle("T0", 1, [](auto& record) { record.mutable_opened(); });
  lifecycle("T0", 2, [](auto& record) { record.mutable_triage_requested(); });
  lifecycle("T0", 3, [](auto& record) { record.mutable_assigned()->set_lead_unit("PWDx"); });
  const ReplayReport made = report();
  EXPECT_EQ(0U, made.lost);
  EXPECT_EQ(1U, made.triaged);
  EXPECT_EQ(0U, made.department_equal);
}

TEST_F(ReportTest, TheJsonHasEveryFigureThatIsPromised) {
  file_.cases = {given(RecordedVerdict::none)};
  observe("deadletters", "garbage");
  const auto json = nlohmann::json::parse(to_json(report(), {}));
  for (const char* name : {"cases", "submitted", "assigned", "resolved", "verdicts_compared",
                           "verdicts_equal", "department_equal", "queue_equal", "lost", "doubled",
                           "deadletters", "elapsed_s", "tickets_per_s"}) {
    EXPECT_TRUE(json.contains(name)) << name;
  }
  EXPECT_EQ(1, json["deadletters"]);
  EXPECT_DOUBLE_EQ(0.5, json["tickets_per_s"]);
}

TEST_F(ReportTest, CountsEachMechanismAsTheLogTellsIt) {
  lifecycle("T0", 1, [](auto& record) { record.mutable_opened(); });
  lifecycle("T0", 2, [](auto& record) {
    record.mutable_assigned()->set_basis(v1::ASSIGNMENT_BASIS_COOPERATE);
    record.mutable_assigned()->add_co_handlers("town");
  });
  lifecycle("T0", 3, [](auto& record) { record.mutable_return_decided()->set_granted(true); });
  lifecycle("T0", 4, [](auto& record) { record.mutable_sub_assigned()->set_level(4); });
  lifecycle("T0", 5, [](auto& record) {
    record.mutable_closed()->set_reason(v1::CLOSE_REASON_NO_RATING);
    record.set_state(v1::TICKET_STATE_CLOSED);
  });
  sla("T0", v1::SLA_KIND_BREACHED);
  v1::MatchRecord match;
  match.mutable_link_proposed();
  observe("matches", match.SerializeAsString());
  file_.cases = {given(RecordedVerdict::none)};
  const Counts counted = report().mechanisms;
  for (const char* name : {"opened", "assigned.cooperate", "co_handler.by_list", "return.granted",
                           "sub_assigned.level_4", "closed.no_rating", "breached.citizen",
                           "match.proposed", "state.closed"}) {
    EXPECT_EQ(1U, counted.contains(name) ? counted.at(name) : 0) << name;
  }
}

TEST_F(ReportTest, OfTheVerdictsOnAClockTheLastOneHolds) {
  const auto judge = [](v1::VerdictResult result, bool counted) {
    return [=](v1::LifecycleRecord& record) {
      record.mutable_completed();
      auto& verdict = *record.add_verdicts();
      verdict.set_subject(v1::VERDICT_SUBJECT_CLOCK);
      verdict.set_clock("citizen");
      verdict.set_seq(1);
      verdict.set_result(result);
      verdict.set_counted(counted);
      verdict.set_reason("found_unreasonable");
    };
  };
  lifecycle("T0", 1, judge(v1::VERDICT_RESULT_OVERDUE, true));
  lifecycle("T0", 2, judge(v1::VERDICT_RESULT_LATE, false));
  const Counts counted = observer_.counts();
  EXPECT_FALSE(counted.contains("verdict.clock.overdue"));
  EXPECT_EQ(1U, counted.at("verdict.clock.late"));
  EXPECT_EQ(1U, counted.at("verdict_not_counted.found_unreasonable"));
}

TEST_F(ReportTest, NamesEachCountThatIsNotAsExpected) {
  file_.cases = {given(RecordedVerdict::none)};
  open_and_assign("T0", "PWDx");
  const auto path = std::filesystem::temp_directory_path() /
                    ("paidan-expected-" + std::to_string(::getpid()) + ".json");
  std::ofstream(path) << expected_json(report());
  EXPECT_TRUE(differences_from(path.string(), report())->empty());
  lifecycle("T0", 3, [](auto& record) { record.mutable_acknowledged(); });
  EXPECT_EQ((std::vector<std::string>{"acknowledged: expected 0, came out as 1"}),
            *differences_from(path.string(), report()));
  std::ofstream(path) << "{\"opened\": -1}";
  EXPECT_FALSE(differences_from(path.string(), report()).has_value());
  std::filesystem::remove(path);
}

TEST(WhatAMarkOwes, AClockThatWasDueAndHasNotFired) {
  const Instant due{std::chrono::seconds{100}};
  Observer observer(true);
  const auto observe = [&](const v1::LifecycleRecord& record) {
    const std::string value = record.SerializeAsString();
    observer.observe({.topic = "lifecycle", .value = value});
  };
  v1::LifecycleRecord record;
  record.set_ticket_id("T0");
  auto& clock = *record.add_clocks()->mutable_started();
  clock.set_clock("citizen");
  clock.set_seq(1);
  clock.mutable_due_at()->set_seconds(100);
  record.mutable_opened();
  observe(record);
  EXPECT_FALSE(observer.owes_until(due - Milliseconds{1}));
  EXPECT_TRUE(observer.owes_until(due));
  v1::LifecycleRecord alert;
  alert.set_ticket_id("T0");
  auto& fired = *alert.mutable_escalated()->mutable_sla();
  fired.set_clock("citizen");
  fired.set_seq(1);
  fired.set_kind(v1::SLA_KIND_WARNED);
  observe(alert);
  EXPECT_TRUE(observer.owes_until(due));  // a warning leaves the term to come
  fired.set_kind(v1::SLA_KIND_BREACHED);
  observe(alert);
  EXPECT_FALSE(observer.owes_until(due));
}

}  // namespace
}  // namespace paidan::ctl
