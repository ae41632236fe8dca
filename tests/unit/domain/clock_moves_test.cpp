#include <gtest/gtest.h>

#include "helpers.hpp"
#include "paidan/domain/clocks.hpp"

/// Due times that change while a ticket lives.
namespace paidan::domain {
namespace {

CityPack with_extension(std::uint32_t working_days_max) {
  CityPack pack = small_pack();
  pack.extension.clocks = {"handle", "citizen"};
  pack.extension.working_days_max = working_days_max;
  return pack;
}

TEST(Extension, ReachesSoManyWorkingDaysFromAcceptanceAndNeverBringsADueTimeForward) {
  struct Case {
    const char* sentence;
    std::uint32_t days_max;
    const char* accepted;
    const char* current;
    const char* latest;
    const char* en;
    const char* zh;
  };
  const Case cases[] = {
      {"15 working days from acceptance, over National Day", 15, "2025-09-30 10:12",
       "2025-10-14 17:30", "2025-10-28 17:30",
       "15 working days after acceptance on Tue 30 Sep 2025 10:12; 1–8 Oct off; Sat 11 Oct worked; "
       "extended to Tue 28 Oct 17:30 at the latest",
       "自受理2025年9月30日（周二）10:12起15个工作日；10月1日至10月8日放假；"
       "10月11日（周六）上班；最迟延至10月28日（周二）17:30"},
      {"a due time beyond the limit stays", 3, "2025-11-03 09:00", "2025-11-10 17:30",
       "2025-11-10 17:30", "already as late as an extension allows: due Mon 10 Nov 2025 17:30",
       "已达延期上限：2025年11月10日（周一）17:30到期"},
      {"beyond the covered years it is provisional", 15, "2026-12-25 09:00", "2027-01-04 17:30",
       "2027-01-15 17:30",
       "15 working days after acceptance on Fri 25 Dec 2026 09:00; extended to "
       "Fri 15 Jan 2027 17:30 at the latest (provisional: holidays of that year are not known yet)",
       "自受理2026年12月25日（周五）09:00起15个工作日；最迟延至2027年1月15日（周五）17:30"
       "（暂定：节假日安排尚未公布）"},
  };
  for (const Case& c : cases) {
    const auto limit = extension_limit(with_extension(c.days_max), at(c.accepted), at(c.current));
    ASSERT_TRUE(limit) << c.sentence;
    EXPECT_EQ(text_of(limit->latest_due_at), c.latest) << c.sentence;
    EXPECT_EQ(limit->explanation.en, c.en) << c.sentence;
    EXPECT_EQ(limit->explanation.zh, c.zh) << c.sentence;
  }
}

TEST(Extension, IsNotGrantedByAPackThatHasNone) {
  EXPECT_FALSE(extension_limit(small_pack(), at("2025-11-03 09:00"), at("2025-11-10 17:30")));
}

TEST(Extension, WarnsAgainAndNamesTheDaysThatItAdds) {
  const ClockDefinition& clock = *find_clock(small_pack(), "handle");
  const DueTime moved = moved_due(small_pack(), clock,
                                  {at("2025-09-30 17:30"),
                                   at("2025-10-13 17:30"),
                                   at("2025-09-30 09:00"),
                                   {"延期获准", "extension granted"},
                                   false});
  EXPECT_EQ(moved.clock, "handle");
  EXPECT_EQ(text_of(moved.due_at), "2025-10-13 17:30");
  // 5 working days of 8.5 h lie between, 30 Sep and 9, 10, 11, 13 Oct: 80 % is at the end of the
  // fourth.
  EXPECT_EQ(text_of(*moved.warn_at), "2025-10-11 17:30");
  EXPECT_EQ(moved.explanation.en,
            "extension granted; was due Tue 30 Sep 2025 17:30; 1–8 Oct off; Sat 11 Oct worked; "
            "now due Mon 13 Oct 17:30");
  EXPECT_EQ(moved.explanation.zh,
            "延期获准；原2025年9月30日（周二）17:30到期；10月1日至10月8日放假；"
            "10月11日（周六）上班；改为10月13日（周一）17:30到期");
}

TEST(HandOver, KeepsTheDueTimeAndSaysSo) {
  const DueTime kept = handed_over(small_pack(), *find_clock(small_pack(), "citizen"),
                                   at("2025-11-10 17:30"), at("2025-11-10 09:00"));
  EXPECT_EQ(text_of(kept.due_at), "2025-11-10 17:30");
  EXPECT_EQ(text_of(*kept.warn_at), "2025-11-10 15:48") << "80 % of the day that is left";
  EXPECT_EQ(kept.explanation.en,
            "handed over with the lead, the due time stays: Mon 10 Nov 2025 17:30");
  EXPECT_EQ(kept.explanation.zh, "随主办单位移交，到期时间不变：2025年11月10日（周一）17:30");
  const DueTime over_holidays = handed_over(small_pack(), *find_clock(small_pack(), "citizen"),
                                            at("2025-10-14 17:30"), at("2025-09-30 09:00"));
  EXPECT_EQ(over_holidays.explanation.en,
            "handed over with the lead, the due time stays: Tue 14 Oct 2025 17:30; 1–8 Oct off; "
            "Sat 11 Oct worked");
}

TEST(Pause, KeepsTheTimeThatIsLeftInTheMeasureOfTheTerm) {
  struct Case {
    const char* sentence;
    Urgency urgency;
    const char* due;
    const char* paused;
    const char* resumed;
    const char* new_due;
    const char* en;
  };
  const Case cases[] = {
      {"working time: nights, weekends and the pause itself take none", Urgency::normal,
       "2025-11-10 17:30", "2025-11-10 10:00", "2025-11-12 10:00", "2025-11-12 17:30",
       "runs again from Wed 12 Nov 2025 10:00 with 7 h 30 min of working time left; "
       "due Wed 12 Nov 17:30"},
      {"working time: what the rest of the day does not hold goes to the next", Urgency::normal,
       "2025-11-10 17:30", "2025-11-10 10:00", "2025-11-12 16:30", "2025-11-13 15:30",
       "runs again from Wed 12 Nov 2025 16:30 with 7 h 30 min of working time left; "
       "due Thu 13 Nov 15:30"},
      {"working time: a holiday in between is named", Urgency::normal, "2025-09-29 17:30",
       "2025-09-29 15:30", "2025-09-30 16:30", "2025-10-09 10:00",
       "runs again from Tue 30 Sep 2025 16:30 with 2 h of working time left; 1–8 Oct off; "
       "due Thu 9 Oct 10:00"},
      {"calendar time: an urgent one runs through the night", Urgency::urgent, "2025-11-04 10:00",
       "2025-11-03 22:00", "2025-11-05 20:00", "2025-11-06 08:00",
       "runs again from Wed 5 Nov 2025 20:00 with 12 h left; due Thu 6 Nov 08:00"},
      {"a clock that has run out has nothing left", Urgency::normal, "2025-11-10 17:30",
       "2025-11-11 09:00", "2025-11-15 12:00", "2025-11-15 12:00",
       "runs again from Sat 15 Nov 2025 12:00 with 0 min of working time left; "
       "due Sat 15 Nov 12:00"},
  };
  const ClockDefinition& clock = *find_clock(small_pack(), "citizen");
  for (const Case& c : cases) {
    const TermQuery query{"投诉", c.urgency, ChannelId{"hotline"}, at("2025-11-03 10:00"),
                          std::nullopt};
    const TimeLeft left = time_left(small_pack(), clock, query, at(c.due), at(c.paused));
    const DueTime again = resumed_due(small_pack(), clock, left, at(c.resumed));
    EXPECT_EQ(text_of(again.due_at), c.new_due) << c.sentence;
    EXPECT_EQ(again.explanation.en, c.en) << c.sentence;
  }
}

TEST(Pause, IsExplainedInChineseToo) {
  const DueTime again = resumed_due(small_pack(), *find_clock(small_pack(), "citizen"),
                                    {std::chrono::minutes{450}, true}, at("2025-11-12 10:00"));
  EXPECT_EQ(again.explanation.zh,
            "暂停后自2025年11月12日（周三）10:00恢复计时，剩余工作时间7小时30分钟；"
            "11月12日（周三）17:30到期");
}

TEST(Recounting, SaysWhatTheDueTimeWasBeforeTheNoticeCame) {
  CityPack before = small_pack();  // as if the notice for 2026 had not come yet
  before.calendar.last_year = 2025;
  auto& days = before.calendar.special_days;
  std::erase_if(days, [](const SpecialDay& day) {
    return std::chrono::year_month_day{day.day}.year() == std::chrono::year{2026};
  });
  const TermQuery query{"投诉", Urgency::normal, ChannelId{"hotline"}, at("2025-12-30 10:00"),
                        std::nullopt};
  const auto first = due_time(before, *find_clock(before, "citizen"), query);
  EXPECT_TRUE(first->provisional);
  EXPECT_EQ(text_of(first->due_at), "2026-01-06 17:30");
  const auto fresh = due_time(small_pack(), *find_clock(small_pack(), "citizen"), query);
  const DueTime again = recounted(small_pack(), *fresh, first->due_at);
  EXPECT_FALSE(again.provisional);
  EXPECT_EQ(text_of(again.due_at), "2026-01-07 17:30");
  EXPECT_EQ(again.explanation.en,
            "5 working days after Tue 30 Dec 2025 10:00; 1–3 Jan off; Sun 4 Jan worked; "
            "due Wed 7 Jan 2026 17:30; counted again after the holidays were announced, before "
            "that due Tue 6 Jan 2026 17:30");
}

TEST(CoveredDays, CountDownToTheEndOfTheCalendar) {
  EXPECT_DOUBLE_EQ(*covered_days(small_pack(), at("2026-12-31 00:00")), 1.0);
  EXPECT_DOUBLE_EQ(*covered_days(small_pack(), at("2026-11-02 00:00")), 60.0);
  EXPECT_DOUBLE_EQ(*covered_days(small_pack(), at("2027-01-01 12:00")), -0.5);
  EXPECT_FALSE(covered_days(given_pack(), at("2026-12-31 00:00")))
      << "a pack whose due times are given counts no working days";
}

}  // namespace
}  // namespace paidan::domain
