#include <gtest/gtest.h>

#include <random>

#include "paidan/domain/duplicates.hpp"
#include "paidan/domain/ticket_id.hpp"

/// What clusters see of a ticket.
namespace paidan::domain {
namespace {

constexpr const char* lamp_text =
    "福州路一号门口的路灯已经三天不亮了，晚上老人出门很不安全，请尽快维修。";
constexpr const char* lamp_again =
    "福州路一号门口的路灯已经五天不亮了，晚上老人出门很不安全，请尽快来维修。";
constexpr const char* noise_text = "楼下饭店的油烟机昼夜轰鸣，影响休息。";
constexpr const char* lamp = "城乡建设/市政设施/路灯";
constexpr const char* town = "310101002";
const std::string ticket_id = make_ticket_id({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).get();

TEST(Fingerprints, OfTheSameWordsAreTheSameForEver) {
  const Fingerprint print = fingerprint("路灯不亮", lamp_text);
  EXPECT_EQ(print.whole, fingerprint("路灯不亮。", std::string(" ") + lamp_text + "！").whole);
  EXPECT_EQ(print, fingerprint("路灯不亮。", std::string(" ") + lamp_text + "！"));
  EXPECT_EQ(fingerprint("", ""), Fingerprint{});
  EXPECT_EQ(fingerprint("!?", "，。"), Fingerprint{});
  // Written in records since the first one: never to change.
  EXPECT_EQ(fingerprint("路灯", "不亮").whole, fingerprint("", "路灯不亮").whole);
  EXPECT_EQ(fingerprint("", "路灯不亮").whole, 10403253614419779841U);
  EXPECT_EQ(fingerprint("", "路灯不亮").sketch[0], 2049U);
}

TEST(Fingerprints, TellHowMuchTextsHaveInCommon) {
  const Fingerprint print = fingerprint("", lamp_text);
  EXPECT_EQ(similarity(print, print), 1.0);
  EXPECT_GE(similarity(print, fingerprint("", lamp_again)), same_matter_similarity);
  EXPECT_LE(similarity(print, fingerprint("", noise_text)), 0.2);
  EXPECT_EQ(similarity(print, Fingerprint{}), 0.0);
  EXPECT_EQ(similarity(Fingerprint{}, Fingerprint{}), 0.0);
}

TEST(Fingerprints, EstimateTheShareOfCommonPieces) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto letters = [&](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += static_cast<char>('a' + random() % 26);
    return text;
  };
  double sum = 0;
  constexpr int rounds = 200;
  for (int round = 0; round < rounds; ++round) {
    const std::string common = letters(200);
    sum +=
        similarity(fingerprint("", common + letters(100)), fingerprint("", common + letters(100)));
  }
  EXPECT_NEAR(sum / rounds, 0.5, 0.08) << "200 of 400 pieces are common";
}

TEST(Sightings, AreOneLineForTheCallerAndOneForThePlace) {
  struct Case {
    const char* sentence;
    std::string caller_key, area, category;
    std::vector<std::string> keys;
  };
  const std::vector<Case> cases{
      {"a known caller at a known place",
       "k1",
       town,
       lamp,
       {"c/k1", std::string("p/") + town + "/" + lamp}},
      {"an anonymous caller", "", town, lamp, {std::string("p/") + town + "/" + lamp}},
      {"no area", "k1", "", lamp, {"c/k1"}},
      {"classification abstained", "k1", town, "", {"c/k1"}},
      {"nothing is known", "", "", "", {}},
  };
  for (const Case& c : cases) {
    Submitted submitted;
    submitted.text = lamp_text;
    submitted.caller_key = c.caller_key;
    Classified classified;
    classified.channel = ChannelId{"hotline"};
    classified.area = AreaId{c.area};
    classified.category = CategoryId{c.category};
    const auto lines = sightings_of(ticket_id, submitted, classified, from_unix_ms(5));
    std::vector<std::string> keys;
    for (const KeyedSighting& line : lines) {
      keys.push_back(line.cluster_key);
      EXPECT_EQ(line.sighting.fingerprint, fingerprint("", lamp_text)) << c.sentence;
      EXPECT_EQ(line.sighting.happened_at, from_unix_ms(5)) << c.sentence;
      EXPECT_EQ(line.sighting.line == SightingLine::caller, line.cluster_key.starts_with("c/"));
    }
    EXPECT_EQ(keys, c.keys) << c.sentence;
  }
}

}  // namespace
}  // namespace paidan::domain
