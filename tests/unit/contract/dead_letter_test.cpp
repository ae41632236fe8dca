#include "paidan/contract/dead_letter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paidan/contract/topics.hpp"
#include "samples.hpp"

namespace paidan::contract {
namespace {

using testing::Contains;
using testing::Not;

stream::InRecord garbage() {
  stream::InRecord record{.topic = topic::commands,
                          .partition = Partition{3},
                          .offset = 12,
                          .timestamp = samples::at(0),
                          .key = "any key",
                          .value = std::string_view("\xff\x00\x01", 3),
                          .headers = {}};
  record.headers.emplace_back("traceparent", "00-a-b-01");
  return record;
}

TEST(DeadLetterTest, TheRecordGoesWholeAndTheReasonBesideIt) {
  const auto out = dead_letter(garbage(), {"value: not a record"}, "dispatch", samples::at(5));
  EXPECT_EQ(out.topic, topic::deadletters);
  EXPECT_EQ(out.partition, Partition{3});
  EXPECT_EQ(out.key, "any key");
  EXPECT_EQ(out.value, std::string("\xff\x00\x01", 3));
  for (const stream::Header& header :
       {stream::Header{"traceparent", "00-a-b-01"},
        stream::Header{"dl_reason", "value: not a record"},
        stream::Header{"dl_service", "dispatch"}, stream::Header{"dl_topic", "commands"},
        stream::Header{"dl_partition", "3"}, stream::Header{"dl_offset", "12"},
        stream::Header{"dl_time", "2025-09-30T02:12:05.000Z"}}) {
    EXPECT_THAT(out.headers, Contains(header));
  }
}

TEST(DeadLetterTest, ATombstoneStaysATombstone) {
  stream::InRecord record = garbage();
  record.value.reset();
  EXPECT_EQ(dead_letter(record, {"value: missing"}, "dispatch", samples::at(5)).value,
            std::nullopt);
}

TEST(DeadLetterTest, TheReasonIsBounded) {
  const auto out = dead_letter(garbage(), {std::string(10'000, 'x')}, "dispatch", samples::at(5));
  EXPECT_THAT(out.headers, Contains(stream::Header{"dl_reason", std::string(512, 'x')}));
}

TEST(DeadLetterTest, HeadersThatDoNotFitAreCounted) {
  stream::InRecord record = garbage();
  const std::string large(40'000, 'h');
  record.headers.emplace_back("large", large);
  for (int i = 0; i < 100; ++i) record.headers.emplace_back("small", "1");
  const auto out = dead_letter(record, {"why"}, "dispatch", samples::at(5));
  EXPECT_THAT(out.headers, Contains(stream::Header{"dl_headers_dropped", "38"}));
  EXPECT_THAT(out.headers, Contains(stream::Header{"traceparent", "00-a-b-01"}));
}

TEST(DeadLetterTest, AReDrivenRecordThatFailsAgainHasOneReason) {
  stream::InRecord record = garbage();
  record.headers.emplace_back("dl_reason", "old");
  const auto out = dead_letter(record, {"new"}, "dispatch", samples::at(5));
  EXPECT_THAT(out.headers, Contains(stream::Header{"dl_reason", "new"}));
  EXPECT_THAT(out.headers, Not(Contains(stream::Header{"dl_reason", "old"})));
}

TEST(DeadLetterTest, TheLargestForeignRecordFitsWithItsReason) {
  stream::InRecord record = garbage();
  const std::string large(foreign_record_bytes_max, 'v');
  record.value = large;
  const auto out = dead_letter(record, {std::string(10'000, 'x')}, "dispatch", samples::at(5));
  std::size_t bytes = out.key.size() + out.value->size();
  for (const auto& header : out.headers) bytes += header.name.size() + header.value.size() + 8;
  EXPECT_LE(bytes, record_bytes_max);
}

}  // namespace
}  // namespace paidan::contract
