#include "paidan/runtime/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <vector>

#include "paidan/runtime/properties.hpp"
#include "temp_folder.hpp"

namespace paidan::runtime {
namespace {

using testing::HasSubstr;

ServiceInfo info() {
  ServiceInfo info;
  info.name = "example";
  info.binary = "paidan-example";
  info.summary = "Shows how a service starts";
  info.properties = properties::of_every_service("127.0.0.1:0");
  info.wire = [](Service& service) -> Result<std::shared_ptr<void>, StartError> {
    service.lifecycle.request_stop();
    return std::shared_ptr<void>{};
  };
  return info;
}

struct Outcome {
  int code;
  std::string out;
  std::string err;
};

Outcome run(const ServiceInfo& info, std::vector<const char*> words) {
  words.insert(words.begin(), "paidan-example");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int code = service_main(static_cast<int>(words.size()), words.data(), info);
  return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

TEST(ServiceMain, RunsAndStopsCleanly) {
  const Outcome outcome = run(info(), {});
  EXPECT_EQ(outcome.code, exit_ok);
  EXPECT_THAT(outcome.err, HasSubstr("\"msg\":\"started\",\"service\":\"example\""));
  EXPECT_THAT(outcome.err, HasSubstr("\"msg\":\"stopped\""));
}

TEST(ServiceMain, WiringSeesItsSettingsItsNameAndTheMonitorPort) {
  ServiceInfo asked = info();
  std::string instance;
  asked.wire = [&](Service& service) -> Result<std::shared_ptr<void>, StartError> {
    instance = service.instance;
    service.monitor.metrics = [] { return std::string("m 1\n"); };
    service.lifecycle.request_stop();
    return std::shared_ptr<void>{};
  };
  EXPECT_EQ(run(asked, {"--instance.ordinal", "2"}).code, exit_ok);
  EXPECT_EQ(instance, "example-2");
}

TEST(ServiceMain, PrintsAndChecksItsSettings) {
  const Outcome printed = run(info(), {"--print-config", "--log.level=warn"});
  EXPECT_EQ(printed.code, exit_ok);
  EXPECT_THAT(printed.out, HasSubstr("log:\n  level: \"warn\"  # flag --log.level\n"));
  const Outcome checked = run(info(), {"--check-config"});
  EXPECT_EQ(checked.code, exit_ok);
  EXPECT_THAT(checked.out, HasSubstr("valid"));
}

TEST(ServiceMain, WrongSettingsLeaveWithTwoAndOneLine) {
  const test::TempFolder folder;
  const std::string file = folder.write("c.yaml", "log:\n  levl: info\n");
  const Outcome outcome = run(info(), {"--check-config", "--config", file.c_str()});
  EXPECT_EQ(outcome.code, exit_usage);
  EXPECT_EQ(outcome.err,
            "paidan-example: " + file + ":2: log.levl: no such setting; --help lists them\n");
}

TEST(ServiceMain, TheServicesOwnCheckCounts) {
  ServiceInfo picky = info();
  picky.check = [](const Config&) -> std::optional<std::string> { return "pack: no such city"; };
  const Outcome outcome = run(picky, {"--check-config"});
  EXPECT_EQ(outcome.code, exit_usage);
  EXPECT_EQ(outcome.err, "paidan-example: pack: no such city\n");
}

TEST(ServiceMain, WiringThatFailsOrThrowsLeavesWithOne) {
  ServiceInfo failing = info();
  failing.wire = [](Service&) -> Result<std::shared_ptr<void>, StartError> {
    return StartError{"secrets_dir: no such folder"};
  };
  const Outcome failed = run(failing, {});
  EXPECT_EQ(failed.code, exit_failed);
  EXPECT_THAT(failed.err, HasSubstr("secrets_dir: no such folder"));
  failing.wire = [](Service&) -> Result<std::shared_ptr<void>, StartError> {
    throw std::runtime_error("broken");
  };
  const Outcome thrown = run(failing, {});
  EXPECT_EQ(thrown.code, exit_failed);
  EXPECT_THAT(thrown.err, HasSubstr("broken"));
}

TEST(ServiceMain, ATakenMonitorPortIsOneClearLine) {
  httplib::Server other;
  const int port = other.bind_to_any_port("127.0.0.1");
  const std::string flag = "--monitor.listen=127.0.0.1:" + std::to_string(port);
  const Outcome outcome = run(info(), {flag.c_str()});
  EXPECT_EQ(outcome.code, exit_failed);
  EXPECT_THAT(outcome.err, HasSubstr("monitor: cannot listen on 127.0.0.1:"));
}

}  // namespace
}  // namespace paidan::runtime
