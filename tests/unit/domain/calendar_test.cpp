#include "paidan/domain/calendar.hpp"

#include <gtest/gtest.h>

#include <random>

#include "helpers.hpp"

namespace paidan::domain {
namespace {

struct DayCase {
  const char* from;
  std::uint32_t days;
  bool count_first_day;
  const char* due;
};

TEST(Calendar, CountsWorkingDaysAsTheCivilCodeDoes) {
  const DayCase cases[] = {
      {"2025-11-03 09:00", 1, false, "2025-11-04 17:30"},  // the day of receipt does not count
      {"2025-11-03 09:00", 5, false, "2025-11-10 17:30"},  // over a weekend
      {"2025-11-08 12:00", 1, false, "2025-11-10 17:30"},  // received on a Saturday
      {"2025-09-30 10:12", 5, false, "2025-10-14 17:30"},  // National Day, Saturday 11 Oct worked
      {"2025-09-26 10:00", 1, false, "2025-09-28 17:30"},  // Sunday 28 Sep is a make-up day
      {"2025-01-24 10:00", 2, false, "2025-01-27 17:30"},  // Sunday 26 Jan worked
      {"2025-01-27 18:00", 1, false, "2025-02-05 17:30"},  // Spring Festival 28 Jan to 4 Feb
      {"2025-11-03 09:00", 1, true, "2025-11-03 17:30"},   // counted: the same day
      {"2025-11-03 17:30", 1, true, "2025-11-04 17:30"},   // but not after the close
      {"2025-11-08 12:00", 1, true, "2025-11-10 17:30"},   // nor a day off
  };
  for (const DayCase& c : cases) {
    const Counted counted =
        add_working_days(small_pack().calendar, at(c.from), c.days, c.count_first_day);
    EXPECT_EQ(text_of(counted.due_at), c.due) << c.from << " + " << c.days;
  }
}

TEST(Calendar, CountsWorkingHoursOnlyWhileTheOfficeIsOpen) {
  struct Case {
    const char* from;
    int minutes;
    const char* due;
  };
  const Case lunch[] = {
      {"2011-07-01 09:00", 60, "2011-07-01 10:00"},
      {"2011-07-01 11:30", 60, "2011-07-01 13:30"},  // closed from 12 to 13
      {"2011-07-01 11:30", 30, "2011-07-01 12:00"},  // ends at the close of the window
      {"2011-07-01 16:30", 60, "2011-07-05 09:30"},  // weekend and Independence Day
      {"2011-07-01 05:00", 60, "2011-07-01 10:00"},
  };
  for (const Case& c : lunch) {
    const Counted counted = add_working_time(given_pack().calendar, at(c.from, given_pack()),
                                             std::chrono::minutes{c.minutes});
    EXPECT_EQ(text_of(counted.due_at, given_pack()), c.due) << c.from;
  }
}

TEST(Calendar, MeasuresWorkingTimeBetweenTwoMoments) {
  const WorkCalendar& calendar = small_pack().calendar;
  EXPECT_EQ(working_time_between(calendar, at("2025-11-03 09:00"), at("2025-11-03 10:30")),
            std::chrono::minutes{90});
  EXPECT_EQ(working_time_between(calendar, at("2025-11-07 16:30"), at("2025-11-10 10:00")),
            std::chrono::hours{2});
  EXPECT_EQ(working_time_between(calendar, at("2025-11-10 10:00"), at("2025-11-07 16:30")),
            std::chrono::minutes{0});
}

TEST(Calendar, CountsBackFromADueTime) {
  struct Case {
    const char* sentence;
    const char* from;
    std::uint32_t days;
    const char* due;
    const char* passed;
    bool provisional;
  };
  const Case cases[] = {
      {"back over a weekend", "2025-11-10 17:30", 1, "2025-11-07 17:30", "", false},
      {"back over National Day", "2025-10-09 17:30", 1, "2025-09-30 17:30", "; 1–8 Oct off", false},
      {"a make-up Saturday is a step", "2025-10-14 17:30", 2, "2025-10-11 17:30",
       "; Sat 11 Oct worked", false},
      {"holidays and the make-up day are told in the order of the year", "2025-10-13 17:30", 4,
       "2025-09-30 17:30", "; 1–8 Oct off; Sat 11 Oct worked", false},
      {"from a year without a notice", "2027-01-04 17:30", 1, "2027-01-01 17:30", "", true},
      {"from such a year into one that is covered", "2027-01-01 17:30", 1, "2026-12-31 17:30", "",
       true},
  };
  for (const Case& c : cases) {
    const WorkCalendar& calendar = small_pack().calendar;
    const Counted counted = subtract_working_days(calendar, at(c.from), c.days);
    EXPECT_EQ(text_of(counted.due_at), c.due) << c.sentence;
    EXPECT_EQ(describe_counted(counted, calendar).en, c.passed) << c.sentence;
    EXPECT_EQ(counted.provisional, c.provisional) << c.sentence;
  }
}

TEST(Calendar, EndsATermThatWouldEndOnADayOffOnTheNextWorkingDay) {  // Civil Code 203
  struct Case {
    const char* sentence;
    const char* from;
    std::uint32_t days;
    bool receipt_day_counted;
    const char* due;
  };
  const Case cases[] = {
      {"the last day before a long holiday still counts", "2025-09-29 16:00", 1, false,
       "2025-09-30 17:30"},
      {"received on it, the term ends after the holiday", "2025-09-30 16:00", 1, false,
       "2025-10-09 17:30"},
      {"received after the close of business, the day does not count either way",
       "2025-09-30 18:00", 1, true, "2025-10-09 17:30"},
      {"with the day of receipt counted, the term ends on it", "2025-09-30 16:00", 1, true,
       "2025-09-30 17:30"},
      {"received within a holiday", "2025-10-03 09:00", 1, false, "2025-10-09 17:30"},
      {"received on a make-up Saturday, which is a day like others", "2025-10-11 09:00", 1, true,
       "2025-10-11 17:30"},
      {"a make-up Sunday before a holiday ends a term", "2025-09-27 10:00", 1, false,
       "2025-09-28 17:30"},
      {"at midnight the day has begun", "2025-11-03 00:00", 1, true, "2025-11-03 17:30"},
      {"the last moment of a day is of that day", "2025-11-03 23:59:59", 1, false,
       "2025-11-04 17:30"},
  };
  for (const Case& c : cases) {
    const Counted counted =
        add_working_days(small_pack().calendar, at(c.from), c.days, c.receipt_day_counted);
    EXPECT_EQ(text_of(counted.due_at), c.due) << c.sentence;
  }
}

TEST(Calendar, KnowsWhatWasSpecialBetweenTwoMoments) {
  const WorkCalendar& calendar = small_pack().calendar;
  const Counted passed = days_passed(calendar, at("2025-09-30 17:30"), at("2025-10-14 17:30"));
  EXPECT_EQ(describe_counted(passed, calendar).en, "; 1–8 Oct off; Sat 11 Oct worked");
  EXPECT_EQ(text_of(passed.due_at), "2025-10-14 17:30");
  const Counted none = days_passed(calendar, at("2025-10-14 17:30"), at("2025-09-30 17:30"));
  EXPECT_TRUE(none.off.empty() && none.made_up.empty()) << "backwards nothing passes";
}

TEST(Calendar, IsCoveredUntilTheEndOfItsLastYear) {
  EXPECT_EQ(text_of(*covered_until(small_pack().calendar)), "2027-01-01 00:00");
  WorkCalendar uncovered = small_pack().calendar;
  uncovered.first_year = 0;
  uncovered.last_year = -1;
  EXPECT_FALSE(covered_until(uncovered));
}

TEST(Calendar, MarksADueTimeBeyondTheCoveredYearsAsProvisional) {
  const WorkCalendar& calendar = small_pack().calendar;
  EXPECT_FALSE(add_working_days(calendar, at("2026-12-28 10:00"), 3, false).provisional);
  const Counted beyond = add_working_days(calendar, at("2026-12-30 10:00"), 3, false);
  EXPECT_TRUE(beyond.provisional);
  EXPECT_EQ(text_of(beyond.due_at), "2027-01-04 17:30");  // counted Monday to Friday
}

TEST(Calendar, KnowsCivilTimeThroughTheChangesOfSummerTime) {
  const TimeZone& zone = given_pack().calendar.zone;
  struct Case {
    const char* civil;
    const char* rfc3339;
  };
  const Case cases[] = {
      {"2011-03-13 01:59", "2011-03-13T01:59:00-05:00"},
      {"2011-03-13 02:30", "2011-03-13T03:30:00-04:00"},  // does not exist: the offset before
      {"2011-03-13 03:00", "2011-03-13T03:00:00-04:00"},
      {"2011-11-06 01:30", "2011-11-06T01:30:00-04:00"},  // occurs twice: the first
      {"2011-11-06 02:00", "2011-11-06T02:00:00-05:00"},
      {"2059-07-01 12:00", "2059-07-01T12:00:00-04:00"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(to_rfc3339(zone, at(c.civil, given_pack())), c.rfc3339);
  }
}

TEST(Calendar, GoesFromCivilTimeToInstantAndBackForEveryHourOfAYear) {
  const TimeZone& zone = given_pack().calendar.zone;
  const Instant begin = at("2011-01-01 00:00", given_pack());
  for (int hour = 0; hour < 366 * 24; ++hour) {
    const Instant instant = begin + std::chrono::hours{hour};
    const CivilTime civil = to_civil(zone, instant);
    const Instant back = to_instant(zone, civil);
    EXPECT_TRUE(back == instant || back + std::chrono::hours{1} == instant) << hour;
    EXPECT_EQ(to_civil(zone, back), civil);
  }
}

TEST(Calendar, SaysWhatWasSpecialOnTheWay) {
  const WorkCalendar& calendar = small_pack().calendar;
  const Counted counted = add_working_days(calendar, at("2025-09-30 10:12"), 5, false);
  const Text special = describe_counted(counted, calendar);
  EXPECT_EQ(special.en, "; 1–8 Oct off; Sat 11 Oct worked");
  EXPECT_EQ(special.zh, "；10月1日至10月8日放假；10月11日（周六）上班");
  const Counted spring = add_working_days(calendar, at("2025-01-27 10:00"), 1, false);
  EXPECT_EQ(describe_counted(spring, calendar).en, "; 28 Jan – 4 Feb off");
}

TEST(Calendar, CountsForthAndBackAndMeasuresAlikeFromAnyMoment) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto between = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  const WorkCalendar& calendar = small_pack().calendar;
  const Instant begin = at("2025-01-01 00:00");
  for (int round = 0; round < 2'000; ++round) {
    const Instant from = begin + std::chrono::minutes{between(0, 700 * 24 * 60)};
    const auto days = static_cast<std::uint32_t>(between(1, 20));
    const std::string what = text_of(from) + " + " + std::to_string(days);
    const Counted due = add_working_days(calendar, from, days, false);
    const Day last = std::chrono::floor<std::chrono::days>(to_civil(calendar.zone, due.due_at));
    EXPECT_TRUE(is_working_day(calendar, last)) << what;
    EXPECT_EQ(to_civil(calendar.zone, due.due_at) - last, close_at(calendar)) << what;
    const Counted more = add_working_days(calendar, from, days + 1, false);
    EXPECT_EQ(subtract_working_days(calendar, more.due_at, 1).due_at, due.due_at) << what;
    EXPECT_EQ(more.provisional || !due.provisional, true) << what << ": longer, not surer";
    const std::chrono::minutes time{between(1, 5'000)};
    const Counted end = add_working_time(calendar, from, time);
    EXPECT_EQ(working_time_between(calendar, from, end.due_at), time) << what;
  }
}

}  // namespace
}  // namespace paidan::domain
