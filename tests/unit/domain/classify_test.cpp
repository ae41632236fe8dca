#include "paidan/domain/classify.hpp"

#include <gtest/gtest.h>

#include "helpers.hpp"

namespace paidan::domain {
namespace {

const Classifier& small() {
  static const Classifier classifier(small_pack());
  return classifier;
}
const Classifier& given() {
  static const Classifier classifier(given_pack());
  return classifier;
}

Submitted saying(const std::string& title, const std::string& text = {}) {
  Submitted submitted;
  submitted.channel = ChannelId{"hotline"};
  submitted.title = title;
  submitted.text = text;
  return submitted;
}

Submitted named(const std::string& category, const std::string& title = {}) {
  Submitted submitted = saying(title);
  submitted.category = category;
  return submitted;
}

TEST(Classify, TakesWhatTheChannelGivesHoweverItIsNamed) {
  for (const char* name : {"环境", "07", "环保", "environment", " ENVIRONMENT "}) {
    EXPECT_EQ(small().classify(named(name)).category.get(), "环境") << name;
  }
  EXPECT_EQ(small().classify(named("环境/噪声/工地噪声")).category.get(), "环境/噪声/工地噪声");
  EXPECT_EQ(small().classify(named("construction  noise")).category.get(), "环境/噪声/工地噪声");
  EXPECT_EQ(small().classify(named("outage / light")).category.get(), "Street Light");
  EXPECT_EQ(small().classify(named("环境")).confidence, 1);
}

TEST(Classify, RefinesAGivenBranchByWords) {
  EXPECT_EQ(small().classify(named("环境", "半夜打桩")).category.get(), "环境/噪声/工地噪声");
  EXPECT_EQ(small().classify(named("环境", "油烟太大")).category.get(), "环境/油烟");
  EXPECT_EQ(small().classify(named("环境", "油烟和噪声")).category.get(), "环境");  // a draw
  EXPECT_EQ(small().classify(named("环境/油烟", "广场舞")).category.get(), "环境/油烟");
  EXPECT_EQ(given().classify(named("Graffiti Removal", "Graffiti Removal - bridge")).category.get(),
            "roads/graffiti/bridge");
}

TEST(Classify, FallsBackToTheBranchOfAnUnknownType) {
  const Classified found = small().classify(named("环境/光污染"));
  EXPECT_EQ(found.category.get(), "环境");
  EXPECT_LT(found.confidence, 1);
}

TEST(Classify, ReadsTheWordsOfAnUnknownTypeThenTakesThePacksDefault) {
  EXPECT_EQ(given().classify(named("Pothole (new form)")).category.get(), "roads/pothole");
  EXPECT_EQ(given().classify(named("Something Else")).category.get(), "other");
  EXPECT_EQ(given().classify(named("Missed Trash/Recycling/Bulk Item")).category.get(), "bulk");
  EXPECT_EQ(small().classify(named("没有的一类")).category.get(), "");
}

TEST(Classify, DecidesByWordsAndAbstainsInDoubt) {
  EXPECT_EQ(small().classify(saying("夜间施工噪声扰民")).category.get(), "环境/噪声/工地噪声");
  EXPECT_EQ(small().classify(saying("", "楼下垃圾满溢")).category.get(), "市容/垃圾清运");
  EXPECT_EQ(small().classify(saying("the STREET LIGHT is out")).category.get(), "Street Light");
  EXPECT_EQ(small().classify(saying("street lighting")).category.get(), "");  // a longer word
  EXPECT_EQ(small().classify(saying("油烟 水压")).category.get(), "");        // a draw
  EXPECT_EQ(small().classify(saying("有点问题")).category.get(), "");
  EXPECT_EQ(small().classify(saying("")).category.get(), "");
  EXPECT_EQ(small().classify(saying("工地招聘")).category.get(), "");  // excluded
}

TEST(Classify, NamesTheCandidatesBestFirst) {
  const Classified found = small().classify(saying("油烟", "油烟和小广告"));
  ASSERT_EQ(found.candidates.size(), 2U);
  EXPECT_EQ(found.candidates[0].category.get(), "环境/油烟");
  EXPECT_EQ(found.candidates[1].category.get(), "市容/乱张贴");
  EXPECT_GT(found.candidates[0].confidence, found.candidates[1].confidence);
}

TEST(Classify, FindsTheDemandKind) {
  Submitted submitted = named("环境");
  EXPECT_EQ(small().classify(submitted).demand_kind, "投诉");  // of the category
  submitted.title = "建议少开灯";
  EXPECT_EQ(small().classify(submitted).demand_kind, "建议");  // by words
  submitted.channel = ChannelId{"media"};
  EXPECT_EQ(small().classify(submitted).demand_kind, "投诉");  // of the channel
  submitted.demand_kind = "咨询";
  EXPECT_EQ(small().classify(submitted).demand_kind, "咨询");  // given
  submitted.demand_kind = "没有的类型";
  EXPECT_EQ(small().classify(submitted).demand_kind, "投诉");
  EXPECT_EQ(small().classify(saying("有点问题")).demand_kind, "求助");  // default of the pack
}

TEST(Classify, HearsUrgencyAndDangerToLife) {
  EXPECT_EQ(small().classify(saying("路灯不亮")).urgency, Urgency::normal);
  EXPECT_EQ(small().classify(saying("井盖缺失")).urgency, Urgency::urgent);
  EXPECT_EQ(small().classify(named("供水")).urgency, Urgency::urgent);  // of the category
  EXPECT_EQ(small().classify(saying("有人要坠楼")).urgency, Urgency::critical);
  const Classified gas = small().classify(saying("闻到燃气泄漏"));
  EXPECT_EQ(gas.urgency, Urgency::critical);
  EXPECT_TRUE(gas.life_safety);
}

TEST(Classify, FindsTheAreaByCodeThenCodesThenNames) {
  struct Case {
    const char* area;
    std::map<std::string, std::string> codes;
    const char* address;
    const char* text;
    const char* found;
  };
  const Case cases[] = {
      {"310102", {}, "川沙新镇", "", "310102"},  // the channel knows
      {"9999", {}, "", "", ""},                  // an unknown code says nothing
      {"", {{"district_no", "01"}}, "", "", "3101"},
      {"", {{"district_no", "01"}, {"ward", "17"}}, "", "", "310101"},
      {"", {{"ward", "17"}}, "", "", ""},                       // all codes of an area must fit
      {"", {{"district_no", "01"}}, "外滩某处", "", "310102"},  // refined by a name
      {"", {{"district_no", "01"}}, "川沙", "", "3101"},        // not outside of it
      {"", {}, "上海市黄浦区外滩街道某路1号", "", "310102"},
      {"", {}, "上海市黄浦区某路1号", "", "3101"},
      {"", {}, "黄浦区某路1号", "我住外滩附近", "310102"},  // the text refines the address
      {"", {}, "", "川沙新镇的路灯", "311501"},
      {"", {}, "", "川沙和外滩", ""},  // a draw over two districts
      {"", {}, "", "人民广场和外滩街道", "3101"},
      {"", {}, "上海市", "", ""},  // the city says nothing
      {"", {}, "", "", ""},
  };
  for (const Case& c : cases) {
    Place place;
    place.area = AreaId{c.area};
    place.codes = c.codes;
    place.address = c.address;
    const AreaFinding finding = small().find_area(place, "", c.text);
    EXPECT_EQ(finding.area.get(), c.found) << c.address << c.text << ": " << finding.test;
    EXPECT_TRUE(finding.test.starts_with("area"));
  }
}

TEST(Classify, SurvivesBytesThatAreNoText) {
  EXPECT_EQ(small().classify(saying("\xff\xfe油烟\xc3", "\x80\x80")).category.get(), "环境/油烟");
}

TEST(Classify, CarriesOverWhatOthersNeed) {
  Submitted submitted = saying("t");
  submitted.external_id = "X-7";
  submitted.subject_ref = "s";
  submitted.masked_phone = "138****5678";
  submitted.confidential = true;
  submitted.designated_unit = UnitId{"gas"};
  submitted.given_due_at = at("2025-11-03 09:00");
  const Classified found = small().classify(submitted);
  EXPECT_EQ(found.external_id, "X-7");
  EXPECT_EQ(found.subject_ref, "s");
  EXPECT_EQ(found.masked_phone, "138****5678");
  EXPECT_TRUE(found.confidential);
  EXPECT_EQ(found.designated_unit.get(), "gas");
  EXPECT_EQ(found.given_due_at, submitted.given_due_at);
  EXPECT_EQ(found.content_ref, ContentRef{});
}

}  // namespace
}  // namespace paidan::domain
