#include <gtest/gtest.h>

#include <map>

#include "paidan/contract/matches.hpp"
#include "paidan/contract/topics.hpp"
#include "pipeline_test.hpp"

namespace paidan::pipeline {
namespace {

class DuplicatesTest : public PipelineTest {};

constexpr std::int32_t partitions = 4;

intake::SubmitRequest from_caller(const std::string& external_id, const std::string& phone) {
  intake::SubmitRequest request = group_renting(external_id);
  request.mutable_contact()->set_phone(phone);
  return request;
}

/// Ticket -> the masters that were proposed for it, one for each record.
std::map<std::string, std::vector<std::string>> proposals() {
  std::map<std::string, std::vector<std::string>> proposed;
  for (const Logged& logged : read(deployment(), contract::topic::matches)) {
    stream::InRecord record;
    record.topic = logged.topic;
    record.partition = logged.partition;
    record.key = logged.key;
    if (logged.value) record.value = *logged.value;
    const auto match = contract::decode_match(record, partitions);
    EXPECT_TRUE(match) << match.error().why;
    if (!match) continue;
    if (const auto* link = std::get_if<domain::LinkProposed>(&match->body)) {
      proposed[match->key].push_back(link->master_ticket_id);
      EXPECT_FALSE(link->automatic) << "the Shanghai pack proposes";
      EXPECT_FALSE(link->evidence.zh.empty());
    }
  }
  return proposed;
}

bool proposed_once(const std::string& ticket_id, const std::string& master) {
  const auto is_there = [&] { return proposals().count(ticket_id) == 1; };
  EXPECT_TRUE(testkit::eventually(is_there, Milliseconds{30'000})) << "nothing was proposed";
  return proposals()[ticket_id] == std::vector{master};
}

TEST_F(DuplicatesTest, TwoSubmissionsOfOneCallerOnOneMatterAreProposedAsOneOnce) {
  Channel channel(deployment());
  const std::string first = channel.submit_for_sure(from_caller("same-1", "13800001111"));
  const std::string other = channel.submit_for_sure(from_caller("same-2", "13800002222"));
  const std::string second = channel.submit_for_sure(from_caller("same-3", "+86 138 0000 1111"));
  EXPECT_TRUE(proposed_once(second, first));
  EXPECT_EQ(proposals().count(first), 0U);
  EXPECT_EQ(proposals().count(other), 0U) << "another caller";
}

TEST_F(DuplicatesTest, AKilledClassificationProposesOnceWhatItHadSeenHalfOf) {
  Channel channel(deployment());
  const std::string first = channel.submit_for_sure(from_caller("killed-1", "13800003333"));
  const std::string second = channel.submit_for_sure(from_caller("killed-2", "13800003333"));
  deployment().kill("classification");
  const std::string third = channel.submit_for_sure(from_caller("killed-3", "13800003333"));
  ASSERT_TRUE(run(deployment(), "classification"));
  EXPECT_TRUE(proposed_once(third, first)) << "from the snapshots, or from the sightings again";
  EXPECT_TRUE(proposed_once(second, first));
  EXPECT_EQ(proposals().count(first), 0U);
}

TEST_F(DuplicatesTest, NoPhoneIsWrittenWhereCallersMeet) {
  Channel channel(deployment());
  const std::string first = channel.submit_for_sure(from_caller("private-1", "13800004444"));
  const std::string second = channel.submit_for_sure(from_caller("private-2", "13800004444"));
  ASSERT_TRUE(proposed_once(second, first));
  for (const stream::TopicName topic :
       {contract::topic::submissions, contract::topic::classified, contract::topic::sightings,
        contract::topic::matches, contract::topic::clusters_state}) {
    for (const Logged& logged : read(deployment(), topic)) {
      const std::string bytes = logged.key + logged.value.value_or("");
      EXPECT_EQ(bytes.find("13800004444"), std::string::npos) << topic;
    }
  }
}

}  // namespace
}  // namespace paidan::pipeline
