#include "paidan/domain/masking.hpp"

#include <gtest/gtest.h>

namespace paidan::domain {
namespace {

struct Case {
  const char* text;
  const char* masked;
};

TEST(Masking, HidesNumbersHoweverTheyAreWritten) {
  const Case cases[] = {
      {"电话13812345678。", "电话138****5678。"},
      {"138-1234-5678", "138****5678"},
      {"138 1234 5678", "138****5678"},
      {"1 3 8 1 2 3 4 5 6 7 8", "138****5678"},
      {"手机１３８－１２３４－５６７８", "手机138****5678"},
      {"+86 138 1234 5678", "138****5678"},
      {"8613812345678", "138****5678"},
      {"打13812345678或13987654321", "打138****5678或139****4321"},
      {"13812345678 13987654321", "138****5678 139****4321"},
      {"13812345678/13987654321", "138****5678/139****4321"},
      {"座机021-63212345", "座机****45"},
      {"02163212345", "****45"},
      {"（021）63212345", "（****45"},
      {"请拨打63212345", "请拨打****45"},
      {"call 617-555-1234 please", "call ****34 please"},
      {"(617) 555-1234", "(****34"},
      {"+1 617 555 1234", "****34"},
      {"6175551234", "****34"},
      {"+44 20 7946 0958", "****58"},
      {"一三八一二三四五六七八", "****"},
      {"幺三八幺二三四五六七八", "****"},
      {"身份证310101199001011234", "身份证******"},
      {"31010119900101123X", "******"},
      {"31010119900101123x，", "******，"},
      {"老证310101900101123", "老证******"},
      {"信箱 li.lei@example.com 。", "信箱 ***@*** 。"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(mask_text(c.text).text, c.masked) << c.text;
  }
}

TEST(Masking, LeavesNumbersThatIdentifyNobody) {
  const char* const texts[] = {
      "12345热线",
      "2025-09-30 10:12 开始",
      "101000295613 号案件",
      "浦东大道1234弄56号789室",
      "20250930",
      "沪A12345",
      "扣了1280.50元",
      "第3、4、5、6号楼",
      "39 Lorraine St",
      "02131",
      "110 和 119",
  };
  for (const char* text : texts) {
    EXPECT_EQ(mask_text(text).text, text);
    EXPECT_TRUE(mask_text(text).spans.empty()) << text;
  }
}

TEST(Masking, HidesNamesThatPeopleGive) {
  const Case cases[] = {
      {"我叫王小明，住在外滩", "我叫王*，住在外滩"},
      {"我叫王强住在外滩", "我叫王*住在外滩"},
      {"姓名：欧阳修", "姓名：欧阳*"},
      {"联系人：买买提·吐尔逊", "联系人：买*"},
      {"联系人李雷", "联系人李*"},
      {"我是王小明。", "我是王*。"},
      {"投诉人:张三,", "投诉人:张*,"},
      {"My name is John Smith.", "My name is J*."},
      {"contact: Mary O'Brien at home", "contact: M* at home"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(mask_text(c.text).text, c.masked) << c.text;
  }
}

TEST(Masking, LeavesWhatIsNoName) {
  const char* const texts[] = {"我是黄浦区居民",       "王先生来电",   "业主高空抛物",
                               "我叫了物业三次都没来", "联系人未提供", "this is a pothole",
                               "本人住在田林"};
  for (const char* text : texts) {
    EXPECT_EQ(mask_text(text).text, text);
  }
}

TEST(Masking, KeepsWhatItCutOutAndWhereItStood) {
  const std::string text = "王先生电话13812345678，急";
  const MaskedText masked = mask_text(text);
  ASSERT_EQ(masked.spans.size(), 1U);
  const MaskedSpan& span = masked.spans[0];
  EXPECT_EQ(span.kind, SpanKind::phone);
  EXPECT_EQ(span.original, "13812345678");
  EXPECT_EQ(text.substr(span.begin, span.length), span.original);
}

TEST(Masking, HasNothingLeftToFindInItsOwnResult) {
  const char* const texts[] = {"我叫王小明，电话138-1234-5678，身份证31010119900101123X",
                               "13812345678 13987654321 02163212345 a@b.cn"};
  for (const char* text : texts) {
    const std::string once = mask_text(text).text;
    for (const MaskedSpan& span : mask_text(once).spans) {
      EXPECT_EQ(span.kind, SpanKind::name) << once;
    }
  }
}

TEST(Masking, SurvivesBytesThatAreNoText) {
  EXPECT_EQ(mask_text("\xff\xfe 13812345678 \xc3").text, "\xff\xfe 138****5678 \xc3");
  EXPECT_EQ(mask_text("").text, "");
}

TEST(Masking, MasksContactData) {
  EXPECT_EQ(mask_phone("13812345678"), "138****5678");
  EXPECT_EQ(mask_phone("+86 138-1234-5678"), "138****5678");
  EXPECT_EQ(mask_phone("021-63212345"), "****45");
  EXPECT_EQ(mask_phone("110"), "****");
  EXPECT_EQ(mask_phone(""), "");
  EXPECT_EQ(mask_name("张三丰"), "张*");
  EXPECT_EQ(mask_name("欧阳修"), "欧阳*");
  EXPECT_EQ(mask_name("John Smith"), "J*");
  EXPECT_EQ(mask_name("欧阳"), "欧*");
  EXPECT_EQ(mask_name(""), "");
}

TEST(Masking, BringsAPhoneIntoOneForm) {
  struct Phone {
    const char* phone;
    const char* normalised;
  };
  const Phone phones[] = {
      {"13812345678", "13812345678"},
      {"138 1234 5678", "13812345678"},
      {"+86 138-1234-5678", "13812345678"},
      {"008613812345678", "13812345678"},
      {"8613812345678", "13812345678"},
      {"013812345678", "13812345678"},
      {"１３８１２３４５６７８", "13812345678"},
      {"021-63212345", "02163212345"},
      {"+86 21 6321 2345", "02163212345"},
      {"63212345", "63212345"},
      {"(617) 555-1234", "6175551234"},
      {"+1 617 555 1234", "6175551234"},
      {"110", ""},
      {"12345", ""},
      {"00000000000", ""},
      {"匿名", ""},
      {"", ""},
  };
  for (const Phone& p : phones) EXPECT_EQ(normalised_phone(p.phone), p.normalised) << p.phone;
}

TEST(Masking, RefusesExternalIdsThatArePersonalNumbers) {
  for (const char* id : {"13812345678", "138-1234-5678", "310101199001011234", "31010119900101123X",
                         "021-63212345", "617-555-1234"}) {
    EXPECT_TRUE(looks_like_personal_number(id)) << id;
  }
  for (const char* id : {"101000295613", "2025093001", "8f14e45f-ceea-467f-a8a5-1f0c3b7d1e2a",
                         "X-1", "20251103000123", "6175551234"}) {
    EXPECT_FALSE(looks_like_personal_number(id)) << id;
  }
}

}  // namespace
}  // namespace paidan::domain
