#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "intake/logic.hpp"
#include "small_city.hpp"

// What the front door refuses, and with which words: the field, the limit, never the data.

namespace paidan::intake {
namespace {

using testing_city::lamp;
using testing_city::noon;

const domain::CityPack city = testing_city::small_city();
const Rules live{.pack = city};
const Rules replay{.pack = city, .replay = true};

std::string repeat(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

struct Case {
  const char* field;
  const char* reason;
  std::function<void(Submission&)> change;
};

/// "field reason", or "ok".
std::string verdict(const Submission& submission, const Rules& rules, const Times& times) {
  const auto checked = check(submission, rules, times);
  if (checked) return "ok";
  EXPECT_FALSE(checked.error().message.empty());
  return checked.error().field + " " + std::string(checked.error().reason);
}

void expect_refused(const std::vector<Case>& cases) {
  for (const Case& row : cases) {
    Submission submission = lamp();
    row.change(submission);
    EXPECT_EQ(verdict(submission, live, {.now = noon}), std::string(row.field) + " " + row.reason);
  }
}

TEST(CheckTest, AUsualSubmissionIsTakenAndHappensNow) {
  const auto checked = check(lamp(), live, {.now = noon});
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(*checked, noon);
}

TEST(CheckTest, EveryFieldAtItsLimitIsTaken) {
  Submission s = lamp();
  s.external_id = repeat("x", 128);
  s.title = repeat("灯", 200);
  s.text = repeat("坏", 4'000);
  s.category = repeat("c", 500);
  s.demand_kind = "投诉";
  s.place.address = repeat("a", 500);
  s.place.area = domain::AreaId("310000");
  s.place.latitude = -90;
  s.place.longitude = 180;
  s.contact = {repeat("名", 100), repeat("1", 40), repeat("e", 254)};
  for (int i = 0; i < 16; ++i) {
    s.attributes["name" + std::to_string(i)] = repeat("v", 256);
    s.place.codes["kind" + std::to_string(i)] = "07";
  }
  EXPECT_EQ(verdict(s, live, {.now = noon}), "ok");
}

TEST(CheckTest, EmptyFieldsAreNamed) {
  expect_refused({
      {"channel", "empty", [](auto& s) { s.channel = ""; }},
      {"external_id", "empty", [](auto& s) { s.external_id = " "; }},
      {"title", "empty", [](auto& s) { s.title = ""; }},
      {"title", "empty", [](auto& s) { s.title = " \u3000 "; }},
      {"attributes", "empty", [](auto& s) { s.attributes[""] = "x"; }},
  });
}

TEST(CheckTest, OversizeFieldsAreNamed) {
  expect_refused({
      {"external_id", "too_long", [](auto& s) { s.external_id = repeat("x", 129); }},
      {"title", "too_long", [](auto& s) { s.title = repeat("灯", 201); }},
      {"text", "too_long", [](auto& s) { s.text = repeat("坏", 4'001); }},
      {"category", "too_long", [](auto& s) { s.category = repeat("c", 501); }},
      {"place.address", "too_long", [](auto& s) { s.place.address = repeat("a", 501); }},
      {"contact.name", "too_long", [](auto& s) { s.contact.name = repeat("名", 101); }},
      {"contact.phone", "too_long", [](auto& s) { s.contact.phone = repeat("1", 41); }},
      {"contact.email", "too_long", [](auto& s) { s.contact.email = repeat("e", 255); }},
      {"attributes[form]", "too_long", [](auto& s) { s.attributes["form"] = repeat("v", 257); }},
      {"attributes", "too_many",
       [](auto& s) {
         for (int i = 0; i < 17; ++i) s.attributes[std::to_string(i)] = "v";
       }},
      {"place.codes", "too_many",
       [](auto& s) {
         for (int i = 0; i < 17; ++i) s.place.codes[std::to_string(i)] = "v";
       }},
  });
}

TEST(CheckTest, WhatTheCityDoesNotKnowIsNamed) {
  expect_refused({
      {"channel", "unknown", [](auto& s) { s.channel = "telex"; }},
      {"demand_kind", "unknown", [](auto& s) { s.demand_kind = "wish"; }},
      {"place.area", "unknown", [](auto& s) { s.place.area = domain::AreaId("999"); }},
      {"designated_unit", "unknown",
       [](auto& s) {
         s.channel = "onsite";
         s.designated_unit = "nobody";
       }},
  });
}

TEST(CheckTest, AnUnknownCategoryIsForClassificationToJudge) {
  Submission s = lamp();
  s.category = "Something New/Entirely";
  EXPECT_EQ(verdict(s, live, {.now = noon}), "ok");
}

TEST(CheckTest, OnlyAChannelThatMayGivesADueTimeOrAUnit) {
  expect_refused({
      {"given_due_at", "not_allowed", [](auto& s) { s.given_due_at = noon; }},
      {"designated_unit", "not_allowed", [](auto& s) { s.designated_unit = "lamps"; }},
  });
  Submission due = lamp();
  due.channel = "open311";
  due.given_due_at = noon - std::chrono::days{30};  // Some cities promise what is over already.
  EXPECT_EQ(verdict(due, live, {.now = noon}), "ok");
  Submission unit = lamp();
  unit.channel = "onsite";
  unit.designated_unit = "lamps";
  EXPECT_EQ(verdict(unit, live, {.now = noon}), "ok");
}

TEST(CheckTest, TextThatIsNotPlainIsNamed) {
  expect_refused({
      {"title", "not_utf8", [](auto& s) { s.title = "\xff"; }},
      {"text", "not_utf8", [](auto& s) { s.text = "\xc0\xaf"; }},
      {"text", "not_utf8", [](auto& s) { s.text = "\xed\xa0\x80"; }},
      {"title", "control_character", [](auto& s) { s.title = "two\nlines"; }},
      {"text", "control_character", [](auto& s) { s.text = std::string("a\0b", 3); }},
      {"text", "control_character", [](auto& s) { s.text = "a\u202eb"; }},
      {"external_id", "control_character", [](auto& s) { s.external_id = "a\x7f"; }},
      {"contact.phone", "control_character", [](auto& s) { s.contact.phone = "1\t2"; }},
  });
  Submission lines = lamp();
  lines.text = "line\r\n\tline";
  EXPECT_EQ(verdict(lines, live, {.now = noon}), "ok");
}

TEST(CheckTest, APersonsNumberIsNoIdentifier) {
  expect_refused({
      {"external_id", "personal_number", [](auto& s) { s.external_id = "13812345678"; }},
      {"external_id", "personal_number", [](auto& s) { s.external_id = "11010519491231002X"; }},
      {"place.codes", "personal_number", [](auto& s) { s.place.codes["x"] = "13812345678"; }},
  });
  Submission boston = lamp();
  boston.external_id = "101000295613";
  EXPECT_EQ(verdict(boston, live, {.now = noon}), "ok");
}

TEST(CheckTest, ImpossiblePlacesAreNamed) {
  expect_refused({
      {"place.latitude", "out_of_range", [](auto& s) { s.place.latitude = 90.1; }},
      {"place.longitude", "out_of_range", [](auto& s) { s.place.longitude = -181; }},
      {"place.latitude", "out_of_range",
       [](auto& s) { s.place.latitude = std::numeric_limits<double>::quiet_NaN(); }},
  });
}

TEST(CheckTest, AbsurdDueTimesAreNamed) {
  for (const Instant due : {Instant{}, noon + std::chrono::years{101}}) {
    Submission s = lamp();
    s.channel = "open311";
    s.given_due_at = due;
    EXPECT_EQ(verdict(s, live, {.now = noon}), "given_due_at absurd");
  }
}

TEST(CheckTest, ARecordedTimeBelongsToAReplay) {
  Submission s = lamp();
  s.recorded_at = noon;
  EXPECT_EQ(verdict(s, live, {.now = noon}), "recorded_at not_allowed");
  EXPECT_EQ(verdict(lamp(), replay, {.now = noon}), "recorded_at empty");
  const auto checked = check(s, replay, {.now = noon + std::chrono::days{9}});
  ASSERT_TRUE(checked);
  EXPECT_EQ(*checked, noon);
}

TEST(CheckTest, ARecordedTimeIsNeitherAbsurdNorAheadNorOlderThanTheWindow) {
  const Times times{.now = noon, .latest_recorded = noon - std::chrono::days{1000}};
  struct Row {
    Instant recorded;
    const char* verdict;
  };
  const Row rows[] = {
      {times.latest_recorded - std::chrono::days{400}, "ok"},
      {times.latest_recorded - std::chrono::days{401}, "recorded_at too_old"},
      {noon + std::chrono::hours{23}, "ok"},
      {noon + std::chrono::hours{25}, "recorded_at future"},
      {from_unix_ms(0), "recorded_at absurd"},
  };
  for (const Row& row : rows) {
    Submission s = lamp();
    s.recorded_at = row.recorded;
    EXPECT_EQ(verdict(s, replay, times), row.verdict);
  }
}

TEST(CheckTest, WhatIsSaidLaterHasLimitsToo) {
  const auto verdict_of = [](const FollowUp& said) {
    const auto checked = check(said, std::nullopt, live, {.now = noon});
    return checked ? "ok" : checked.error().field + " " + std::string(checked.error().reason);
  };
  using domain::Satisfaction;
  EXPECT_EQ(verdict_of(domain::Supplemented{"again"}), "ok");
  EXPECT_EQ(verdict_of(domain::Supplemented{""}), "text empty");
  EXPECT_EQ(verdict_of(domain::Supplemented{repeat("坏", 4'001)}), "text too_long");
  EXPECT_EQ(verdict_of(domain::Urged{""}), "ok");
  EXPECT_EQ(verdict_of(domain::Urged{repeat("x", 501)}), "text too_long");
  EXPECT_EQ(verdict_of(domain::Withdrawn{"\xff"}), "reason not_utf8");
  EXPECT_EQ(verdict_of(domain::Rated{true, Satisfaction::satisfied, ""}), "ok");
  EXPECT_EQ(verdict_of(domain::Rated{true, Satisfaction::none, ""}), "rating.satisfaction empty");
  EXPECT_EQ(verdict_of(domain::Rated{true, Satisfaction::satisfied, repeat("x", 501)}),
            "rating.comment too_long");
  EXPECT_EQ(verdict_of(domain::Appealed{""}), "reason empty");
}

}  // namespace
}  // namespace paidan::intake
