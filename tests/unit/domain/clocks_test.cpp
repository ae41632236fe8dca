#include "paidan/domain/clocks.hpp"

#include <gtest/gtest.h>

#include "helpers.hpp"

namespace paidan::domain {
namespace {

std::optional<DueTime> due(const char* clock, const char* kind, Urgency urgency, const char* from) {
  return due_time(small_pack(), *find_clock(small_pack(), clock),
                  {kind, urgency, ChannelId{"hotline"}, at(from), std::nullopt});
}

TEST(Clocks, TakeTheFirstTermThatFits) {
  struct Case {
    const char* clock;
    const char* kind;
    Urgency urgency;
    const char* due;  // nullptr: does not run
  };
  const Case cases[] = {
      {"citizen", "咨询", Urgency::normal, "2025-11-04 17:30"},
      {"citizen", "投诉", Urgency::normal, "2025-11-10 17:30"},
      {"citizen", "投诉", Urgency::urgent, "2025-11-04 10:00"},
      {"citizen", "投诉", Urgency::critical, "2025-11-03 12:00"},
      {"citizen", "表扬", Urgency::critical, nullptr},
      {"handle", "表扬", Urgency::normal, nullptr},
      {"acknowledge", "表扬", Urgency::normal, "2025-11-03 14:00"},
      {"contact", "投诉", Urgency::normal, "2025-11-04 17:30"},
      {"redo", "投诉", Urgency::normal, "2025-11-06 17:30"},
  };
  for (const Case& c : cases) {
    const auto found = due(c.clock, c.kind, c.urgency, "2025-11-03 10:00");
    ASSERT_EQ(found.has_value(), c.due != nullptr) << c.clock << " " << c.kind;
    if (found) {
      EXPECT_EQ(text_of(found->due_at), c.due) << c.clock << " " << c.kind;
    }
  }
}

TEST(Clocks, ExplainTheDueTimeInBothLanguages) {
  const auto found = due("citizen", "投诉", Urgency::normal, "2025-09-30 10:12");
  EXPECT_EQ(found->explanation.en,
            "5 working days after Tue 30 Sep 2025 10:12; 1–8 Oct off; Sat 11 Oct worked; "
            "due Tue 14 Oct 17:30");
  EXPECT_EQ(found->explanation.zh,
            "自2025年9月30日（周二）10:12起5个工作日；10月1日至10月8日放假；10月11日（周六）上班；"
            "10月14日（周二）17:30到期");
}

TEST(Clocks, NameTheYearWhenItIsAnotherOneAndSayWhenItIsProvisional) {
  const auto found = due("citizen", "投诉", Urgency::normal, "2026-12-30 10:00");
  EXPECT_EQ(found->explanation.en,
            "5 working days after Wed 30 Dec 2026 10:00; due Wed 6 Jan 2027 17:30 "
            "(provisional: holidays of that year are not known yet)");
  EXPECT_TRUE(found->provisional);
}

TEST(Clocks, WarnAtAFractionOfTheWorkingTime) {
  // 1 working day of 8.5 h after Monday's close: 80 % is 6 h 48 min into Tuesday.
  const auto found = due("citizen", "咨询", Urgency::normal, "2025-11-03 17:30");
  EXPECT_EQ(text_of(*found->warn_at), "2025-11-04 15:48");
  // By the calendar: 80 % of 2 h.
  const auto urgent = due("citizen", "投诉", Urgency::critical, "2025-11-03 23:00");
  EXPECT_EQ(text_of(*urgent->warn_at), "2025-11-04 00:36");
  EXPECT_FALSE(due("acknowledge", "投诉", Urgency::normal, "2025-11-03 09:00")->warn_at);
}

TEST(Clocks, SayWhichTermsAreAPolicyOfThePack) {
  EXPECT_TRUE(due("acknowledge", "投诉", Urgency::normal, "2025-11-03 09:00")->policy);
  EXPECT_FALSE(due("citizen", "投诉", Urgency::normal, "2025-11-03 09:00")->policy);
}

TEST(Clocks, TakeTheDueTimeThatTheSourceGives) {
  const ClockDefinition& clock = *find_clock(given_pack(), "citizen");
  const Instant from = at("2011-07-01 01:32:33", given_pack());
  const Instant given = at("2011-07-15 01:32:32", given_pack());
  TermQuery query{"request", Urgency::normal, ChannelId{"app"}, from, given};
  const auto found = due_time(given_pack(), clock, query);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->due_at, given);
  EXPECT_EQ(found->explanation.en, "due time given by the source: Fri 15 Jul 2011 01:32");
  query.given_due_at.reset();
  EXPECT_FALSE(due_time(given_pack(), clock, query));
}

TEST(Clocks, PutACoHandlerOneWorkingDayBeforeTheLead) {
  const auto found = co_handle_due(small_pack(), at("2025-11-10 17:30"), at("2025-11-03 09:00"));
  EXPECT_EQ(text_of(found->due_at), "2025-11-07 17:30");
  const auto urgent = co_handle_due(small_pack(), at("2025-11-03 11:00"), at("2025-11-03 09:00"));
  EXPECT_EQ(text_of(urgent->due_at), "2025-11-03 11:00");  // no day in between
}

TEST(Clocks, ListAllOfThePackForAKind) {
  std::string names;
  for (const DueTime& found : due_times(
           small_pack(),
           {"投诉", Urgency::normal, ChannelId{"hotline"}, at("2025-11-03 10:00"), std::nullopt})) {
    names += found.clock + "=" + text_of(found.due_at) + " ";
  }
  EXPECT_EQ(names,
            "citizen=2025-11-10 17:30 acknowledge=2025-11-03 14:00 contact=2025-11-04 17:30 "
            "handle=2025-11-10 17:30 return_request=2025-11-04 17:30 co_handle=2025-11-07 17:30 "
            "call_back=2025-11-06 17:30 redo=2025-11-06 17:30 ");
}

}  // namespace
}  // namespace paidan::domain
