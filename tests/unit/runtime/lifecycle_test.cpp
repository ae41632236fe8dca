#include "paidan/runtime/lifecycle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <future>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "paidan/runtime/worker.hpp"

namespace paidan::runtime {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Component noted(std::vector<std::string>& notes, const std::string& name, bool fails = false) {
  return {name,
          [&notes, name, fails]() -> Result<Unit, StartError> {
            notes.push_back("start " + name);
            if (fails) return StartError{"port is taken"};
            return Unit{};
          },
          [&notes, name](SteadyTime) { notes.push_back("stop " + name); }};
}

// A part that, once everything before it has started, sends this process a signal.
Component signal_part(int signal) {
  return {"signal",
          [signal]() -> Result<Unit, StartError> {
            ::kill(::getpid(), signal);
            return Unit{};
          },
          [](SteadyTime) {}};
}

WorkerEnd until_stopped(const std::stop_token& stop, Heartbeat& heartbeat) {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    heartbeat.tick();
    changed.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
  }
  return WorkerEnd::stop;
}

TEST(Lifecycle, StartsInOrderAndStopsInReverseOnSigterm) {
  Health health;
  Lifecycle lifecycle(health);
  std::vector<std::string> notes;
  for (const char* name : {"log", "workers", "door"}) lifecycle.add(noted(notes, name));
  lifecycle.add(signal_part(SIGTERM));
  EXPECT_EQ(lifecycle.run(), exit_ok);
  EXPECT_THAT(notes, ElementsAre("start log", "start workers", "start door", "stop door",
                                 "stop workers", "stop log"));
  EXPECT_TRUE(health.draining());
}

TEST(Lifecycle, PartThatCannotStartStopsOnlyThoseBeforeIt) {
  Health health;
  Lifecycle lifecycle(health);
  std::vector<std::string> notes;
  lifecycle.add(noted(notes, "log"));
  lifecycle.add(noted(notes, "door", true));
  lifecycle.add(noted(notes, "never"));
  testing::internal::CaptureStderr();
  EXPECT_EQ(lifecycle.run(), exit_failed);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("door: port is taken"));
  EXPECT_THAT(notes, ElementsAre("start log", "start door", "stop log"));
}

TEST(Lifecycle, SighupReloadsAndDoesNotStop) {
  Health health;
  Lifecycle lifecycle(health);
  int reloads = 0;
  lifecycle.on_reload([&] {
    ++reloads;
    lifecycle.request_stop();
  });
  lifecycle.add(signal_part(SIGHUP));
  EXPECT_EQ(lifecycle.run(), exit_ok);
  EXPECT_EQ(reloads, 1);
}

TEST(Supervised, WorkerRunsUntilAskedToStop) {
  Health health;
  Lifecycle lifecycle(health);
  std::atomic<bool> ended = false;
  Supervised::add(
      "worker-0",
      [&](const std::stop_token& stop, Heartbeat& heartbeat) {
        const WorkerEnd end = until_stopped(stop, heartbeat);
        ended = true;
        return end;
      },
      lifecycle, health);
  lifecycle.add(signal_part(SIGINT));
  EXPECT_EQ(lifecycle.run(), exit_ok);
  EXPECT_TRUE(ended);
}

// Death tests run in a process of their own, so what they start ends there.
class LifecycleDeathTest : public testing::Test {
 protected:
  void SetUp() override { testing::GTEST_FLAG(death_test_style) = "threadsafe"; }
};

void run_with_worker(WorkerLoop loop) {
  Health health;
  Lifecycle lifecycle(health);
  Supervised::add("worker-0", std::move(loop), lifecycle, health);
  std::exit(lifecycle.run());
}

TEST_F(LifecycleDeathTest, AFatalWorkerEndsTheProcessWithSeventy) {
  EXPECT_EXIT(run_with_worker([](const std::stop_token&, Heartbeat&) { return WorkerEnd::fatal; }),
              testing::ExitedWithCode(70), "worker-0: the worker gave up");
}

TEST_F(LifecycleDeathTest, AnEscapedExceptionEndsTheProcessWithSeventy) {
  const auto loop = [](const std::stop_token&, Heartbeat&) -> WorkerEnd {
    throw std::runtime_error("out of luck");
  };
  EXPECT_EXIT(run_with_worker(loop), testing::ExitedWithCode(70), "worker-0: out of luck");
}

TEST_F(LifecycleDeathTest, ASecondSignalWhileStoppingLeavesAtOnce) {
  const auto stubborn = [] {
    Health health;
    Lifecycle lifecycle(health);
    lifecycle.add({"stubborn", []() -> Result<Unit, StartError> { return Unit{}; },
                   [](SteadyTime) {
                     ::kill(::getpid(), SIGTERM);
                     std::promise<void> never;
                     never.get_future().wait();
                   }});
    lifecycle.add(signal_part(SIGTERM));
    std::exit(lifecycle.run());
  };
  EXPECT_EXIT(stubborn(), testing::ExitedWithCode(1), "a second signal");
}

}  // namespace
}  // namespace paidan::runtime
