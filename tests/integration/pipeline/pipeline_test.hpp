#pragma once
#include <gtest/gtest.h>

#include <string>

#include "callers.hpp"
#include "deployment.hpp"
#include "paidan/testkit/wait.hpp"

namespace paidan::pipeline {

/// The deployment of this test program: started once, with the Shanghai pack.
Deployment& deployment();

/// Skips nothing: without the servers the suite fails.
class PipelineTest : public testing::Test {
 protected:
  void SetUp() override;
};

/// A ticket that a unit is in charge of.
struct Given {
  std::string ticket_id;
  dispatch::TicketView view;
};
Given an_assigned_ticket(const std::string& external_id);

/// A unit that never had to do with the ticket.
std::string another_unit(const dispatch::TicketView& view);

}  // namespace paidan::pipeline
