#include <gtest/gtest.h>

#include <map>
#include <set>
#include <thread>

#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/topics.hpp"
#include "pipeline_test.hpp"

namespace paidan::pipeline {
namespace {

class FaultTest : public PipelineTest {};

constexpr std::int32_t partitions = 4;
constexpr const char* garbage_key = "garbage";

stream::InRecord as_input(const Logged& logged) {
  stream::InRecord record;
  record.topic = logged.topic;
  record.partition = logged.partition;
  record.offset = logged.offset;
  record.key = logged.key;
  if (logged.value) record.value = *logged.value;
  return record;
}

/// Versions of each ticket, in the order of the log.
std::map<std::string, std::vector<std::uint64_t>> versions() {
  std::map<std::string, std::vector<std::uint64_t>> versions;
  for (const Logged& logged : read(deployment(), contract::topic::lifecycle)) {
    if (logged.key == garbage_key) continue;  // Planted by a test of this program.
    const auto decoded = contract::decode_lifecycle(as_input(logged), partitions);
    EXPECT_TRUE(decoded) << decoded.error().why;
    if (!decoded) continue;
    if (const auto* fact = std::get_if<contract::TicketFact>(&decoded->body)) {
      versions[decoded->key].push_back(fact->version);
    }
  }
  return versions;
}

void expect_contiguous(const std::map<std::string, std::vector<std::uint64_t>>& all) {
  for (const auto& [ticket_id, seen] : all) {
    for (std::size_t i = 0; i < seen.size(); ++i) {
      ASSERT_EQ(seen[i], i + 1) << ticket_id << ": lost or doubled";
    }
  }
}

class KilledService : public FaultTest, public testing::WithParamInterface<const char*> {};

TEST_P(KilledService, LosesAndDoublesNothing) {
  const std::string service = GetParam();
  Channel channel(deployment());
  std::set<std::string> accepted;
  std::thread desk([&] {
    for (int i = 0; i < 60; ++i) {
      accepted.insert(
          channel.submit_for_sure(group_renting("kill-" + service + "-" + std::to_string(i))));
    }
  });
  Office office(deployment());
  const auto given = an_assigned_ticket("kill-" + service);  // In mid-flow.
  deployment().kill(service);
  ASSERT_TRUE(run(deployment(), service));
  desk.join();
  EXPECT_EQ(accepted.size(), 60U);
  for (const std::string& id : accepted) office.wait_for(id, ticket::TICKET_STATE_ASSIGNED);
  // A command in the new life of the service.
  Agency agency(deployment(), given.view.lead_unit());
  const auto acknowledged = agency.acknowledge(given.ticket_id, given.view.assign_epoch());
  EXPECT_TRUE(acknowledged.ok()) << acknowledged.why();
  const auto all = versions();
  expect_contiguous(all);
  for (const std::string& id : accepted) {
    ASSERT_TRUE(all.count(id));
    EXPECT_EQ(all.at(id).size(), 2U) << "opened and assigned, once each";
  }
}

INSTANTIATE_TEST_SUITE_P(Each, KilledService,
                         testing::Values("intake", "classification", "dispatch", "sla_monitor",
                                         "views"),
                         [](const auto& row) { return std::string(row.param); });

TEST_F(FaultTest, KeepsTheSameTicketForTheSameSubmission) {
  Channel channel(deployment());
  const auto [id, view] = an_assigned_ticket("repeat-1");
  const auto again = channel.submit(group_renting("repeat-1"));
  ASSERT_TRUE(again.ok()) << again.why();
  EXPECT_EQ(again.response.ticket_id(), id);
  const std::string other = an_assigned_ticket("repeat-2").ticket_id;  // Comes after the repeat.
  EXPECT_NE(other, id);
  EXPECT_EQ(versions().at(id).size(), 2U);
}

TEST_F(FaultTest, RefusesOtherContentUnderAKnownExternalId) {
  Channel channel(deployment());
  const auto [id, view] = an_assigned_ticket("conflict-1");
  intake::SubmitRequest other = group_renting("conflict-1");
  other.set_text("南京东路街道另一件事：楼道里堆满了杂物，请处理。");
  const auto answer = channel.submit(other);
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::ALREADY_EXISTS) << answer.why();
}

TEST_F(FaultTest, RoutesWithoutRedisAndRecordsTheConflictThatRedisWouldHaveSeen) {
  Channel channel(deployment());
  Office office(deployment());
  const auto [id, view] = an_assigned_ticket("redis-1");
  deployment().redis().kill();
  intake::SubmitRequest other = group_renting("redis-1");
  other.set_text("南京东路街道另一件事：楼道里堆满了杂物，请处理。");
  EXPECT_EQ(channel.submit_for_sure(other), id);
  Agency agency(deployment(), view.lead_unit());
  const auto acknowledged = agency.acknowledge(id, view.assign_epoch());
  EXPECT_TRUE(acknowledged.ok()) << acknowledged.why();
  EXPECT_EQ(office.get(id).status.error_code(), grpc::StatusCode::UNAVAILABLE);
  const std::string meanwhile = channel.submit_for_sure(group_renting("redis-2"));
  ASSERT_TRUE(testkit::eventually([&] { return versions()[meanwhile].size() == 2; }))
      << "not routed without Redis";
  // An empty Redis fills itself again.
  ASSERT_TRUE(deployment().redis().start_again());
  EXPECT_EQ(office.wait_for(meanwhile, ticket::TICKET_STATE_ASSIGNED).ticket_id(), meanwhile);
  EXPECT_EQ(office.wait_for(id, ticket::TICKET_STATE_ACKNOWLEDGED).version(),
            versions().at(id).size());
  const auto conflicts = office.queue(dispatch::QUEUE_CONFLICT);
  ASSERT_TRUE(conflicts.ok()) << conflicts.why();
  ASSERT_EQ(conflicts.response.tickets_size(), 1);
  EXPECT_EQ(conflicts.response.tickets(0).ticket_id(), id);
}

TEST_F(FaultTest, SetsGarbageAsideAndGoesOn) {
  const auto before = read(deployment(), contract::topic::deadletters).size();
  for (const stream::TopicName topic :
       {contract::topic::submissions, contract::topic::classified, contract::topic::commands,
        contract::topic::sla, contract::topic::lifecycle}) {
    ASSERT_TRUE(append(deployment(), {topic, Partition{0}, garbage_key, "\xff\xfe no record", {}}));
  }
  EXPECT_TRUE(testkit::eventually(
      [&] { return read(deployment(), contract::topic::deadletters).size() >= before + 5; }));
  EXPECT_FALSE(an_assigned_ticket("after-garbage").ticket_id.empty());
}

}  // namespace
}  // namespace paidan::pipeline
