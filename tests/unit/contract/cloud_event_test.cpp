#include "paidan/contract/cloud_event.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.hpp"

namespace paidan::contract {
namespace {

using testing::ElementsAre;
using testing::MatchesRegex;

TEST(CloudEventTest, ARecordNamesItsEventInBinaryMode) {
  const auto headers = cloud_event_headers(samples::stamp(), "assigned", "0123456789abcdef");
  const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  EXPECT_THAT(headers, ElementsAre(stream::Header{"ce_specversion", "1.0"},
                                   stream::Header{"ce_id", "classified/1/42/1"},
                                   stream::Header{"ce_source", "/paidan/dispatch"},
                                   stream::Header{"ce_type", "paidan.ticket.assigned.v1"},
                                   stream::Header{"ce_time", "2025-09-30T02:12:00.000Z"},
                                   stream::Header{"ce_subject", "0123456789abcdef"},
                                   stream::Header{"content-type", "application/protobuf"},
                                   stream::Header{"traceparent", trace},
                                   stream::Header{"ce_traceparent", trace}));
}

TEST(CloudEventTest, WhatHasNoCallerGetsATraceThatItsCauseDetermines) {
  const std::string trace = derived_traceparent("wake/abc/1759198320000");
  EXPECT_THAT(trace, MatchesRegex("00-[0-9a-f]{32}-[0-9a-f]{16}-01"));
  EXPECT_EQ(trace, derived_traceparent("wake/abc/1759198320000"));
  EXPECT_NE(trace, derived_traceparent("wake/abc/1759198320001"));
}

TEST(CloudEventTest, TheHeadersAreReadBack) {
  const stream::OutRecord record =
      encode_submission(samples::ticket_id(), domain::Urged{"?"}, samples::stamp());
  const stream::InRecord input = samples::as_input(record);
  const CloudEvent event = cloud_event_of(input);
  EXPECT_EQ(event.id, "classified/1/42/1");
  EXPECT_EQ(event.type, "paidan.ticket.urged.v1");
  EXPECT_EQ(event.subject, samples::ticket_id());
  EXPECT_EQ(event.traceparent, samples::cause().traceparent);
}

TEST(CloudEventTest, TheExtensionStandsInForAMissingTraceparent) {
  stream::InRecord record;
  record.headers.emplace_back("ce_traceparent", "x");
  EXPECT_EQ(traceparent_of(record), "x");
  record.headers.emplace_back("traceparent", "y");
  EXPECT_EQ(traceparent_of(record), "y");
}

TEST(Rfc3339Test, InstantsAreWrittenInUtcWithMilliseconds) {
  struct Case {
    std::int64_t unix_ms;
    const char* text;
  };
  const Case cases[] = {{0, "1970-01-01T00:00:00.000Z"},
                        {-1, "1969-12-31T23:59:59.999Z"},
                        {1309492800123, "2011-07-01T04:00:00.123Z"},
                        {951782400000, "2000-02-29T00:00:00.000Z"},
                        {253402300799999, "9999-12-31T23:59:59.999Z"}};
  for (const Case& row : cases) {
    EXPECT_EQ(to_rfc3339(from_unix_ms(row.unix_ms)), row.text);
    EXPECT_EQ(from_rfc3339(row.text), from_unix_ms(row.unix_ms));
  }
}

TEST(Rfc3339Test, OffsetsAndFractionsAreRead) {
  EXPECT_EQ(from_rfc3339("2011-07-01T00:00:00-04:00"), from_unix_ms(1309492800000));
  EXPECT_EQ(from_rfc3339("2011-07-01T12:00:00.5+08:00"), from_unix_ms(1309492800500));
  EXPECT_EQ(from_rfc3339("2011-07-01t04:00:00.123999999z"), from_unix_ms(1309492800123));
}

TEST(Rfc3339Test, WhatIsNoTimeIsNotRead) {
  for (const char* text :
       {"", "2011-07-01", "2011-07-01T04:00:00", "2011-02-30T04:00:00Z", "2011-13-01T04:00:00Z",
        "2011-07-01T24:00:00Z", "2011-07-01T04:60:00Z", "2011-07-01T04:00:00.Z",
        "2011-07-01T04:00:00.1234567890Z", "2011-07-01T04:00:00Z ", "2011-07-01T04:00:00+8:00",
        "2011-07-01T04:00:00+24:00", "x011-07-01T04:00:00Z"}) {
    EXPECT_EQ(from_rfc3339(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace paidan::contract
