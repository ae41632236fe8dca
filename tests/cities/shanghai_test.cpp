#include <gtest/gtest.h>

#include "city.hpp"

namespace paidan::cities {
namespace {

using domain::AssignmentBasis;
using domain::Urgency;

struct Row {
  const char* says;
  const char* address;
  const char* title;
  const char* category;
  const char* lead;
  AssignmentBasis basis = AssignmentBasis::none;
  Urgency urgency = Urgency::normal;
};

domain::Submitted submission(const Row& row) {
  domain::Submitted submitted;
  submitted.channel = domain::ChannelId{"hotline"};
  submitted.title = row.title;
  submitted.text = row.title;
  submitted.place.address = row.address;
  return submitted;
}

class ShanghaiRow : public testing::TestWithParam<Row> {};

TEST_P(ShanghaiRow, GoesWhereTheListsSay) {
  const Row& row = GetParam();
  const Decision decision = decide("shanghai", submission(row));
  EXPECT_EQ(decision.category, row.category) << row.says;
  EXPECT_EQ(decision.lead_unit, row.lead) << row.says;
  EXPECT_EQ(decision.basis, row.basis) << row.says;
  EXPECT_EQ(decision.urgency, row.urgency) << row.says;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ShanghaiRow,
    testing::Values(
        Row{"基本: the town leads", "普陀区石泉路街道某小区", "楼道堆物没人管",
            "城乡建设/住房与物业/楼道堆物", "t-310107017", AssignmentBasis::basic},
        Row{"配合: the department leads", "杨浦区定海路街道", "工地夜间施工打桩",
            "环境保护/噪声/工地噪声", "hb-310110", AssignmentBasis::cooperate},
        Row{"收回: the department alone", "杨浦区定海路街道", "预付卡店铺关门要求退卡",
            "商贸旅游/消费维权/预付卡", "sw-310110", AssignmentBasis::withdrawn},
        Row{"街道 and 镇 differ: a street's lamp", "嘉定区嘉定镇街道北大街", "路灯不亮",
            "城乡建设/市政设施/路灯照明", "jg-310114", AssignmentBasis::withdrawn},
        Row{"街道 and 镇 differ: a town's lamp", "崇明区堡镇码头", "路灯不亮",
            "城乡建设/市政设施/路灯照明", "t-310151102", AssignmentBasis::basic},
        Row{"a district's own list against the city's", "黄浦区老西门街道", "流动摊贩占道经营",
            "城乡建设/城管执法/占道设摊", "cg-310101", AssignmentBasis::cooperate},
        Row{"water in a central district belongs to its construction commission",
            "普陀区甘泉路街道", "下水道堵塞污水外溢", "城乡建设/水务排水/排水不畅", "jg-310107",
            AssignmentBasis::withdrawn},
        Row{"a park is answered by its host town", "张江高科技园区祖冲之路", "垃圾满溢没人收",
            "城乡建设/市容环卫/垃圾清运", "t-310115125", AssignmentBasis::basic},
        Row{"a park with a committee answers itself", "嘉定工业区汇旺路", "垃圾满溢没人收",
            "城乡建设/市容环卫/垃圾清运", "t-310114501", AssignmentBasis::basic},
        Row{"a network operator needs no place", "", "手机套餐不给降档",
            "科技与信息产业/电信/通信服务", "tongguan", AssignmentBasis::withdrawn},
        Row{"no place: triage", "", "路灯不亮", "城乡建设/市政设施/路灯照明", ""},
        Row{"no matter: triage", "杨浦区五角场街道", "请帮我看一下那件事", "", ""},
        Row{"急: a gas leak is critical", "静安区宝山路街道", "弄堂里煤气泄漏",
            "城乡建设/能源供应/燃气供应", "ranqi", AssignmentBasis::withdrawn, Urgency::critical},
        Row{"急: a missing cover is urgent", "徐汇区枫林路街道", "井盖缺失",
            "城乡建设/市政设施/窨井盖", "jg-310104", AssignmentBasis::withdrawn, Urgency::urgent}));

TEST(ShanghaiAreas, EachTownIsFoundByItsDistrictAndName) {
  const domain::CityPack& pack = pack_of("shanghai");
  const domain::Classifier classifier(pack);
  std::size_t towns = 0;
  for (const domain::Area& area : pack.areas) {
    if (pack.area_kinds[static_cast<std::size_t>(area.kind)] != "town") {
      continue;
    }
    ++towns;
    domain::Place place;
    place.address =
        pack.areas[static_cast<std::size_t>(area.parent)].name.zh + area.name.zh + "某路1号";
    EXPECT_EQ(classifier.find_area(place, "", "").area, area.code) << place.address;
  }
  EXPECT_EQ(towns, 234U);
}

TEST(ShanghaiAreas, EachShortNameIsFoundWithoutItsDistrict) {
  const domain::CityPack& pack = pack_of("shanghai");
  const domain::Classifier classifier(pack);
  for (const domain::Area& area : pack.areas) {
    for (const std::string& alias : area.aliases) {
      domain::Place place;
      place.address = alias + "某小区";
      EXPECT_EQ(classifier.find_area(place, "", "").area, area.code) << place.address;
    }
  }
}

TEST(ShanghaiChannels, OnlyReceptionDaysAndVisitsMayNameTheUnit) {
  Row row{"", "杨浦区五角场街道", "物业不作为", "", ""};
  for (const domain::Channel& channel : pack_of("shanghai").channels) {
    domain::Submitted submitted = submission(row);
    submitted.channel = channel.id;
    submitted.designated_unit = domain::UnitId{"cg-310110"};
    const bool may = channel.id.get() == "director_reception" || channel.id.get() == "site_visit";
    EXPECT_EQ(decide("shanghai", submitted).lead_unit, may ? "cg-310110" : "t-310110019")
        << channel.id.get();
  }
}

}  // namespace
}  // namespace paidan::cities
