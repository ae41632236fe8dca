#include "intake/wire.hpp"

#include <gtest/gtest.h>

#include "intake/requests.hpp"
#include "intake/text.hpp"
#include "paidan/intake/v1/intake.pb.h"

namespace paidan::intake {
namespace {

grpc::ByteBuffer bytes_of(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string why(const std::string& bytes) {
  v1::SubmitRequest request;
  const auto invalid = parse_request(bytes_of(bytes), request);
  return invalid ? invalid->field + " " + std::string(invalid->reason) : "ok";
}

/// Length-delimited field `number` holding `bytes`.
std::string field(int number, const std::string& bytes) {
  return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(bytes.size())} + bytes;
}

TEST(WireTest, AGoodRequestIsParsed) {
  v1::SubmitRequest request;
  request.set_title("路灯");
  v1::SubmitRequest parsed;
  EXPECT_FALSE(parse_request(to_bytes(request), parsed));
  EXPECT_EQ(parsed.title(), "路灯");
}

TEST(WireTest, TheFieldThatIsNotUtf8IsNamed) {
  EXPECT_EQ(why(field(3, "\xff")), "title not_utf8");
  EXPECT_EQ(why(field(1, "hotline") + field(4, "\xc0\xaf")), "text not_utf8");
  EXPECT_EQ(why(field(7, field(1, "\xed\xa0\x80"))), "place.address not_utf8");
  EXPECT_EQ(why(field(8, field(2, "\xfe"))), "contact.phone not_utf8");
  EXPECT_EQ(why(field(13, field(1, "k") + field(2, "\xff"))), "attributes not_utf8");
}

TEST(WireTest, BytesThatAreNoRequestAreNamed) {
  EXPECT_EQ(why("\xff\xff\xff"), "request unreadable");
  EXPECT_EQ(why(field(3, "abc").substr(0, 3)), "request unreadable");
  EXPECT_EQ(why(std::string(300'000, '\0')), "request unreadable");
  EXPECT_EQ(why(std::string(10'000, '\x7b')), "request unreadable");
}

TEST(WireTest, InAStreamTheLineIsKnownThoughItsTextIsNot) {
  v1::SubmitStreamRequest request;
  const std::string bytes = std::string("\x08\x2a", 2) + field(2, field(3, "\xff"));
  const auto invalid = parse_request(bytes_of(bytes), request);
  ASSERT_TRUE(invalid);
  EXPECT_EQ(invalid->field, "submit.title");
  EXPECT_EQ(request.line(), 42U);
}

TEST(WireTest, ImpossibleTimesAndUnknownEnumsAreNamed) {
  v1::SubmitRequest submit;
  submit.mutable_given_due_at()->set_nanos(-1);
  EXPECT_EQ(submission_of(submit).error().field, "given_due_at");
  submit.clear_given_due_at();
  submit.mutable_recorded_at()->set_seconds(253'402'300'800);
  EXPECT_EQ(submission_of(submit).error().field, "recorded_at");
  v1::RateRequest rate;
  rate.mutable_rating()->set_satisfaction(static_cast<ticket::v1::Satisfaction>(9));
  EXPECT_EQ(said(rate).error().field, "rating.satisfaction");
  EXPECT_EQ(mark_of(v1::WriteMarkRequest{}).error().reason, "empty");
}

TEST(TextTest, CharactersAreCountedNotBytes) {
  EXPECT_EQ(look_at("路灯a", Allowed::one_line).characters, 3U);
  EXPECT_EQ(look_at("😀", Allowed::one_line).characters, 1U);
  EXPECT_EQ(look_at("", Allowed::one_line).characters, 0U);
}

TEST(TextTest, ACharacterIsNamedAsUnicodeDoes) {
  EXPECT_EQ(code_point_name(0), "U+0000");
  EXPECT_EQ(code_point_name(7), "U+0007");
  EXPECT_EQ(code_point_name(0x202e), "U+202E");
  EXPECT_EQ(code_point_name(0x1f600), "U+1F600");
}

TEST(TextTest, OnlyStrictUtf8IsText) {
  for (const std::string bad :
       {"\x80", "\xc1\x81", "\xe0\x80\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80",
        "\xe8\xb7", "\xf8\x88\x80\x80\x80"}) {
    EXPECT_FALSE(look_at(bad, Allowed::lines).utf8);
  }
}

}  // namespace
}  // namespace paidan::intake
