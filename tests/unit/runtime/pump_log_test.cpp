#include "paidan/runtime/pump_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paidan/runtime/log.hpp"

namespace paidan::runtime {
namespace {

using testing::HasSubstr;
using testing::Not;

// Remembers that each word was passed on.
class Counting final : public stream::PumpProbe {
 public:
  void decided(std::string_view, std::string_view, stream::Outcome, std::string_view) override {
    ++calls;
  }
  void dead_lettered(const stream::InRecord&, std::string_view) override { ++calls; }
  void committed(std::size_t, std::size_t, Instant) override { ++calls; }
  void rewound() override { ++calls; }
  void restored(std::size_t, std::int64_t, std::int64_t, bool) override { ++calls; }
  void stopped(std::string_view) override { ++calls; }
  int calls = 0;
};

TEST(PumpLog, PassesEveryWordOn) {
  log::start({"t", "1"}, log::Level::off);
  Counting next;
  PumpLog probe("worker-0", next);
  probe.decided("K", "", stream::Outcome::accepted, "");
  probe.dead_lettered({}, "why");
  probe.committed(1, 1, {});
  probe.rewound();
  probe.restored(1, 1, 1, true);
  probe.stopped("fenced");
  EXPECT_EQ(next.calls, 6);
}

TEST(PumpLog, ADeadLetterIsLoggedByItsPlaceAndNotByItsContent) {
  log::start({"t", "1"}, log::Level::info);
  Counting next;
  PumpLog probe("worker-0", next);
  stream::InRecord record;
  record.topic = "submissions";
  record.partition = Partition{3};
  record.offset = 17;
  record.key = "the key";
  record.value = "the text of a citizen";
  testing::internal::CaptureStderr();
  probe.dead_lettered(record, "title: longer than 200 characters");
  const std::string line = testing::internal::GetCapturedStderr();
  EXPECT_THAT(line, HasSubstr(R"("topic":"submissions","partition":3,"offset":17)"));
  EXPECT_THAT(line, HasSubstr("title: longer than 200 characters"));
  EXPECT_THAT(line, Not(HasSubstr("citizen")));
}

TEST(PumpLog, ARefusalNamesTicketAndTrace) {
  log::start({"t", "1"}, log::Level::info);
  Counting next;
  PumpLog probe("worker-0", next);
  testing::internal::CaptureStderr();
  probe.decided("0123456789ABCDEF", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                stream::Outcome::refused, "stale_epoch");
  const std::string line = testing::internal::GetCapturedStderr();
  EXPECT_THAT(line, HasSubstr(R"("ticket_id":"0123456789ABCDEF")"));
  EXPECT_THAT(line, HasSubstr(R"("trace_id":"4bf92f3577b34da6a3ce929d0e0e4736")"));
  EXPECT_THAT(line, HasSubstr(R"("reason":"stale_epoch")"));
}

}  // namespace
}  // namespace paidan::runtime
