#include "paidanctl/replay/report.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "paidan/ticket/v1/lifecycle.pb.h"
#include "paidan/ticket/v1/sla.pb.h"

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
    Timeline timeline(file_.cases, mapping_);
    for (std::size_t index = 0; index < file_.cases.size(); ++index) {
      timeline.take_submission(Instant::max());
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

}  // namespace
}  // namespace paidan::ctl
