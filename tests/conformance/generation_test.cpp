// The experiment of docs/adr/0002: what librdkafka says of a member that the group has thrown out,
// and whether a broker takes its transaction. If one of these begins to fail, broker or library has
// changed, and the ADR must be read again.
#include "adapter_fixture.hpp"
#include "distant_member.hpp"
#include "member.hpp"
#include "membership.hpp"
#include "raw_transaction.hpp"
#include "transaction.hpp"

namespace paidan::conformance {
namespace {

using testing::EndsWith;

class GenerationTest : public AdapterTest {
 protected:
  /// The probe joins, is frozen until a successor owns everything, and comes back.
  std::string revive(MemberProcess& probe) {
    const std::string joined = probe.ask("join");
    EXPECT_THAT(joined, EndsWith("/member"));
    probe.freeze();
    const auto log = kafka::KafkaLog::open(log_config(connection_, 7), clock_, probe_);
    EXPECT_TRUE(log) << log.error().what;
    Member successor(*log.value());
    EXPECT_TRUE(successor.until_ready());
    probe.thaw();
    std::string seen = probe.ask("watch 3000");
    std::printf("  %s, then %s\n", joined.c_str(), seen.c_str());
    return seen;
  }

  testkit::ManualClock clock_;
};

/// The member that nobody can check: what `rd_kafka_consumer_group_metadata_new()` makes.
rd_kafka_resp_err_t commit_unchecked(const kafka::Connection& connection) {
  RawTransaction transaction(connection, connection.topic_prefix + "unguarded",
                             {{output, Partition{0}, "zombie", "v", {}}});
  rd_kafka_consumer_group_metadata_t* nobody =
      rd_kafka_consumer_group_metadata_new((connection.topic_prefix + "group").c_str());
  const auto code = transaction.commit_with(nobody, connection.topic_prefix + "in", 7);
  rd_kafka_consumer_group_metadata_destroy(nobody);
  return code;
}

TEST_F(GenerationTest, ABrokerTakesPositionsOfNobodyWhileTheGroupIsEmpty) {
  EXPECT_EQ(commit_unchecked(connection_), RD_KAFKA_RESP_ERR_NO_ERROR);
}

TEST_F(GenerationTest, ABrokerTakesPositionsOfNobodyEvenWhileAMemberOwnsThePartition) {
  const auto log = kafka::KafkaLog::open(log_config(connection_, 0), clock_, probe_);
  ASSERT_TRUE(log);
  Member owner(*log.value());
  ASSERT_TRUE(owner.until_ready());
  EXPECT_EQ(commit_unchecked(connection_), RD_KAFKA_RESP_ERR_NO_ERROR);
}

TEST_F(GenerationTest, AMemberBeforeItsJoinIsNobodyAndItsTransactionIsTaken) {
  const auto log = kafka::KafkaLog::open(log_config(connection_, 0), clock_, probe_);
  ASSERT_TRUE(log);
  Member owner(*log.value());
  ASSERT_TRUE(owner.until_ready());
  MemberProcess probe(connection_, "generation_probe", "-");
  EXPECT_EQ(probe.ask("watch 50"), "-1/nameless");
  EXPECT_EQ(probe.ask("commit 7"), "accepted") << "the hole is closed: read ADR 0002 again";
}

TEST_F(GenerationTest, WithAnInstanceIdNobodyIsRefusedWhileTheGroupHasMembers) {
  const auto log = kafka::KafkaLog::open(log_config(connection_, 0), clock_, probe_);
  ASSERT_TRUE(log);
  Member owner(*log.value());
  ASSERT_TRUE(owner.until_ready());
  MemberProcess probe(connection_, "generation_probe", connection_.topic_prefix + "static");
  EXPECT_EQ(probe.ask("watch 50"), "-1/nameless");
  EXPECT_EQ(probe.ask("commit 7"), "UNKNOWN_MEMBER_ID");
}

TEST_F(GenerationTest, WithAnInstanceIdNobodyIsTakenWhileTheGroupIsEmpty) {
  MemberProcess probe(connection_, "generation_probe", connection_.topic_prefix + "static");
  EXPECT_EQ(probe.ask("commit 7"), "accepted");
}

TEST_F(GenerationTest, AMemberThatWasThrownOutKeepsItsGenerationLosesItsNameAndIsRefused) {
  for (const std::string& instance : {std::string("-"), connection_.topic_prefix + "static"}) {
    SCOPED_TRACE(instance);
    MemberProcess probe(connection_, "generation_probe", instance);
    EXPECT_THAT(revive(probe), EndsWith("/nameless"));
    EXPECT_EQ(probe.ask("commit 7"), "UNKNOWN_MEMBER_ID");
  }
}

TEST_F(GenerationTest, OurProducerNeverSendsThePositionsOfNobody) {
  const kafka::Topics topics(connection_);
  const auto producer = kafka::TransactionalProducer::open(
      {connection_, connection_.topic_prefix + "guarded"}, topics, probe_);
  ASSERT_TRUE(producer) << producer.error().what;
  const stream::OutRecord zombie{output, Partition{0}, "zombie", "v", {}};
  const stream::Positions upto{{{input, Partition{0}}, NextOffset{7}}};
  for (const auto& [generation, name] : {std::pair(-1, ""), {-1, "name"}, {1, ""}}) {
    const auto nobody = [&] {
      return kafka::Membership{
          kafka::Owned<rd_kafka_consumer_group_metadata_t>(
              rd_kafka_consumer_group_metadata_new((connection_.topic_prefix + "group").c_str())),
          generation, name};
    };
    const kafka::Ended ended = producer.value()->run(std::span(&zombie, 1), upto, nobody);
    EXPECT_EQ(ended.as, kafka::Ended::As::aborted) << ended.why;
  }
  kafka::TailConfig config;
  config.topics = {output};
  config.from = kafka::TailConfig::From::beginning;
  config.stop_at_end = true;
  EXPECT_THAT(keys_from(*tail(config), 1), testing::IsEmpty());
}

}  // namespace
}  // namespace paidan::conformance
