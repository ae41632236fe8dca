#include <gtest/gtest.h>

#include "paidan/domain/lifecycle.hpp"
#include "spoilt_pack.hpp"

/// clocks.yaml, calendar.yaml and ladder.yaml: what they may say, and what is refused.
namespace paidan::citypack {
namespace {

const std::string policies =
    "receipt_day: not_counted\n"
    "reopen_window_days: 30\n"
    "extension: {clocks: [handle, citizen], working_days_max: 15, times_max: 2, source: a rule}\n"
    "pause: {states: [difficult, needs_info], clocks: [citizen, handle]}\n";

TEST(Clocks, OfAPackMayBeExtendedPausedAndReopened) {
  const SpoiltPack pack;
  pack.replace("clocks.yaml", "receipt_day: not_counted\n", policies);
  const auto loaded = load(pack.path());
  ASSERT_TRUE(loaded) << to_string(loaded.error().front());
  EXPECT_EQ(loaded->reopen_window_days, 30U);
  EXPECT_EQ(loaded->extension.clocks, (std::vector<std::string>{"handle", "citizen"}));
  EXPECT_EQ(loaded->extension.working_days_max, 15U);
  EXPECT_EQ(loaded->extension.times_max, 2U);
  EXPECT_EQ(loaded->extension.source, "a rule");
  EXPECT_EQ(loaded->extension.at, (domain::SourceLine{"clocks.yaml", 3}));
  EXPECT_EQ(loaded->pause.states,
            (std::vector{domain::State::difficult, domain::State::needs_info}));
  EXPECT_EQ(loaded->pause.clocks, (std::vector<std::string>{"citizen", "handle"}));
}

TEST(Clocks, OfAPackThatSaysNothingRunOnAndAreNeverExtended) {
  const auto loaded = load(SpoiltPack().path());
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(loaded->extension.clocks.empty());
  EXPECT_TRUE(loaded->pause.states.empty());
  EXPECT_EQ(loaded->reopen_window_days, 90U);
}

TEST(Clocks, KnowThoseOfTheOfficeAndOfEachLevel) {
  const SpoiltPack pack;
  std::string clocks;
  for (const char* name : {"sub_handle", "review", "return_decision", "extension_decision",
                           "unreasonable_decision", "arbitration", "supervise"}) {
    clocks += "  - {name: " + std::string(name) + ", zh: 时限, terms: [{working_days: 1}]}\n";
  }
  pack.replace("clocks.yaml", "clocks:\n", "clocks:\n" + clocks);
  EXPECT_EQ(errors_of(pack.path()), "loads");
}

/// What a policy stands before, in the small pack.
constexpr const char* head = "receipt_day: not_counted\n";

const Fault faults[] = {
    {"an extension of a clock that nobody may extend", "clocks.yaml", head,
     "receipt_day: not_counted\nextension: {clocks: [acknowledge], working_days_max: 15}\n",
     "clocks.yaml:2: clock \"acknowledge\" must be citizen or handle"},
    {"an extension without its limit", "clocks.yaml", head,
     "receipt_day: not_counted\nextension: {clocks: [handle]}\n",
     "clocks.yaml:2: extension: key \"working_days_max\" is missing"},
    {"an extension beyond all bounds", "clocks.yaml", head,
     "receipt_day: not_counted\nextension: {clocks: [handle], working_days_max: 900}\n",
     "clocks.yaml:2: extension: \"working_days_max\" must be a whole number from 1 to 400"},
    {"more extensions than anybody grants", "clocks.yaml", head,
     "receipt_day: not_counted\n"
     "extension: {clocks: [handle], working_days_max: 9, times_max: 99}\n",
     "extension: \"times_max\" must be a whole number from 1 to 9"},
    {"an extension of nothing", "clocks.yaml", head,
     "receipt_day: not_counted\nextension: {clocks: [], working_days_max: 15}\n",
     "clocks.yaml:2: extension: \"clocks\" is empty"},
    {"an extension of one clock twice", "clocks.yaml", head,
     "receipt_day: not_counted\nextension: {clocks: [handle, handle], working_days_max: 15}\n",
     "clocks.yaml:2: clock \"handle\" stands twice"},
    {"an extension with a key that nobody knows", "clocks.yaml", head,
     "receipt_day: not_counted\nextension: {clocks: [handle], days: 15}\n",
     "clocks.yaml:2: extension: unknown key \"days\""},
    {"a pause of the office's own clock", "clocks.yaml", head,
     "receipt_day: not_counted\npause: {states: [difficult], clocks: [call_back]}\n",
     "clocks.yaml:2: clock \"call_back\" must be citizen, contact, handle, sub_handle, co_handle "
     "or redo"},
    {"a pause of a clock that the pack does not have", "clocks.yaml", head,
     "receipt_day: not_counted\npause: {states: [difficult], clocks: [sub_handle]}\n",
     "clocks.yaml:2: there is no clock \"sub_handle\" in this file"},
    {"a pause in a state in which the unit works", "clocks.yaml", head,
     "receipt_day: not_counted\npause: {states: [acknowledged], clocks: [handle]}\n",
     "clocks.yaml:2: state \"acknowledged\" must be needs_triage, needs_info, return_requested, "
     "extension_requested, difficult, unreasonable or arbitration"},
    {"a pause in no state", "clocks.yaml", head,
     "receipt_day: not_counted\npause: {states: [], clocks: [handle]}\n",
     "clocks.yaml:2: pause: \"states\" is empty"},
    {"a window for reopening that is too long", "clocks.yaml", head,
     "receipt_day: not_counted\nreopen_window_days: 4000\n",
     "clocks.yaml: \"reopen_window_days\" must be a whole number from 1 to 400"},
    {"a day of receipt that neither counts nor not", "clocks.yaml", "not_counted", "perhaps",
     "clocks.yaml:1: receipt_day must be counted or not_counted"},
    {"a level below by the hour", "clocks.yaml", "name: co_handle",
     "name: sub_handle\n    zh: 下级\n    terms: [{hours: 1}]\n  - name: co_handle",
     "sub_handle is counted back from the due time above it: one term in working_days"},
    {"a level below with a condition", "clocks.yaml", "name: co_handle",
     "name: sub_handle\n    zh: 下级\n    terms: [{working_days: 1, kinds: [投诉]}]\n"
     "  - name: co_handle",
     "sub_handle is counted back from the due time above it: one term in working_days"},
    {"a co-handler without a lead's clock to count from", "clocks.yaml", "name: handle",
     "name: review",
     "\"co_handle\" can never run: there is no clock \"handle\" to count back from"},
    {"a year whose notice has not come", "calendar.yaml",
     "holiday_files: [holidays/2025.json, holidays/2026.json]",
     "holiday_files: [holidays/2025.json, holidays/2026.json]\nyears: [{year: 2027, days: []}]",
     "year 2027 has no days: without its notice a year is not covered, leave it out"},
    {"a day of another year", "holidays/2025.json", "2025-10-01", "2021-10-01",
     "day: the day does not belong to year 2025"},
    {"a day that does not say whether it is off", "holidays/2025.json",
     "\"date\": \"2025-01-01\",\n            \"isOffDay\": true", "\"date\": \"2025-01-01\"",
     "day: key \"isOffDay\" is missing"},
    {"a step for a role that nobody has", "ladder.yaml", "notify: [unit_leader]", "notify: [mayor]",
     "ladder.yaml:6: step: \"mayor\" is none of lead_unit, unit_leader, co_handler, sub_unit, "
     "office"},
};

TEST(Clocks, NameFileAndLineOfEachFault) { expect_each_found(faults); }

TEST(Clocks, WantACalendarForWhateverCountsWorkingDays) {
  const SpoiltPack pack("given");
  pack.write("calendar.yaml",
             "time_zone: America/New_York\nweek: [mon]\nworking_hours: [\"09:00-17:00\"]\n");
  EXPECT_EQ(errors_of(pack.path()), "loads") << "due times that are given need none";
  pack.write("ladder.yaml",
             "ladders:\n  - {clocks: [citizen], steps: [{zh: 通报, after_working_days: 1}]}\n");
  pack.replace("clocks.yaml", "receipt_day: not_counted\n",
               "receipt_day: not_counted\nextension: {clocks: [citizen], working_days_max: 3}\n");
  EXPECT_EQ(errors_of(pack.path()),
            "clocks.yaml:2: extension: counts working time, but calendar.yaml covers no year\n"
            "ladder.yaml:2: ladder: counts working time, but calendar.yaml covers no year\n");
}

TEST(Clocks, NeedADayOnWhichTheyCanEnd) {
  const SpoiltPack pack("given");
  std::string days;
  for (const char* month : {"03", "04"}) {
    for (int day = 1; day <= 30; ++day) {
      days += std::string("      - {date: 2011-") + month + (day < 10 ? "-0" : "-") +
              std::to_string(day) + ", name: strike, off: true}\n";
    }
  }
  pack.write("calendar.yaml",
             "time_zone: America/New_York\nweek: [mon, tue, wed, thu, fri]\n"
             "working_hours: [\"09:00-17:00\"]\nyears:\n  - year: 2011\n    days:\n" +
                 days);
  EXPECT_EQ(errors_of(pack.path()), "loads") << "31 March is worked in between";
  pack.replace("calendar.yaml", "days:\n",
               "days:\n      - {date: 2011-03-31, name: strike, off: true}\n");
  EXPECT_EQ(errors_of(pack.path()),
            "calendar.yaml:1: calendar.yaml: no working day for more than 31 days, in year 2011, "
            "month 4\n");
}

}  // namespace
}  // namespace paidan::citypack
