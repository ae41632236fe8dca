#include "pipeline_test.hpp"

#include <memory>

namespace paidan::pipeline {
namespace {

std::unique_ptr<Deployment>& the_deployment() {
  static std::unique_ptr<Deployment> deployment;
  return deployment;
}

/// Ends the children while the test program is still whole.
class Environment : public testing::Environment {
 public:
  void SetUp() override { the_deployment() = start_deployment(); }
  void TearDown() override { the_deployment().reset(); }
};

const testing::Environment* const environment = testing::AddGlobalTestEnvironment(new Environment);

}  // namespace

Deployment& deployment() { return *the_deployment(); }

void PipelineTest::SetUp() {
  ASSERT_NE(environment, nullptr);
  ASSERT_NE(the_deployment(), nullptr) << "the deployment did not start";
}

Given an_assigned_ticket(const std::string& external_id) {
  Channel channel(deployment());
  Office office(deployment());
  const std::string id = channel.submit_for_sure(group_renting(external_id));
  return {id, office.wait_for(id, ticket::TICKET_STATE_ASSIGNED)};
}

std::string another_unit(const dispatch::TicketView& view) {
  for (const std::string unit : {"d-310104", "d-310105"}) {
    if (unit != view.lead_unit() && unit != view.queue_unit()) return unit;
  }
  return {};
}

}  // namespace paidan::pipeline
