// Two transactional ids per worker (docs/adr/0001): quick commits, and what a twin finds after
// them.
#include "adapter_fixture.hpp"
#include "member.hpp"

namespace paidan::conformance {
namespace {

class TwoIds : public AdapterTest {};

TEST_F(TwoIds, ATwinStartsWhereTheLastOfManyQuickCommitsEnded) {
  const testkit::ManualClock clock;
  constexpr int rounds = 5;
  constexpr int commits = 40;
  fill(0, 0, rounds * commits);
  std::int64_t committed = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto log = kafka::KafkaLog::open(log_config(connection_, 0), clock, probe_);
    ASSERT_TRUE(log) << log.error().what;
    Member member(*log.value());
    ASSERT_TRUE(member.until_ready());
    const stream::TopicPartition at{input, Partition{0}};
    EXPECT_EQ(member.positions.at(at), NextOffset{committed});
    EXPECT_EQ(member.restored["last"], committed == 0 ? "" : std::to_string(committed));
    for (int i = 0; i < commits; ++i) {
      member.reached.at(at) = NextOffset{++committed};
      ASSERT_EQ(member.commit({{state, Partition{0}, "last", std::to_string(committed), {}}}),
                stream::Commit::done);
    }
  }
}

}  // namespace
}  // namespace paidan::conformance
