#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "intake/codec.hpp"
#include "intake/logic.hpp"
#include "small_city.hpp"

namespace paidan::intake {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* planted = "13812345678";

Submission fraud() {
  Submission s = testing_city::lamp();
  s.title = "骗子电话13812345678";
  s.text = "有人用13812345678骗我，联系人张三丰";
  s.category = "诈骗13812345678";
  s.place.address = "黄浦区 13812345678";
  s.attributes = {{"callback", planted}};
  s.contact = {"张三丰", planted, "a@example.org"};
  return s;
}

TEST(MaskingTest, ThePersonLeavesTheContentAndIsKeptAside) {
  const Masked masked = mask(fraud());
  contract::SubmissionBody body = masked.submitted;
  const auto record = submission_record(body,
                                        {.ticket_id = "t",
                                         .cause = "c",
                                         .traceparent = "",
                                         .happened_at = testing_city::noon,
                                         .decided_at = testing_city::noon,
                                         .rules_version = "r"},
                                        4);
  EXPECT_THAT(*record.value, Not(HasSubstr(planted)));
  EXPECT_THAT(*record.value, Not(HasSubstr("张三丰")));
  EXPECT_THAT(*record.value, Not(HasSubstr("a@example.org")));
  EXPECT_EQ(masked.submitted.masked_phone, "138****5678");
  EXPECT_EQ(masked.submitted.masked_name, "张*");

  std::size_t kept = 0;
  for (const Span& span : masked.spans) kept += span.original == planted;
  EXPECT_EQ(kept, 5U);  // Title, text, category, address, attribute.
}

TEST(MaskingTest, WhatIsEncryptedHoldsThePersonWhole) {
  const Submission s = fraud();
  const auto content = contract::decode_subject_content(subject_content(s.contact, mask(s).spans));
  ASSERT_TRUE(content);
  EXPECT_EQ(content->name, "张三丰");
  EXPECT_EQ(content->phone, planted);
  EXPECT_EQ(content->email, "a@example.org");
  ASSERT_FALSE(content->spans.empty());
  EXPECT_EQ(content->spans[0].field, "title");
  EXPECT_EQ(content->spans[0].value, planted);
}

TEST(MaskingTest, PlainContentStaysAsItIsAndNeedsNoSubject) {
  const Submission s = testing_city::lamp();
  const Masked masked = mask(s);
  EXPECT_EQ(masked.submitted.title, s.title);
  EXPECT_EQ(masked.submitted.text, s.text);
  EXPECT_FALSE(has_personal_data(s.contact, masked.spans));
}

TEST(MaskingTest, WhatIsSaidLaterIsMaskedToo) {
  const std::string text = "请打13812345678";
  for (const FollowUp& said : {FollowUp{domain::Supplemented{text}}, FollowUp{domain::Urged{text}},
                               FollowUp{domain::Withdrawn{text}},
                               FollowUp{domain::Rated{true, domain::Satisfaction::satisfied, text}},
                               FollowUp{domain::Appealed{text}}}) {
    const MaskedFollowUp masked = mask(said);
    ASSERT_EQ(masked.spans.size(), 1U);
    EXPECT_EQ(masked.spans[0].original, planted);
    EXPECT_THAT(canonical(masked.follow_up), Not(HasSubstr(planted)));
  }
}

TEST(MaskingTest, EveryFieldThatTheChannelSendsChangesTheCanonicalForm) {
  const Submission base = fraud();
  const std::vector<std::function<void(Submission&)>> changes{
      [](auto& s) { s.channel += "x"; },
      [](auto& s) { s.external_id += "x"; },
      [](auto& s) { s.title += "x"; },
      [](auto& s) { s.text += "x"; },
      [](auto& s) { s.category += "x"; },
      [](auto& s) { s.demand_kind += "x"; },
      [](auto& s) { s.place.address += "x"; },
      [](auto& s) { s.place.area = domain::AreaId("x"); },
      [](auto& s) { s.place.latitude += 0.0001; },
      [](auto& s) { s.place.longitude += 0.0001; },
      [](auto& s) { s.place.postal_code += "x"; },
      [](auto& s) { s.place.codes["x"] = "y"; },
      [](auto& s) { s.contact.name += "x"; },
      [](auto& s) { s.contact.phone += "1"; },
      [](auto& s) { s.contact.email += "x"; },
      [](auto& s) { s.given_due_at = testing_city::noon; },
      [](auto& s) { s.designated_unit += "x"; },
      [](auto& s) { s.confidential = true; },
      [](auto& s) { s.recorded_at = testing_city::noon; },
      [](auto& s) { s.attributes["x"] = "y"; },
  };
  std::set<std::string> forms{canonical(base)};
  for (const auto& change : changes) {
    Submission changed = base;
    change(changed);
    EXPECT_TRUE(forms.insert(canonical(changed)).second);
  }
  EXPECT_EQ(canonical(fraud()), canonical(base));
}

TEST(MaskingTest, FieldsCannotBeShiftedIntoEachOther) {
  Submission one = testing_city::lamp();
  Submission other = one;
  one.title = "ab";
  one.text = "c";
  other.title = "a";
  other.text = "bc";
  EXPECT_NE(canonical(one), canonical(other));
}

}  // namespace
}  // namespace paidan::intake
