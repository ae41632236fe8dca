#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "paidan/testkit/deployment.hpp"

namespace paidan::sample {
namespace {

using testkit::Deployment;

constexpr Milliseconds ready_deadline{90'000};
constexpr Milliseconds replay_deadline{300'000};

std::unique_ptr<Deployment> start_deployment() {
  auto opened = Deployment::open({.programs = std::string(PAIDAN_BINARY_DIR) + "/bin",
                                  .city = "shanghai",
                                  .time_source = "replay"});
  if (!opened) {
    ADD_FAILURE() << opened.error().why;
    return nullptr;
  }
  const auto started = (*opened)->start_and_wait(Deployment::all_services, ready_deadline);
  if (started) return std::move(opened).value();
  ADD_FAILURE() << started.error().why;
  return nullptr;
}

/// The demo's city, its first tickets: every count of every mechanism is as committed, whatever the
/// machine is busy with. PAIDAN_SAMPLE=whole takes all of them, as `./paidan demo` does.
TEST(ShanghaiSample, ComesToTheSameCountsOnEveryRun) {
  const auto deployment = start_deployment();
  ASSERT_NE(deployment, nullptr);
  const char* size = std::getenv("PAIDAN_SAMPLE");
  const bool whole = size != nullptr && std::string(size) == "whole";
  std::vector<std::string> arguments{"replay", "--city", "shanghai"};
  if (!whole) {
    arguments.insert(arguments.end(),
                     {"--limit", "300", "--expected",
                      std::string(PAIDAN_SOURCE_DIR) + "/tests/integration/sample/first_300.json"});
  }
  const bool rewrite = std::getenv("PAIDAN_REWRITE") != nullptr;
  if (rewrite) arguments.push_back("--rewrite");
  const auto printed = deployment->paidanctl(arguments, replay_deadline);
  ASSERT_TRUE(printed.has_value()) << printed.error().why;
  EXPECT_TRUE(rewrite || printed->find("every count is as expected") != std::string::npos)
      << *printed;
}

}  // namespace
}  // namespace paidan::sample
