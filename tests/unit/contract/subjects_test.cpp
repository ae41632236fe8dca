#include "paidan/contract/subjects.hpp"

#include <gtest/gtest.h>

#include "samples.hpp"

namespace paidan::contract {
namespace {

const Subject subject{.subject_ref = "s-1",
                      .key_id = "k",
                      .wrapped_data_key = "wrapped",
                      .sealed = std::string(24, 'n') + "cipher"};

TEST(SubjectsTest, ContentComesBackAsItWas) {
  const SubjectContent content{.name = "张三丰",
                               .phone = "13812345678",
                               .email = "a@b.cn",
                               .spans = {{SpanKind::phone, "text", "13812345678"},
                                         {SpanKind::identity_number, "text", "11010519491231002X"},
                                         {SpanKind::name, "title", "张三丰"},
                                         {SpanKind::email, "text", "a@b.cn"}}};
  const auto back = decode_subject_content(encode_subject_content(content));
  ASSERT_TRUE(back) << back.error().why;
  EXPECT_EQ(*back, content);
}

TEST(SubjectsTest, ARecordComesBackAsItWas) {
  const auto record = encode_subject(subject, samples::stamp());
  const auto back = decode_subject(samples::as_input(record));
  ASSERT_TRUE(back) << back.error().why;
  EXPECT_EQ(*back, subject);
}

TEST(SubjectsTest, ARecordUnderAnotherKeyIsRefused) {
  auto record = encode_subject(subject, samples::stamp());
  record.key = "s-2";
  EXPECT_EQ(decode_subject(samples::as_input(record)).error().why,
            "key: not the subject ref of the value");
}

TEST(SubjectsTest, GarbageIsRefused) {
  auto record = encode_subject(subject, samples::stamp());
  record.value = "garbage";
  EXPECT_FALSE(decode_subject(samples::as_input(record)));
  record.value.reset();
  EXPECT_FALSE(decode_subject(samples::as_input(record)));
  EXPECT_FALSE(decode_subject_content("\x0a\xff"));
}

}  // namespace
}  // namespace paidan::contract
