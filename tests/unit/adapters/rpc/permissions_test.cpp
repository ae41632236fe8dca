#include "paidan/rpc/permissions.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "paidan/classification/v1/classification.pb.h"
#include "paidan/dispatch/v1/assignment.pb.h"
#include "paidan/dispatch/v1/office.pb.h"
#include "paidan/dispatch/v1/ticket.pb.h"
#include "paidan/intake/v1/intake.pb.h"
#include "paidan/sla_monitor/v1/sla.pb.h"

namespace paidan::rpc {
namespace {

void add_methods(const google::protobuf::FileDescriptor& file, std::set<std::string>& methods) {
  for (int s = 0; s < file.service_count(); ++s) {
    const auto* service = file.service(s);
    for (int m = 0; m < service->method_count(); ++m) {
      methods.insert("/" + service->full_name() + "/" + service->method(m)->name());
    }
  }
}

std::set<std::string> methods_of_the_contract() {
  std::set<std::string> methods;
  add_methods(*classification::v1::ClassifyRequest::descriptor()->file(), methods);
  add_methods(*dispatch::v1::ListRequest::descriptor()->file(), methods);
  add_methods(*dispatch::v1::ListQueueRequest::descriptor()->file(), methods);
  add_methods(*dispatch::v1::GetRequest::descriptor()->file(), methods);
  add_methods(*intake::v1::SubmitRequest::descriptor()->file(), methods);
  add_methods(*sla_monitor::v1::ClocksRequest::descriptor()->file(), methods);
  return methods;
}

TEST(Permissions, TableHasExactlyTheMethodsOfTheContractOnceEach) {
  std::multiset<std::string> listed;
  for (const Permission& permission : permissions()) listed.emplace(permission.method);
  const auto methods = methods_of_the_contract();
  EXPECT_GT(methods.size(), 40u);
  EXPECT_THAT(listed, testing::ElementsAreArray(methods.begin(), methods.end()));
}

bool is_recount(std::string_view method) {
  return method.ends_with("/RecalculateDue") || method.ends_with("/ListProvisional");
}

// Which roles may call each service, apart from the exceptions tested below.
TEST(Permissions, EachServiceBelongsToItsSide) {
  using enum Role;
  for (const Permission& permission : permissions()) {
    const bool reads_only = permission.method.find(".TicketService/") != std::string::npos ||
                            permission.method.find(".SlaService/") != std::string::npos;
    const bool is_agency = permission.method.find(".AssignmentService/") != std::string::npos;
    const bool is_office = permission.method.find(".OfficeService/") != std::string::npos;
    EXPECT_EQ(permission.roles.contains(agency), is_agency || reads_only) << permission.method;
    if (is_office) {
      EXPECT_FALSE(permission.roles.contains(channel)) << permission.method;
      EXPECT_EQ(permission.roles.contains(operations), is_recount(permission.method))
          << permission.method;
    }
  }
  EXPECT_TRUE(allowed("/paidan.intake.v1.IntakeService/Submit", channel));
  EXPECT_FALSE(allowed("/paidan.intake.v1.IntakeService/Submit", office));
  EXPECT_TRUE(allowed("/paidan.intake.v1.IntakeService/Track", office));
  EXPECT_TRUE(allowed("/paidan.intake.v1.ReplayService/WriteMark", operations));
  EXPECT_FALSE(allowed("/paidan.intake.v1.ReplayService/WriteMark", channel));
  EXPECT_TRUE(allowed("/paidan.dispatch.v1.OfficeService/Close", office));
  EXPECT_TRUE(allowed("/paidan.dispatch.v1.AssignmentService/Reveal", agency));
  EXPECT_FALSE(allowed("/paidan.dispatch.v1.AssignmentService/Reveal", office));
}

TEST(Permissions, WhatIsNotInTheTableIsDeniedToEverybody) {
  for (const Role role : {Role::channel, Role::agency, Role::office, Role::operations}) {
    for (const char* method : {"", "/", "/paidan.intake.v1.IntakeService/Delete",
                               "paidan.intake.v1.IntakeService/Submit"}) {
      EXPECT_FALSE(allowed(method, role)) << method;
    }
  }
}

TEST(RoleNames, GoBothWays) {
  for (const Role role : {Role::channel, Role::agency, Role::office, Role::operations}) {
    EXPECT_EQ(role_of(to_string(role)), role);
  }
  EXPECT_EQ(role_of("root"), std::nullopt);
  EXPECT_EQ(role_of(""), std::nullopt);
}

}  // namespace
}  // namespace paidan::rpc
