#include "paidan/domain/return_figures.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "helpers.hpp"
#include "paidan/citypack/load.hpp"
#include "paidan/domain/queues.hpp"

namespace paidan::domain {
namespace {

const ReturnKey fumes{"responsibility.yaml:9", CategoryId{"环境/油烟"}, AreaId{"310101"}};

Assigned by_rule(const std::string& lead, AssignmentBasis basis = AssignmentBasis::cooperate) {
  Assigned fact;
  fact.lead_unit = UnitId{lead};
  fact.why.rule = fumes.rule;
  fact.basis = basis;
  return fact;
}
Assigned by_office(const std::string& lead) {
  Assigned fact = by_rule(lead, AssignmentBasis::office);
  fact.why.rule = "decision of the office (签派)";
  fact.why.explanation = {"签派：就近", "directed by the office: near"};
  return fact;
}

/// One ticket of that category and place.
class OneTicket {
 public:
  void say(State before, LifecycleBody body, const std::string& lead = {}) {
    LifecycleFact fact;
    fact.body = std::move(body);
    fact.happened_at = from_unix_ms(1'700'000'000'000);
    fold_returns(trail, {TicketId{"T"}, before, fumes.category, fumes.area, UnitId{lead}}, fact,
                 changes);
  }
  std::uint32_t count(ReturnCounter counter) const {
    const auto found = changes.counts.find({fumes, counter});
    return found == changes.counts.end() ? 0 : found->second;
  }

  ReturnTrail trail;
  ReturnChanges changes;
};

TEST(ReturnFigures, AGrantedReturnCountsForTheRuleAndWhoAnswersIsItsTaker) {
  OneTicket ticket;
  ticket.say(State::classified, by_rule("hb-3101"));
  ticket.say(State::assigned, ReturnRequested{"not ours", {}}, "hb-3101");
  ticket.say(State::return_requested, ReturnDecided{true, ""}, "hb-3101");
  ticket.say(State::classified, by_rule("t-310101", AssignmentBasis::fallback));
  ticket.say(State::acknowledged, Completed{}, "t-310101");
  EXPECT_EQ(ticket.count(ReturnCounter::assigned), 2U);
  EXPECT_EQ(ticket.count(ReturnCounter::requested), 1U);
  EXPECT_EQ(ticket.count(ReturnCounter::granted), 1U);
  ASSERT_EQ(ticket.changes.takers.size(), 1U);
  EXPECT_EQ(ticket.changes.takers.begin()->first, (std::pair{fumes, UnitId{"t-310101"}}));
  ticket.say(State::redo, Completed{}, "t-310101");
  EXPECT_EQ(ticket.changes.takers.begin()->second, 1U) << "a taker counts once";
}

TEST(ReturnFigures, ADeniedReturnIsAskedAndNotGranted) {
  OneTicket ticket;
  ticket.say(State::classified, by_rule("hb-3101"));
  ticket.say(State::assigned, ReturnRequested{"not ours", {}}, "hb-3101");
  ticket.say(State::return_requested, ReturnDecided{false, "it is"}, "hb-3101");
  ticket.say(State::acknowledged, Completed{}, "hb-3101");
  EXPECT_EQ(ticket.count(ReturnCounter::requested), 1U);
  EXPECT_EQ(ticket.count(ReturnCounter::granted), 0U);
  EXPECT_TRUE(ticket.changes.takers.empty());
}

TEST(ReturnFigures, TheOfficesOwnAssignmentIsNoRule) {
  OneTicket ticket;
  ticket.say(State::needs_triage, by_office("water"));
  ticket.say(State::assigned, ReturnRequested{"not ours", {}}, "water");
  EXPECT_TRUE(ticket.changes.counts.empty());
}

struct PrecedentRow {
  const char* name;
  State before;
  std::uint32_t returns;
  bool is_precedent;
};
class Precedents : public testing::TestWithParam<PrecedentRow> {};
TEST_P(Precedents, AreWhatTheOfficeDecidesWhereTheRulesFailed) {
  OneTicket ticket;
  ticket.trail.returns_granted = GetParam().returns;
  ticket.say(GetParam().before, by_office("water"), "hb-3101");
  EXPECT_EQ(ticket.changes.precedents.size(), GetParam().is_precedent ? 1U : 0U);
  for (const PrecedentDecision& decision : ticket.changes.precedents) {
    EXPECT_EQ(decision.unit.get(), "water");
    EXPECT_EQ(decision.ticket.get(), "T");
    EXPECT_EQ(decision.reason, "签派：就近");
  }
}
INSTANTIATE_TEST_SUITE_P(
    Office, Precedents,
    testing::Values(PrecedentRow{"triage", State::needs_triage, 0, true},
                    PrecedentRow{"arbitration", State::arbitration, 2, true},
                    PrecedentRow{"instead_of_deciding_a_return", State::return_requested, 0, true},
                    PrecedentRow{"after_a_return", State::assigned, 1, true},
                    PrecedentRow{"an_ordinary_reassignment", State::assigned, 0, false}),
    [](const auto& row) { return row.param.name; });

ReturnFigures figures(std::uint32_t assigned, std::uint32_t granted,
                      std::vector<ReturnTaker> takers) {
  return {fumes, assigned, granted, granted, std::move(takers)};
}

struct ReportRow {
  const char* name;
  ReturnFigures figures;
  bool often;
  bool proposes;
};
class ReturnReports : public testing::TestWithParam<ReportRow> {};
TEST_P(ReturnReports, ProposeByTheThresholdsOfThePack) {
  const ReportRow& row = GetParam();
  EXPECT_EQ(often_returned(row.figures, small_pack().returns), row.often);
  EXPECT_EQ(!proposed_line(row.figures, small_pack()).empty(), row.proposes);
  const Text text = explain_returns(row.figures, small_pack());
  EXPECT_FALSE(text.zh.empty());
  EXPECT_FALSE(text.en.empty());
}
INSTANTIATE_TEST_SUITE_P(
    SmallPack, ReturnReports,
    testing::Values(
        ReportRow{"too_few", figures(4, 4, {{UnitId{"t-310101"}, 4}}), false, false},
        ReportRow{"below_the_share", figures(100, 29, {{UnitId{"t-310101"}, 29}}), false, false},
        ReportRow{"at_the_share", figures(10, 3, {{UnitId{"t-310101"}, 3}}), true, true},
        ReportRow{"no_taker_yet", figures(10, 5, {}), true, false},
        ReportRow{"two_takers_alike", figures(10, 4, {{UnitId{"gas"}, 2}, {UnitId{"t-310101"}, 2}}),
                  true, false},
        ReportRow{"one_ahead", figures(10, 5, {{UnitId{"t-310101"}, 3}, {UnitId{"gas"}, 2}}), true,
                  true},
        ReportRow{"a_unit_of_another_pack", figures(10, 5, {{UnitId{"gone"}, 5}}), true, false},
        ReportRow{"who_leads_already", figures(10, 5, {{UnitId{"hb-3101"}, 5}}), true, false}),
    [](const auto& row) { return row.param.name; });

TEST(ReturnReport, ItsLineIsAPackThatLoadsAndGivesTheTicketsToTheTaker) {
  namespace fs = std::filesystem;
  const fs::path from = fs::path(PAIDAN_SOURCE_DIR) / "tests/data/packs/small";
  const fs::path to = fs::temp_directory_path() / ("paidan-returns-" + std::to_string(getpid()));
  fs::copy(from, to, fs::copy_options::recursive);
  const std::string line = proposed_line(figures(10, 5, {{UnitId{"t-310101"}, 5}}), small_pack());
  std::ofstream(to / "responsibility.yaml", std::ios::app) << line;
  auto changed = citypack::load(to);
  fs::remove_all(to);
  ASSERT_TRUE(changed) << citypack::to_string(changed.error().front()) << "\n" << line;
  EXPECT_EQ(changed->lines.size(), small_pack().lines.size() + 1);
  EXPECT_EQ(find_agency(*changed, UnitId{"t-310101"})->id,
            changed->agencies[static_cast<std::size_t>(changed->lines.back().lead.unit)].id);
}

TEST(ReturnReport, NamesTheLineThatTheProposalReplaces) {
  ReturnFigures noise = figures(10, 5, {{UnitId{"t-310101"}, 5}});
  noise.key.category = CategoryId{"环境/噪声"};
  noise.key.area = {};
  EXPECT_NE(proposed_line(noise, small_pack()).find("# in place of responsibility.yaml:2"),
            std::string::npos)
      << proposed_line(noise, small_pack());
}

struct QueueRow {
  const char* name;
  Waiting ticket;
  std::vector<Queue> queues;
};
class OfficeQueues : public testing::TestWithParam<QueueRow> {};
TEST_P(OfficeQueues, HoldWhatWaitsForTheOffice) {
  std::vector<Queue> found;
  for (const Queue queue : office_queues) {
    if (lies_in(queue, GetParam().ticket)) found.push_back(queue);
  }
  EXPECT_EQ(found, GetParam().queues);
}
INSTANTIATE_TEST_SUITE_P(
    Domain, OfficeQueues,
    testing::Values(
        QueueRow{"triage", {State::needs_triage}, {Queue::triage}},
        QueueRow{"return_asked", {State::return_requested}, {Queue::returned}},
        QueueRow{"extension_asked", {State::extension_requested}, {Queue::extension}},
        QueueRow{"arbitration", {State::arbitration}, {Queue::arbitration}},
        QueueRow{"unreasonable_asked", {State::unreasonable}, {Queue::unreasonable}},
        QueueRow{"onsite_recheck", {State::onsite_recheck}, {Queue::review}},
        QueueRow{"an_appeal_on_a_closed_ticket", {State::closed, false, true}, {Queue::review}},
        QueueRow{"difficult_at_work", {State::difficult, false, false, true}, {Queue::review}},
        QueueRow{"difficult_and_an_extension_asked",
                 {State::extension_requested, false, false, true},
                 {Queue::extension, Queue::review}},
        QueueRow{"difficult_but_answered", {State::completed, false, false, true}, {}},
        QueueRow{"conflict", {State::assigned, true}, {Queue::conflict}},
        QueueRow{
            "proposed_duplicate", {State::assigned, false, false, false, true}, {Queue::duplicate}},
        QueueRow{"proposed_but_over", {State::closed, false, false, false, true}, {}},
        QueueRow{"nothing", {State::acknowledged}, {}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace paidan::domain
