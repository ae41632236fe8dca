#include <gtest/gtest.h>

#include "classification/codec.hpp"
#include "classification/logic.hpp"
#include "classification/preview.hpp"
#include "paidan/contract/sightings.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/domain/classify.hpp"
#include "paidan/domain/pack.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::classification {
namespace {

constexpr std::int32_t partitions = 4;
const std::string ticket = domain::make_ticket_id({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).get();
const Instant happened = from_unix_ms(1'759'200'000'000);
const Instant now = from_unix_ms(1'759'200'005'000);

domain::CityPack lamps() {
  domain::CityPack pack;
  pack.demand_kinds = {{.id = "求助", .name = {"求助", "help"}}};
  pack.default_demand_kind = "求助";
  pack.categories = {{.id = domain::CategoryId("lamp"),
                      .code = "L1",
                      .name = {"路灯", "street light"},
                      .keywords = {{"路灯不亮", 3}}}};
  pack.area_kinds = {"city"};
  pack.areas = {{.code = domain::AreaId("310000"), .kind = 0, .name = {"上海市", "Shanghai"}}};
  pack.channels = {{.id = domain::ChannelId("hotline"), .name = {"热线", "hotline"}}};
  return domain::build_index(std::move(pack));
}

class ClassificationTest : public testing::Test {
 protected:
  stream::InRecord record_of(const contract::SubmissionBody& body, std::int64_t offset) {
    const auto home = contract::partition_of(ticket, partitions);
    const stream::Cause cause{.id = "edge/1", .traceparent = trace_, .partition = home};
    out_ = contract::encode_submission(
        ticket, body,
        {.cause = cause, .happened_at = happened, .decided_at = happened, .service = "intake"});
    stream::InRecord record{.topic = contract::topic::submissions,
                            .partition = out_.partition,
                            .offset = offset,
                            .key = out_.key,
                            .value = *out_.value};
    for (const auto& header : out_.headers) record.headers.emplace_back(header.name, header.value);
    return record;
  }
  /// decode, decide, encode, and what a reader of `classified` then sees.
  contract::Decoded<contract::ClassifiedBody> pass(const stream::InRecord& record) {
    auto decoded = codec_.decode(record);
    EXPECT_TRUE(decoded.has_value());
    const auto decision = logic_.decide({}, decoded->input, now);
    EXPECT_GE(decision.events.size(), 1U);
    sightings_.clear();
    for (std::size_t at = 1; at < decision.events.size(); ++at) {
      sightings_.push_back(
          codec_.encode(decoded->key, decision.events[at], {},
                        {.id = stream::cause_of(record), .partition = record.partition}, at, now));
    }
    const stream::Cause cause{.id = stream::cause_of(record), .partition = record.partition};
    passed_ = codec_.encode(decoded->key, decision.events[0], {}, cause, 0, now);
    const stream::InRecord seen{.topic = contract::topic::classified,
                                .partition = passed_.partition,
                                .key = passed_.key,
                                .value = *passed_.value};
    auto read = contract::decode_classified(seen, partitions);
    EXPECT_TRUE(read.has_value()) << read.error().why;
    return *read;
  }
  domain::Submitted lamp() {
    domain::Submitted submitted;
    submitted.channel = domain::ChannelId("hotline");
    submitted.external_id = "desk-1";
    submitted.title = "路灯不亮";
    submitted.text = "门口路灯不亮三天了";
    submitted.subject_ref = "S-1";
    submitted.content_hash = std::string(32, 'h');
    return submitted;
  }

  std::string trace_ = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  domain::CityPack pack_ = lamps();
  domain::Classifier classifier_{pack_};
  Logic logic_{classifier_};
  Codec codec_{partitions, "rules-1"};
  stream::OutRecord out_;
  stream::OutRecord passed_;
  std::vector<stream::OutRecord> sightings_;  ///< Written beside it.
};

TEST_F(ClassificationTest, ATicketIsSightedByItsCallerAndByItsPlace) {
  auto submitted = lamp();
  submitted.caller_key = "00112233445566778899";
  submitted.place.area = domain::AreaId{"310000"};
  pass(record_of(submitted, 41));
  ASSERT_EQ(sightings_.size(), 2U);
  const std::vector<std::string> keys{"c/00112233445566778899", "p/310000/lamp"};
  for (std::size_t at = 0; at < sightings_.size(); ++at) {
    const stream::InRecord in{.topic = contract::topic::sightings,
                              .partition = sightings_[at].partition,
                              .key = sightings_[at].key,
                              .value = *sightings_[at].value};
    const auto seen = contract::decode_sighting(in, partitions);
    ASSERT_TRUE(seen) << seen.error().why;
    EXPECT_EQ(seen->key, keys[at]);
    EXPECT_EQ(seen->body.ticket_id, ticket);
    EXPECT_EQ(seen->body.category.get(), "lamp");
    EXPECT_EQ(seen->body.happened_at, happened);
    EXPECT_EQ(sightings_[at].value->find("三天了"), std::string::npos) << "the text stays behind";
  }
}

TEST_F(ClassificationTest, WhatComesLaterIsNotSighted) {
  pass(record_of(domain::Urged{"快些"}, 2));
  EXPECT_TRUE(sightings_.empty());
}

TEST_F(ClassificationTest, AnAnonymousTicketWithoutAPlaceIsNotSighted) {
  pass(record_of(lamp(), 3));
  EXPECT_TRUE(sightings_.empty());
}

TEST_F(ClassificationTest, ASubmissionBecomesClassifiedWithAReferenceToItsTextAndWithoutIt) {
  const auto seen = pass(record_of(lamp(), 41));
  const auto& classified = std::get<domain::Classified>(seen.body);
  EXPECT_EQ("lamp", classified.category.get());
  EXPECT_EQ("路灯不亮", classified.title);
  EXPECT_EQ(41, classified.content_ref.offset);
  EXPECT_EQ(std::string(32, 'h'), classified.content_ref.content_hash);
  EXPECT_EQ(std::string::npos, passed_.value->find("三天了"));
  EXPECT_EQ(happened, seen.meta.happened_at);
  EXPECT_EQ(now, seen.meta.decided_at);
  EXPECT_EQ("rules-1", seen.meta.rules_version);
}

TEST_F(ClassificationTest, WhatTheRulesDoNotKnowIsPassedOnWithoutACategory) {
  auto strange = lamp();
  strange.title = "别的事";
  strange.text = "说不清";
  const auto seen = pass(record_of(strange, 1));
  EXPECT_EQ("", std::get<domain::Classified>(seen.body).category.get());
}

TEST_F(ClassificationTest, EverythingElseIsPassedOnAsItIs) {
  EXPECT_EQ("更多情况", std::get<domain::Supplemented>(
                            pass(record_of(domain::Supplemented{"更多情况"}, 1)).body)
                            .text);
  EXPECT_EQ("快些", std::get<domain::Urged>(pass(record_of(domain::Urged{"快些"}, 2)).body).text);
  EXPECT_EQ("算了",
            std::get<domain::Withdrawn>(pass(record_of(domain::Withdrawn{"算了"}, 3)).body).reason);
  const domain::Rated rated{true, domain::Satisfaction::satisfied, "好"};
  EXPECT_EQ(rated, std::get<domain::Rated>(pass(record_of(rated, 4)).body));
}

TEST_F(ClassificationTest, DecidingAgainWritesTheSameBytes) {
  const auto record = record_of(lamp(), 7);
  pass(record);
  const auto first = passed_;
  pass(record);
  EXPECT_EQ(first, passed_);
}

TEST_F(ClassificationTest, GarbageIsMalformedAndItsDeadLetterKeepsEveryByte) {
  const std::string garbage("\xFF\x00garbage", 9);
  const stream::InRecord record{.topic = contract::topic::submissions,
                                .partition = Partition{2},
                                .offset = 5,
                                .key = "k",
                                .value = garbage};
  const auto decoded = codec_.decode(record);
  ASSERT_FALSE(decoded.has_value());
  const auto letter = codec_.dead_letter(record, decoded.error(), now);
  EXPECT_EQ(contract::topic::deadletters, letter.topic);
  EXPECT_EQ(garbage, *letter.value);
  EXPECT_EQ("k", letter.key);
}

TEST_F(ClassificationTest, APreviewSaysWhatWouldBeDecided) {
  const auto shown = preview(pack_, classifier_, lamp(), now);
  ASSERT_GE(shown.candidates_size(), 1);
  EXPECT_EQ("lamp", shown.candidates(0).category());
  EXPECT_FALSE(shown.abstains());
  EXPECT_EQ("求助", shown.demand_kind());
}

}  // namespace
}  // namespace paidan::classification
