#include "paidan/domain/sla.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace paidan::domain {
namespace {

Instant minute(int at) { return Instant{std::chrono::minutes{at}}; }

ClockStarted started(const std::string& clock, std::uint32_t seq, int due,
                     std::optional<int> warn = std::nullopt, std::uint32_t step = 0) {
  ClockStarted out;
  out.clock = clock;
  out.seq = seq;
  out.step = step;
  out.due_at = minute(due);
  if (warn) {
    out.warn_at = minute(*warn);
  }
  return out;
}

std::string text_of(const std::vector<SlaFact>& facts) {
  static constexpr std::array<const char*, 6> kinds{"none", "warned",    "breached",
                                                    "met",  "escalated", "retracted"};
  std::string out;
  for (const SlaFact& fact : facts) {
    out += fact.clock + std::to_string(fact.seq) +
           (fact.step > 0 ? "." + std::to_string(fact.step) : "") + " " +
           kinds[static_cast<std::size_t>(fact.kind)] + "@" +
           std::to_string(fact.at.time_since_epoch() / std::chrono::minutes{1}) + "; ";
  }
  return out;
}

/// Decides, folds, and says what was decided.
std::string give(SlaTicket& ticket, const SlaInput& input, int now = 0) {
  const SlaDecision decision = decide_sla(ticket, input, minute(now));
  ticket = evolve_sla(std::move(ticket), decision);
  return decision.skipped ? "skipped " + std::string(decision.reason) : text_of(decision.facts);
}

LifecycleNotice notice(std::uint64_t version, int happened_at, std::vector<ClockChange> changes) {
  return {version, minute(happened_at), std::move(changes)};
}
ClockChange stop(const std::string& clock, std::uint32_t seq, ClockStop reason = ClockStop::done) {
  return ClockStopped{clock, seq, reason};
}

TEST(Sla, WarnsThenBreachesOnceEach) {
  SlaTicket ticket;
  give(ticket, notice(1, 0, {started("handle", 1, 100, 80)}));
  EXPECT_EQ(next_due_at(ticket), minute(80));
  EXPECT_EQ(give(ticket, ClockDue{minute(79)}), "skipped nothing_due");
  EXPECT_EQ(give(ticket, ClockDue{minute(80)}), "handle1 warned@80; ");
  EXPECT_EQ(give(ticket, ClockDue{minute(80)}), "skipped nothing_due");
  EXPECT_EQ(next_due_at(ticket), minute(100));
  EXPECT_EQ(give(ticket, ClockDue{minute(100)}), "handle1 breached@100; ");
  EXPECT_EQ(give(ticket, ClockDue{minute(200)}), "skipped nothing_due");
  EXPECT_EQ(next_due_at(ticket), std::nullopt);
}

TEST(Sla, MeetsAClockThatStopsAtItsDueTimeAndNotLater) {
  for (const auto& [stopped_at, said] :
       {std::pair(99, "handle1 met@99; "), std::pair(100, "handle1 met@100; "),
        std::pair(101, "handle1 breached@100; ")}) {
    SlaTicket ticket;
    give(ticket, notice(1, 0, {started("handle", 1, 100)}));
    EXPECT_EQ(give(ticket, notice(2, stopped_at, {stop("handle", 1)})), said);
    EXPECT_EQ(ticket, SlaTicket{}) << "a ticket without clocks is forgotten";
  }
}

TEST(Sla, FiresWhatWasDueBeforeANoticeAtItsOwnTime) {
  SlaTicket ticket;
  give(ticket, notice(1, 0, {started("handle", 1, 100, 80), started("contact", 1, 90)}));
  EXPECT_EQ(give(ticket, notice(2, 500, {stop("handle", 1)})),
            "handle1 warned@80; contact1 breached@90; handle1 breached@100; ");
  EXPECT_EQ(ticket.clocks.size(), 1U);
}

TEST(Sla, RetractsABreachThatALaterRecordDisproves) {
  SlaTicket ticket;
  give(ticket, notice(1, 0, {started("citizen", 1, 100)}));
  give(ticket, ClockDue{minute(100)});
  EXPECT_EQ(give(ticket, notice(2, 95, {stop("citizen", 1)})),
            "citizen1 retracted@95; citizen1 met@95; ");
  EXPECT_EQ(ticket, SlaTicket{});
}

TEST(Sla, SaysNothingOfAClockThatIsCancelled) {
  SlaTicket ticket;
  give(ticket, notice(1, 0, {started("handle", 1, 100)}));
  EXPECT_EQ(give(ticket, notice(2, 50, {stop("handle", 1, ClockStop::cancelled)})), "");
  EXPECT_EQ(ticket, SlaTicket{});
}

TEST(Sla, RunsTheStepsOfALadderAndStopsThemWithTheirClock) {
  SlaTicket ticket;
  give(ticket, notice(1, 0, {started("citizen", 1, 100)}));
  give(ticket, ClockDue{minute(100)});
  give(ticket, notice(2, 100, {started("citizen", 1, 200, std::nullopt, 1)}));
  EXPECT_EQ(give(ticket, ClockDue{minute(200)}), "citizen1.1 escalated@200; ");
  give(ticket, notice(3, 200, {started("citizen", 1, 300, std::nullopt, 2)}));
  EXPECT_EQ(give(ticket, notice(4, 250, {stop("citizen", 1)})), "");
  EXPECT_EQ(ticket, SlaTicket{});
}

TEST(Sla, SkipsANoticeThatItHasSeen) {
  SlaTicket ticket;
  give(ticket, notice(3, 0, {started("handle", 1, 100)}));
  EXPECT_EQ(give(ticket, notice(3, 0, {started("handle", 1, 100)})), "skipped old_version");
  EXPECT_EQ(give(ticket, notice(2, 0, {stop("handle", 1)})), "skipped old_version");
  EXPECT_EQ(ticket.clocks.size(), 1U);
}

TEST(Sla, MeasuresHowLateAnAlertIs) {
  SlaTicket ticket;
  ticket =
      evolve_sla(ticket, decide_sla(ticket, notice(1, 0, {started("handle", 1, 100)}), minute(0)));
  const SlaDecision decision = decide_sla(ticket, ClockDue{minute(100)}, minute(102));
  EXPECT_EQ(decision.facts[0].late, std::chrono::minutes{2});
  EXPECT_EQ(decide_sla(ticket, ClockDue{minute(100)}, minute(0)).facts[0].late, Milliseconds{0});
}

/// Whatever the order of clocks, marks and stops: each kind at most once per (clock, step, seq), a
/// breach exactly when the clock stopped later than its due time or never.
TEST(Sla, TellsEachFactAtMostOnceHoweverTimeComes) {
  constexpr unsigned seed = 42;
  std::mt19937 random(seed);
  for (int round = 0; round < 2'000; ++round) {
    SlaTicket ticket;
    std::set<std::string> told;
    std::string all;
    const int due = 10 + static_cast<int>(random() % 90);
    const int stopped_at = static_cast<int>(random() % 120);
    give(ticket, notice(1, 0, {started("c", 1, due, due / 2)}));
    for (int mark = 0; mark < 120; mark += 1 + static_cast<int>(random() % 40)) {
      if (mark >= stopped_at) {
        break;  // marks never overtake what happened before them
      }
      all += give(ticket, ClockDue{minute(mark)});
    }
    all += give(ticket, notice(2, stopped_at, {stop("c", 1)}));
    const bool breached = all.find("breached") != std::string::npos;
    EXPECT_EQ(breached, stopped_at > due) << "seed " << seed << " round " << round << ": " << all;
    EXPECT_EQ(all.find("met") != std::string::npos, !breached) << all;
    EXPECT_EQ(all.find("breached"), all.rfind("breached"));
    EXPECT_EQ(all.find("warned"), all.rfind("warned"));
    EXPECT_EQ(all.find("warned") != std::string::npos, stopped_at > due / 2) << all;
  }
}

}  // namespace
}  // namespace paidan::domain
