#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "paidan/contract/message.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/redis/connection.hpp"
#include "paidan/ticket/v1/audit.pb.h"
#include "pipeline_test.hpp"

namespace paidan::pipeline {
namespace {

class PrivacyTest : public PipelineTest {};

constexpr const char* phone = "13912345678";
constexpr const char* phone_in_text = "13887654321";
constexpr const char* name = "欧阳修文";

intake::SubmitRequest with_contact(const std::string& external_id) {
  intake::SubmitRequest request = group_renting(external_id);
  request.set_text(request.text() + "请打" + phone_in_text + "联系。");
  request.mutable_contact()->set_name(name);
  request.mutable_contact()->set_phone(phone);
  return request;
}

std::string a_ticket_with_contact(const std::string& external_id) {
  Channel channel(deployment());
  Office office(deployment());
  const std::string id = channel.submit_for_sure(with_contact(external_id));
  office.wait_for(id, ticket::TICKET_STATE_ASSIGNED);
  return id;
}

void expect_no_canary(const std::string& bytes, const std::string& where) {
  for (const std::string canary : {phone, phone_in_text, name}) {
    EXPECT_EQ(bytes.find(canary), std::string::npos) << canary << " in " << where;
  }
}

/// Every string that Redis holds, one after the other.
std::string all_of_redis() {
  redis::Connection connection({deployment().redis().address()});
  const redis::Script dump(R"(#!lua
    local all = {}
    for _, key in ipairs(redis.call('KEYS', '*')) do
      all[#all + 1] = key
      local kind = redis.call('TYPE', key).ok
      local values = {}
      if kind == 'string' then values = {redis.call('GET', key)} end
      if kind == 'hash' then values = redis.call('HGETALL', key) end
      if kind == 'zset' then values = redis.call('ZRANGE', key, 0, -1) end
      if kind == 'set' then values = redis.call('SMEMBERS', key) end
      all[#all + 1] = table.concat(values, '\n')
    end
    return table.concat(all, '\n'))");
  const auto reply = connection.eval(dump, {}, {});
  EXPECT_TRUE(reply) << reply.error().message;
  return reply && reply->text() != nullptr ? *reply->text() : std::string{};
}

TEST_F(PrivacyTest, RevealsContactDataToTheUnitInChargeAndAuditsItFirst) {
  const std::string id = a_ticket_with_contact("reveal-1");
  Office office(deployment());
  const auto view = office.get(id).response.ticket();
  EXPECT_EQ(view.masked_phone(), "139****5678");
  Agency agency(deployment(), view.lead_unit());
  const auto revealed = agency.reveal(id);
  ASSERT_TRUE(revealed.ok()) << revealed.why();
  EXPECT_EQ(revealed.response.phone(), phone);
  EXPECT_EQ(revealed.response.name(), name);
  ASSERT_EQ(revealed.response.spans_size(), 1);
  EXPECT_EQ(revealed.response.spans(0).value(), phone_in_text);
  const auto audit = read(deployment(), contract::topic::audit);
  ASSERT_FALSE(audit.empty());
  ticket::AuditRecord last;
  ASSERT_FALSE(contract::parse(last, *audit.back().value, 16'384));
  EXPECT_EQ(last.revealed().ticket_id(), id);
  EXPECT_EQ(last.revealed().purpose(), ticket::REVEAL_PURPOSE_FIRST_CONTACT);
  EXPECT_EQ(last.actor().unit(), view.lead_unit());
}

TEST_F(PrivacyTest, SaysThatACitizenGaveNoContactData) {
  const auto [id, view] = an_assigned_ticket("reveal-2");
  const auto nothing = Agency(deployment(), view.lead_unit()).reveal(id);
  EXPECT_EQ(nothing.status.error_code(), grpc::StatusCode::NOT_FOUND) << nothing.why();
  EXPECT_EQ(nothing.reason, "no_contact_data");
}

TEST_F(PrivacyTest, LeavesNoNumberAndNoNameAnywhereElse) {
  const std::string id = a_ticket_with_contact("canary-1");
  Office office(deployment());
  const auto view = office.get(id).response.ticket();
  Agency agency(deployment(), view.lead_unit());
  ASSERT_TRUE(agency.acknowledge(id, view.assign_epoch()).ok());
  ASSERT_TRUE(agency.contact(id, view.assign_epoch()).ok());
  ASSERT_TRUE(agency.reveal(id).ok());
  const auto completed = agency.complete(id, view.assign_epoch(), std::string("called ") + phone);
  ASSERT_TRUE(completed.ok()) << completed.why();
  const auto done = office.get(id, completed.response.result().version());
  EXPECT_EQ(done.response.ticket().report().reply(), "called 139****5678");
  for (const stream::TopicName topic : contract::topic_names()) {
    for (const Logged& logged : read(deployment(), topic)) {
      std::string bytes = logged.key + logged.value.value_or("");
      for (const auto& [header, value] : logged.headers) bytes += header + value;
      expect_no_canary(bytes, std::string(topic));
    }
  }
  for (const std::string& service : Deployment::all_services) {
    std::ifstream log(deployment().log_of(service));
    expect_no_canary({std::istreambuf_iterator<char>(log), {}}, "the log of " + service);
    const std::string metrics = deployment().monitor_get(service, "/metrics");
    EXPECT_FALSE(metrics.empty()) << service;
    expect_no_canary(metrics, "the metrics of " + service);
  }
  const std::string views = all_of_redis();
  EXPECT_NE(views.find(id), std::string::npos);
  expect_no_canary(views, "Redis");
}

}  // namespace
}  // namespace paidan::pipeline
