#include "paidan/domain/clocks.hpp"

#include <gmock/gmock.h>
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

TEST(Clocks, CountHoursWithAMeasureWordAndMinutesWithout) {
  ClockDefinition clock = *find_clock(small_pack(), "citizen");
  const TermQuery query{"投诉", Urgency::normal, ChannelId{"hotline"}, at("2025-11-03 10:00"), {}};
  const auto explained = [&](Term::Measure measure, int minutes) {
    Term term;
    term.measure = measure;
    term.minutes = std::chrono::minutes{minutes};
    clock.terms = {term};
    return due_time(small_pack(), clock, query)->explanation;
  };
  using enum Term::Measure;
  EXPECT_THAT(explained(calendar_time, 120).zh, testing::HasSubstr("10:00起2个小时；"));
  EXPECT_THAT(explained(calendar_time, 15).zh, testing::HasSubstr("10:00起15分钟；"));
  EXPECT_THAT(explained(working_hours, 90).zh, testing::HasSubstr("10:00起90工作分钟；"));
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

TEST(Clocks, SayWhenTheDayOfReceiptCounts) {
  CityPack pack = small_pack();
  pack.count_receipt_day = true;
  const auto found = due_time(
      pack, *find_clock(pack, "citizen"),
      {"投诉", Urgency::normal, ChannelId{"hotline"}, at("2025-11-03 10:00"), std::nullopt});
  EXPECT_EQ(text_of(found->due_at), "2025-11-07 17:30");
  EXPECT_EQ(found->explanation.en,
            "5 working days (the day of receipt counts) after Mon 3 Nov 2025 10:00; "
            "due Fri 7 Nov 17:30");
  EXPECT_EQ(found->explanation.zh,
            "自2025年11月3日（周一）10:00起5个工作日（收到当日计入）；11月7日（周五）17:30到期");
}

/// The small pack with a clock for levels below, which warns as co_handle here does.
const CityPack& levelled_pack() {
  static const CityPack pack = [] {
    CityPack out = small_pack();
    for (ClockDefinition& clock : out.clocks) {
      if (clock.name == "co_handle") clock.warn_fraction = 0.5;
    }
    ClockDefinition below = *find_clock(small_pack(), "co_handle");
    below.name = "sub_handle";
    out.clocks.push_back(std::move(below));
    return build_index(std::move(out));
  }();
  return pack;
}

TEST(Clocks, CountCoHandlersAndLevelsBelowBackFromTheDueTimeAboveThem) {
  struct Case {
    const char* sentence;
    const char* above;
    const char* from;
    const char* due;
    const char* co_en;
    const char* sub_zh;
  };
  const Case cases[] = {
      {"one working day before, over a weekend", "2025-11-10 17:30", "2025-11-03 09:00",
       "2025-11-07 17:30",
       "1 working day before the lead's due time Mon 10 Nov 2025 17:30; due Fri 7 Nov 17:30",
       "上级时限2025年11月10日（周一）17:30前1个工作日；11月7日（周五）17:30到期"},
      {"one working day before, over a holiday that is named", "2025-10-09 17:30",
       "2025-09-26 09:00", "2025-09-30 17:30",
       "1 working day before the lead's due time Thu 9 Oct 2025 17:30; 1–8 Oct off; "
       "due Tue 30 Sep 17:30",
       "上级时限2025年10月9日（周四）17:30前1个工作日；10月1日至10月8日放假；"
       "9月30日（周二）17:30到期"},
      {"a make-up day is a working day", "2025-10-13 17:30", "2025-10-09 09:00", "2025-10-11 17:30",
       "1 working day before the lead's due time Mon 13 Oct 2025 17:30; Sat 11 Oct worked; "
       "due Sat 11 Oct 17:30",
       "上级时限2025年10月13日（周一）17:30前1个工作日；10月11日（周六）上班；"
       "10月11日（周六）17:30到期"},
      {"a short term leaves no day in between", "2025-11-03 11:00", "2025-11-03 09:00",
       "2025-11-03 11:00", "the same as the lead's due time: due Mon 3 Nov 2025 11:00",
       "与上级时限相同：2025年11月3日（周一）11:00到期"},
      {"an overdue lead leaves a term of one's own", "2025-11-03 17:30", "2025-11-05 09:00",
       "2025-11-06 17:30", "1 working day after Wed 5 Nov 2025 09:00; due Thu 6 Nov 17:30",
       "自2025年11月5日（周三）09:00起1个工作日；11月6日（周四）17:30到期"},
      {"before a year whose holidays are not known", "2027-01-05 17:30", "2026-12-30 09:00",
       "2027-01-04 17:30",
       "1 working day before the lead's due time Tue 5 Jan 2027 17:30; due Mon 4 Jan 17:30 "
       "(provisional: holidays of that year are not known yet)",
       "上级时限2027年1月5日（周二）17:30前1个工作日；1月4日（周一）17:30到期"
       "（暂定：节假日安排尚未公布）"},
  };
  for (const Case& c : cases) {
    const auto co = co_handle_due(levelled_pack(), at(c.above), at(c.from));
    const auto sub = sub_handle_due(levelled_pack(), at(c.above), at(c.from));
    EXPECT_EQ(text_of(co->due_at), c.due) << c.sentence;
    EXPECT_EQ(text_of(sub->due_at), c.due) << c.sentence;
    EXPECT_EQ(co->explanation.en, c.co_en) << c.sentence;
    EXPECT_EQ(sub->explanation.zh, c.sub_zh) << c.sentence;
    EXPECT_EQ(co->clock + " " + sub->clock, "co_handle sub_handle") << c.sentence;
  }
}

TEST(Clocks, WarnACoHandlerAndTrustNoDueTimeThatHangsOnAProvisionalOne) {
  const auto co = co_handle_due(levelled_pack(), at("2025-11-05 17:30"), at("2025-11-03 17:30"));
  EXPECT_EQ(text_of(*co->warn_at), "2025-11-04 13:15") << "half of one working day";
  const auto below =
      sub_handle_due(levelled_pack(), at("2026-12-31 17:30"), at("2026-12-28 09:00"), true);
  EXPECT_EQ(text_of(below->due_at), "2026-12-30 17:30");
  EXPECT_TRUE(below->provisional) << "the due time above may still move";
  EXPECT_FALSE(sub_handle_due(small_pack(), at("2025-11-05 17:30"), at("2025-11-03 17:30")))
      << "the pack has no such clock";
}

TEST(Clocks, NeverPutHandleAfterTheCitizensClock) {
  const auto handle = due("handle", "投诉", Urgency::normal, "2025-11-05 10:00");
  const DueTime capped = not_after_citizen(*handle, at("2025-11-10 17:30"));
  EXPECT_EQ(text_of(capped.due_at), "2025-11-10 17:30");
  EXPECT_EQ(capped.explanation.en,
            "5 working days after Wed 5 Nov 2025 10:00; due Wed 12 Nov 17:30; "
            "not later than the citizen clock");
  EXPECT_EQ(text_of(*not_after_citizen(*handle, at("2025-11-20 17:30")).warn_at),
            text_of(*handle->warn_at))
      << "an earlier one stays as it is";
  EXPECT_FALSE(not_after_citizen(*handle, at("2025-11-06 17:30")).warn_at)
      << "no warning after the end";
}

TEST(Clocks, SayWhatALadderStepWaitsForAndWhatItPasses) {
  const Ladder& ladder = *find_ladder(small_pack(), "citizen");
  struct Case {
    std::size_t index;
    const char* due;
    const char* en;
    const char* zh;
  };
  const Case cases[] = {
      {0, "2025-10-09 17:30",
       "written notice: 1 working day after the due time Tue 30 Sep 2025 17:30; 1–8 Oct off; "
       "Thu 9 Oct 17:30",
       "催办通知书：2025年9月30日（周二）17:30逾期后1个工作日；10月1日至10月8日放假；"
       "10月9日（周四）17:30"},
      {1, "2025-10-14 17:30",
       "circular: 5 working days after the due time Tue 30 Sep 2025 17:30; 1–8 Oct off; "
       "Sat 11 Oct worked; Tue 14 Oct 17:30",
       "通报：2025年9月30日（周二）17:30逾期后5个工作日；10月1日至10月8日放假；"
       "10月11日（周六）上班；10月14日（周二）17:30"},
  };
  for (const Case& c : cases) {
    const DueTime found = ladder_due(small_pack(), ladder, c.index, at("2025-09-30 17:30"));
    EXPECT_EQ(text_of(found.due_at), c.due);
    EXPECT_EQ(found.explanation.en, c.en);
    EXPECT_EQ(found.explanation.zh, c.zh);
  }
}

TEST(Clocks, GiveEachLevelBelowTheLeadOneTermLess) {
  struct Case {
    std::uint32_t level;
    const char* due;
  };
  const Case cases[] = {{1, "none"}, {2, "none"}, {3, "2025-11-07 17:30"}, {4, "2025-11-06 17:30"}};
  for (const Case& c : cases) {
    const auto all = due_times(
        levelled_pack(),
        {"投诉", Urgency::normal, ChannelId{"hotline"}, at("2025-11-03 10:00"), std::nullopt},
        c.level);
    std::string own = "none";
    for (const DueTime& found : all) {
      own = found.clock == "sub_handle" ? text_of(found.due_at) : own;
      if (found.clock == "handle") {
        EXPECT_EQ(text_of(found.due_at), "2025-11-10 17:30") << "the lead's, at every level";
      }
    }
    EXPECT_EQ(own, c.due) << "level " << c.level;
  }
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
